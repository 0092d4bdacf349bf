import Testing

@testable import ContactFormats

/// Counts what it is told.
private struct XMLCount: XMLHandler {
  static let callbacks = XMLCallbacks(
    start: { Self.receiveStart($0, $1, $3, $6, $8) },
    end: { Self.receiveEnd($0, $1, $3) },
    text: { Self.receiveText($0, $1, $2) })

  var elements = 0
  var attributes = 0
  var bytes = 0

  mutating func start(_ tag: XMLStartTag) {
    elements += 1
    attributes += tag.attributeCount
  }

  mutating func end(_ name: XMLName) {}
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes += bytes.count }
}

@Suite("XML push parser: limits")
struct XMLLimitTests {
  private static let longTag = FormatError(.brokenXML, found: "a tag longer than 256 KB", line: 1)
  private static let manyAttributes = FormatError(
    .brokenXML, found: "a tag with too many attributes", line: 1)

  private func parse(_ text: String) -> (XMLCount, FormatError?) {
    var parser = XMLPushParser(handler: XMLCount())
    do throws(FormatError) {
      try parser.push(Array(text.utf8).span)
      try parser.finish()
    } catch {
      return (parser.handler, error)
    }
    return (parser.handler, nil)
  }

  @Test(
    "a tag is not waited for without end",
    arguments: [("<r x='", "x"), ("<r x='", ">"), ("<r ", "a='' "), ("<r><a ", " ")])
  func endlessTag(beginning: String, rest: String) {
    var parser = XMLPushParser(handler: XMLCount())
    let chunk = Array(String(repeating: rest, count: 1024 / rest.utf8.count).utf8)
    var pushed = 0
    #expect(throws: Self.longTag) {
      try parser.push(Array(beginning.utf8).span)
      while pushed < 1 << 20 {
        try parser.push(chunk.span)
        pushed += chunk.count
      }
    }
    #expect(pushed <= 256 * 1024)
  }

  @Test("a tag that comes whole has the same limit, give or take a piece")
  func wholeTag() {
    let short = String(repeating: "x", count: 200_000)
    #expect(parse("<r x='\(short)'/>").0.attributes == 1)
    let long = String(repeating: "x", count: 400_000)
    let (count, error) = parse("<r x='\(long)'/>")
    #expect(error == Self.longTag)
    #expect(count.elements == 0)
  }

  @Test("texts and comments may be longer than tags")
  func otherLengths() {
    let long = String(repeating: "x", count: 1_000_000)
    let (count, error) = parse("<r><!--\(long)--><?p \(long)?>\(long)</r>")
    #expect(error == nil)
    #expect(count.bytes == 1_000_000)
  }

  @Test("a tag may have 256 attributes", arguments: [256, 257])
  func attributes(count: Int) {
    let text = (0..<count).map { " a\($0)=''" }.joined()
    let (log, error) = parse("<r\(text)/>")
    #expect(error == (count == 256 ? nil : Self.manyAttributes))
    #expect(log.attributes == (count == 256 ? 256 : 0))
  }

  @Test("256 namespaces may be declared at a place", arguments: [128, 129])
  func namespaces(count: Int) {
    let outer = (0..<128).map { " xmlns:a\($0)='u'" }.joined()
    let inner = (0..<count).map { " xmlns:b\($0)='u'" }.joined()
    // Those of an element that has ended do not count.
    let (log, error) = parse("<r><a\(outer)><b\(inner)/><b\(inner)/></a></r>")
    #expect(error == (count == 128 ? nil : Self.manyAttributes))
    #expect(log.elements == (count == 128 ? 4 : 2))
  }

  @Test("a CDATA section is handed over as it comes", arguments: ["x", ">", "<", "]"])
  func section(character: String) throws {
    var parser = XMLPushParser(handler: XMLCount())
    let chunk = Array(String(repeating: character, count: 1024).utf8)
    try parser.push(Array("<r><![CDATA[".utf8).span)
    var waiting = 0
    for number in 1...2048 {
      try parser.push(chunk.span)
      waiting = max(waiting, number * chunk.count - parser.handler.bytes)
    }
    #expect(waiting < 16 * 1024)
    try parser.push(Array("]]></r>".utf8).span)
    try parser.finish()
    #expect(parser.handler.bytes == 2048 * 1024)
  }
}
