import ContactModel

/// Columns that hold the parts of a person's name, going by their titles.
///
/// A name of two words needs it: without a middle name `John Smith` would be parted into a first and a
/// middle name, where the columns are a first, a middle and a last one.
struct NameColumns: Equatable {
  /// The order in which the parts stand in the whole name.
  let order: NameOrder
  /// What each column holds.
  let parts: [NamePart]

  /// - Parameters:
  ///   - titles: The columns in the order in which they are joined.
  ///   - order: The order in which the name is written; `nil` for that of the columns.
  init?(titles: [String], order: NameOrder?) {
    let parts = titles.compactMap { Self.parts[Self.plain($0)] }
    guard parts.count == titles.count, Set(parts).count == parts.count,
      let family = parts.firstIndex(of: .family), let given = parts.firstIndex(of: .given)
    else { return nil }
    self.parts = parts
    // Behind the surname nothing but the given names, or before it nothing but them: any other order is none
    // that a name has, and its words are taken as they come.
    let additional = parts.firstIndex(of: .additional) ?? given + 1
    if let order {
      self.order = order
    } else if family < given, given < additional {
      self.order = .familyFirst
    } else if given < additional, family == parts.count - 1 {
      self.order = .givenFirst
    } else {
      return nil
    }
  }

  /// A title as the table below has it.
  private static func plain(_ title: String) -> String {
    HeaderIndex.key(title.replacing("_", with: " ").replacing("-", with: " "))
  }

  private static let parts: [String: NamePart] = [
    "фамилия": .family, "last name": .family, "lastname": .family, "family name": .family,
    "familyname": .family, "surname": .family, "n.family": .family,
    "имя": .given, "first name": .given, "firstname": .given, "given name": .given,
    "givenname": .given, "n.given": .given,
    "отчество": .additional, "middle name": .additional, "middlename": .additional,
    "additional name": .additional, "patronymic": .additional, "n.additional": .additional,
  ]
}
