import TestSupport
import Testing

@testable import ContactFormats

@Suite("text decoder, cut anywhere")
struct TextDecoderSplitTests {
  struct Decoded: Equatable {
    var text: [UInt8] = []
    var encoding: TextEncoding?
    var replaced = 0
    var hasMark = false
  }

  private func decode(_ chunks: [[UInt8]], as encoding: TextEncoding? = nil) -> Decoded {
    var decoder = TextDecoder(encoding: encoding)
    var result = Decoded()
    for chunk in chunks { decoder.decode(chunk.span, into: &result.text) }
    decoder.finish(into: &result.text)
    result.encoding = decoder.encoding
    result.replaced = decoder.replacementCount
    result.hasMark = decoder.hasByteOrderMark
    return result
  }

  @Test("random UTF-8 passes unchanged however it is cut", arguments: 0..<80)
  func utf8(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = ["a", "0123456789", "Ж", "Привет", "ü", "—", "日本", "😀", " ", "\r\n", "\u{0}"]
    var text = "Ж"
    for _ in 0..<Int.random(in: 0...8, using: &generator) {
      text += pieces.randomElement(using: &generator) ?? ""
    }
    let bytes = Array(text.utf8)
    everySplit(of: bytes) { chunks, cut in
      let expected = Decoded(text: bytes, encoding: .utf8)
      #expect(decode(chunks) == expected, "seed \(seed), \(cut)")
      #expect(decode(chunks, as: .utf8) == expected, "seed \(seed), \(cut)")
    }
  }

  @Test("broken UTF-8 gives the same text and count however it is cut", arguments: 0..<80)
  func brokenUTF8(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed) + 900)
    let interesting: [UInt8] = [0x41, 0x80, 0xBF, 0xC2, 0xD0, 0xD1, 0xE2, 0xED, 0xF0, 0xF4, 0xFF]
    let bytes = (0..<Int.random(in: 1...16, using: &generator)).map { _ in
      interesting.randomElement(using: &generator) ?? 0
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let count = text.unicodeScalars.count { $0 == "\u{FFFD}" }
    everySplit(of: bytes) { chunks, cut in
      let result = decode(chunks, as: .utf8)
      #expect(result.text == Array(text.utf8), "seed \(seed), \(cut)")
      #expect(result.replaced == count, "seed \(seed), \(cut)")
    }
  }

  @Test("a part of the mark is text, not a mark", arguments: [[0xEF], [0xEF, 0xBB]] as [[UInt8]])
  func partOfTheMark(bytes: [UInt8]) {
    everySplit(of: bytes) { chunks, cut in
      let result = decode(chunks, as: .utf8)
      #expect(result.text == TextDecoder.replacement, "\(cut)")
      #expect(!result.hasMark && result.replaced == 1, "\(cut)")
    }
  }

  @Test("only the first mark of a file is one")
  func secondMark() {
    let mark = TextEncoding.utf8ByteOrderMark
    everySplit(of: mark + mark + [0x41]) { chunks, cut in
      #expect(
        decode(chunks) == Decoded(text: mark + [0x41], encoding: .utf8, hasMark: true), "\(cut)")
    }
    everySplit(of: [0x41] + mark) { chunks, cut in
      #expect(decode(chunks) == Decoded(text: [0x41] + mark, encoding: .utf8), "\(cut)")
    }
  }

  @Test("a mark decides for UTF-8 even where what follows is broken")
  func markDecides() {
    let result = decode([TextEncoding.utf8ByteOrderMark + [0xCF, 0xF0]])
    #expect(result.encoding == .utf8)
    #expect(result.replaced == 2)
  }

  @Test("told windows-1251, the mark's bytes are three letters")
  func markAsLetters() {
    let result = decode([TextEncoding.utf8ByteOrderMark], as: .windows1251)
    #expect(result.text == Array("п»ї".utf8))
    #expect(!result.hasMark)
  }

  @Test("told an encoding, the decoder does not look for another")
  func told() {
    #expect(decode([Array("Ж".utf8)], as: .windows1251).text == Array("Р–".utf8))
    #expect(decode([[0xC6]], as: .utf8).text == TextDecoder.replacement)
    #expect(decode([[0x41]], as: .windows1251).encoding == .windows1251)
  }

  @Test("nothing is UTF-8 without a mark")
  func nothing() {
    #expect(decode([]) == Decoded(encoding: .utf8))
    #expect(decode([[], []]) == Decoded(encoding: .utf8))
  }

  @Test("the encoding is found wherever chunks end, also behind the first byte beyond ASCII")
  func windows1251() {
    // «a; Привет — мир» in windows-1251
    let bytes: [UInt8] =
      [0x61, 0x3B, 0x20, 0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0x20, 0x97, 0x20, 0xEC, 0xE8, 0xF0]
    let expected = Decoded(text: Array("a; Привет — мир".utf8), encoding: .windows1251)
    everySplit(of: bytes) { chunks, cut in #expect(decode(chunks) == expected, "\(cut)") }
    #expect(decode([[0x61, 0x20, 0xCF]]).text == Array("a П".utf8), "one letter at the very end")
  }

  @Test("the encoding is open as long as all was ASCII")
  func openEncoding() {
    var decoder = TextDecoder()
    var text: [UInt8] = []
    decoder.decode([0x41].span, into: &text)
    #expect(decoder.encoding == nil)
    decoder.decode([0xCF, 0xF0].span, into: &text)
    #expect(decoder.encoding == nil && text == [0x41], "two letters may be any others")
    // «иветы » over and over.
    let words: [[UInt8]] = Array(repeating: [0xE8, 0xE2, 0xE5, 0xF2, 0xFB, 0x20], count: 700)
    let rest = words.flatMap(\.self)
    decoder.decode(rest.span, into: &text)
    #expect(decoder.encoding == .windows1251)
    #expect(text.starts(with: "AПриветы иветы".utf8))
  }
}

@Suite("text decoder, finding the encoding late")
struct TextDecoderDecisionTests {
  @Test(
    "the text does not depend on where the chunks end",
    arguments: [TextEncoding.windows1251, .koi8R, .cp866, .macCyrillic, .windows1252, .utf8])
  func splits(encoding: TextEncoding) {
    let text =
      encoding == .windows1252
      ? "number;name\n1;André\n2;Zoë Lefèvre\n" : "number;name\n1;Эмма\n2;Юрий Щукин\n"
    var encoder = TextEncoder(encoding)
    everySplit(of: encoder.encode(Array(text.utf8))) { chunks, cut in
      var decoder = TextDecoder()
      var decoded: [UInt8] = []
      for chunk in chunks { decoder.decode(chunk.span, into: &decoded) }
      decoder.finish(into: &decoded)
      #expect(String(decoding: decoded, as: UTF8.self) == text, "\(cut)")
      #expect(decoder.encoding == encoding, "\(cut)")
    }
  }

  @Test("no more is kept back than the decision needs")
  func keptBack() {
    var decoder = TextDecoder()
    var text: [UInt8] = []
    decoder.decode([0x61, 0x3B, 0xE0].span, into: &text)
    #expect(text == [0x61, 0x3B])
    let rest = [UInt8](repeating: 0x20, count: TextDecoder.decisionLength - 1)
    decoder.decode(rest.span, into: &text)
    #expect(text.count == 2 + 2 + rest.count)
    decoder.decode([0xE1].span, into: &text)
    #expect(text.suffix(2).elementsEqual("б".utf8))
  }
}
