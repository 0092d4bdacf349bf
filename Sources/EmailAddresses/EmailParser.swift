/// Validates an e-mail address and rewrites it to its canonical form.
///
/// ```swift
/// var text: [UInt8] = []
/// let result = EmailParser.normalize(cell.span, into: &text)
/// ```
///
/// Follows RFC 5321 and, for letters beyond ASCII, RFC 6531, except:
/// - quoted local parts (`"a b"@example.com`), comments and address literals (`a@[192.0.2.1]`) are
///   refused: the standard allows them, people who type them make a mistake;
/// - the domain has at least two labels, and the last is two characters or longer and has a letter;
/// - a whole address has at most 254 octets (RFC 3696 errata 1690), the local part 64, the domain
///   253, a label 63. Domains beyond ASCII are counted as the A-labels they travel as.
///
/// The domain is rewritten in small letters. The local part is kept as it is: only the receiving
/// server knows whether its case matters (RFC 5321 §2.4).
///
/// Repaired, and reported so: blanks around the address, `mailto:` before it, angle brackets around
/// it, and dots, commas, semicolons or colons behind it.
package enum EmailParser {
  /// Validates an address and appends its canonical form.
  ///
  /// - Parameters:
  ///   - text: Any bytes; meant to be UTF-8.
  ///   - output: What the address is appended to; unchanged if it is not valid.
  /// - Returns: Whether it is valid, and if not why.
  /// - Complexity: O(*n*) in the text; for ASCII allocates only when the output grows.
  package static func normalize(_ text: Span<UInt8>, into output: inout [UInt8]) -> EmailResult {
    var bounds = EmailBounds(text)
    var result = normalizeASCII(text, in: bounds.range, into: &output)
    if case .problem = result, bounds.repair(text) {
      result = normalizeASCII(text, in: bounds.range, into: &output)
    }
    if result == nil {
      bounds.repair(text)
      result = normalizeUnicode(text, in: bounds.range, into: &output)
    }
    switch result {
    case .problem(let problem)?:
      return .problem(problem)
    case .valid?: return bounds.isRepaired ? .repaired : .valid
    case .repaired?, nil: return .repaired
    }
  }
}
