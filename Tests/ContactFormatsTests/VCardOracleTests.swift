import Foundation
import TestSupport
import Testing

@testable import ContactFormats

/// The fast reader beside a slow one, on cards that are generated, damaged, or both.
@Suite struct VCardOracleTests {
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/vcard")
  private static let fixtureNames = [
    "android-2.1.vcf", "apple-3.0.vcf", "outlook-2.1.vcf", "plain-4.0.vcf", "odd.vcf",
  ]

  private func fixture(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: Self.fixtures.appendingPathComponent(name)))
  }

  /// What the fast reader makes of a file, in the order of the oracle.
  private func read(_ bytes: [UInt8], _ chunkSize: Int) -> CardContent? {
    var content = try? readCards(pieces(of: bytes, chunkSize))
    content?.issues.sort { ($0.prefix { $0 != " " }, $0) < ($1.prefix { $0 != " " }, $1) }
    content?.lines = []
    content?.header = []
    return content
  }

  private func expectAgreement(_ bytes: [UInt8], _ name: String) {
    var expected = VCardOracle(bytes).content
    expected.issues.sort { ($0.prefix { $0 != " " }, $0) < ($1.prefix { $0 != " " }, $1) }
    for size in [1, 7, 64, bytes.count] where size > 0 {
      let content = read(bytes, size)
      if expected.records.isEmpty {
        #expect(content == nil, "\(name), chunks of \(size)")
      } else {
        #expect(content == expected, "\(name), chunks of \(size)")
      }
    }
  }

  @Test(
    "Every fixture reads as the oracle reads it, and as it stands beside it",
    arguments: fixtureNames)
  func readsFixture(name: String) throws {
    let bytes = try fixture(name)
    expectAgreement(bytes, name)
    let content = try readCards([bytes])
    let text = content.records.map { $0.map(\.debugDescription).joined(separator: "\n") }
    let golden = try String(
      contentsOf: Self.fixtures.appendingPathComponent(name + ".txt"), encoding: .utf8)
    #expect(text.joined(separator: "\n\n") + "\n" == golden)
  }

  @Test("A damaged fixture reads as the oracle reads it", arguments: fixtureNames)
  func readsDamaged(name: String) throws {
    let bytes = try fixture(name)
    for seed in 0..<40 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      expectAgreement(mutated(bytes, with: &generator), "\(name), seed \(seed)")
    }
  }

  @Test("Cards that the damage did not touch still come out")
  func keepsUntouchedCards() throws {
    let damaged = try fixture("apple-3.0.vcf")
    let good = Array(card("FN:Untouched", "TEL;TYPE=CELL:1").utf8)
    for seed in 0..<100 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let bytes = good + mutated(damaged, with: &generator) + [0x0A] + good + good
      let content = try readCards(pieces(of: bytes, 50))
      let untouched = content.records.filter { $0 == ["FN=Untouched", "TEL[CELL]=1"] }.count
      #expect(untouched == 3, "seed \(seed)")
    }
  }

  @Test("What is written reads back as it was", arguments: CardVersion.allCases, fixtureNames)
  func rewrites(version: CardVersion, name: String) throws {
    let bytes = try fixture(name)
    let (_, content) = try CardContent.rewritten(bytes, as: version)
    #expect(content.records == (try readCards([bytes]).records))
    for seed in 0..<30 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let damaged = mutated(bytes, with: &generator)
      guard let read = try? readCards([damaged]) else { continue }
      let (_, again) = try CardContent.rewritten(damaged, as: version)
      // A lone CR from QUOTED-PRINTABLE comes back as a line break.
      let expected = read.records.map { record in
        record.map { $0.replacing("\r\n", with: "\n").replacing("\r", with: "\n") }
      }
      #expect(again.records == expected, "\(name), seed \(seed)")
      #expect(again.issues.isEmpty, "\(name), seed \(seed)")
    }
  }

  @Test("Generated cards read as the oracle reads them", arguments: 0..<40 as Range<UInt64>)
  func readsGenerated(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    expectAgreement(generatedCards(with: &generator), "seed \(seed)")
  }

  /// Lines put together at random from what means something in cards.
  private func generatedCards(with generator: inout SeededGenerator) -> [UInt8] {
    let heads = [
      "FN", "N", "TEL;CELL", "TEL;TYPE=work,fax;PREF=1", "item1.EMAIL", "item1.X-ABLabel",
      "ADR;HOME", "NOTE;ENCODING=QUOTED-PRINTABLE", "N;CHARSET=UTF-8;QUOTED-PRINTABLE", "ORG",
      "PHOTO;ENCODING=b", "X-A;TYPE=\"b:c\"", "AGENT", "VERSION", "BEGIN", "END", "nonsense here",
      "X-COLUMN;NAME=\"a b\"", "KEY", "NOTE;BASE64",
    ]
    let values = [
      "Вера", "a;b;c", "=D0=92=", "=3B=5C;", "\\n\\,\\;", "VCARD", "2.1", "4.0", "tel:+1;ext=2",
      "AAAA", "data:x", "", " ", "_$!<Mobile>!$_", "\\", "=", "http://a.example/", "BEGIN:VCARD",
    ]
    let breaks = ["\r\n", "\n", "\r", "\n ", "\r\n\t", "\n\n", "=\n", "=\r\n "]
    var text = ""
    for _ in 0..<4 {
      text += "BEGIN:VCARD\n"
      for _ in 0..<Int.random(in: 0..<8, using: &generator) {
        text += (heads.randomElement(using: &generator) ?? "") + ":"
        for _ in 0..<Int.random(in: 1..<4, using: &generator) {
          text += values.randomElement(using: &generator) ?? ""
          if Bool.random(using: &generator) {
            text += breaks.randomElement(using: &generator) ?? ""
          }
        }
        text += "\n"
      }
      text += "END:VCARD\n"
    }
    return Array(text.utf8)
  }
}
