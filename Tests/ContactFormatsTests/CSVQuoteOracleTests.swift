import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

/// A slow reader that knows what an open quote means, by the rule as it is documented.
///
/// Whole text in hand, it asks at every opening quote whether its field ends at all. If not, the
/// quote is a letter, and reading goes on right behind it.
private struct SlowReader {
  let text: [UInt8]
  var rows: [[String]] = []
  var issues: [String] = []
  private var row: [String] = []
  private var index = 0
  private var noted: Set<String> = []

  init(_ text: [UInt8]) {
    self.text = text
    readAll()
  }

  private mutating func readAll() {
    while index < text.count { readRecord() }
  }

  private mutating func note(_ code: String) {
    if noted.insert(code).inserted { issues.append("\(rows.count + 1) \(code)") }
  }

  private mutating func readRecord() {
    (row, noted) = ([], [])
    var isBlank = true
    while true {
      let (field, wasQuoted) = readField()
      row.append(field)
      if wasQuoted || !field.isEmpty { isBlank = false }
      guard index < text.count, text[index] == 0x2C else { break }
      isBlank = false
      index += 1
    }
    if index < text.count {
      index += text[index] == 0x0D && index + 1 < text.count && text[index + 1] == 0x0A ? 2 : 1
    }
    if !isBlank { rows.append(row) }
  }

  private mutating func readField() -> (text: String, wasQuoted: Bool) {
    var field: [UInt8] = []
    var isQuoted = false
    if index < text.count, text[index] == 0x22 {
      if let (inside, end) = quotedField(from: index + 1) {
        let behind = text[end...].drop { $0 == 0x20 }
        if behind.first.map({ [0x2C, 0x0A, 0x0D].contains($0) }) ?? true {
          (field, index, isQuoted) = (inside, behind.startIndex, true)
        } else if inside.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
          // On another line than the quote it is likelier that two rows would be made one.
          note("csv.unterminated-quote")
        } else {
          (field, index, isQuoted) = (inside, end, true)
          note("csv.stray-quote")
        }
      } else {
        note("csv.unterminated-quote")
      }
    }
    while index < text.count, ![0x2C, 0x0A, 0x0D].contains(text[index]) {
      field.append(text[index])
      index += 1
    }
    return (String(decoding: field, as: UTF8.self), isQuoted)
  }

  /// The text of a quoted field and the place behind its closing quote, if it has one.
  private func quotedField(from start: Int) -> ([UInt8], Int)? {
    var field: [UInt8] = []
    var place = start
    while place < text.count {
      if text[place] != 0x22 {
        field.append(text[place])
        place += 1
      } else if place + 1 < text.count, text[place + 1] == 0x22 {
        field.append(0x22)
        place += 2
      } else {
        return (field, place + 1)
      }
    }
    return nil
  }
}

@Suite("CSV reader against a slow one, open quotes too")
struct CSVQuoteOracleTests {
  private func randomText(_ generator: inout SeededGenerator) -> [UInt8] {
    let parts = ["\"", "\"", "a", "bc", ",", ",", "\n", "\r\n", "\r", " ", "Ж", "01234567"]
    return (0..<Int.random(in: 0...30, using: &generator)).flatMap { _ in
      Array((parts.randomElement(using: &generator) ?? "").utf8)
    }
  }

  @Test("any text gives the rows and issues of the documented rule", arguments: 0..<1_000)
  func agree(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let text = randomText(&generator)
    let slow = SlowReader(text)
    let size = Int.random(in: 1...max(1, text.count), using: &generator)
    for chunks in [[text], pieces(of: text, size)] {
      let content = readCSV(chunks, recordsPerBatch: Int.random(in: 1...4, using: &generator))
      #expect(content.rows == slow.rows, "seed \(seed), \(String(decoding: text, as: UTF8.self))")
      #expect(content.issues == slow.issues, "seed \(seed)")
    }
  }

  @Test("long texts too, where many fields are read at once", arguments: 0..<150)
  func longTexts(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed) + 5_000)
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 20...120, using: &generator) {
      // Mostly plain records, so that damage is an exception as in real files.
      let kind = Int.random(in: 0..<12, using: &generator)
      let field = String(repeating: "ж", count: Int.random(in: 0...70, using: &generator))
      switch kind {
      case 0: text += randomText(&generator)
      case 1: text += Array("\"\(field)\",\"two \"\"2\"\"\",\"a\nb\r\nc\"\r\n".utf8)
      case 2: text += Array("\(field),\"\",\n\n".utf8)
      default: text += Array("\(field),8 342 250,,x@example.com,1979-03-12\n".utf8)
      }
    }
    let slow = SlowReader(text)
    for size in [text.count, Int.random(in: 1...text.count, using: &generator), 200] {
      let content = readCSV(
        pieces(of: text, size), recordsPerBatch: Int.random(in: 1...600, using: &generator))
      #expect(content.rows == slow.rows, "seed \(seed), pieces of \(size)")
      #expect(content.issues == slow.issues, "seed \(seed), pieces of \(size)")
    }
  }

  @Test(
    "the rule by example",
    arguments: [
      ("\"a\n", [["\"a"]], ["1 csv.unterminated-quote"]),
      ("a,\"\n", [["a", "\""]], ["1 csv.unterminated-quote"]),
      ("\"", [["\""]], ["1 csv.unterminated-quote"]),
      ("\"a\"\"\n", [["\"a\"\""]], ["1 csv.unterminated-quote"]),
      ("\"a\"\"b\n", [["\"a\"\"b"]], ["1 csv.unterminated-quote"]),
      ("\"a,\"b\nc\n", [["a,b"], ["c"]], ["1 csv.stray-quote"]),
      ("x\n\"a,b\nc,d\n", [["x"], ["\"a", "b"], ["c", "d"]], ["2 csv.unterminated-quote"]),
      ("\"a\" \"b\"\n", [["a \"b\""]], ["1 csv.stray-quote"]),
      (
        "\"a\"b,\"c\n", [["ab", "\"c"]],
        ["1 csv.stray-quote", "1 csv.unterminated-quote"]
      ),
      ("\"a\nb\"c,d\n", [["\"a"], ["b\"c", "d"]], ["1 csv.unterminated-quote"]),
      ("\"a\nb\" c,d\n", [["\"a"], ["b\" c", "d"]], ["1 csv.unterminated-quote"]),
      ("\"a\" ,\"b\"  \n\"c\" ", [["a", "b"], ["c"]], []),
      ("\"a\nb\"\n", [["a\nb"]], []),
      ("a\"b\"c\n", [["a\"b\"c"]], []),
      ("a,b\"\n", [["a", "b\""]], []),
    ] as [(String, [[String]], [String])])
  func examples(text: String, rows: [[String]], issues: [String]) {
    let slow = SlowReader(Array(text.utf8))
    #expect(slow.rows == rows)
    #expect(slow.issues == issues)
    everySplit(of: Array(text.utf8)) { chunks, cut in
      let content = readCSV(chunks)
      #expect(content.rows == rows, "\(cut)")
      #expect(content.issues == issues, "\(cut)")
    }
  }
}
