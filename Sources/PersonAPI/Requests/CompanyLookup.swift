/// Finds a client by its whole title, of which the server can only search for a part.
///
/// The server ignores a filter for titles; `word` finds substrings whatever the case, with `%` and `_`
/// as wildcards, and dies on a question mark before some letters. So it is asked for the longest piece
/// of the title that is plain, and titles are compared here.
package struct CompanyLookup: Sendable, Equatable {
  /// The title that is looked for, without blanks around it.
  package let title: String

  package init(title: String) {
    self.title = String(
      title.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  /// What to ask the server for; empty if no piece of the title is plain.
  package var word: String {
    let pieces = title.split { $0.isWhitespace || Self.special.contains($0) }
    guard pieces.count > 1, !title.contains(where: Self.special.contains) else {
      // Nearly every title has a legal form, which would bring nearly every client.
      let names = pieces.filter { !Self.legalForms.contains($0.uppercased()) }
      return (names.isEmpty ? pieces : names).max { $0.count < $1.count }.map(String.init) ?? ""
    }
    return title
  }

  /// The clients with exactly this title; if there is none, those whose title differs in its quotation
  /// marks and angle brackets only, since the CRM stores these otherwise than they are typed.
  package func matches(in companies: [CRMCompany]) -> [CRMCompany] {
    let exact = companies.filter { $0.title == title }
    guard exact.isEmpty else { return exact }
    let wanted = Self.plain(title)
    return companies.filter { Self.plain($0.title) == wanted }
  }

  private static let legalForms: Set<String> = [
    "ООО", "ОАО", "ЗАО", "ПАО", "НАО", "АО", "ИП", "ТОО", "АНО", "ГУП", "МУП", "LLC", "LTD", "INC",
    "GMBH",
  ]

  private static let special: Set<Character> = [
    "?", "%", "_", "'", "\"", "\\", "`", "<", ">", "[", "]", "«", "»", "“", "”", "„", "&", ";",
    "\u{301}",
  ]

  private static func plain(_ title: String) -> String {
    String(
      title.map { character in
        switch character {
        case "«", "»", "“", "”", "„": "\""
        case "<": "["
        case ">": "]"
        default: character
        }
      })
  }
}
