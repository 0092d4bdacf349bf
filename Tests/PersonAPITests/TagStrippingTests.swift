import ContactModel
import Foundation
import PersonAPI
import TestSupport
import Testing

@Suite("tags are removed as PHP removes them")
struct TagStrippingTests {
  /// Random texts of what means something to PHP's automaton.
  static func texts(seed: UInt64, count: Int) -> [[UInt8]] {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "<", "<", ">", ">", "\"", "'", "\\", "!", "?", "-", "--", "<!--", "-->", "<!", "<?", "?>",
      "<?xml", "<!DOCTYPE", "doctype", "(", ")", "/", "=", "a", "b", " ", "\n", "ж", "\u{0}", "[",
    ]
    return (0..<count).map { _ in
      let length = Int.random(in: 1...12, using: &generator)
      let pieces = (0..<length).map { _ in pieces[Int.random(in: pieces.indices, using: &generator)]
      }
      return Array(pieces.joined().utf8)
    }
  }

  /// What PHP makes of texts: tags removed, then trimmed.
  static func stripped(_ texts: [[UInt8]], by php: URL) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appendingPathComponent("texts")
    let script = folder.appendingPathComponent("strip.php")
    let lines = texts.map { $0.map { String(format: "%02x", $0) }.joined() }
    try Data(lines.joined(separator: "\n").utf8).write(to: input)
    try Data(
      """
      <?php foreach (file($argv[1], FILE_IGNORE_NEW_LINES) as $line)
        echo bin2hex(trim(strip_tags(trim(hex2bin($line))))), "\\n";
      """.utf8
    ).write(to: script)
    let process = Process()
    let output = Pipe()
    process.executableURL = php
    process.arguments = ["-n", script.path, input.path]
    process.standardOutput = output
    try process.run()
    let answer = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: answer, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).dropLast().map(String.init)
  }

  @Test("random texts keep what PHP keeps", .enabled(if: PHPServer.isWanted))
  func oracle() throws {
    let php = try #require(PHPServer.executable)
    let texts = Self.texts(seed: 7, count: 5_000)
    let answers = try Self.stripped(texts, by: php)
    try #require(answers.count == texts.count)
    let predictor = StoredValuePredictor(schema: ContactSchema(columns: []), variant: .dotted)
    for (text, answer) in zip(texts, answers) {
      // What follows the tags in the server's treatment is plain replacement.
      var kept = Array(answer.utf8)[...]
      var bytes: [UInt8] = []
      while let high = kept.popFirst(), let low = kept.popFirst() {
        bytes.append(UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16) ?? 0)
      }
      let expected = String(decoding: bytes, as: UTF8.self)
        .replacing("<", with: "[").replacing(">", with: "]").replacing("\"", with: "”")
      let stored = predictor.storedValue(of: text, in: .input10)
      #expect(
        stored == (expected.isEmpty ? .nothing : .text(Array(expected.utf8))),
        "\(String(decoding: text, as: UTF8.self).debugDescription)")
    }
  }
}
