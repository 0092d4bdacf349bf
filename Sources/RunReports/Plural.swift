package import ContactModel

/// Numbers with their nouns, in the languages' own plurals.
package enum Plural {
  /// `1 row`, `2 rows`.
  package static func english(_ number: Int, _ one: String, _ many: String) -> String {
    "\(grouped(number, in: .english)) \(number == 1 ? one : many)"
  }

  /// `1 строка`, `2 строки`, `5 строк`, `11 строк`, `21 строка`.
  package static func russian(
    _ number: Int, _ one: String, _ few: String, _ many: String
  ) -> String {
    let tens = number.magnitude % 100
    let noun =
      switch number.magnitude % 10 {
      case 1 where tens != 11: one
      case 2...4 where !(12...14).contains(tens): few
      default: many
      }
    return "\(grouped(number, in: .russian)) \(noun)"
  }

  /// A number with its thousands apart: `1,234,567`, in Russian with no-break spaces.
  ///
  /// Russian leaves four digits together; here they are apart too, so that columns line up.
  package static func grouped(_ number: Int, in language: Language) -> String {
    let separator = language.pick(",", "\u{A0}")
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    groups.insert(digits, at: 0)
    return (number < 0 ? "-" : "") + groups.joined(separator: separator)
  }
}
