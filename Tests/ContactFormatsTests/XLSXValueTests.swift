import TestSupport
import Testing

@testable import ContactFormats

@Suite("Workbooks: numbers, dates and formats")
struct XLSXValueTests {
  private func general(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    let number = CellNumber(bytes.span)
    var shown: [UInt8] = []
    guard let number, number.appendGeneral(to: &shown) else { return nil }
    return String(decoding: shown, as: UTF8.self)
  }

  @Test(
    "a number is shown with up to 15 digits and without an exponent",
    arguments: [
      ("0", "0"), ("-0.0", "0"), ("007", "7"), ("1.50", "1.5"), (".5", "0.5"), ("5.", "5"),
      ("+3", "3"), ("79222505050", "79222505050"), ("7.922250505E+10", "79222505050"),
      ("123456789012345", "123456789012345"), ("-999999999999999", "-999999999999999"),
      ("0.30000000000000004", "0.3"), ("43.299999999999997", "43.3"), ("1.1000000000000001", "1.1"),
      ("99999999999.999999", "100000000000"), ("0.000000001", "0.000000001"),
      ("0.000012345", "0.000012345"), ("1.5e-10", "1.5E-10"), ("2E-300", "2E-300"),
      ("0.12345678901234567890123", "0.123456789012346"), ("1e0", "1"), ("0e99", "0"),
    ])
  func shown(text: String, expected: String) { #expect(general(text) == expected) }

  @Test(
    "a number with more digits than spreadsheets keep is not rewritten",
    arguments: [
      "1234567890123456", "1E+15", "999999999999999.9", "1e300", "9999999999999999999999999",
    ])
  func lostDigits(text: String) { #expect(general(text) == nil) }

  @Test(
    "what is no number is told",
    arguments: [
      "", "-", ".", "1e", "1e+", "1E12345", "1 2", "1,5", "0x1F", "NaN", "INF", "1.2.3", "--1", "１",
    ])
  func noNumbers(text: String) {
    let bytes = Array(text.utf8)
    let isNumber = CellNumber(bytes.span) != nil
    #expect(!isNumber)
  }

  @Test("a double written in any way reads as the nearest, to its last digits")
  func doubles() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let scale: Double = [1.0, 1e-8, 1e5, 1e14, 1e200].randomElement(using: &generator) ?? 1
      let exact = Double.random(in: -1...1, using: &generator) * scale
      let bytes = Array("\(exact)".utf8)
      let parsed = CellNumber(bytes.span)
      let number = try #require(parsed)
      #expect(abs(number.double - exact) <= abs(exact) * 1e-15, "\(exact)")
    }
  }

  @Test("every day of the calendar has the date that counting gives")
  func everyDay() throws {
    var (year, month, day) = (1900, 1, 1)
    var wrong: [Int] = []
    for serial in 1...60_000 {
      // Day 60 is the one that never was: it repeats the day before.
      if serial == 60 { continue }
      let date = try #require(SerialDate(Double(serial), epoch: .year1900))
      var bytes: [UInt8] = []
      date.append(to: &bytes)
      let expected = [year, month, day].enumerated().map { index, part in
        String(repeating: "0", count: (index == 0 ? 4 : 2) - "\(part)".count) + "\(part)"
      }.joined(separator: "-")
      if bytes != Array(expected.utf8) { wrong.append(serial) }
      let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
      let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
      day += 1
      if day > days { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    #expect(wrong == [])
  }

  @Test(
    "dates and times at the edges",
    arguments: [
      (60.0, SerialDate.Epoch.year1900, "1900-02-28"), (61, .year1900, "1900-03-01"),
      (0, .year1900, "00:00:00"), (0.999_999, .year1900, "1900-01-01"),
      (2_958_465, .year1900, "9999-12-31"), (2_957_003, .year1904, "9999-12-31"),
      (1, .year1904, "1904-01-02"), (0.5, .year1904, "12:00:00"),
      (44_561.999_99, .year1900, "2021-12-31 23:59:59"), (44_561.999_999, .year1900, "2022-01-01"),
    ])
  func edges(value: Double, epoch: SerialDate.Epoch, expected: String) throws {
    var bytes: [UInt8] = []
    try #require(SerialDate(value, epoch: epoch)).append(to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test(
    "numbers outside the calendar are no dates",
    arguments: [
      -0.1, 2_958_466, 1e18, .infinity, .nan, -.infinity,
    ])
  func noDates(value: Double) {
    #expect(SerialDate(value, epoch: .year1900) == nil)
    #expect(SerialDate(value + 2_957_004, epoch: .year1904) == nil || value == -0.1)
  }

  @Test(
    "durations have as many hours as they need",
    arguments: [
      (0.0, "00:00:00"), (1.5, "36:00:00"), (-0.25, "-06:00:00"), (100.000_011_6, "2400:00:01"),
    ])
  func durations(days: Double, expected: String) {
    var bytes: [UInt8] = []
    #expect(SerialDate.appendDuration(days, to: &bytes))
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test(
    "a format is one for dates if date letters stand outside quotes, brackets and escapes",
    arguments: [
      ("General", NumberFormat.number), ("0.00E+00", .number), ("#,##0.00\\ \"р.\"", .number),
      ("0\" days\"", .number), ("[Red]0;[Blue]-0", .number), ("0_d", .number), ("0*y", .number),
      ("0;yyyy", .number), ("@", .number), ("[$-409]0", .number), ("[$USD] 0", .number),
      ("\"open", .number), ("[open", .number), ("\\", .number), ("00\\-00\\-00", .number),
      ("dd.mm.yyyy", .date), ("[$-419]D MMMM YYYY;@", .date), ("h:mm", .date), ("mm:ss.0", .date),
      ("yyyy\\-mm\\-dd\\ hh:mm", .date), ("\"on \"d", .date), ("[Red]yy", .date),
      ("[h]:mm:ss", .duration), ("[mm]:ss", .duration), ("[s]", .duration), ("[hhh]", .number),
    ])
  func formats(code: String, expected: NumberFormat) {
    #expect(NumberFormat(code: Array(code.utf8)) == expected)
  }

  @Test("built-in formats for dates are those of the standard")
  func builtInFormats() {
    let dates = (0..<200).filter { NumberFormat(builtIn: $0) == .date }
    #expect(dates == Array(14...22) + Array(27...36) + [45, 47] + Array(50...58))
    #expect((0..<200).filter { NumberFormat(builtIn: $0) == .duration } == [46])
  }

  @Test(
    "columns and their letters belong together",
    arguments: [
      (0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD"),
    ])
  func columns(column: Int, letters: String) {
    var bytes: [UInt8] = []
    CellReference.appendColumn(column, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == letters)
    for reference in ["\(letters)1", "$\(letters)$99", "\(letters.lowercased())7"] {
      let bytes = Array(reference.utf8)
      #expect(CellReference(bytes.span)?.column == column)
    }
  }

  @Test(
    "what is no reference is told",
    arguments: ["", "A", "1", "A0x", "XFE1", "$", "A-1", "ZZZZZZZZ1"])
  func noReferences(text: String) {
    let bytes = Array(text.utf8)
    let isReference = CellReference(bytes.span) != nil
    #expect(!isReference)
  }
}
