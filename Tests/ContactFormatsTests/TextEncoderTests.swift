import Testing

@testable import ContactFormats

@Suite("Text encoder")
struct TextEncoderTests {
  @Test("what windows-1251 lacks becomes a question mark and is counted")
  func replacements() {
    var encoder = TextEncoder(.windows1251)
    let encoded = encoder.encode(Array("Zoë, 日本, 😀, Ё—№".utf8))
    #expect(encoded == Array("Zo?, ??, ?, ".utf8) + [0xA8, 0x97, 0xB9])
    #expect(encoder.replacementCount == 4)
  }

  @Test("UTF-8 passes as it is")
  func utf8() {
    var encoder = TextEncoder(.utf8)
    let text = Array("Имя 😀".utf8)
    #expect(encoder.encode(text) == text)
  }

  @Test("UTF-16 is written in either byte order, with surrogates")
  func utf16() {
    let text = Array("aЯ😀".utf8)
    var little = TextEncoder(.utf16LittleEndian)
    #expect(little.encode(text) == [0x61, 0, 0x2F, 0x04, 0x3D, 0xD8, 0x00, 0xDE])
    var big = TextEncoder(.utf16BigEndian)
    #expect(big.encode(text) == [0, 0x61, 0x04, 0x2F, 0xD8, 0x3D, 0xDE, 0x00])
    #expect(little.replacementCount == 0 && big.replacementCount == 0)
  }

  @Test("what every encoding has comes back from the decoder", arguments: TextEncoding.allCases)
  func roundTrip(encoding: TextEncoding) {
    let text = encoding == .windows1252 ? "Zoë; Ñandú; Größe\r\n\0" : "Имя; Ёж; щит\r\n\0"
    var encoder = TextEncoder(encoding)
    let bytes = encoder.encode(Array(text.utf8))
    #expect(encoder.replacementCount == 0)
    #expect(TextDecoder.decode(bytes, as: encoding).utf8 == Array(text.utf8))
  }

  @Test("bytes that are no UTF-8 are replaced and counted", arguments: TextEncoding.allCases)
  func broken(encoding: TextEncoding) {
    guard encoding != .utf8 else { return }
    var encoder = TextEncoder(encoding)
    let bytes = encoder.encode([0x41, 0xC3, 0x41, 0xFF, 0xE2, 0x82])
    #expect(TextDecoder.decode(bytes, as: encoding).utf8 == Array("A?A??".utf8))
    #expect(encoder.replacementCount == 3)
  }

  @Test("the mark is U+FEFF in the encoding, where that exists", arguments: TextEncoding.allCases)
  func byteOrderMark(encoding: TextEncoding) {
    var encoder = TextEncoder(encoding)
    let mark = encoder.encode(Array("\u{FEFF}".utf8))
    #expect(encoding.byteOrderMark == (encoder.replacementCount == 0 ? mark : []))
  }
}
