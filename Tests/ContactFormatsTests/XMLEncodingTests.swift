import TestSupport
import Testing

@testable import ContactFormats

@Suite("bytes of XML that are no text")
struct XMLEncodingTests {
  /// What is told of a document, and what stopped it.
  private func parse(_ bytes: [UInt8], pieceSize: Int) -> (starts: Int, error: FormatError?) {
    var parser = XMLPushParser(handler: XMLLog())
    var error: FormatError?
    do throws(FormatError) {
      for piece in pieces(of: bytes, pieceSize) { try parser.push(piece.span) }
      try parser.finish()
    } catch let thrown {
      error = thrown
    }
    return (parser.handler.events.count { $0 == "<c>" }, error)
  }

  @Test(
    "bytes that are not in the document's encoding stop it; nothing behind them is left out quietly",
    arguments: [("windows-1251", 0x98), ("utf-8", 0xFF), ("windows-1252", 0x81)]
      as [(String, UInt8)])
  func undecodable(encoding: String, byte: UInt8) {
    var bytes = Array("<?xml version=\"1.0\" encoding=\"\(encoding)\"?>\n<r>\n".utf8)
    for number in 0..<3000 {
      bytes += Array("<c>".utf8) + (number == 2000 ? [byte] : Array("ok".utf8))
      bytes += Array("</c>\n".utf8)
    }
    bytes += Array("</r>".utf8)
    for pieceSize in [7, 4096, 1 << 20] {
      let (starts, error) = parse(bytes, pieceSize: pieceSize)
      #expect(error?.code == .brokenXML, "\(pieceSize)")
      #expect(starts <= 2001, "\(pieceSize)")
    }
  }

  @Test("a document that ends inside an element breaks off", arguments: ["<r>", "<r><c>x</c>", ""])
  func breaksOff(text: String) {
    #expect(parse(Array(text.utf8), pieceSize: 100).error?.code == .brokenXML)
  }
}
