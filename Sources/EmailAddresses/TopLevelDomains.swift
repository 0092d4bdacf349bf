/// Knows how most domains end.
///
/// Asked only before pieces of a text are put together to a domain: a valid address may end in any
/// top-level domain, as there are new ones every year.
enum TopLevelDomains {
  /// Common ones of more than two letters.
  private static let common: Set<String> = [
    "com", "net", "org", "info", "biz", "pro", "name", "edu", "gov", "int", "online", "site",
    "shop", "store", "club", "tech", "xyz", "app", "dev", "moscow", "рф", "рус", "москва", "дети",
    "онлайн", "сайт", "орг", "ком", "бел", "укр", "қаз",
  ]

  /// Whether an address ends with a country's top-level domain or a common other one.
  static func isCommon(endOf address: [Unicode.Scalar]) -> Bool {
    guard let dot = address.lastIndex(of: ".") else { return false }
    let last = address[(dot + 1)...]
    if last.count == 2, last.allSatisfy(\.isASCII) { return true }
    return common.contains(String(String.UnicodeScalarView(last)).lowercased())
  }
}
