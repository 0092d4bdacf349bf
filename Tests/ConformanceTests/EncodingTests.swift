import Foundation
import TestSupport
import Testing

@testable import ContactFormats

@Suite("conformance: encodings")
struct EncodingTests {
  @Test(
    "uchardet's texts are read in the encoding that their names say",
    .enabled(if: Corpora.isPresent, Corpora.absence))
  func uchardet() throws {
    var score = ConformanceScore(suite: "encoding/uchardet", reference: "the files' names")
    let root = Corpora.folder.appendingPathComponent("encoding/uchardet/test")
    for language in try FileManager.default.contentsOfDirectory(atPath: root.path).sorted() {
      let folder = root.appendingPathComponent(language)
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
        let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
        let found = EncodingDetector.encoding(of: bytes, isWhole: true)
        let expected = name.replacingOccurrences(of: ".txt", with: "")
        // All encodings agree on ASCII, so that none is found.
        let isRight =
          expected == "ascii" ? found == nil : found == TextEncoding(name: expected) && found != nil
        score.count(
          "\(language)/\(name)", passed: isRight, reason: "found \(found?.rawValue ?? "ASCII")")
      }
    }
    score.finish(atLeast: 8, of: 8)
  }

  /// The encodings and the kinds of text.
  static let cases: [(TextEncoding, String, String)] = TextEncoding.allCases
    .filter { $0 != .windows1252 }
    .flatMap { encoding in
      [
        (encoding, "prose", EncodingSamples.prose), (encoding, "names", EncodingSamples.names),
        (encoding, "rows", EncodingSamples.rows), (encoding, "capitals", EncodingSamples.capitals),
      ]
    }

  @Test("samples of forty letters are read as they were written", arguments: cases)
  func samples(encoding: TextEncoding, kind: String, text: String) throws {
    // A file may begin anywhere in Russian, and quotation marks and dashes not be in the encoding.
    var encoder = ContactFormats.TextEncoder(encoding)
    var score = ConformanceScore(
      suite: "40 letters of \(kind) in \(encoding.rawValue)", reference: "the text")
    var generator = SeededGenerator(seed: 40)
    let characters = Array(text)
    for sample in 0..<150 {
      let piece = EncodingSamples.piece(of: characters, letters: 40, using: &generator)
      let bytes = encoder.encode(Array(piece.utf8))
      let found = EncodingDetector.encoding(of: bytes, isWhole: true)
      // Some texts are the same bytes in two encodings; what counts is that they are read right.
      let isRight =
        found.map { TextDecoder.decode(bytes, as: $0) == TextDecoder.decode(bytes, as: encoding) }
        ?? false
      score.count("\(sample)", passed: isRight, reason: "\(found?.rawValue ?? "ASCII"): \(piece)")
    }
    score.finish(atLeast: 143, of: 150)
  }
}
