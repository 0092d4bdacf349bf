import ContactModel
import TestSupport
import Testing

@testable import ContactNormalization

/// The fast readers of cells against slow, obvious ones.
@Suite("readers of cells against slow ones")
struct SlowTwinTests {
  private func read(_ text: String) -> ContactDate.Reading {
    let bytes = Array(text.utf8)
    return ContactDate.read(bytes, 0..<bytes.count)
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  @Test(
    "every day of four hundred years is a date in each form, and no other day is",
    arguments: [1800, 1900, 2000, 2100])
  func everyDay(century: Int) {
    for year in century..<(century + 100) {
      for month in 0...13 {
        // The rhyme: thirty days hath September …
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        let days =
          [4, 6, 9, 11].contains(month) ? 30 : month == 2 ? (isLeap ? 29 : 28) : 31
        for day in [0, 1, 9, 10, 28, 29, 30, 31, 32] {
          let isDay = (1...12).contains(month) && day >= 1 && day <= days
          let expected: ContactDate.Reading =
            isDay ? .date(ContactDate(year: year, month: month, day: day)) : .impossible
          #expect(read("\(day).\(month).\(year)") == expected, "\(day).\(month).\(year)")
          #expect(read("\(year)-\(two(month))-\(two(day))") == expected)
          #expect(read("\(year)\(two(month))\(two(day))") == expected)
        }
      }
    }
  }

  @Test(
    "years beyond the four hundred are impossible", arguments: [0, 1, 78, 999, 1799, 2200, 9999])
  func otherYears(year: Int) {
    let digits = String(repeating: "0", count: 4 - String(year).count) + "\(year)"
    #expect(read("01.02.\(digits)") == .impossible)
    #expect(read("\(digits)-02-01") == .impossible)
  }

  @Test(
    "what may follow a date",
    arguments: [
      (" 10:00", true), (" 10:00:00", true), ("T10:00", true), ("T10:00:00Z", true),
      ("T10:00:00.5+03:00", true), (" 0:00", true), ("  10:00", true), (" г.", true), ("г", true),
      (" года", true), (" ", true), ("T", false), (".", false), (" x", false),
      (" 10:00 утра", false),
      ("года рождения", false), ("Z", false), ("-", false), (" г.р.", false), ("T г.", false),
    ])
  func tails(tail: String, isDate: Bool) {
    let expected: ContactDate.Reading =
      isDate ? .date(ContactDate(year: 1978, month: 3, day: 5)) : .unreadable
    #expect(read("05.03.1978" + tail) == expected)
    #expect(read("1978-03-05" + tail) == expected)
  }

  @Test("a date is written as it is sorted")
  func writtenDates() {
    var text: [UInt8] = []
    ContactDate(year: 1978, month: 3, day: 5).append(to: &text)
    ContactDate(year: 2199, month: 12, day: 31).append(to: &text)
    #expect(text == Array("1978-03-052199-12-31".utf8))
  }

  /// The whole number of a text by its contract: digits with blanks between, zeros as a fraction.
  private func slowNumber(_ text: String) -> Int? {
    var scalars = Array(text.unicodeScalars)
    if let mark = scalars.firstIndex(where: { $0 == "." || $0 == "," }) {
      let fraction = scalars[(mark + 1)...]
      guard !fraction.isEmpty, fraction.count != 3, fraction.allSatisfy({ $0 == "0" })
      else { return nil }
      scalars.removeSubrange(mark...)
    }
    guard let first = scalars.first, ("0"..."9").contains(first) else { return nil }
    let digits = scalars.filter { $0 != " " && $0 != "\u{A0}" }
    guard digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
    // Zeros in front do not count as digits.
    let significant = digits.drop { $0 == "0" }
    guard significant.count <= 18 else { return nil }
    return Int(String(String.UnicodeScalarView(significant))) ?? 0
  }

  @Test("whole numbers against a slow reader", arguments: 0..<40)
  func numbers(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = ["0", "1", "7", "00", "123", " ", "\u{A0}", ".", ",", "a", "-", "12345678901234"]
    for _ in 0..<200 {
      let text = (0..<Int.random(in: 1...6, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      // Cells are trimmed before they are read.
      guard text.first != " ", text.last != " ", text.first != "\u{A0}", text.last != "\u{A0}"
      else { continue }
      // A run of zeros longer than any number is refused by some and read by others: not asked.
      guard text.utf8.count <= 18 else { continue }
      let bytes = Array(text.utf8)
      #expect(
        WholeNumber.read(bytes, 0..<bytes.count) == slowNumber(text), "\(text), seed \(seed)")
    }
  }

  @Test("the first separator is found at every place, from every start")
  func separators() {
    for count in 0...24 {
      for place in 0...count {
        // Neighbours that differ from the separator by one, or in the high bit alone.
        for filler in [0x1E, 0x20, 0x9F, 0x00, 0xFF] as [UInt8] {
          var bytes = [UInt8](repeating: filler, count: count)
          if place < count { bytes[place] = ASCII.unitSeparator }
          for start in 0...count {
            let expected = bytes[start...].firstIndex(of: ASCII.unitSeparator)
            #expect(Byte.firstSeparator(in: bytes, start..<count) == expected)
          }
        }
      }
    }
  }

  @Test("blanks are trimmed from both ends and nothing else is", arguments: 0..<40)
  func trimming(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed) + 9)
    let pieces = [" ", "\t", "\n", "\r", "\u{A0}", "a", "Р", "à", "\u{2003}", "\u{1}", "Â"]
    let blanks: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "\u{A0}"]
    for _ in 0..<100 {
      let text = (0..<Int.random(in: 0...7, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let scalars = text.unicodeScalars.drop { blanks.contains($0) }
      let end = scalars.lastIndex { !blanks.contains($0) }
      let expected = end.map { String(scalars[...$0]) } ?? ""
      let bytes = Array(text.utf8)
      let range = TextCell.trimmed(bytes, 0..<bytes.count)
      #expect(String(decoding: bytes[range], as: UTF8.self) == expected, "seed \(seed)")
    }
  }

  @Test("a table finds what a dictionary finds", arguments: 0..<20)
  func lookups(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let letters = Array("abЖ ".unicodeScalars).map(String.init)
    func word() -> String {
      (0..<Int.random(in: 0...4, using: &generator))
        .map { _ in letters.randomElement(using: &generator) ?? "" }.joined()
    }
    var entries: [String: String] = [:]
    for number in 0..<Int.random(in: 0...60, using: &generator) {
      entries[word()] = number.isMultiple(of: 5) ? "" : "\(number)"
    }
    let lookup = ValueLookup(ValueTable(entries))
    for _ in 0..<200 {
      let key = word()
      // The key stands inside a longer text, as cells do.
      let bytes = Array(("xx" + key + "yy").utf8)
      let entry = lookup.entry(bytes, 2..<(bytes.count - 2))
      var value: [UInt8] = []
      if let entry { lookup.appendValue(of: entry, to: &value) }
      #expect(entry.map { _ in String(decoding: value, as: UTF8.self) } == entries[key], "\(key)")
      if let entry { #expect(lookup.isEmpty(entry) == (entries[key] == "")) }
    }
  }
}
