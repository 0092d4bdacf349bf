import TestSupport
import Testing

@testable import ContactFormats

@Suite("text decoder, UTF-16")
struct TextDecoderUTF16Tests {
  struct Decoded: Equatable {
    var text: String
    var encoding: TextEncoding?
    var replaced = 0
    var hasMark = false
  }

  private func decode(_ chunks: [[UInt8]], as encoding: TextEncoding?) -> Decoded {
    var decoder = TextDecoder(encoding: encoding)
    var text: [UInt8] = []
    for chunk in chunks { decoder.decode(chunk.span, into: &text) }
    decoder.finish(into: &text)
    return Decoded(
      text: String(decoding: text, as: UTF8.self), encoding: decoder.encoding,
      replaced: decoder.replacementCount, hasMark: decoder.hasByteOrderMark)
  }

  private func bytes(_ units: [UInt16], as encoding: TextEncoding) -> [UInt8] {
    units.flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return encoding == .utf16BigEndian ? [high, low] : [low, high]
    }
  }

  @Test(
    "text comes out the same however it is cut",
    arguments: [TextEncoding.utf16LittleEndian, .utf16BigEndian])
  func everyWhere(encoding: TextEncoding) {
    let text = "Имя;Zoë;日本;😀;\u{10FFFF}\u{0}\r\n"
    everySplit(of: bytes(Array(text.utf16), as: encoding)) { chunks, cut in
      #expect(decode(chunks, as: encoding) == Decoded(text: text, encoding: encoding), "\(cut)")
    }
  }

  @Test(
    "a mark decides, also against the order that was told",
    arguments: [TextEncoding.utf16LittleEndian, .utf16BigEndian],
    [nil, TextEncoding.utf16LittleEndian, .utf16BigEndian])
  func mark(encoding: TextEncoding, told: TextEncoding?) {
    everySplit(of: bytes(Array("\u{FEFF}a\u{FEFF}".utf16), as: encoding)) { chunks, cut in
      let expected = Decoded(text: "a\u{FEFF}", encoding: encoding, hasMark: true)
      #expect(decode(chunks, as: told) == expected, "\(cut)")
    }
  }

  @Test(
    "a surrogate without its partner is replaced, its neighbors are not",
    arguments: [
      ([0xD83D], "\u{FFFD}", 1), ([0xDE00], "\u{FFFD}", 1), ([0xD83D, 0x41], "\u{FFFD}A", 1),
      ([0xD83D, 0xD83D, 0xDE00], "\u{FFFD}😀", 1), ([0xDE00, 0xD83D], "\u{FFFD}\u{FFFD}", 2),
      ([0x41, 0xDFFF, 0x42], "A\u{FFFD}B", 1), ([0xDBFF, 0xE000], "\u{FFFD}\u{E000}", 1),
    ] as [([UInt16], String, Int)])
  func unpaired(units: [UInt16], text: String, count: Int) {
    for encoding in [TextEncoding.utf16LittleEndian, .utf16BigEndian] {
      everySplit(of: bytes(units, as: encoding)) { chunks, cut in
        let expected = Decoded(text: text, encoding: encoding, replaced: count)
        #expect(decode(chunks, as: encoding) == expected, "\(cut)")
      }
    }
  }

  @Test("a file that ends in half a unit ends in one replacement")
  func half() {
    let expected = Decoded(text: "A\u{FFFD}", encoding: .utf16LittleEndian, replaced: 1)
    everySplit(of: [0x41, 0, 0x42]) {
      #expect(decode($0, as: .utf16LittleEndian) == expected, "\($1)")
    }
    everySplit(of: [0x41, 0, 0x3D, 0xD8, 0x00]) { chunks, cut in
      let result = decode(chunks, as: .utf16LittleEndian)
      #expect(result.text == "A\u{FFFD}\u{FFFD}" && result.replaced == 2, "\(cut)")
    }
  }

  @Test("random units give what the standard library gives", arguments: 0..<200)
  func againstTheStandardLibrary(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let interesting: [UInt16] = [
      0x41, 0x7F, 0x80, 0x416, 0x7FF, 0x800, 0xD800, 0xDBFF, 0xDC00, 0xFFFD,
    ]
    let units = (0..<Int.random(in: 0...20, using: &generator)).map { _ in
      interesting.randomElement(using: &generator) ?? 0
    }
    let all = bytes(units, as: .utf16BigEndian)
    let chunks = pieces(of: all, Int.random(in: 1...5, using: &generator))
    #expect(
      decode(chunks, as: .utf16BigEndian).text == String(decoding: units, as: UTF16.self),
      "seed \(seed)")
  }
}
