import ContactModel
import Foundation
import TestSupport
import Testing

@testable import ContactNormalization

/// Dates in the forms people write, against Python's calendar and by hand.
@Suite("dates")
struct ContactDateTests {
  typealias Row = NormalizerHarness.Row

  private func harness(_ dates: DateSettings, _ policy: InvalidPolicy = .reject) throws
    -> NormalizerHarness
  {
    try NormalizerHarness(
      ContactSchema(
        columns: [ContactColumn(field: .input1, sources: [4], treatment: .date)],
        invalid: policy, dates: dates))
  }

  private func accepted(_ value: String, _ issues: [String] = []) -> Row {
    Row(values: [value], issues: issues, isRejected: false)
  }

  private func refused(_ code: String) -> Row {
    Row(values: [""], issues: ["\(code)@4"], isRejected: true)
  }

  @Test("every sample is read as Python's datetime reads it")
  func samples() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/date-samples.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(lines.count >= 300)
    for line in lines {
      let parts = line.split(separator: "\t").map(String.init)
      try #require(parts.count == 4)
      let order = try #require(DateOrder(rawValue: parts[0]))
      let row = try harness(DateSettings(order: order, century: Int(parts[1]))).cell(parts[2])
      if parts[3].hasPrefix("serial ") {
        #expect(row == accepted(String(parts[3].dropFirst(7)), ["date.from-serial@4"]), "\(line)")
      } else if parts[3].hasPrefix("date.") {
        #expect(row == refused(parts[3]), "\(line)")
      } else {
        #expect(row == accepted(parts[3]), "\(line)")
      }
    }
  }

  @Test(
    "forms of one day",
    arguments: [
      "1 февраля 1985 г.", "1 февраля 1985г.", "1 февраля 1985 года", "1 фев. 1985", "1-фев-1985",
      "1 ФЕВРАЛЯ 1985", "01 февр 1985", "Feb 1, 1985", "1 Feb 1985", "Feb. 1st, 1985",
      "Fri, Feb 1, 1985", "пт 01.02.1985", "Пятница, 1 февраля 1985", "1985-Feb-01", "19850201",
      "1985/2/1", "1985-02-01T00:00:00Z", "1985-02-01T00:00:00+03:00", "1985-02-01T00:00:00+0300",
      "1985-02-01 00:00:00 UTC", "19850201T000000Z", "01.02.1985 0:00:00", "01.02.1985, 10:15",
      "1/2/1985 12:00:00 AM", "1 февраля 1985\u{A0}г.", "«1» февраля 1985 г.", "1985.02.01",
      "01.02.1985 г. 12:00",
    ])
  func forms(cell: String) throws {
    #expect(try harness(DateSettings()).cell(cell) == accepted("1985-02-01"))
  }

  @Test(
    "what is no whole date is unreadable",
    arguments: [
      "1985-02", "1985", "02.1985", "--0201", "--02-01", "февраль 1985", "1 февраля", "1 Feb",
      "31079 дней", "9999", "73051", "31079.", "31079.5.1", "310790", "1.2.3.1985", "1 2 1985",
      "1 марта февраля 1985", "01.02.1985 25:00", "01.02.1985 10:60", "01.02.1985 13:00 PM",
      "1985-02-01T", "01.02.1985 и 02.03.1986", "٠١.٠٢.١٩٨٥", "０１.０２.１９８５", "пт", "понедельник,",
      "1 фебраля 1985", "в 1985 году 1 мая", "-1.2.1985", "1.-2.1985", "1.2.198", "2.1.19855",
      "31 февр.", "\u{FFFD}1.2.1985", "I.II.1985",
    ])
  func unreadable(cell: String) throws {
    #expect(try harness(DateSettings()).cell(cell) == refused("date.unreadable"))
  }

  @Test(
    "days that never were are impossible, whatever the form",
    arguments: [
      "31 февраля 1985", "Feb 29, 1985", "29.02.1900", "32.01.1985", "13.13.1985", "31/31/1985",
      "19850229", "1985-13-01", "1 мая 1799", "1 мая 2200", "31.02.85", "32-01-85", "1.13.1985",
      "2.30.1985", "30/2/1985",
    ])
  func impossible(cell: String) throws {
    #expect(try harness(DateSettings()).cell(cell) == refused("date.impossible"))
  }

  @Test("the month stands first where the mapping says so, but not between dots")
  func monthFirst() throws {
    let dayFirst = try harness(DateSettings())
    let monthFirst = try harness(DateSettings(order: .mdy, century: 1930))
    #expect(dayFirst.cell("12/31/1985") == refused("date.month-first"))
    #expect(dayFirst.cell("12-31-1985") == refused("date.month-first"))
    #expect(dayFirst.cell("12/31/85") == refused("date.month-first"))
    #expect(monthFirst.cell("12/31/1985") == accepted("1985-12-31"))
    #expect(monthFirst.cell("2/1/1985 12:00:00 AM") == accepted("1985-02-01"))
    #expect(monthFirst.cell("2-1-85") == accepted("1985-02-01"))
    #expect(monthFirst.cell("31/12/1985") == refused("date.impossible"))
    #expect(monthFirst.cell("31.12.1985") == accepted("1985-12-31"))
    #expect(monthFirst.cell("1.2.1985") == accepted("1985-02-01"))
    #expect(monthFirst.cell("1985/2/1") == accepted("1985-02-01"))
    #expect(monthFirst.cell("1 Feb 1985") == accepted("1985-02-01"))
  }

  @Test("years of two digits need a century, which may begin anywhere")
  func century() throws {
    let none = try harness(DateSettings())
    let some = try harness(DateSettings(century: 1930))
    for cell in ["1.2.85", "1-фев-85", "Feb 1, 85", "29.02.85"] {
      #expect(none.cell(cell) == refused("date.no-century"), "\(cell)")
    }
    #expect(some.cell("1.2.85") == accepted("1985-02-01"))
    #expect(some.cell("1-фев-85") == accepted("1985-02-01"))
    #expect(some.cell("1.2.30") == accepted("1930-02-01"))
    #expect(some.cell("1.2.29") == accepted("2029-02-01"))
    #expect(some.cell("1.2.00") == accepted("2000-02-01"))
    #expect(some.cell("29.02.85") == refused("date.impossible"))
    #expect(some.cell("29.02.84") == accepted("1984-02-29"))
    #expect(some.cell("85-02-01") == refused("date.impossible"))
  }

  @Test("a spreadsheet's day numbers are dates, with a warning")
  func serials() throws {
    let harness = try harness(DateSettings())
    // 36526 is 1 January 2000, as every spreadsheet shows.
    for cell in ["36526", "36526.0", "36526,75"] {
      #expect(harness.cell(cell) == accepted("2000-01-01", ["date.from-serial@4"]))
    }
    #expect(harness.cell("36585") == accepted("2000-02-29", ["date.from-serial@4"]))
  }

  @Test(
    "dates of zeros are placeholders",
    arguments: [
      "0.0.00", "00.00.0000", "0000-00-00", "0000-00-00 00:00:00", "1900-01-00", "00.01.1900",
      "1/0/1900 0:00:00", "нет", "—",
    ])
  func zeros(cell: String) throws {
    let row = try harness(DateSettings()).cell(cell)
    #expect(row == accepted("", ["value.placeholder@4"]))
  }

  @Test("each output form reads back as itself, but the American one only with the month first")
  func outputs() throws {
    let forms: [(DateForm, String)] = [
      (.iso, "1985-04-03"), (.dots, "03.04.1985"), (.monthFirst, "04/03/1985"),
      (.compact, "19850403"),
    ]
    for (form, text) in forms {
      for order in DateOrder.allCases {
        let harness = try harness(DateSettings(order: order, format: form))
        #expect(harness.cell("3 апреля 1985") == accepted(text))
        // Under `dmy`, 04/03 is the fourth of March.
        let isMisread = form == .monthFirst && order == .dmy
        #expect(harness.cell(text) == accepted(isMisread ? "03/04/1985" : text))
      }
    }
  }

  @Test("random cells neither crash nor change when read again", arguments: 0..<20)
  func hostile(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let harness = try harness(DateSettings(century: 1930), .drop)
    let pieces = [
      "1", "02", "1985", "85", "31079", ".", "/", "-", " ", ",", "фев", "Feb", "г.", "T", ":",
      "00", "Z", "+", "пт", "\u{A0}", "Я", "0", "«", "AM",
    ]
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 1...9, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let once = harness.cell(text)
      let twice = harness.cell(once.values[0])
      #expect(twice == accepted(once.values[0]), "\(text), seed \(seed)")
      // Nothing is lost without a word.
      let isSilent = once.issues.isEmpty && once.values[0].isEmpty
      let isBlank = text.allSatisfy { $0 == " " || $0 == "\u{A0}" }
      #expect(!isSilent || isBlank, "\(text)")
    }
  }

  @Test("bytes that are no text, cut letters and huge cells are refused in linear time")
  func bytes() {
    for bytes in [
      [0xD0], [0x31, 0xD1], [0x31, 0x20, 0xD0], [0xC2], [0x31, 0x2E, 0x32, 0x2E, 0xC2],
      [UInt8](repeating: 0xFF, count: 64), [UInt8](repeating: 0x31, count: 1_000_000),
      [UInt8](repeating: 0xD1, count: 79),
    ] as [[UInt8]] {
      #expect(ContactDate.read(bytes, 0..<bytes.count) == .unreadable)
    }
  }
}
