// The slow twin: addresses with letters beyond ASCII (RFC 6531), read as Unicode scalars. For
// ASCII text it has the same contract as the fast path, and the tests hold the two together.

extension EmailParser {
  /// Validates an address of any letters and appends its canonical form.
  ///
  /// - Parameters:
  ///   - text: Any bytes; meant to be UTF-8.
  ///   - range: Where the address stands.
  ///   - output: What the address is appended to; unchanged if it is not valid.
  /// - Returns: Whether it is valid, and if not why.
  static func normalizeUnicode(
    _ text: Span<UInt8>, in range: Range<Int>, into output: inout [UInt8]
  ) -> EmailResult {
    var bytes: [UInt8] = []
    for index in range { bytes.append(text[index]) }
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    guard let at = scalars.lastIndex(of: "@") else { return .problem(.noAt) }
    let local = scalars[..<at]
    let labels = scalars[(at + 1)...].split(separator: ".", omittingEmptySubsequences: false)
    if let problem = LookAlikes.problem(local: local, labels: labels) { return .problem(problem) }
    if !isLocalPart(local) { return .problem(.localPart) }
    let names = labels.map { lowercased($0) }
    guard names.count > 1, let last = names.last, last.count > 1, names.allSatisfy(isLabel),
      last.contains(where: LookAlikes.isLetter)
    else { return .problem(.domain) }
    let lengths = names.map { Punycode.labelLength(of: $0) }
    let domainLength = lengths.reduce(names.count - 1, +)
    let localLength = local.reduce(0) { $0 + UTF8.width($1) }
    if lengths.contains(where: { $0 > 63 }) || domainLength > 253 || localLength > 64
      || localLength + 1 + domainLength > 254
    {
      return .problem(.tooLong)
    }
    var address = String.UnicodeScalarView(local)
    address.append("@")
    for (index, name) in names.enumerated() {
      if index > 0 { address.append(".") }
      address.append(contentsOf: name)
    }
    output.append(contentsOf: String(address).utf8)
    return .valid
  }

  private static func isLocalPart(_ local: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = local.first, let last = local.last, first != ".", last != "." else {
      return false
    }
    var previous: Unicode.Scalar = "."
    for scalar in local {
      if scalar == "." && previous == "." { return false }
      let isAllowed =
        scalar.isASCII
        ? EmailByte(UInt8(scalar.value)) != .none : isLetterLike(scalar)
      if !isAllowed { return false }
      previous = scalar
    }
    return true
  }

  private static func isLabel(_ label: [Unicode.Scalar]) -> Bool {
    guard let first = label.first, let last = label.last, first != "-", last != "-" else {
      return false
    }
    return label.allSatisfy { scalar in
      guard scalar.isASCII else { return isLetterLike(scalar) }
      let kind = EmailByte(UInt8(scalar.value))
      return kind == .letter || kind == .digit || scalar == "-"
    }
  }

  /// Letters, digits and the marks that belong to letters.
  private static func isLetterLike(_ scalar: Unicode.Scalar) -> Bool {
    // Russian letters, so that the commonest of these addresses ask no table.
    if case 0x410...0x44F = scalar.value { return true }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber:
      true
    default: false
    }
  }

  private static func lowercased(_ label: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
    var lowered: [Unicode.Scalar] = []
    lowered.reserveCapacity(label.count)
    for scalar in label {
      // Most letters are ASCII or small already; asking for a mapping makes a String.
      if scalar.isASCII {
        let byte = UInt8(scalar.value)
        let isCapital = byte &- 0x41 < 26
        lowered.append(Unicode.Scalar(isCapital ? byte | 0x20 : byte))
      } else if case 0x430...0x44F = scalar.value {
        lowered.append(scalar)
      } else if scalar.properties.generalCategory == .lowercaseLetter {
        lowered.append(scalar)
      } else {
        lowered.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return lowered
  }
}
