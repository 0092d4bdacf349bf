/// Validates e-mail addresses and rewrites them to their canonical form.
///
/// ```swift
/// let parser = EmailParser()
/// var text: [UInt8] = []
/// let result = parser.normalize(cell.span, into: &text)
/// ```
///
/// Follows RFC 5321 and, for letters beyond ASCII, RFC 6531, RFC 6532, IDNA 2008 and UTS #46, except:
/// - quoted local parts (`"a b"@example.com`), comments and address literals (`a@[192.0.2.1]`) are
///   refused: the standard allows them, people who type them make a mistake. Quotes around a local
///   part that needs none are taken off;
/// - the domain has at least two labels, or is one of the few top-level domains that take mail
///   themselves (RFC 7085), and its A-form ends with a letter, as every top-level domain does;
/// - a whole address has at most 254 octets (RFC 3696 errata 1690), the local part 64, the domain
///   253, a label 63. Domains beyond ASCII are counted as the A-labels they travel as;
/// - control, format, private and unassigned characters and blanks are refused in either part,
///   joiners among them, which IDNA would allow in some places; so is U+FFFD, the trace of lost text.
///
/// The domain is written in small letters, and in the form asked for if it is beyond ASCII. The
/// local part is kept as it is but for Unicode's Normalization Form C (RFC 6532 §3.1): only the
/// receiving server knows whether its case matters (RFC 5321 §2.4).
package struct EmailParser: Sendable {
  /// Whether domains beyond ASCII are written as A-labels, `xn--p1ai`; otherwise as U-labels, `рф`.
  let writesASCIIDomains: Bool
  /// Whether likely misspellings of big providers' domains are corrected.
  let correctsTypos: Bool

  /// A parser that writes domains in one form, and corrects likely misspellings or only remarks.
  package init(writesASCIIDomains: Bool = false, correctsTypos: Bool = false) {
    self.writesASCIIDomains = writesASCIIDomains
    self.correctsTypos = correctsTypos
  }

  /// Reads a text as an address, mends what can only have one meaning, and appends the result.
  ///
  /// ``EmailRepair`` says what is mended, ``LookAlikes`` what becomes of letters that look Latin.
  ///
  /// - Parameters:
  ///   - text: Any bytes; meant to be UTF-8.
  ///   - output: What the address is appended to; unchanged if there is none.
  /// - Returns: What was done to the address, or why there is none.
  /// - Complexity: O(*n*) in the text, but for labels beyond ASCII; what is common, damaged texts
  ///   and Cyrillic domains among it, allocates only when the output grows.
  package func normalize(_ text: Span<UInt8>, into output: inout [UInt8]) -> EmailResult {
    if let domain = Self.appendASCII(text, to: &output) {
      return .address(judgeDomain(at: domain, in: &output))
    }
    return normalizeQuickly(text, into: &output) ?? normalizeSlowly(text, into: &output)
  }

  /// Judges a text as one address by the standards alone and appends its canonical form.
  ///
  /// Nothing is mended, and letters that look like others are no problem.
  ///
  /// - Parameters:
  ///   - text: Any bytes; meant to be UTF-8.
  ///   - output: What the address is appended to; unchanged if there is none.
  /// - Returns: No remark but that of another form, or why the text is no address.
  package func validate(_ text: Span<UInt8>, into output: inout [UInt8]) -> EmailResult {
    if Self.appendASCII(text, to: &output) != nil { return .address([]) }
    return validateQuickly(text, into: &output) ?? validateSlowly(text, into: &output)
  }

  /// What is to be said of the domain that ends the output.
  @inline(__always)
  func judgeDomain(at start: Int, in output: inout [UInt8]) -> EmailRemarks {
    switch KnownDomains.judge(output, from: start) {
    case .ordinary: []
    case .specialUse: .specialUse
    case .typo(let meant): noteTypo(of: meant, at: start, in: &output)
    }
  }

  private func noteTypo(
    of meant: StaticString, at start: Int, in output: inout [UInt8]
  ) -> EmailRemarks {
    guard correctsTypos else { return .likelyTypo }
    output.removeSubrange(start...)
    meant.withUTF8Buffer { output.append(contentsOf: $0) }
    return .typoCorrected
  }

  /// The characters of some bytes, U+FFFD for those that are no UTF-8.
  static func scalars(of text: Span<UInt8>) -> [Unicode.Scalar] {
    text.withUnsafeBufferPointer { Array(String(decoding: $0, as: UTF8.self).unicodeScalars) }
  }
}
