import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

@Suite("xCard reader")
struct XCardReaderTests {
  /// Properties in one card in one collection.
  private func card(_ properties: String) -> String {
    "<vcards xmlns='urn:ietf:params:xml:ns:vcard-4.0'><vcard>\(properties)</vcard></vcards>"
  }

  static let everything: [String: String] = [
    "FN": "Dr. Ада Б. Лавлейс, PhD", "N.family": "Лавлейс", "N.given": "Ада",
    "N.additional": "Б.,К.", "N.prefix": "Dr.", "N.suffix": "PhD,M.Sc.",
    "NICKNAME": "Адочка,Countess", "BDAY": "18151210", "ANNIVERSARY": "--0708T1430",
    "GENDER": "F;lady", "ORG": "Engines & Co; Ltd", "ORG.unit": "Analysis", "ORG.unit3": "Notes",
    "TITLE": "Head of <Numbers>", "TEL[WORK]": "+44 20 7946 0001",
    "TEL[WORK] (2)": "+44-20-7946-0000 ext. 12", "TEL[CELL]": "+44 7700 900000",
    "EMAIL[HOME]": "ada@example.org@example.org", "ADR[HOME].extended": "Flat 1",
    "ADR[HOME].street": "12 St James's Square", "ADR[HOME].city": "London",
    "ADR[HOME].code": "SW1Y 4JH", "ADR[HOME].country": "United Kingdom", "LANG": "en",
    "GEO": "geo:51.507,-0.133", "CATEGORIES": "science,мечта, цель",
    "NOTE": "first line\nsecond line <end>", "LOGO": "https://example.org/logo.png",
    "REV": "20240601T120000Z",
    "CLIENTPIDMAP": "1;urn:uuid:53e374d9-337e-4727-8803-a1e9c14e0556", "X-SKYPE": "ada.l",
    "Дата встречи": "завтра", "TEL[OTHER]": "112", "TEL[OTHER].label": "dispatch room",
    "TEL[CELL] (2)": "113",
  ]

  @Test("every kind of property becomes the columns of the equal vCard, wherever the chunks end")
  func readsEverything() throws {
    try everySplit(of: xCardFixture("everything.xml")) { chunks, cut in
      let content = readXCard(chunks)
      #expect(content.failure == nil, "\(cut)")
      #expect(content.records == [Self.everything, ["EMAIL": "info@example.org"]], "\(cut)")
      #expect(content.lines == [4, 61], "\(cut)")
      #expect(content.issues == ["1 vcard.picture-left-out"], "\(cut)")
    }
  }

  @Test("an encoding that is told overrides the one that is declared")
  func toldEncoding() {
    let head = Array("<?xml version='1.0' encoding='utf-8'?>".utf8)
    var encoder = TextEncoder(.windows1251)
    let bytes = head + encoder.encode(Array(card("<fn><text>Ёж</text></fn>").utf8))
    everySplit(of: bytes) { chunks, cut in
      let content = readXCard(chunks, encoding: .windows1251)
      #expect(content.records == [["FN": "Ёж"]], "\(cut)")
      #expect(content.failure == nil && content.issues.isEmpty, "\(cut)")
      #expect(readXCard(chunks).failure?.code == .brokenXML, "\(cut)")
    }
  }

  @Test("bytes that the told encoding cannot decode are noted on their record only")
  func undecodable() {
    let text = Array("<vcards><vcard><fn><text>a</text></fn></vcard><vcard><fn><text>".utf8)
    let content = readXCard(
      [text + [0xFF] + Array("</text></fn></vcard></vcards>".utf8)], encoding: .utf8)
    #expect(content.records == [["FN": "a"], ["FN": "\u{FFFD}"]])
    #expect(content.issues == ["2 text.undecodable"])
  }

  static let roots: [(String, String)] = [
    ("no namespace", "<vcards><vcard><fn><text>a</text></fn></vcard></vcards>"),
    (
      "a prefix",
      """
      <v:vcards xmlns:v='urn:ietf:params:xml:ns:vcard-4.0'>\
      <v:vcard><v:fn><v:text>a</v:text></v:fn></v:vcard></v:vcards>
      """
    ),
    (
      "a prefix nobody declares",
      "<v:vcards><v:vcard><v:fn><text>a</text></v:fn></v:vcard></v:vcards>"
    ),
    ("one card alone", "<vcard><fn><text>a</text></fn></vcard>"),
    (
      "a mark and a DOCTYPE",
      "\u{FEFF}<!DOCTYPE vcards><vcards><vcard><fn><text>a</text></fn></vcard></vcards>"
    ),
  ]

  @Test("roots that are read", arguments: roots)
  func readsRoot(name: String, text: String) {
    let content = readXCard(text)
    #expect(content.records == [["FN": "a"]])
    #expect(content.failure == nil && content.issues.isEmpty)
  }

  @Test("XML of another kind is named by its root")
  func otherXML() {
    let content = readXCard("<?xml version='1.0'?>\n<html><vcard/></html>")
    #expect(content.failure == FormatError(.otherXML, found: "html", line: 2))
    #expect(content.records.isEmpty)
  }

  @Test("entities are refused; they are never expanded or loaded")
  func entities() {
    for subset in ["[<!ENTITY a 'x'>]", "[<!ENTITY a SYSTEM 'file:///etc/passwd'>]", "SYSTEM 'a'"] {
      let content = readXCard("<!DOCTYPE vcards \(subset)>" + card("<fn><text>&a;</text></fn>"))
      #expect(content.failure?.code == .entities)
      #expect(content.records.isEmpty)
    }
  }

  @Test("cards before a place that is not well-formed are handed over")
  func brokenOff() {
    let text = """
      <vcards><vcard><fn><text>a</text></fn></vcard>
      <vcard><fn><text>b</text></fn></vcard>
      <vcard><fn><text>c</fn></vcard></vcards>
      """
    everySplit(of: Array(text.utf8)) { chunks, cut in
      for size in [1, 512] {
        let content = readXCard(chunks, recordsPerBatch: size)
        #expect(content.records == [["FN": "a"], ["FN": "b"]], "\(cut)")
        #expect(content.failure?.code == .brokenXML && content.failure?.line == 3, "\(cut)")
      }
    }
  }

  static let leftOut: [(String, String)] = [
    ("another vocabulary", "<hobby xmlns='urn:x'><text>chess</text></hobby>"),
    ("text in a card", "words"), ("text in a property", "<note>words</note>"),
    ("text in parameters", "<note><parameters>words</parameters></note>"),
    ("an element in a value", "<note><text><b>bold</b></text></note>"),
    ("a part that N does not have", "<n><nick>b</nick></n>"),
    ("a part that comes back", "<n><surname/><given>b</given><suffix/></n><n><sex>b</sex></n>"),
    ("parameters behind a value", "<note><text/><parameters/></note>"),
    ("a group in a group", "<group name='a'><group name='b'><note/></group></group>"),
    ("twice", "<n><b/></n><n><c/></n>"),
  ]

  @Test("what is not understood is left out and noted once", arguments: leftOut)
  func leavesOut(name: String, text: String) {
    everySplit(of: Array(card(text + "<fn><text>a</text></fn>").utf8)) { chunks, cut in
      let content = readXCard(chunks)
      #expect(content.records.map { $0["FN"] } == ["a"], "\(cut)")
      #expect(content.records.first?["NOTE"] == nil, "\(cut)")
      #expect(content.issues == ["1 xcard.element-left-out"], "\(cut)")
    }
  }

  @Test("what stands outside of cards is noted on the next one")
  func strayElements() {
    let content = readXCard(
      "<vcards><vcard/><other><vcard/></other><vcard><fn><text>a</text></fn></vcard></vcards>")
    #expect(content.records == [[:], ["FN": "a"]])
    #expect(content.issues == ["2 xcard.element-left-out"])
  }

  static let strayAtTheEnd: [(String, [String])] = [
    ("<card><fn><text>Lost</text></fn></card>", ["2 xcard.element-left-out"]),
    ("words", ["2 xcard.element-left-out"]), ("\n <!-- words -->\n", []),
  ]

  @Test("what stands behind the last card is noted on it", arguments: strayAtTheEnd)
  func strayElementsAtTheEnd(text: String, issues: [String]) {
    let cards = "<vcard><fn><text>a</text></fn></vcard><vcard><fn><text>b</text></fn></vcard>"
    everySplit(of: Array("<vcards>\(cards)\(text)</vcards>\n".utf8)) { chunks, cut in
      for size in [1, 2, 3] {
        let content = readXCard(chunks, recordsPerBatch: size)
        #expect(content.records == [["FN": "a"], ["FN": "b"]], "\(cut)")
        #expect(content.issues == issues, "\(cut)")
        #expect(content.failure == nil, "\(cut)")
      }
    }
  }

  @Test("a collection of anything but cards is XML of another kind; an empty one is not")
  func noCards() {
    let content = readXCard("<vcards><card><fn><text>Lost</text></fn></card><b/></vcards>")
    #expect(content.records.isEmpty)
    #expect(content.failure == FormatError(.otherXML, found: "card"))
    #expect(readXCard("<vcards>words</vcards>").failure == FormatError(.otherXML))
    #expect(readXCard("<vcards>\n</vcards>") == XCardContent())
  }

  static let values: [(String, [String: String])] = [
    ("<n><given>b</given><surname>a</surname></n>", ["N.family": "a", "N.given": "b"]),
    ("<n><surname>a</surname><surname/><surname>b</surname></n>", ["N.family": "a,b"]),
    ("<n><text>a b</text></n>", ["N.family": "a b"]),
    ("<gender><identity>x</identity></gender>", ["GENDER": ";x"]),
    ("<gender><sex>M</sex><identity/></gender>", ["GENDER": "M"]),
    ("<gender><sex/></gender>", [:]),
    ("<nickname><text/><text>a</text><text/></nickname>", ["NICKNAME": "a"]),
    ("<org><text/><text>unit</text></org>", ["ORG.unit": "unit"]),
    ("<url><uri>\n  http://a.example/\n</uri></url>", ["URL": "http://a.example/"]),
    ("<note><text> a </text></note>", ["NOTE": " a "]),
    ("<hobby><text>chess</text></hobby>", ["HOBBY": "chess"]),
    ("<tel><parameters><type>cell</type></parameters><text>1</text></tel>", ["TEL[CELL]": "1"]),
    (
      "<tel><parameters><type><text>fax</text><text>pref</text></type></parameters><text>1</text></tel>",
      ["TEL[FAX]": "1"]
    ),
    ("<version><text>4.0</text></version><prodid><text>x</text></prodid>", [:]),
    ("<photo><uri>DATA:image/png,x</uri></photo>", [:]),
    ("<x-column><text>a</text></x-column>", ["X-COLUMN": "a"]),
    ("<x-ablabel><unknown>a</unknown></x-ablabel>", ["X-ABLABEL": "a"]),
    ("<group><note><text>a</text></note></group>", ["NOTE": "a"]),
  ]

  @Test("values become columns", arguments: values)
  func becomesColumns(text: String, expected: [String: String]) {
    everySplit(of: Array(card(text).utf8)) { chunks, cut in
      let content = readXCard(chunks)
      #expect(content.records == [expected], "\(cut)")
      #expect(content.issues.allSatisfy { $0.hasSuffix("picture-left-out") }, "\(cut)")
    }
  }

  @Test("pictures of any size are left out, in constant memory")
  func largePicture() {
    let picture = String(repeating: "QUJD", count: 700_000)
    let content = readXCard(
      card("<photo><uri>data:image/png;base64,\(picture)</uri></photo><fn><text>a</text></fn>"))
    #expect(content.records == [["FN": "a"]])
    #expect(content.issues == ["1 vcard.picture-left-out"])
  }

  @Test("a card with more than a megabyte of text keeps what came before")
  func tooLong() {
    let long = String(repeating: "x", count: 300_000)
    let notes = (1...5).map { _ in "<note><text>\(long)</text></note>" }.joined()
    let content = readXCard(
      pieces(of: Array((card(notes) + "").utf8), 5000))
    #expect(content.records.map(\.count) == [3])
    #expect(content.issues == ["1 record.too-long"])
    let next = readXCard(
      "<vcards><vcard><note><text>\(long)\(long)\(long)\(long)</text></note></vcard>"
        + "<vcard><fn><text>a</text></fn></vcard></vcards>")
    #expect(next.records == [[:], ["FN": "a"]])
    #expect(next.issues == ["1 record.too-long"])
  }

  @Test("batches fill up in the middle of a chunk, and no card is lost or doubled")
  func batches() {
    let cards = (1...5000).map { "<vcard><fn><text>n\($0)</text></fn></vcard>\n" }.joined()
    let bytes = Array("<vcards>\n\(cards)</vcards>".utf8)
    for size in [1, 7, 512] {
      let content = readXCard([bytes], recordsPerBatch: size)
      #expect(content.records == (1...5000).map { ["FN": "n\($0)"] })
      #expect(content.lines == Array(2...5001))
    }
  }

  @Test("damage loses no card before it and never crashes", arguments: 0..<200)
  func mutations(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let bytes = try xCardFixture("everything.xml")
    let damaged = mutated(bytes, with: &generator)
    let intact = zip(bytes, damaged).prefix { $0 == $1 }.count
    let content = readXCard([damaged])
    let complete = String(decoding: bytes[..<intact], as: UTF8.self).ranges(of: "</vcard>").count
    #expect(content.records.count >= complete, "seed \(seed)")
    if complete > 0 { #expect(content.records.first == Self.everything, "seed \(seed)") }
    #expect(readXCard(pieces(of: damaged, 7)) == content, "seed \(seed)")
  }
}
