import TestSupport
import Testing

@testable import ContactFormats

@Suite("Text decoder")
struct TextDecoderTests {
  private func decode(_ chunks: [[UInt8]], as encoding: TextEncoding? = nil) -> (
    text: String, encoding: TextEncoding?, replaced: Int, mark: Bool
  ) {
    var decoder = TextDecoder(encoding: encoding)
    var text: [UInt8] = []
    for chunk in chunks { decoder.decode(chunk.span, into: &text) }
    decoder.finish(into: &text)
    return (
      String(decoding: text, as: UTF8.self), decoder.encoding, decoder.replacementCount,
      decoder.hasByteOrderMark
    )
  }

  @Test("UTF-8 is found and passes unchanged, however it is cut")
  func utf8() {
    let text = "Имя;Zoë;日本;😀;ascii only for a while, more than eight"
    everySplit(of: Array(text.utf8)) { chunks, cut in
      let result = decode(chunks)
      #expect(result.text == text, "\(cut)")
      #expect(result.encoding == .utf8, "\(cut)")
      #expect(result.replaced == 0, "\(cut)")
    }
  }

  @Test("a byte order mark is taken off, however it is cut")
  func byteOrderMark() {
    everySplit(of: [0xEF, 0xBB, 0xBF] + Array("Имя".utf8)) { chunks, cut in
      let result = decode(chunks)
      #expect(result.text == "Имя", "\(cut)")
      #expect(result.mark, "\(cut)")
    }
  }

  @Test("windows-1251 is found")
  func windows1251() {
    // «Привет, Ёлка № 5» — the bytes are those of the code page's table.
    let bytes: [UInt8] =
      [0xAB, 0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0x2C, 0x20, 0xA8, 0xEB, 0xEA, 0xE0, 0x20, 0xB9]
      + [0x20, 0x35, 0xBB]
    everySplit(of: bytes) { chunks, cut in
      let result = decode(chunks)
      #expect(result.text == "«Привет, Ёлка № 5»", "\(cut)")
      #expect(result.encoding == .windows1251, "\(cut)")
    }
  }

  @Test("every assigned byte of windows-1251 comes back from the encoder")
  func windows1251RoundTrip() {
    let bytes = (UInt8(0)...255).filter { $0 != 0x98 }
    let decoded = decode([bytes], as: .windows1251)
    #expect(decoded.replaced == 0)
    var encoder = TextEncoder(.windows1251)
    #expect(encoder.encode(Array(decoded.text.utf8)) == bytes)
    #expect(encoder.replacementCount == 0)
  }

  @Test("the byte without a character is replaced and counted")
  func unassigned() {
    let result = decode([[0x41, 0x98, 0x42]], as: .windows1251)
    #expect(result.text == "A\u{FFFD}B")
    #expect(result.replaced == 1)
  }

  @Test("ASCII before the first Cyrillic letter does not decide too early")
  func lateDecision() {
    let ascii = [UInt8](repeating: UInt8(ascii: ";"), count: 100_000)
    #expect(decode([ascii, [0xCF, 0xF0]]).encoding == .windows1251)
    #expect(decode([ascii, Array("Пр".utf8)]).encoding == .utf8)
    #expect(decode([ascii]).encoding == .utf8)
  }

  @Test("half a letter at the end of a chunk does not decide the encoding")
  func halfALetter() {
    // П in windows-1251 is a lead byte of UTF-8.
    let text: [UInt8] = Array("имя;".utf8.map { $0 < 0x80 ? $0 : UInt8(ascii: "x") }) + [0xCF]
    #expect(decode([text, [0xE5, 0xF2, 0xF0]]).encoding == .windows1251)
    #expect(decode([text, [0xE5, 0xF2, 0xF0]]).text.hasSuffix("Петр"))
    #expect(decode([Array("a;".utf8) + [0xD0], [0x9F]]).text == "a;П")
    // At the very end of a file half a letter is no UTF-8.
    #expect(decode([text]).text.hasSuffix("П"))
  }

  /// Ill-formed sequences and how many U+FFFD the Unicode Standard recommends (§3.9, table 3-8).
  static let illFormed: [([UInt8], Int)] = [
    ([0xC0, 0xAF], 2), ([0xE0, 0x80, 0xBF], 3), ([0xED, 0xA0, 0x80], 3),
    ([0xF4, 0x91, 0x92, 0x93], 4),
    ([0xFF], 1), ([0x80], 1), ([0xE1, 0x80], 1), ([0xF0, 0x91, 0x92], 1), ([0xF1, 0xBF, 0x41], 1),
  ]

  @Test("ill-formed UTF-8 is replaced by maximal subparts", arguments: illFormed)
  func replacements(sequence: [UInt8], count: Int) {
    let expected =
      "a" + String(repeating: "\u{FFFD}", count: count) + (sequence.last == 0x41 ? "A" : "")
    everySplit(of: [UInt8(ascii: "a")] + sequence) { chunks, cut in
      let result = decode(chunks, as: .utf8)
      #expect(result.text == expected, "\(sequence) \(cut)")
      #expect(result.replaced == count, "\(sequence) \(cut)")
    }
  }

  @Test("random bytes as UTF-8 give what the standard library gives", arguments: 0..<300)
  func againstTheStandardLibrary(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let interesting: [UInt8] = [
      0x41, 0x80, 0xBF, 0xC2, 0xD0, 0xE0, 0xE2, 0xED, 0xF0, 0xF4, 0xFF, 0x9F,
    ]
    let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
      interesting.randomElement(using: &generator) ?? 0
    }
    let size = Int.random(in: 1...8, using: &generator)
    let chunks = stride(from: 0, to: bytes.count, by: size).map {
      Array(bytes[$0..<min($0 + size, bytes.count)])
    }
    #expect(
      decode(chunks, as: .utf8).text == String(decoding: bytes, as: UTF8.self), "seed \(seed)")
  }
}
