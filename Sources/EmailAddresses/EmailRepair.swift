/// Mends texts in which only one address can be meant.
///
/// Mended everywhere: invisible characters are left out and fullwidth forms become ASCII.
///
/// Around an address: blanks; `mailto:` with its `?subject=…` and percent-encoding, and labels such
/// as `e-mail:`; angle brackets, quotes, other brackets; dots, commas, semicolons, colons.
///
/// Within: quotes of a local part that needs none; blanks beside the `@`; blanks, commas and
/// doubled dots between two labels of a domain, `ivan@mail,ru`, if what stands before is no domain
/// by itself and what comes out ends as domains do; `(at)`, `[dot]` and the like.
///
/// Not mended, since something may be missing there: a dot beside the `@` or two in a row before it.
enum EmailRepair {
  /// The text without invisible characters and with ASCII for fullwidth forms.
  static func folded(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard text.contains(where: { !$0.isASCII }) else { return text }
    return text.compactMap { scalar in
      switch scalar.value {
      case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF: nil
      case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
      case 0xFE6B: "@"
      case 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0x85: " "
      default: scalar
      }
    }
  }

  /// The address without what stands around it.
  static func bare(_ text: [Unicode.Scalar]) -> ArraySlice<Unicode.Scalar> {
    var rest = text[...]
    // Each round takes something away; nobody wraps an address deeper.
    for _ in 0..<8 {
      let count = rest.count
      trim(&rest)
      unwrap(&rest)
      dropLabel(&rest)
      if rest.count == count { break }
    }
    return rest
  }

  /// Texts that may be the address which was meant, likelier ones first.
  static func candidates(for text: ArraySlice<Unicode.Scalar>) -> [[Unicode.Scalar]] {
    let spelled = MarkWords.replaced(text).map { $0[...] }
    let whole = spelled ?? text
    guard let at = whole.firstIndex(of: "@"), whole.lastIndex(of: "@") == at else { return [] }
    var candidates: [[Unicode.Scalar]] = spelled.map { [Array($0)] } ?? []
    if let unquoted = unquoted(whole, at: at) { candidates.append(unquoted) }
    if let joined = joined(whole, at: at) { candidates.append(joined) }
    return candidates
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || (scalar.value >= 0x09 && scalar.value <= 0x0D)
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar == "," || scalar == ";" || scalar == ":"
  }

  private static func trim(_ text: inout ArraySlice<Unicode.Scalar>) {
    text = text.drop { isBlank($0) || isPunctuation($0) }
    while let last = text.last, isBlank(last) || isPunctuation(last) { text.removeLast() }
  }

  /// Signs that stand around an address in pairs.
  private static let pairs: [Unicode.Scalar: Unicode.Scalar] = [
    "<": ">", "\"": "\"", "'": "'", "`": "`", "(": ")", "[": "]", "{": "}", "«": "»",
    "\u{201C}": "\u{201D}", "\u{201E}": "\u{201C}", "\u{2018}": "\u{2019}",
  ]

  private static func unwrap(_ text: inout ArraySlice<Unicode.Scalar>) {
    guard text.count > 1, let first = text.first, let closing = pairs[first] else { return }
    if text.last == closing {
      text = text.dropFirst().dropLast()
    } else if first == "<" {
      text = text.dropFirst()
    }
  }

  private static let labels: [[Unicode.Scalar]] = [
    "mailto:", "smtp:", "email:", "e-mail:", "mail:", "почта:", "эл.почта:", "имейл:",
  ].map { Array($0.unicodeScalars) }

  /// Takes away a label such as `mailto:`, and with that a query and percent-encoding.
  private static func dropLabel(_ text: inout ArraySlice<Unicode.Scalar>) {
    for (index, label) in labels.enumerated() where text.count > label.count {
      let matches = zip(label, text).allSatisfy { letter, scalar in
        scalar == letter
          || scalar.properties.lowercaseMapping.unicodeScalars.elementsEqual([letter])
      }
      guard matches else { continue }
      text = text.dropFirst(label.count)
      if index == 0 { text = MailtoURI.address(in: text) }
      return
    }
  }

  /// The address without the quotes of its local part, if it has them and nothing is escaped.
  private static func unquoted(_ text: ArraySlice<Unicode.Scalar>, at: Int) -> [Unicode.Scalar]? {
    let local = text[..<at]
    guard local.count > 2, local.first == "\"", local.last == "\"" else { return nil }
    return local.dropFirst().dropLast() + Array(text[at...])
  }

  /// The address with its domain's labels put together, if they stand apart and no other address
  /// can be meant.
  private static func joined(_ text: ArraySlice<Unicode.Scalar>, at: Int) -> [Unicode.Scalar]? {
    var local = text[..<at]
    while let last = local.last, isBlank(last) { local.removeLast() }
    // Words of another alphabet beside an `@` are a name rather than an address.
    if local.endIndex < at, !local.allSatisfy(\.isASCII) { return nil }
    var address = Array(local) + ["@"]
    var dots = 0
    var mustEndAsDomainsDo = false
    var rest = text[(at + 1)...]
    rest = rest.drop { isBlank($0) || $0 == "." }
    while let first = rest.first {
      guard isBlank(first) || first == "." || first == "," else {
        address.append(first)
        rest.removeFirst()
        continue
      }
      let gap = rest.prefix { isBlank($0) || $0 == "." || $0 == "," }
      rest = rest.dropFirst(gap.count)
      if gap.allSatisfy(isBlank) { return nil }
      if gap.count > 1 || first == "," {
        // What stands before is a domain by itself, and what follows may be anything.
        if dots > 0 { return nil }
        mustEndAsDomainsDo = true
      }
      address.append(".")
      dots += 1
    }
    return !mustEndAsDomainsDo || TopLevelDomains.isCommon(endOf: address) ? address : nil
  }
}
