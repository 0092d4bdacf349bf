/// An address that the standards allow, read slowly, as Unicode scalars.
///
/// The slow twin of the fast path for ASCII: for addresses without A-labels it has the same
/// contract, and the tests hold the two together.
struct EmailAddress {
  /// The part before the `@` in Normalization Form C.
  var local: [Unicode.Scalar]
  /// What stands behind it.
  var domain: DomainName
  /// The address as it was read.
  private var original: [Unicode.Scalar]

  /// Reads a text as one address, by the standards alone.
  ///
  /// - Complexity: O(*n*) in the text, and O(*n*²) in a label beyond ASCII of at most 253 letters.
  static func read(_ text: [Unicode.Scalar]) -> Result<EmailAddress, EmailProblem> {
    guard let at = text.lastIndex(of: "@") else { return .failure(.noAt) }
    let written = text[..<at]
    if written.first == "\"", written.count > 1, written.last == "\"" {
      return .failure(.quotedLocalPart)
    }
    guard isDotAtom(written) else { return .failure(.localPart) }
    let local = NormalizationFormC.normalize(Array(written))
    // A character may become a sign of ASCII in NFC: U+037E is a semicolon.
    guard isDotAtom(local[...]) else { return .failure(.localPart) }
    let domain: DomainName
    switch DomainName.read(text[(at + 1)...]) {
    case .failure(let problem): return .failure(problem)
    case .success(let name): domain = name
    }
    let localLength = max(octets(written), octets(local[...]))
    let domainLength = max(
      domain.ascii.count, octets(domain.unicode[...]), octets(text[(at + 1)...]))
    guard localLength <= 64, localLength + 1 + domainLength <= 254 else {
      return .failure(.tooLong)
    }
    return .success(EmailAddress(local: local, domain: domain, original: text))
  }

  /// Appends the address as UTF-8 with its domain in one form.
  func append(to output: inout [UInt8], asASCII: Bool) {
    var text = String.UnicodeScalarView(local)
    text.append("@")
    if !asASCII { text.append(contentsOf: domain.unicode) }
    output.append(contentsOf: String(text).utf8)
    if asASCII { output.append(contentsOf: domain.ascii) }
  }

  /// Whether the address is written in other characters than it was read, capitals of the domain
  /// apart.
  func isRewritten(asASCII: Bool) -> Bool {
    let start = local.count + 1
    guard original.starts(with: local), original.count > start else { return true }
    let before = original[start...]
    let after =
      asASCII ? domain.ascii.map { Unicode.Scalar($0) } : domain.unicode
    guard before.count == after.count else { return true }
    return !zip(before, after).allSatisfy { old, new in
      old == new || (old.properties.isUppercase && UnicodeTables.shared.mapping(of: old) == [new])
    }
  }

  private static func isDotAtom(_ local: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = local.first, first != ".", local.last != "." else { return false }
    var previous: Unicode.Scalar?
    for scalar in local {
      if scalar == "." {
        if previous == "." { return false }
      } else if scalar.isASCII {
        guard EmailByte.isAtomText(UInt8(scalar.value)) else { return false }
      } else {
        let kind = UnicodeTables.shared[scalar].kind
        // A mark in front would join whatever is written before the address.
        if kind == .unsafe || scalar == "\u{FFFD}" || (kind == .mark && previous == nil) {
          return false
        }
      }
      previous = scalar
    }
    return true
  }

  private static func octets(_ text: ArraySlice<Unicode.Scalar>) -> Int {
    text.reduce(0) { $0 + UTF8.width($1) }
  }
}
