import TestSupport
import Testing

@testable import ContactFormats

/// The code page, every byte of it, in both directions.
@Suite("windows-1251")
struct Windows1251Tests {
  /// `CP1251.TXT` of the Unicode Consortium, 0x80…0xFF, sixteen a line; 0 where none is assigned.
  static let codePage: [UInt32] =
    [
      0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021,
      0x20AC, 0x2030, 0x0409, 0x2039, 0x040A, 0x040C, 0x040B, 0x040F,
      0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0, 0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F,
      0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7,
      0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407,
      0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6, 0x00B7,
      0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
    ] + Array(0x0410...0x044F)

  private func decoded(_ bytes: [UInt8]) -> (text: [UInt8], replaced: Int) {
    var decoder = TextDecoder(encoding: .windows1251)
    var text: [UInt8] = []
    decoder.decode(bytes.span, into: &text)
    decoder.finish(into: &text)
    return (text, decoder.replacementCount)
  }

  @Test("the table has every byte above ASCII")
  func tableIsWhole() { #expect(Self.codePage.count == 128) }

  @Test("every byte becomes the scalar of the Consortium's table")
  func decodesEveryByte() throws {
    for byte in UInt8(0)...255 {
      let value = byte < 0x80 ? UInt32(byte) : Self.codePage[Int(byte) - 0x80]
      let scalar = try #require(Unicode.Scalar(value == 0 && byte >= 0x80 ? 0xFFFD : value))
      let result = decoded([byte])
      #expect(result.text == Array(String(scalar).utf8), "\(byte)")
      #expect(result.replaced == (byte == 0x98 ? 1 : 0), "\(byte)")
    }
  }

  @Test("of all scalars of the basic plane, exactly those of the table have a byte")
  func encodesEveryScalar() {
    var wrong: [UInt32] = []
    for value in UInt32(0x80)...0xFFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      var encoder = TextEncoder(.windows1251)
      let encoded = encoder.encode(Array(String(scalar).utf8))
      let place = Self.codePage.firstIndex(of: value)
      let expected = place.map { UInt8($0 + 0x80) } ?? UInt8(ascii: "?")
      if encoded != [expected] || encoder.replacementCount != (place == nil ? 1 : 0) {
        wrong.append(value)
      }
    }
    #expect(wrong == [])
  }

  @Test("ASCII is itself in both directions")
  func ascii() {
    let bytes = Array(UInt8(0)...0x7F)
    #expect(decoded(bytes).text == bytes)
    var encoder = TextEncoder(.windows1251)
    #expect(encoder.encode(bytes) == bytes)
    #expect(encoder.replacementCount == 0)
  }

  @Test("random bytes are decoded the same in any pieces and come back", arguments: 0..<100)
  func roundTrip(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
      // Half ASCII, so that the word-wide path and the single bytes take turns.
      let byte = UInt8.random(in: 0...255, using: &generator)
      return byte == 0x98 || Bool.random(using: &generator) ? byte & 0x7F : byte
    }
    let whole = decoded(bytes)
    #expect(whole.replaced == 0, "seed \(seed)")
    var encoder = TextEncoder(.windows1251)
    #expect(encoder.encode(whole.text) == bytes, "seed \(seed)")
    everySplit(of: bytes) { chunks, cut in
      var decoder = TextDecoder(encoding: .windows1251)
      var text: [UInt8] = []
      for chunk in chunks { decoder.decode(chunk.span, into: &text) }
      decoder.finish(into: &text)
      #expect(text == whole.text, "seed \(seed), \(cut)")
    }
  }

  @Test("the unassigned byte is counted once each, among words of ASCII too")
  func unassignedBytes() {
    let bytes: [UInt8] = [0x98] + Array("01234567".utf8) + [0x98, 0x41, 0x98]
    let result = decoded(bytes)
    #expect(String(decoding: result.text, as: UTF8.self) == "\u{FFFD}01234567\u{FFFD}A\u{FFFD}")
    #expect(result.replaced == 3)
  }

  @Test(
    "what is no UTF-8 becomes a question mark a broken sequence",
    arguments: [
      ([0x41, 0xFF, 0x42], "A?B", 1), ([0xD0], "?", 1), ([0xE2, 0x82], "?", 1),
      ([0xF0, 0x9F, 0x98, 0x41], "?A", 1), ([0xC0, 0xAF], "??", 2), ([0x80, 0x80], "??", 2),
      ([0xED, 0xA0, 0x80], "???", 3),
    ] as [([UInt8], String, Int)])
  func brokenText(bytes: [UInt8], expected: String, count: Int) {
    var encoder = TextEncoder(.windows1251)
    #expect(encoder.encode(bytes) == Array(expected.utf8))
    #expect(encoder.replacementCount == count)
  }

  @Test("replacements are counted over all calls")
  func countsOn() {
    var encoder = TextEncoder(.windows1251)
    #expect(encoder.encoding == .windows1251)
    _ = encoder.encode(Array("日".utf8))
    _ = encoder.encode(Array("本ё".utf8))
    #expect(encoder.replacementCount == 2)
    #expect(encoder.encode([]) == [])
  }
}
