import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

@Suite("xCard writer")
struct XCardWriterTests {
  /// A batch of rows of text.
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

  private func written(
    _ header: [String], _ rows: [[String]]
  ) -> (text: String, issues: [ContactModel.Issue]) {
    var writer = XCardWriter()
    writer.begin(header: header)
    let batch = batch(header, rows)
    for record in 0..<batch.count { writer.append(batch, record: record, firstField: 0) }
    writer.finish()
    return (String(decoding: writer.takeBytes(), as: UTF8.self), writer.takeIssues())
  }

  /// What a reader finds of rows: their values by column, empty ones left out.
  private func records(_ header: [String], _ rows: [[String]]) -> [[String: String]] {
    rows.map { row in
      Dictionary(uniqueKeysWithValues: zip(header, row).filter { !$0.1.isEmpty })
    }
  }

  @Test("a card looks as RFC 6351 has it, one property a line")
  func layout() {
    let (text, issues) = written(
      ["FN", "N.family", "N.additional", "TEL[CELL,WORK]", "EMAIL", "Отдел", "X-FERRY-ID"],
      [["Ада Л.", "Л", "Б,К", "+7 1", "", "R&D", "7"]])
    #expect(issues.isEmpty)
    #expect(
      text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <vcards xmlns="urn:ietf:params:xml:ns:vcard-4.0">
        <vcard>
         <fn><text>Ада Л.</text></fn>
         <n><surname>Л</surname><given/><additional>Б</additional><additional>К</additional>\
        <prefix/><suffix/></n>
         <tel><parameters><type><text>cell</text><text>work</text></type></parameters>\
        <text>+7 1</text></tel>
         <x-column><parameters><name><text>Отдел</text></name></parameters>\
        <text>R&amp;D</text></x-column>
         <x-ferry-id><unknown>7</unknown></x-ferry-id>
        </vcard>
        </vcards>

        """)
  }

  @Test("what was read is the same after writing and reading it again")
  func roundTrip() throws {
    var reader = XCardReader(encoding: nil)
    let bytes = try xCardFixture("everything.xml")
    _ = try reader.read(bytes.span, from: 0)
    try reader.finish()
    var writer = XCardWriter()
    writer.begin(header: [])
    var before = XCardContent()
    while let batch = reader.takeBatch() {
      before.append(batch)
      for record in 0..<batch.count { writer.append(batch, record: record, firstField: 0) }
    }
    writer.finish()
    let after = readXCard([writer.takeBytes()])
    #expect(after.records == before.records)
    #expect(before.records.count == 2)
    #expect(after.failure == nil && after.issues.isEmpty && writer.takeIssues().isEmpty)
  }

  @Test("any values in any columns come back", arguments: 0..<80)
  func generated(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = [
      "", "a", "Ж", "&", "<", "]]>", "\"", "'", "\r", "\n", "\t", ",", ";", " ", "😀", "tel:1",
      "\u{85}", "\u{FFFD}", "\u{2028}", "&amp;", "\u{FEFF}",
    ]
    let header = [
      "FN", "N.family", "N.given", "N.additional", "N.prefix", "N.suffix", "ORG", "ORG.unit",
      "ORG.unit2", "ORG.unit5", "TITLE", "TEL[CELL]", "TEL[FAX,WORK]", "EMAIL[WORK]",
      "ADR[HOME].pobox", "ADR[HOME].street", "ADR[HOME].country", "NICKNAME", "CATEGORIES", "BDAY",
      "GENDER", "CLIENTPIDMAP", "URL", "NOTE", "REV", "LANG", "X-SKYPE", "ФИО", "Name", "email",
      "A<b>&\"c", "N", "TEL[cell]", "VERSION", "PHOTO", "TEL[CELL] (2) ", " x ",
    ]
    let rows = (0..<4).map { _ in
      header.map { name in
        let text = (0..<Int.random(in: 0...4, using: &generator))
          .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
        // A reader takes the scheme off a number.
        return name.hasPrefix("TEL[") ? text.replacing("tel:", with: "8") : text
      }
    }
    let (text, issues) = written(header, rows)
    #expect(issues.isEmpty, "seed \(seed)")
    let content = readXCard(text)
    #expect(content.failure == nil, "seed \(seed)")
    #expect(content.issues.isEmpty, "seed \(seed)")
    #expect(content.records == records(header, rows), "seed \(seed)")
  }

  static let derivations: [([String], [String], String)] = [
    (["N.family", "N.given", "N.prefix"], ["Л", "Ада", "Dr."], "Dr. Ада Л"),
    (["TEL", "ORG", "N.given"], ["1", "Engines", ""], "Engines"),
    (["TEL", "EMAIL"], ["1", "a@b.example"], "a@b.example"),
    (["TEL[CELL]"], ["1"], "1"), (["NOTE"], ["x"], "x"), (["FN"], [""], ""),
    (["Имя", "NOTE"], ["", "x"], "x"),
  ]

  @Test("a card without a name gets one, which is not read back", arguments: derivations)
  func derives(header: [String], row: [String], name: String) {
    let (text, issues) = written(header, [row])
    let derived = "<parameters><x-derived><boolean>true</boolean></x-derived></parameters>"
    #expect(text.contains(" <fn>\(derived)<text>\(name)</text></fn>\n"))
    #expect(issues.isEmpty)
    #expect(readXCard(text).records == records(header, [row]))
  }

  @Test("a label is written into a group, and comes back")
  func labels() {
    let header = ["FN", "TEL[OTHER]", "TEL[OTHER].label", "EMAIL[WORK]", "EMAIL[WORK].label"]
    let row = ["a", "112", "dispatch room", "a@b.example", "night & day"]
    let (text, issues) = written(header, [row])
    #expect(text.contains("<group name=\"item2\">"))
    #expect(issues.isEmpty)
    #expect(readXCard(text).records == records(header, [row]))
  }

  static let notHeld: [([String], [String], Int)] = [
    (["FN", "NOTE"], ["a", "b\u{1}c"], 1), (["FN", "NOTE"], ["a", "\u{0}"], 1),
    (["FN", "NOTE"], ["a", "\u{FFFE}\u{FFFF}"], 1), (["FN", "TEL", "TEL (2)"], ["a", "", "1"], 2),
    (["FN", "TEL[OTHER]", "TEL[OTHER].label"], ["a", "", "x"], 2),
    (["FN", "TEL[OTHER]", "TEL[OTHER].label"], ["a", "1", "Mobile"], 2), (["FN"], ["a", "b"], 1),
    (["FN", "a\u{1}b"], ["a", "b"], 1),
  ]

  @Test("what does not come back is noted with its column", arguments: notHeld)
  func notes(header: [String], row: [String], column: Int) {
    let (text, issues) = written(header, [row])
    #expect(issues == [ContactModel.Issue(.notHeld, record: 0, sourceColumn: column)])
    let content = readXCard(text)
    #expect(content.failure == nil)
    #expect(content.records.first?["FN"] == "a")
    #expect(content.records != records(header, [row]) || row.count > header.count)
  }

  @Test("two columns of one name both keep their values")
  func equalNames() {
    let (text, issues) = written(["TEL", "TEL", "ФИО", "ФИО"], [["1", "2", "3", "4"]])
    #expect(issues.map { $0.sourceColumn } == [1, 3])
    let values = readXCard(text).records.first.map { $0.values.sorted() }
    #expect(values == ["1", "2", "3", "4"])
  }

  @Test("columns that come later are written too")
  func laterColumns() {
    var writer = XCardWriter()
    writer.begin(header: ["FN"])
    writer.append(batch(["FN"], [["a"]]), record: 0, firstField: 0)
    writer.append(batch(["FN", "NOTE"], [["b", "c"]]), record: 0, firstField: 0)
    writer.append(batch(["ID", "FN", "NOTE"], [["7", "d", "e"]]), record: 0, firstField: 1)
    writer.finish()
    #expect(
      readXCard([writer.takeBytes()]).records == [
        ["FN": "a"], ["FN": "b", "NOTE": "c"], ["FN": "d", "NOTE": "e"],
      ])
  }
}
