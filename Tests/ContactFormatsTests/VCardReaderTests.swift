import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

/// What single lines and their neighbors become.
@Suite struct VCardReaderTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var records: [[String]]
    var issues: [String] = []

    var testDescription: String { name }
  }

  static let versions: [Case] = [
    Case(
      name: "version 2.1",
      text: card("N:Orlova;Vera", "TEL;WORK;FAX;PREF:+7 342 255", version: "2.1"),
      records: [["N.family=Orlova", "N.given=Vera", "TEL[FAX,WORK]=+7 342 255"]]),
    Case(
      name: "version 3.0",
      text: card("N:Orlova;Vera;;Dr.;", "tel;type=cell,Work:1", "EMAIL;TYPE=INTERNET:v@a.example"),
      records: [
        [
          "EMAIL=v@a.example", "N.family=Orlova", "N.given=Vera", "N.prefix=Dr.",
          "TEL[CELL,WORK]=1",
        ]
      ]),
    Case(
      name: "version 4.0",
      text: card(
        #"TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+44-555-0100;ext=12"#,
        "EMAIL:mailto:a%2Bb@c.example", "KIND:individual", version: "4.0"),
      records: [["EMAIL=a+b@c.example", "KIND=individual", "TEL[HOME]=+44-555-0100 ext. 12"]]),
    Case(
      name: "no version, LF, lower case",
      text: "begin:vcard\nfn:Vera\nend:vcard\n", records: [["FN=Vera"]]),
    Case(name: "CR alone", text: "BEGIN:VCARD\rFN:Vera\rEND:VCARD\r", records: [["FN=Vera"]]),
    Case(name: "no line end", text: "BEGIN:VCARD\nFN:Vera\nEND:VCARD", records: [["FN=Vera"]]),
    Case(
      name: "blank lines", text: "\n\nBEGIN:VCARD\n\nFN:Vera\n \nEND:VCARD\n\n\n",
      records: [["FN=Vera"]]),
    Case(
      name: "two cards", text: card("FN:Vera") + card("FN:Igor"),
      records: [["FN=Vera"], ["FN=Igor"]]),
    Case(name: "an empty card", text: card(), records: [[]]),
    Case(
      name: "a byte order mark between cards",
      text: card("FN:Vera") + "\u{FEFF}" + card("FN:Igor"), records: [["FN=Vera"], ["FN=Igor"]]),
  ]

  static let escapes: [Case] = [
    Case(
      name: "escapes", text: card(#"NOTE:a\nb\Nc\, d\; e\\n \:\" \x"#),
      records: [["NOTE=a\nb\nc, d; e\\n :\" \\x"]]),
    Case(
      name: "2.1 has fewer escapes",
      text: card(#"NOTE:C:\new\;x"#, #"N:A\;B;C"#, version: "2.1"),
      records: [["N.family=A;B", "N.given=C", #"NOTE=C:\new;x"#]]),
    Case(
      name: "parts of a structured value",
      text: card(#"ADR;HOME:1;2;3\, 4;5;6;7;8"#, #"ORG:A\; B;C;D"#),
      records: [
        [
          "ADR[HOME].city=5", "ADR[HOME].code=7", "ADR[HOME].country=8", "ADR[HOME].extended=2",
          "ADR[HOME].pobox=1", "ADR[HOME].region=6", "ADR[HOME].street=3, 4", "ORG.unit2=D",
          "ORG.unit=C", "ORG=A; B",
        ]
      ]),
    Case(
      name: "more parts than the standard names", text: card("N:a;b;c;d;e;f", "ADR:;;;;;;;x"),
      records: [
        [
          "ADR.8=x", "N.6=f", "N.additional=c", "N.family=a", "N.given=b", "N.prefix=d",
          "N.suffix=e",
        ]
      ]),
    Case(name: "a backslash at the end", text: card(#"NOTE:a\"#), records: [["NOTE=a\\"]]),
    Case(
      name: "semicolons in a plain value", text: card("NOTE:a;b", "GEO:1.5;2.5"),
      records: [["GEO=1.5;2.5", "NOTE=a;b"]]),
    Case(
      name: "colons and semicolons between quotes",
      text: card(#"TEL;X-ID="a:b;c";TYPE="cell,work":1"#), records: [["TEL[CELL,WORK]=1"]]),
    Case(name: "a quote that does not close", text: card(#"TEL;X="a:1"#), records: [["TEL=1"]]),
  ]

  static let broken: [Case] = [
    Case(
      name: "a card without an end", text: "BEGIN:VCARD\nFN:Vera\n" + card("FN:Igor"),
      records: [["FN=Vera"], ["FN=Igor"]], issues: ["1 vcard.unfinished"]),
    Case(
      name: "the last card without an end", text: "BEGIN:VCARD\nFN:Vera", records: [["FN=Vera"]],
      issues: ["1 vcard.unfinished"]),
    Case(
      name: "a card whose BEGIN is lost", text: card("FN:Vera") + "VERSION:3.0\nFN:Igor\nEND:VCARD",
      records: [["FN=Vera"], ["FN=Igor"]], issues: ["2 vcard.unfinished"]),
    Case(
      name: "lines without a colon, or without a name",
      text: card("FN:Vera", "nothing here", "two words: no name"), records: [["FN=Vera"]],
      issues: ["1 vcard.invalid-line"]),
    Case(
      name: "text between cards", text: "Hello,\n" + card("FN:Vera") + "text\n" + card("FN:Igor"),
      records: [["FN=Vera"], ["FN=Igor"]],
      issues: ["1 vcard.invalid-line", "2 vcard.invalid-line"]),
    Case(
      name: "an AGENT on lines of its own",
      text: card("FN:Vera", "AGENT:", "BEGIN:VCARD", "FN:Igor", "END:VCARD", "TITLE:Boss"),
      records: [["FN=Vera", "TITLE=Boss"]], issues: ["1 vcard.nested-card-left-out"]),
    Case(
      name: "an AGENT that begins on its line, with an AGENT in it",
      text: card(
        "AGENT:BEGIN:VCARD", "FN:Igor", "AGENT:", "BEGIN:VCARD", "FN:Oleg", "END:VCARD",
        "END:VCARD", "FN:Vera"),
      records: [["FN=Vera"]], issues: ["1 vcard.nested-card-left-out"]),
    Case(
      name: "an AGENT in its value",
      text: card(#"AGENT:BEGIN:VCARD\nFN:Igor\nEND:VCARD\n"#, "FN:Vera"), records: [["FN=Vera"]],
      issues: ["1 vcard.nested-card-left-out"]),
    Case(
      name: "an AGENT somewhere else", text: card("AGENT;VALUE=uri:CID:a@b.example"),
      records: [["AGENT=CID:a@b.example"]]),
  ]

  static let stray: [Case] = [
    Case(
      name: "a card at the end whose BEGIN and VERSION are lost",
      text: card("FN:Vera") + "FN:Igor\nTEL:2\nEND:VCARD\n",
      records: [["FN=Vera"], ["FN=Igor", "TEL=2"]], issues: ["2 vcard.unfinished"]),
    Case(
      name: "the same between cards, in lower case and behind other lines",
      text: card("FN:Vera") + "tel:2\nn:Orlov;Igor\nend:vcard\n" + card("FN:Anna"),
      records: [["FN=Vera"], ["N.family=Orlov", "N.given=Igor"], ["FN=Anna"]],
      issues: ["2 vcard.invalid-line", "2 vcard.unfinished"]),
    Case(
      name: "text behind the last card", text: card("FN:Vera") + card("FN:Igor") + "TEL:2\nBye\n",
      records: [["FN=Vera"], ["FN=Igor"]], issues: ["2 vcard.invalid-line"]),
    Case(
      name: "text behind the last card, which has an issue of that kind",
      text: card("FN:Vera", "nothing") + "TEL:2", records: [["FN=Vera"]],
      issues: ["1 vcard.invalid-line"]),
    Case(
      name: "a card that ends twice", text: card("FN:Vera") + "END:VCARD\n", records: [["FN=Vera"]],
      issues: ["1 vcard.invalid-line"]),
    Case(
      name: "blank lines behind the last card", text: card("FN:Vera") + "\r\n \t\r\n\n",
      records: [["FN=Vera"]]),
    Case(
      name: "the head of a mail", text: "From: a@b.example\nSubject: n\n\n" + card("FN:Vera"),
      records: [["FN=Vera"]], issues: ["1 vcard.invalid-line"]),
    Case(
      name: "a name that ferry made up begins no card",
      text: card("FN:Vera") + "FN;X-DERIVED=TRUE:2\n", records: [["FN=Vera"]],
      issues: ["1 vcard.invalid-line"]),
  ]

  @Test(
    "A file becomes the records in it, wherever its chunks end",
    arguments: versions + escapes + broken + stray)
  func reads(_ example: Case) throws {
    try everySplit(of: Array(example.text.utf8)) { chunks, name in
      let content = try readCards(chunks)
      #expect(content.records == example.records, "\(name)")
      #expect(content.issues == example.issues, "\(name)")
    }
  }

  @Test("A file without a card is not one")
  func refusesOtherFiles() {
    #expect(throws: FormatError(.otherFormat, found: "no BEGIN:VCARD")) {
      try readCards("name,phone\nVera,1\n")
    }
  }

  @Test("A card keeps the line it begins on, also after folds, blank lines and CR")
  func countsLines() throws {
    let text = "\r\nBEGIN:VCARD\r\nFN:Ve\r\n ra\r\nEND:VCARD\r\n\rBEGIN:VCARD\rFN:I\rEND:VCARD\n"
    try everySplit(of: Array(text.utf8)) { chunks, name in
      let content = try readCards(chunks)
      #expect(content.lines == [2, 7], "\(name)")
    }
  }

  @Test("A full batch stops the reader, and the next one goes on behind it")
  func fillsBatches() throws {
    let text = (0..<20).map { card("FN:\($0)") }.joined()
    let content = try readCards([Array(text.utf8)], recordsPerBatch: 3)
    #expect(content.records == (0..<20).map { ["FN=\($0)"] })
  }

  @Test("Text behind the last card is noted on it, whatever makes a batch full", arguments: 1...4)
  func notesTextAtTheEnd(recordsPerBatch: Int) throws {
    let text = (0..<3).map { card("FN:\($0)") }.joined() + "lost\n"
    let content = try readCards([Array(text.utf8)], recordsPerBatch: recordsPerBatch)
    #expect(content.records == [["FN=0"], ["FN=1"], ["FN=2"]])
    #expect(content.issues == ["3 vcard.invalid-line"])
  }

  @Test("A head of any length is understood, however it is folded", arguments: [2000, 70_000])
  func understandsLongHeads(length: Int) throws {
    let fold = "\n " + String(repeating: "a", count: 999)
    let folds = String(repeating: fold, count: length / 1000)
    let content = try readCards(
      card(
        "item1.TEL;X=\(folds):1", "item1.X-ABLabel;X=\(folds):Dacha", "item2.TEL:2",
        "item2.X-ABLabel:Boat", "NOTE;X=\"\(folds);:\";QUOTED-PRINTABLE:=D0=\n=92"))
    #expect(
      content.records == [
        [
          "NOTE=В", "TEL[OTHER] (2)=2", "TEL[OTHER].label (2)=Boat", "TEL[OTHER].label=Dacha",
          "TEL[OTHER]=1",
        ]
      ])
    #expect(content.issues.isEmpty)
  }

  @Test(
    "A card with more text than a record may have keeps what came before",
    arguments: [1 << 14, 1 << 22])
  func cutsLongCards(chunkSize: Int) throws {
    let long = String(repeating: "x", count: 600_000)
    let huge = String(repeating: "x", count: 3_000_000)
    let text =
      card("FN:Vera", "NOTE:\(long)", "TITLE:\(long)", "ROLE:late") + card("NOTE:\(huge)", "FN:No")
      + card("FN:Igor")
    let content = try readCards(pieces(of: Array(text.utf8), chunkSize))
    #expect(content.records == [["FN=Vera", "NOTE=\(long)"], [], ["FN=Igor"]])
    #expect(content.issues == ["1 record.too-long", "2 record.too-long"])
  }

  @Test("More columns than there can be are an issue, and the others are kept")
  func limitsColumns() throws {
    let lines = (0..<5000).map { "X-\($0):\($0)\n" }.joined()
    let content = try readCards("BEGIN:VCARD\n\(lines)END:VCARD\n" + card("X-1:a", "X-4999:b"))
    #expect(content.records.map(\.count) == [ColumnTable.limit, 1])
    #expect(content.issues == ["1 record.too-many-columns", "2 record.too-many-columns"])
  }

  @Test("A property that stands in a card too often is an issue, and the others are kept")
  func limitsOccurrences() throws {
    let lines = String(repeating: "TEL:1\n", count: 20_000)
    let content = try readCards("BEGIN:VCARD\n\(lines)END:VCARD\n" + card("TEL:2"))
    #expect(content.records.map(\.count) == [ColumnTable.limit, 1])
    #expect(content.issues == ["1 record.too-many-columns"])
  }
}
