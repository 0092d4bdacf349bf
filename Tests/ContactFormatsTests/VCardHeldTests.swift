import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

/// What a card that is written cannot give back under the same column is noted, by both writers.
@Suite struct VCardHeldTests {
  enum Writer: CaseIterable, Sendable {
    case version3
    case version4
    case xCard
  }

  /// A record by its columns, and the columns that were noted in it.
  private struct Record: Equatable {
    var values: [String: String]
    var noted: [Int] = []
  }

  private func batch(_ header: [String], _ rows: [[String]]) -> RecordBatch {
    var bytes: [UInt8] = []
    var fieldEnds: [UInt32] = []
    var recordEnds: [UInt32] = []
    for row in rows {
      for field in row {
        bytes += Array(field.utf8)
        fieldEnds.append(UInt32(bytes.count))
      }
      recordEnds.append(UInt32(fieldEnds.count))
    }
    return RecordBatch(
      bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds,
      lines: Array(1..<(rows.count + 1)), firstRecord: 1, header: header)
  }

  private func values(_ header: [String], _ row: [String]) -> [String: String] {
    Dictionary(zip(header, row).filter { !$0.1.isEmpty }) { first, _ in first }
  }

  /// What a reader finds of rows that were written.
  private func rewritten(
    _ header: [String], _ rows: [[String]], by writer: Writer, firstField: Int = 0
  ) throws -> [Record] {
    var noted: [[Int]] = rows.map { _ in [] }
    func write(_ writer: inout some FormatWriter) -> [UInt8] {
      writer.begin(header: Array(header[firstField...]))
      let batch = batch(header, rows)
      for record in rows.indices {
        writer.append(batch, record: record, firstField: firstField)
      }
      writer.finish()
      for issue in writer.takeIssues() where issue.code == .notHeld {
        noted[Int(issue.record)].append(Int(issue.sourceColumn))
      }
      return writer.takeBytes()
    }
    let records: [[String: String]]
    switch writer {
    case .version3, .version4:
      var cards = VCardWriter(version: writer == .version3 ? .v3 : .v4)
      let content = try readCards([write(&cards)])
      #expect(content.issues.isEmpty)
      records = content.records.map { record in
        Dictionary(
          uniqueKeysWithValues: record.map { pair in
            let equals = pair.firstIndex(of: "=") ?? pair.endIndex
            return (String(pair[..<equals]), String(pair[equals...].dropFirst()))
          })
      }
    case .xCard:
      var cards = XCardWriter()
      let content = readXCard([write(&cards)])
      #expect(content.issues.isEmpty && content.failure == nil)
      records = content.records
    }
    try #require(records.count == rows.count)
    return zip(records, noted).map { Record(values: $0, noted: $1) }
  }

  static let moved: [(header: [String], row: [String], noted: [Int])] = [
    // A run that does not begin at its first value.
    (["FN", "TEL[CELL]", "TEL[CELL] (2)"], ["A", "", "5"], [2]),
    (["FN", "NOTE", "TEL[CELL] (2)"], ["A", "x", "5"], [2]),
    (["FN", "NOTE", "TEL[CELL] (2)"], ["A", "", "5"], [2]),
    (["Name", "TEL (2)", "TEL (3)"], ["A", "5", "6"], [1, 2]),
    // A run with a gap.
    (["FN", "TEL", "TEL (2)", "TEL (3)", "TEL (4)"], ["A", "1", "", "3", "4"], [3, 4]),
    (["FN", "ADR.street", "ADR.city (3)", "ADR.code (3)"], ["A", "1", "", "3"], [3]),
    // Values that a reader takes the scheme off.
    (["FN", "TEL"], ["A", "tel:123"], [1]),
    (["FN", "TEL[CELL]", "EMAIL[WORK]"], ["A", "TEL:+1;ext=5", "mailto:a@b.example"], [1, 2]),
    // Columns of one name.
    (["FN", "TEL", "TEL"], ["A", "1", "2"], [2]),
  ]

  @Test(
    "A value that comes back under another column or as another one is noted with its column",
    arguments: Writer.allCases, moved)
  func notes(writer: Writer, example: (header: [String], row: [String], noted: [Int])) throws {
    let records = try rewritten(example.header, [example.row], by: writer)
    #expect(records.map(\.noted) == [example.noted])
    #expect(records.map(\.values) != [values(example.header, example.row)])
    // The columns before the first that is written are counted.
    let shifted = try rewritten(
      ["#"] + example.header, [["7"] + example.row], by: writer, firstField: 1)
    #expect(shifted.map(\.noted) == [example.noted.map { $0 + 1 }])
    #expect(shifted.map(\.values) == records.map(\.values))
  }

  static let kept: [[String]] = [
    ["FN", "TEL", "TEL.label"], ["FN", "TEL[OTHER]", "TEL[OTHER].label"],
    ["FN", "NOTE", "TEL", "TEL (2)", "TEL (3)"], ["TEL (2)", "FN", "TEL"],
    ["X-ABADR[HOME]", "X-ABADR[HOME].label"], ["TEL[ДОМ]", "TEL[CELL,MY OWN/1]"],
    ["N.family", "N.6", "ADR.city", "ADR.8"], ["NAME", "PROFILE", "XML", "X-A_B", "X-COLUMN"],
    ["TEL[Å]", "TEL[ß]", "TEL[İ]"], ["TEL[\u{212B}]"],
    ["TEL[\(String(repeating: "X", count: 900))]", "EMAIL"],
  ]

  @Test("Columns of any other name come back", arguments: Writer.allCases, kept)
  func keeps(writer: Writer, header: [String]) throws {
    let row = header.indices.map { "v\($0)" }
    #expect(
      try rewritten(header, [row], by: writer) == [Record(values: values(header, row))])
  }

  @Test("A column whose name no card can hold is noted", arguments: Writer.allCases)
  func notesNames(writer: Writer) throws {
    let long = "TEL[\(String(repeating: "X", count: 1100))]"
    let records = try rewritten(["FN", long], [["A", "1"]], by: writer)
    #expect(records.map(\.noted) == [[1]])
  }

  @Test("A CR in a column's name is lost in a vCard and noted; xCard has a sign for it")
  func notesLineEnds() throws {
    let (header, rows) = (["FN", "a\rb"], [["A", "1"]])
    #expect(try rewritten(header, rows, by: .version3).map(\.noted) == [[1]])
    #expect(
      try rewritten(header, rows, by: .xCard) == [Record(values: ["FN": "A", "a\rb": "1"])])
  }

  @Test(
    "Whatever is not noted comes back as it was", arguments: Writer.allCases,
    0..<40 as Range<UInt64>)
  func losesNothingSilently(writer: Writer, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let bases = [
      "FN", "N.given", "N.family", "N.7", "TEL", "TEL[CELL]", "TEL[OTHER]", "TEL[OTHER].label",
      "TEL[CELL].label", "TEL.label", "EMAIL", "EMAIL[WORK]", "ADR[HOME].city", "ADR[HOME].street",
      "ADR[HOME].label", "ORG", "ORG.unit", "ORG.unit3", "NOTE", "Имя", "URL", "X-A", "XML",
    ]
    let texts = [
      "1", "a,b", "x;y", "tel:5", "tel:", "mailto:a%40b", "mailto:%FF", "Mobile", "_$!<Home>!$_",
      "Дача", "a:b\\n", " s ", "%41", "two\nlines",
    ]
    var header: [String] = []
    for _ in 0..<12 {
      let number = Int.random(in: 1...4, using: &generator)
      let base = bases.randomElement(using: &generator) ?? ""
      let name = number == 1 ? base : "\(base) (\(number))"
      if !header.contains(name) { header.append(name) }
    }
    let rows = (0..<6).map { _ in
      header.map { _ in
        Bool.random(using: &generator) ? texts.randomElement(using: &generator) ?? "" : ""
      }
    }
    for (record, row) in zip(try rewritten(header, rows, by: writer), rows) {
      let expected = values(header, row)
      let isRight = record.values == expected
      #expect(isRight || !record.noted.isEmpty, "seed \(seed): \(expected) is \(record.values)")
      // Of labels that mean a type an xCard makes types.
      if writer != .xCard {
        #expect(record.values.count == expected.count, "seed \(seed): \(expected)")
      }
    }
  }
}
