import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

/// A slow, obvious reader of the same language: one character at a time, strings, no batches.
///
/// It knows nothing of unterminated quotes; the generated texts have none.
private func slowRows(_ text: [UInt8], delimiter: UInt8) -> [[String]] {
  var rows: [[String]] = []
  var row: [String] = []
  var field: [UInt8] = []
  var (isQuoted, wasQuoted) = (false, false)
  var index = 0
  func endField() {
    row.append(String(decoding: field, as: UTF8.self))
    field = []
  }
  func endRow() {
    if !(row.isEmpty && field.isEmpty && !wasQuoted) {
      endField()
      rows.append(row)
    }
    (row, field, wasQuoted) = ([], [], false)
  }
  var isFieldStart = true
  while index < text.count {
    let byte = text[index]
    let next = index + 1 < text.count ? text[index + 1] : 0
    index += 1
    if isQuoted {
      if byte == 0x22, next == 0x22, index < text.count {
        field.append(byte)
        index += 1
      } else if byte == 0x22 {
        isQuoted = false
      } else {
        field.append(byte)
      }
    } else if byte == 0x22, isFieldStart {
      (isQuoted, wasQuoted, isFieldStart) = (true, true, false)
    } else if byte == delimiter {
      endField()
      isFieldStart = true
    } else if byte == 0x0A || byte == 0x0D {
      if byte == 0x0D, next == 0x0A, index < text.count { index += 1 }
      endRow()
      isFieldStart = true
    } else {
      field.append(byte)
      isFieldStart = false
    }
  }
  if !row.isEmpty || !field.isEmpty || wasQuoted { endRow() }
  return rows
}

@Suite("CSV reader against a slow one")
struct CSVOracleTests {
  /// A text from the pieces that matter to a CSV reader, all quotes closed.
  private func randomText(_ generator: inout SeededGenerator) -> [UInt8] {
    let plain = ["a", "bc", "", " ", "Ж", "0123456789", "x\"y", "\t", "длинное значение поля"]
    let inside = ["", "a", ",", ";", "\n", "\r\n", "\r", "\"\"", "Щ", "0123456789abcdef"]
    let ends = ["\n", "\r\n", "\r", "\n\n"]
    var text = ""
    for _ in 0..<Int.random(in: 0...12, using: &generator) {
      for field in 0..<Int.random(in: 1...5, using: &generator) {
        if field > 0 { text += "," }
        if Bool.random(using: &generator) {
          text += plain.randomElement(using: &generator) ?? ""
        } else {
          text += "\""
          for _ in 0..<Int.random(in: 0...4, using: &generator) {
            text += inside.randomElement(using: &generator) ?? ""
          }
          text += "\""
        }
      }
      text += ends.randomElement(using: &generator) ?? "\n"
    }
    return Array(text.utf8)
  }

  @Test("both give the same rows, at any chunk size", arguments: 0..<400)
  func agree(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let text = randomText(&generator)
    let expected = slowRows(text, delimiter: UInt8(ascii: ","))
    let size = Int.random(in: 1...max(1, text.count), using: &generator)
    let chunks = stride(from: 0, to: text.count, by: size).map {
      Array(text[$0..<min($0 + size, text.count)])
    }
    let content = readCSV(chunks, recordsPerBatch: Int.random(in: 1...5, using: &generator))
    #expect(content.rows == expected, "seed \(seed)")
  }

  @Test(
    "damaged text is read to the end: no crash, and every line number rises", arguments: 0..<300)
  func mutations(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed) + 10_000)
    var text = randomText(&generator)
    for _ in 0..<Int.random(in: 1...6, using: &generator) where !text.isEmpty {
      let place = Int.random(in: 0..<text.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0:
        text[place] = [0x22, 0x2C, 0x0A, 0x0D, 0x00, 0xFF].randomElement(using: &generator) ?? 0
      case 1: text.remove(at: place)
      default: text.insert(0x22, at: place)
      }
    }
    let whole = readCSV([text])
    let bytewise = readCSV(text.map { [$0] })
    #expect(whole == bytewise, "seed \(seed)")
    #expect(whole.lines == whole.lines.sorted(), "seed \(seed)")
  }

  @Test("what the writer writes the reader reads", arguments: 0..<200)
  func roundTrip(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed) + 20_000)
    let pieces = ["", "a", "\"", ",", ";", "\n", "\r", "Ёж", " ", "\t", "0123456789"]
    let rows = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
      (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        (0..<Int.random(in: 0...3, using: &generator))
          .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      }
    }
    let delimiters: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    let dialect = CSVDialect(
      delimiter: delimiters.randomElement(using: &generator) ?? 0x2C,
      lineEnd: Bool.random(using: &generator) ? .lineFeed : .carriageReturnLineFeed)
    var writer = CSVWriter(dialect: dialect)
    for row in rows {
      for field in row { writer.append(field) }
      writer.endRecord()
    }
    let content = readCSV([writer.takeBytes()], dialect: dialect)
    #expect(content.rows == rows, "seed \(seed)")
    #expect(content.issues.isEmpty, "seed \(seed)")
  }
}
