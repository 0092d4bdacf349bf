/// A label of a domain name in both its forms.
struct DomainLabel {
  /// The label as people write it.
  var unicode: [Unicode.Scalar]
  /// The label as the name system has it.
  var ascii: [UInt8]

  /// What an A-label begins with.
  static let prefix: StaticString = "xn--"

  /// Reads a mapped label in either form.
  ///
  /// A label of ASCII has letters, digits, and hyphens within, none of them in the third and fourth
  /// place unless it is an A-label (RFC 5890 §2.3.1). An A-label decodes to a valid label and is its
  /// encoding. A label beyond ASCII has the characters RFC 5892 allows where it allows them, no
  /// mark in front, and obeys the Bidi Rule. No label has more than 63 octets as an A-label.
  static func read(_ label: [Unicode.Scalar]) -> Result<DomainLabel, EmailProblem> {
    guard let first = label.first, let last = label.last, first != "-", last != "-" else {
      return .failure(.domain)
    }
    let isASCII = label.allSatisfy(\.isASCII)
    let isReserved = hasHyphensInThirdAndFourthPlace(label)
    if isReserved, label[0] != "x" || label[1] != "n" { return .failure(.domain) }
    guard isASCII else { return encode(label) }
    let ascii = label.map { UInt8($0.value) }
    if ascii.count > 63 { return .failure(.tooLong) }
    return isReserved ? decode(ascii) : .success(DomainLabel(unicode: label, ascii: ascii))
  }

  private static func encode(_ label: [Unicode.Scalar]) -> Result<DomainLabel, EmailProblem> {
    guard isValid(label) else { return .failure(.internationalLabel) }
    guard let encoded = Punycode.encode(label), encoded.count <= 59 else {
      return .failure(.tooLong)
    }
    let ascii = prefix.withUTF8Buffer { Array($0) } + encoded
    return .success(DomainLabel(unicode: label, ascii: ascii))
  }

  private static func decode(_ ascii: [UInt8]) -> Result<DomainLabel, EmailProblem> {
    let encoded = Array(ascii.dropFirst(prefix.utf8CodeUnitCount))
    guard !encoded.isEmpty, let label = Punycode.decode(encoded),
      Punycode.encode(label) == encoded, isValid(label)
    else { return .failure(.internationalLabel) }
    return .success(DomainLabel(unicode: label, ascii: ascii))
  }

  private static func hasHyphensInThirdAndFourthPlace(_ label: [Unicode.Scalar]) -> Bool {
    label.count > 3 && label[2] == "-" && label[3] == "-"
  }

  /// Whether a label beyond ASCII is a U-label (RFC 5891 §4.2), its length apart.
  private static func isValid(_ label: [Unicode.Scalar]) -> Bool {
    let tables = UnicodeTables.shared
    guard let first = label.first, let last = label.last, first != "-", last != "-",
      !hasHyphensInThirdAndFourthPlace(label), tables[first].kind != .mark,
      NormalizationFormC.normalize(label) == label
    else { return false }
    for (index, scalar) in label.enumerated() {
      let properties = tables[scalar]
      // Joiners are format characters, which no address has.
      if properties.kind == .unsafe { return false }
      switch properties.idnaClass {
      case .valid: break
      case .contextual: if !ContextRule.holds(for: label, at: index) { return false }
      case .disallowed: return false
      }
    }
    return !BidiRule.isRightToLeft(label) || BidiRule.holds(for: label)
  }
}
