import TestSupport
import Testing

@testable import ContactFormats

@Suite("UTF-8 scanner")
struct UTF8ScannerTests {
  /// Texts that stand close to every decision: Russian, other scripts, broken and cut sequences.
  private func randomBytes(_ generator: inout SeededGenerator) -> [UInt8] {
    let pieces: [[UInt8]] = [
      Array("a".utf8), Array("0123456789".utf8), Array("Ж".utf8), Array("я".utf8),
      Array("Привет, мир".utf8), Array("щЩ".utf8), Array("Ѐѿ".utf8), Array("Ҁ".utf8),
      Array("ü".utf8), Array("—".utf8), Array("😀".utf8), [0xD0], [0xD1], [0x80], [0xBF], [0xD2],
      [0xCF], [0xFF], [0xC1, 0x80], [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0], [0xD0, 0xD0],
      [0xD1, 0x41], [0xD0, 0x7F], [0xD0, 0xC0],
    ]
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...8, using: &generator) {
      bytes += pieces.randomElement(using: &generator) ?? []
    }
    return bytes
  }

  /// One byte at a time: ASCII, or a lead of two bytes that is not overlong and a continuation.
  private func slowEndOfPlainText(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
      } else if (0xC2...0xDF).contains(bytes[index]), index + 1 < bytes.count,
        (0x80...0xBF).contains(bytes[index + 1])
      {
        index += 2
      } else {
        break
      }
    }
    return index
  }

  @Test("plain text ends where a byte by byte search says, from every start", arguments: 0..<300)
  func endOfPlainText(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let bytes = randomBytes(&generator)
    bytes.withUnsafeBufferPointer { buffer in
      for start in 0...bytes.count {
        #expect(
          UTF8Scanner.endOfPlainText(buffer, from: start)
            == slowEndOfPlainText(bytes, from: start), "seed \(seed), \(bytes) from \(start)")
      }
    }
  }

  @Test("ASCII ends at the first high byte, wherever it stands")
  func endOfASCII() {
    for count in 0...20 {
      let plain = [UInt8](repeating: 0x7F, count: count)
      plain.withUnsafeBufferPointer { #expect(UTF8Scanner.endOfASCII($0, from: 0) == count) }
      for place in 0..<count {
        for high in [0x80, 0xFF] as [UInt8] {
          var bytes = plain
          bytes[place] = high
          bytes.withUnsafeBufferPointer { buffer in
            for start in 0...place {
              #expect(UTF8Scanner.endOfASCII(buffer, from: start) == place)
            }
          }
        }
      }
    }
  }

  @Test("a sequence of two bytes is well-formed as table 3-7 says: every pair")
  func pairs() {
    for first in UInt8(0x80)...0xFF {
      for second in UInt8(0)...0xFF {
        let isTail = (0x80...0xBF).contains(second)
        let expected: UTF8Scanner.Sequence =
          switch first {
          case 0xC2...0xDF: isTail ? .wellFormed(2) : .illFormed(1)
          case 0xE0: (0xA0...0xBF).contains(second) ? .incomplete : .illFormed(1)
          case 0xED: (0x80...0x9F).contains(second) ? .incomplete : .illFormed(1)
          case 0xF0: (0x90...0xBF).contains(second) ? .incomplete : .illFormed(1)
          case 0xF4: (0x80...0x8F).contains(second) ? .incomplete : .illFormed(1)
          case 0xE1...0xEF, 0xF1...0xF3: isTail ? .incomplete : .illFormed(1)
          default: .illFormed(1)
          }
        [first, second].withUnsafeBufferPointer {
          #expect(UTF8Scanner.sequence($0, at: 0) == expected, "\(first) \(second)")
        }
      }
    }
  }

  @Test(
    "longer sequences are judged by all of their bytes",
    arguments: [
      ([0xE2, 0x82, 0xAC], .wellFormed(3)),
      ([0xE2, 0x82, 0x41], .illFormed(2)),
      ([0xE2, 0x82], .incomplete),
      ([0xE2], .incomplete),
      ([0xEF, 0xBF, 0xBD, 0x41], .wellFormed(3)),
      ([0xF0, 0x9F, 0x98, 0x80], .wellFormed(4)),
      ([0xF0, 0x9F, 0x98, 0xC0], .illFormed(3)),
      ([0xF0, 0x9F, 0x41, 0x80], .illFormed(2)),
      ([0xF0, 0x9F, 0x98], .incomplete),
      ([0xF4, 0x8F, 0xBF, 0xBF], .wellFormed(4)),
      ([0xF5, 0x80, 0x80, 0x80], .illFormed(1)),
      ([0xC1, 0xBF], .illFormed(1)),
      ([0xD0], .incomplete),
    ] as [([UInt8], UTF8Scanner.Sequence)])
  func longer(bytes: [UInt8], expected: UTF8Scanner.Sequence) {
    bytes.withUnsafeBufferPointer { #expect(UTF8Scanner.sequence($0, at: 0) == expected) }
  }

  @Test("every scalar's own form is well-formed, and no beginning of it is refused")
  func everyScalar() {
    var refused: [UInt32] = []
    for value in stride(from: UInt32(0x80), through: 0x10FFFF, by: 7) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array(UTF8.encode(scalar).map(Array.init) ?? [])
      bytes.withUnsafeBufferPointer { buffer in
        if UTF8Scanner.sequence(buffer, at: 0) != .wellFormed(bytes.count) { refused.append(value) }
        for length in 1..<bytes.count {
          let beginning = UnsafeBufferPointer(rebasing: buffer[..<length])
          if UTF8Scanner.sequence(beginning, at: 0) != .incomplete { refused.append(value) }
          if UTF8Scanner.judge(beginning) != .unfinished(0) { refused.append(value) }
        }
      }
    }
    #expect(refused == [])
  }

  @Test("whether bytes are UTF-8 is what the standard library says", arguments: 0..<300)
  func isUTF8(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed) + 5_000)
    // A letter behind it, so that no sequence is left open at the end.
    let bytes = randomBytes(&generator) + [0x41]
    let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
    let isASCII = bytes.allSatisfy { $0 < 0x80 }
    let expected: UTF8Scanner.Judgement = isASCII ? .plainASCII : isUTF8 ? .utf8 : .notUTF8
    bytes.withUnsafeBufferPointer {
      #expect(UTF8Scanner.judge($0) == expected, "seed \(seed), \(bytes)")
    }
  }

  @Test(
    "what the beginning of a text says about its encoding",
    arguments: [
      ([], .plainASCII), ([0x41], .plainASCII), ([0xD0, 0x96], .utf8),
      ([0x41, 0xD0], .unfinished(1)),
      ([0xE2, 0x80], .unfinished(0)), ([0xD0, 0x96, 0xD0], .utf8), ([0xD0, 0x41], .notUTF8),
      ([0xD0, 0x96, 0xFF], .notUTF8), ([0xCF, 0xF0], .notUTF8), ([0x98], .notUTF8),
      (Array("0123456789".utf8) + [0xF0, 0x9F], .unfinished(10)),
    ] as [([UInt8], UTF8Scanner.Judgement)])
  func judgement(bytes: [UInt8], expected: UTF8Scanner.Judgement) {
    bytes.withUnsafeBufferPointer { #expect(UTF8Scanner.judge($0) == expected) }
  }
}
