import TestSupport
import Testing

@testable import CRMSandbox

/// Random texts put through PHP's own functions and through the sandbox's.
@Suite("Texts as a real PHP treats them", .enabled(if: PHP.isExpected))
struct PHPTextOracleTests {
  private static let pieces: [String] = [
    "<", "<", ">", ">", "<b>", "</a", "<!", "<!--", "-->", "--", "<?", "?>", "<?php", "<?xml", "\"",
    "'", "(", ")", "\\", "!", "-", "?", " ", "\n", "\t", "\0", "\u{B}", "\u{C}", "a", "e", "l",
    "<!DOCTYPE", "doctype", "ж", "😀", "\u{A0}", "&laquo;", "«", "\\n\\r", "0", "1", "9", ".", "e5",
    "+", "0x1",
  ]

  private func texts(seed: UInt64, count: Int) -> [String] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      (0..<Int.random(in: 1...9, using: &generator))
        .map { _ in Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &generator)] }
        .joined()
    }
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// What a PHP expression makes of each text in `$s`.
  private func php(_ expression: String, of texts: [String]) async throws -> [String] {
    let lines = texts.map { hexadecimal(Array($0.utf8)) }.joined(separator: "\n")
    let program = """
      foreach (explode("\\n", stream_get_contents(STDIN)) as $line) {
        $s = hex2bin($line);
        echo \(expression), "\\n";
      }
      """
    return try await PHP.run(program, input: lines).split(
      separator: "\n", omittingEmptySubsequences: false
    ).dropLast().map(String.init)
  }

  @Test("strip_tags", arguments: [1, 2, 3] as [UInt64])
  func tags(_ seed: UInt64) async throws {
    let texts = texts(seed: seed, count: 20_000)
    let expected = try await php("bin2hex(strip_tags($s))", of: texts)
    try #require(expected.count == texts.count)
    for (text, expected) in zip(texts, expected) {
      let stripped = hexadecimal(TagStripper.strip(Array(text.utf8)))
      #expect(stripped == expected, "seed \(seed): \(text.debugDescription)")
    }
  }

  @Test("trim, (int) and is_numeric")
  func numbers() async throws {
    let texts = texts(seed: 4, count: 20_000)
    let expected = try await php(
      "bin2hex(trim($s)) . ' ' . (int)trim($s) . ' ' . (is_numeric(trim($s)) ? 'y' : 'n')",
      of: texts)
    try #require(expected.count == texts.count)
    for (text, expected) in zip(texts, expected) {
      let trimmed = PHPText.trimmed(Array(text.utf8))
      let isNumeric = PHPNumber.isNumeric(trimmed)
      // PHP 7 minds a form feed behind a number, PHP 8 does not.
      if trimmed.last == 0x0C { continue }
      let found =
        "\(hexadecimal(trimmed)) \(PHPNumber.integer(trimmed)) \(isNumeric ? "y" : "n")"
      #expect(found == expected, "\(text.debugDescription)")
    }
  }
}
