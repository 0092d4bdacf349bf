import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

/// What records look like as cards, and that they come back as they were.
@Suite struct VCardWriterTests {
  private func written(
    _ fields: KeyValuePairs<String, String>, as version: CardVersion = .v3
  ) throws -> (text: String, content: CardContent) {
    let columns = fields.map(\.key)
    let bytes = fields.flatMap { Array($0.value.utf8) }
    var end: UInt32 = 0
    let ends = fields.map { field in
      end += UInt32(field.value.utf8.count)
      return end
    }
    let batch = RecordBatch(
      bytes: bytes, fieldEnds: ends, recordEnds: [UInt32(ends.count)], lines: [1], firstRecord: 1)
    var writer = VCardWriter(version: version)
    writer.begin(header: columns)
    writer.append(batch, record: 0, firstField: 0)
    writer.finish()
    let text = writer.takeBytes()
    return (String(decoding: text, as: UTF8.self), try readCards([text]))
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("A card of version 3.0 has what phones ask for")
  func writesVersion3() throws {
    let (text, _) = try written([
      "TEL[FAX,WORK]": "1", "TEL": "2", "TEL (2)": "3", "N.given": "Vera", "ORG": "A; B",
      "ORG.unit": "C", "ADR[HOME].city": "Perm", "CATEGORIES": "x,y", "NOTE": "a,b\r\nc\\",
      "URL": "http://a.example/?x,y;z", "FN": "Vera Orlova",
    ])
    #expect(
      lines(text) == [
        "BEGIN:VCARD", "VERSION:3.0", "FN:Vera Orlova", "N:;Vera;;;", "TEL;TYPE=FAX,WORK:1",
        "TEL:2", "TEL:3", #"ORG:A\; B;C"#, "ADR;TYPE=HOME:;;;Perm;;;", "CATEGORIES:x,y",
        #"NOTE:a\,b\nc\\"#, "URL:http://a.example/?x,y;z", "END:VCARD", "",
      ])
  }

  @Test("A card of version 4.0 has types in lower case and needs no name in parts")
  func writesVersion4() throws {
    let (text, _) = try written(["TEL[CELL,WORK]": "+1", "FN": "Vera"], as: .v4)
    #expect(
      lines(text)
        == ["BEGIN:VCARD", "VERSION:4.0", "FN:Vera", "TEL;TYPE=cell,work:+1", "END:VCARD", ""])
  }

  @Test(
    "A card without a formatted name gets one that is not read back",
    arguments: [
      (["N.family": "Orlova", "N.given": "Vera", "N.prefix": "Dr."], "Dr. Vera Orlova"),
      (["EMAIL": "v@a.example", "ORG": "Firm", "TEL": "1"], "Firm"),
      (["TEL[CELL]": "1", "EMAIL[WORK]": "v@a.example"], "v@a.example"),
      (["NOTE": "x", "TEL[CELL]": "1"], "1"), (["Anything": "x"], "x"), (["NOTE": ""], ""),
    ] as [(KeyValuePairs<String, String>, String)])
  func derivesNames(fields: KeyValuePairs<String, String>, name: String) throws {
    let (text, content) = try written(fields)
    #expect(lines(text).contains("FN;X-DERIVED=TRUE:\(name)"))
    #expect(
      content.records == [
        fields.filter { !$0.value.isEmpty }.map { "\($0.key)=\($0.value)" }.sorted()
      ])
  }

  @Test("Labels become groups again, unless they would be read as types or belong to nothing")
  func writesLabels() throws {
    let fields: KeyValuePairs = [
      "FN": "Vera", "TEL[OTHER]": "1", "TEL[OTHER].label": "Dacha, summer", "TEL[CELL]": "2",
      "TEL[CELL].label": "Old", "URL[HOME]": "u", "URL[HOME].label": "Work",
      "EMAIL[WORK].label": "Lost",
    ]
    let (text, content) = try written(fields)
    #expect(
      lines(text).dropFirst(2) == [
        "N:;;;;", "FN:Vera", "item1.TEL:1", #"item1.X-ABLabel:Dacha\, summer"#,
        "item2.TEL;TYPE=CELL:2",
        "item2.X-ABLabel:Old", #"X-COLUMN;NAME="URL[HOME].label":Work"#, "URL;TYPE=HOME:u",
        #"X-COLUMN;NAME="EMAIL[WORK].label":Lost"#, "END:VCARD", "",
      ])
    #expect(content.records == [fields.map { "\($0.key)=\($0.value)" }.sorted()])
  }

  @Test(
    "A column that is no property of vCard comes back with its exact name",
    arguments: [
      "Name", "Моб. телефон", "tel", "TEL[cell]", "TEL[WORK,CELL]", "TEL[PREF]", "TEL (1)",
      "TEL (02)", "TEL.label", "N", "N.title", "ADR[HOME]", "ADR.7", "BEGIN", "VERSION",
      "X-COLUMN", "X-ABLABEL", "AGENT", "say \"hi\"^n; a:b", "line\nbreak", "#1", "X-", "ID",
      "TEL[",
      "TEL[A]B", "ORG.unit1", "item1.TEL",
    ])
  func writesOtherColumns(name: String) throws {
    let (_, content) = try written([name: "v", "FN": "Vera"])
    #expect(content.records == [["FN=Vera", "\(name)=v"].sorted()])
  }

  @Test(
    "A column of a card is a property again",
    arguments: [
      "TEL", "TEL[CELL]", "TEL[FAX,WORK]", "N.family", "N.6", "ADR[HOME].country", "ADR.8", "ORG",
      "ORG.unit", "ORG.unit2", "X-SKYPE", "X-FERRY-ROW", "URL[HOMEPAGE]", "LABEL[HOME]", "REV",
    ])
  func writesProperties(name: String) throws {
    let (text, content) = try written([name: "v", "FN": "Vera"])
    #expect(!text.contains("X-COLUMN"))
    #expect(content.records == [["FN=Vera", "\(name)=v"].sorted()])
  }

  @Test("Lines are folded at 75 bytes and never inside a character", arguments: 0..<12)
  func folds(shift: Int) throws {
    let value = String(repeating: "x", count: shift) + String(repeating: "Ж€😀", count: 40)
    let (text, content) = try written(["FN": value])
    for line in lines(text) {
      #expect(line.utf8.count <= 75)
      #expect(!line.contains("\u{FFFD}"))
    }
    #expect(lines(text).contains { $0.utf8.count > 71 })
    #expect(content.records == [["FN=\(value)"]])
  }

  @Test("A name that is too long for a line of a card is an issue")
  func refusesLongNames() {
    var writer = VCardWriter(version: .v3)
    writer.begin(header: ["FN", String(repeating: "x", count: 2000)])
    writer.append(
      RecordBatch(
        bytes: Array("ab".utf8), fieldEnds: [1, 2], recordEnds: [2], lines: [1], firstRecord: 1),
      record: 0, firstField: 0)
    #expect(writer.takeIssues() == [Issue(.notHeld, record: 0, sourceColumn: 1)])
  }

  @Test("Columns that turn up later, or without a name, are written as well")
  func followsHeaders() throws {
    let text = card("FN:Vera", "TEL:1") + card("FN:Igor", "TEL:2", "TITLE:Boss", "TEL:3")
    for version in CardVersion.allCases {
      let (_, content) = try CardContent.rewritten(Array(text.utf8), as: version)
      #expect(
        content.records == [
          ["FN=Vera", "TEL=1"], ["FN=Igor", "TEL (2)=3", "TEL=2", "TITLE=Boss"],
        ])
    }
    var writer = VCardWriter(version: .v3)
    writer.begin(header: ["FN"])
    let ragged = RecordBatch(
      bytes: Array("xab".utf8), fieldEnds: [1, 2, 3], recordEnds: [3], lines: [1], firstRecord: 1)
    writer.append(ragged, record: 0, firstField: 1)
    #expect(try readCards([writer.takeBytes()]).records == [["#2=b", "FN=a"]])
  }
}
