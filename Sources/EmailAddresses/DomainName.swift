/// A domain name in both its forms (IDNA 2008, RFC 5891).
struct DomainName: Equatable {
  /// The name with its U-labels, `почта.рф`, in small letters and Normalization Form C.
  var unicode: [Unicode.Scalar]
  /// The name with its A-labels, `xn--80a1acny.xn--p1ai`.
  var ascii: [UInt8]

  /// Top-level domains that take mail themselves, as RFC 7085 counted them.
  private static let dotless: Set<String> = [
    "ai", "ax", "cf", "dm", "gp", "gt", "hr", "io", "kh", "km", "lk", "mq", "pa", "tt", "ua", "ws",
    "ye",
  ]

  /// Reads a name in either form, or with labels of both.
  ///
  /// Maps characters first as UTS #46 has it, without transitional processing, except that
  /// characters that stand for a dot among others are refused. `DomainLabel` has the rules of
  /// labels; if one is written from right to left, the Bidi Rule holds for all of them.
  static func read(_ text: ArraySlice<Unicode.Scalar>) -> Result<DomainName, EmailProblem> {
    if text.first == "[", text.last == "]" { return .failure(.addressLiteral) }
    guard text.count <= 253 else { return .failure(.tooLong) }
    guard let mapped = mapped(text) else { return .failure(.domain) }
    var name = DomainName(unicode: [], ascii: [])
    let labels = mapped.split(separator: ".", omittingEmptySubsequences: false)
    var forms: [DomainLabel] = []
    var isTooLong = false
    for label in labels {
      switch DomainLabel.read(Array(label)) {
      case .failure(.tooLong): isTooLong = true
      case .failure(let problem): return .failure(problem)
      case .success(let form): forms.append(form)
      }
    }
    if isTooLong { return .failure(.tooLong) }
    for (index, form) in forms.enumerated() {
      if index > 0 {
        name.unicode.append(".")
        name.ascii.append(UInt8(ascii: "."))
      }
      name.unicode += form.unicode
      name.ascii += form.ascii
    }
    if let problem = name.problem(labels: forms) { return .failure(problem) }
    return .success(name)
  }

  private func problem(labels: [DomainLabel]) -> EmailProblem? {
    if ascii.count > 253 { return .tooLong }
    if labels.count == 1, !Self.dotless.contains(String(decoding: ascii, as: UTF8.self)) {
      return .dotlessDomain
    }
    guard let last = ascii.last, EmailByte.isLetter(last) else { return .domain }
    if BidiRule.isRightToLeft(unicode), !labels.allSatisfy({ BidiRule.holds(for: $0.unicode) }) {
      return .internationalLabel
    }
    return nil
  }

  /// The characters as UTS #46 maps them, in NFC; `nil` if one is not allowed.
  private static func mapped(_ text: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar]? {
    let tables = UnicodeTables.shared
    var mapped: [Unicode.Scalar] = []
    mapped.reserveCapacity(text.count)
    for scalar in text {
      if scalar.isASCII {
        let byte = UInt8(scalar.value)
        guard EmailByte.isHostName(scalar) || scalar == "." else { return nil }
        mapped.append(Unicode.Scalar(byte &- 0x41 < 26 ? byte | 0x20 : byte))
        continue
      }
      let properties = tables[scalar]
      // A mark in front would join the `@`.
      let isFirstMark = properties.kind == .mark && scalar == text.first
      if properties.kind == .unsafe || isFirstMark { return nil }
      switch properties.mappingStatus {
      case .valid: mapped.append(scalar)
      case .mapped: mapped += tables.mapping(of: scalar)
      case .ignored: break
      case .disallowed: return nil
      }
    }
    let composed = NormalizationFormC.normalize(mapped)
    // The mapping makes signs of ASCII out of others.
    let isClean = composed.allSatisfy {
      !$0.isASCII || EmailByte.isHostName($0) || $0 == "."
    }
    return isClean ? composed : nil
  }
}
