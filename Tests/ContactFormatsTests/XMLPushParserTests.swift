import TestSupport
import Testing

@testable import ContactFormats

/// Writes down what it is told: `<a x=1>`, `text`, `</a>`; throws at `<forbidden>`.
struct XMLLog: XMLHandler {
  static let callbacks = XMLCallbacks(
    start: { Self.receiveStart($0, $1, $3, $6, $8) },
    end: { Self.receiveEnd($0, $1, $3) },
    text: { Self.receiveText($0, $1, $2) })

  var events: [String] = []
  var lines: [Int] = []
  var namespaces: [String] = []
  private var isInText = false

  mutating func start(_ tag: XMLStartTag) throws(FormatError) {
    if tag.name.isLocal("forbidden") {
      throw FormatError(.otherXML, found: "stopped", line: tag.line)
    }
    let value = tag.attributeText("x").map { " x=" + String(decoding: $0, as: UTF8.self) } ?? ""
    events.append("<\(tag.name.text)\(value)>")
    lines.append(tag.line)
    namespaces.append(tag.name.namespace.map { String(cString: $0) } ?? "")
    isInText = false
  }

  mutating func end(_ name: XMLName) {
    events.append("</\(name.text)>")
    isInText = false
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    let piece = String(decoding: bytes, as: UTF8.self)
    if isInText { events[events.count - 1] += piece } else { events.append(piece) }
    isInText = true
  }
}

@Suite("XML push parser")
struct XMLPushParserTests {
  private func parse(_ chunks: [[UInt8]], isDecoded: Bool = false) -> (XMLLog, FormatError?) {
    var parser = XMLPushParser(handler: XMLLog(), isDecoded: isDecoded)
    do throws(FormatError) {
      for chunk in chunks { try parser.push(chunk.span) }
      try parser.finish()
    } catch {
      return (parser.handler, error)
    }
    return (parser.handler, nil)
  }

  private func parse(_ text: String) -> (XMLLog, FormatError?) { parse([Array(text.utf8)]) }

  @Test("elements, attributes and texts come in order, wherever the chunks end")
  func events() {
    let text = """
      <?xml version="1.0"?><!-- c --><r x="1 &amp; 2 &#38;#38; &lt;é"><a/>\
      Ж &amp; &#x416; &gt;<![CDATA[<&]]]]><b y="2">t</b><?pi p?></r>
      """
    everySplit(of: Array(text.utf8)) { chunks, cut in
      let (log, error) = parse(chunks)
      #expect(error == nil, "\(cut)")
      #expect(
        log.events == [
          "<r x=1 & 2 &#38; <é>", "<a>", "</a>", "Ж & Ж ><&]]", "<b>", "t", "</b>", "</r>",
        ], "\(cut)")
    }
  }

  @Test("names come with their namespace, prefixes without a declaration do no harm")
  func namespaces() {
    let (log, error) = parse(
      "<r xmlns='urn:one' xmlns:p='urn:two'><p:a p:x='1'/><a xmlns=''/><q:b/></r>")
    #expect(error == nil)
    #expect(log.events == ["<r>", "<a x=1>", "</a>", "<a>", "</a>", "<b>", "</b>", "</r>"])
    #expect(log.namespaces == ["urn:one", "urn:two", "", ""])
  }

  @Test("equal names have one address, and the table numbers them")
  func nameTable() {
    struct Numbers: XMLHandler {
      static let callbacks = XMLCallbacks(
        start: { Self.receiveStart($0, $1, $3, $6, $8) },
        end: { Self.receiveEnd($0, $1, $3) },
        text: { Self.receiveText($0, $1, $2) })
      var table = XMLNameTable(["row", "c", "value"])
      var started: [Int?] = []
      var ended: [Int?] = []
      mutating func start(_ tag: XMLStartTag) { started.append(table.number(of: tag.name)) }
      mutating func end(_ name: XMLName) { ended.append(table.number(of: name)) }
      mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    }
    var parser = XMLPushParser(handler: Numbers())
    // More names than the table has places, so that some share one.
    let others = (0..<600).map { "<n\($0)/><c/>" }.joined()
    let text = Array("<row>\(others)<value/><rows/><ro/></row>".utf8)
    #expect(throws: Never.self) {
      try parser.push(text.span)
      try parser.finish()
    }
    var expected: [Int?] = [0]
    for _ in 0..<600 { expected += [nil, 1] }
    #expect(parser.handler.started == expected + [2, nil, nil])
    #expect(parser.handler.ended.last == .some(0))
  }

  @Test("lines are counted beyond 65,535, at LF and CRLF", arguments: ["\n", "\r\n"])
  func lines(lineEnd: String) {
    let blank = String(repeating: lineEnd, count: 70_000)
    let (log, error) = parse("<r>\(blank)<a\(lineEnd)x='1'/><b/></r>")
    #expect(error == nil)
    #expect(log.lines == [1, 70_002, 70_002])
  }

  static let encodings: [(String, [UInt8])] = [
    ("UTF-8 with a mark", [0xEF, 0xBB, 0xBF] + Array("<r>Ж😀</r>".utf8)),
    ("UTF-16LE with a mark", [0xFF, 0xFE] + wide("<r>Ж😀</r>", isBig: false)),
    ("UTF-16BE with a mark", [0xFE, 0xFF] + wide("<r>Ж😀</r>", isBig: true)),
    ("UTF-16LE declared", wide("<?xml version='1.0' encoding='UTF-16LE'?><r>Ж😀</r>", isBig: false)),
    (
      "windows-1251 declared",
      Array("<?xml version='1.0' encoding='windows-1251'?><r>".utf8) + [0xC6]
        + Array("&#x1F600;</r>".utf8)
    ),
  ]

  private static func wide(_ text: String, isBig: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      isBig ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
  }

  @Test("the declaration or the mark says how to decode", arguments: encodings)
  func decodes(name: String, bytes: [UInt8]) {
    everySplit(of: bytes) { chunks, cut in
      let (log, error) = parse(chunks)
      #expect(error == nil, "\(name) \(cut)")
      #expect(log.events == ["<r>", "Ж😀", "</r>"], "\(name) \(cut)")
    }
  }

  @Test("bytes that are decoded already are UTF-8 whatever the declaration says")
  func decoded() {
    for encoding in ["windows-1251", "UTF-16", "no-such-encoding"] {
      let text = "<?xml version='1.0' encoding='\(encoding)'?><r>Ж</r>"
      everySplit(of: Array(text.utf8)) { chunks, cut in
        let (log, error) = parse(chunks, isDecoded: true)
        #expect(error == nil, "\(encoding) \(cut)")
        #expect(log.events == ["<r>", "Ж", "</r>"], "\(encoding) \(cut)")
      }
    }
  }

  @Test(
    "text told to be UTF-16 is read with a mark or without, whatever the declaration says",
    arguments: [TextEncoding.utf16LittleEndian, .utf16BigEndian],
    ["", "UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "windows-1251", "no-such-encoding"])
  func toldUTF16(encoding: TextEncoding, declared: String) {
    let declaration = declared.isEmpty ? "" : "<?xml version='1.0' encoding='\(declared)'?>"
    for mark in ["", "\u{FEFF}"] {
      let text = "\(mark)\(declaration)<r>Ж😀</r>"
      everySplit(of: Self.wide(text, isBig: encoding == .utf16BigEndian)) { chunks, cut in
        let (log, error) = parse(decoded(chunks, from: encoding), isDecoded: true)
        #expect(error == nil, "\(cut)")
        #expect(log.events == ["<r>", "Ж😀", "</r>"], "\(cut)")
      }
    }
  }

  private func decoded(_ chunks: [[UInt8]], from encoding: TextEncoding) -> [[UInt8]] {
    var decoder = TextDecoder(encoding: encoding)
    var result: [[UInt8]] = []
    for chunk in chunks {
      var text: [UInt8] = []
      decoder.decode(chunk.span, into: &text)
      result.append(text)
    }
    var rest: [UInt8] = []
    decoder.finish(into: &rest)
    return result + [rest]
  }

  static let attacks: [(String, String)] = [
    (
      "billion laughs",
      """
      <!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
      <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
      <r x="&d;">&d;</r>
      """
    ),
    ("external entity", "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><r>&a;</r>"),
    ("public entity", "<!DOCTYPE r [<!ENTITY a PUBLIC 'p' 'file:///etc/passwd'>]><r>&a;</r>"),
    ("parameter entity", "<!DOCTYPE r [<!ENTITY % a '<!ELEMENT r ANY>'> %a;]><r/>"),
    ("external parameter entity", "<!DOCTYPE r [<!ENTITY % a SYSTEM 'a.dtd'> %a;]><r/>"),
    (
      "unparsed entity",
      "<!DOCTYPE r [<!NOTATION n SYSTEM 'n'><!ENTITY a SYSTEM 'a' NDATA n>]><r/>"
    ),
    ("external subset", "<!DOCTYPE r SYSTEM 'file:///etc/passwd'><r/>"),
    ("public subset", "<!DOCTYPE r PUBLIC '-//x//y' 'http://localhost:1/r.dtd'><r/>"),
    ("an entity nobody uses", "<!DOCTYPE r [<!ENTITY a 'b'>]><r/>"),
    ("an attribute with a value", "<!DOCTYPE r [<!ATTLIST r x CDATA 'default'>]><r/>"),
    ("attributes", "<!DOCTYPE r [<!ATTLIST r x (a|b|c) 'a' y NMTOKENS #IMPLIED>]><r/>"),
    ("a namespace by declaration", "<!DOCTYPE r [<!ATTLIST r xmlns:p CDATA #FIXED 'u'>]><r/>"),
    ("an element", "<!DOCTYPE r [<!ELEMENT r (a|(b,c)*)>]><r/>"),
    ("a notation", "<!DOCTYPE r [<!NOTATION n SYSTEM 'n'>]><r/>"),
  ]

  @Test("a document with declarations is refused before its first element", arguments: attacks)
  func entities(name: String, text: String) {
    everySplit(of: Array(text.utf8)) { chunks, cut in
      let (log, error) = parse(chunks)
      #expect(error?.code == .entities, "\(name) \(cut)")
      #expect(error?.line == 1, "\(name) \(cut)")
      #expect(log.events.isEmpty, "\(name) \(cut)")
    }
  }

  @Test(
    "a DOCTYPE without declarations is read over",
    arguments: ["<!DOCTYPE r>", "<!DOCTYPE r []>", "<!DOCTYPE r [ <!-- c --> <?p i?> ]>"])
  func harmlessDoctype(text: String) {
    everySplit(of: Array("\(text)<r>t</r>".utf8)) { chunks, cut in
      let (log, error) = parse(chunks)
      #expect(error == nil, "\(cut)")
      #expect(log.events == ["<r>", "t", "</r>"], "\(cut)")
    }
  }

  static let broken: [(String, Int)] = [
    ("<r>\n<a>\n</b></r>", 3), ("<r>\n&nobody;</r>", 2), ("<r>\n\u{1}</r>", 2), ("<r>\n<a", 2),
    ("<r/>\n<r/>", 2), ("<?xml version='1.0' encoding='nothing'?><r/>", 1), ("words", 1),
    ("<r x='1' x='2'/>", 1), ("<r>]]></r>", 1), ("<r x='<'/>", 1),
  ]

  @Test("what is not well-formed is named with its line", arguments: broken)
  func notWellFormed(text: String, line: Int) {
    everySplit(of: Array(text.utf8)) { chunks, cut in
      let (_, error) = parse(chunks)
      #expect(error?.code == .brokenXML, "\(cut)")
      #expect(error?.line == line, "\(cut)")
      #expect(error?.found.isEmpty == false, "\(cut)")
    }
    let mismatch = FormatError(
      .brokenXML, found: "Opening and ending tag mismatch: a line 2 and b", line: 3)
    #expect(parse("<r>\n<a>\n</b></r>").1 == mismatch)
  }

  @Test("a document that breaks off, or never begins, is not well-formed")
  func brokenOff() {
    for text in ["<r><a>", "<r", "<?xml version='1.0'?>", "<", "<r>t"] {
      everySplit(of: Array(text.utf8)) { chunks, cut in
        #expect(parse(chunks).1?.code == .brokenXML, "\(text) \(cut)")
      }
    }
    #expect(parse([]).1?.code == .brokenXML)
  }

  @Test("elements nested without end are refused")
  func depth() {
    let (log, error) = parse(String(repeating: "<a>", count: 100_000))
    #expect(error == FormatError(.brokenXML, found: "elements nested too deep", line: 1))
    #expect(log.events.count == 256)
    let deep = String(repeating: "<a>", count: 256) + String(repeating: "</a>", count: 256)
    #expect(parse(deep).1 == nil)
  }

  @Test(
    "what has to be kept whole may not grow without end",
    arguments: ["<r><!--", "<r x='", "<r><", "<!DOCTYPE r [<!--", "<r><?p "])
  func endless(beginning: String) {
    var parser = XMLPushParser(handler: XMLLog())
    let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    var pushed = 0
    #expect(throws: FormatError.self) {
      try parser.push(Array(beginning.utf8).span)
      while pushed < 32 {
        try parser.push(chunk.span)
        pushed += 1
      }
    }
    #expect(pushed < 12)
  }

  @Test("a handler that throws is told nothing more, and its error comes again")
  func stopped() {
    let text = Array("<r>one<a/>\n<forbidden>two<a/></forbidden></r>".utf8)
    everySplit(of: text) { chunks, cut in
      let (log, error) = parse(chunks)
      #expect(error == FormatError(.otherXML, found: "stopped", line: 2), "\(cut)")
      #expect(log.events == ["<r>", "one", "<a>", "</a>", "\n"], "\(cut)")
    }
    var parser = XMLPushParser(handler: XMLLog())
    for _ in 0..<3 {
      #expect(throws: FormatError(.otherXML, found: "stopped", line: 2)) {
        try parser.push(text.span)
      }
    }
    #expect(throws: FormatError.self) { try parser.finish() }
  }

  @Test("what came before damage has been told", arguments: 0..<300)
  func mutations(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let text = "<r>" + (0..<20).map { "<a x='\($0)'>text \($0)</a>\n" }.joined() + "</r>"
    let bytes = Array(text.utf8)
    let damaged = mutated(bytes, with: &generator)
    let intact = zip(bytes, damaged).prefix { $0 == $1 }.count
    let (log, _) = parse([damaged])
    let before = String(decoding: bytes[..<intact], as: UTF8.self)
    let whole = before.ranges(of: "</a>").count
    #expect(log.events.count { $0 == "</a>" } >= whole, "seed \(seed)")
    #expect(parse(damaged.map { [$0] }).0.events == log.events, "seed \(seed)")
  }
}
