/// The name of a column taken apart, the other way round than ``CardColumns`` puts it together:
/// `ADR[HOME].city (2)` is the fourth part of the second home address.
///
/// The writers of vCard and xCard share it, so that equal columns make equal cards.
struct CardColumnName: Hashable, Sendable {
  let property: CardProperty
  /// The place of the part in the value, or ``CardColumns/label``.
  let component: Int
  /// How many values of the property stand before this one.
  let occurrence: Int

  /// Takes a name apart; `nil` for one that cards could not give back exactly as it is.
  init?(_ name: String) {
    let (text, occurrence) = Self.splitOccurrence(name)
    guard let (base, suffix) = Self.splitSuffix(text) else { return nil }
    guard base.utf8.count <= CardProperty.longestName, let property = Self.property(base),
      property.columnName == base
    else { return nil }
    // A reader gives a type to what has a label, and X-ABADR none.
    if suffix == ".label", !property.types.isEmpty, !property.name.hasPrefix("X-ABADR") {
      component = CardColumns.label
    } else if let found = property.structure.component(ofSuffix: suffix) {
      component = found
    } else {
      return nil
    }
    self.property = property
    self.occurrence = occurrence
  }

  private static func splitOccurrence(_ name: String) -> (text: Substring, occurrence: Int) {
    guard name.hasSuffix(")"), let open = name.lastIndex(of: "("),
      let number = Int(name[name.index(after: open)...].dropLast()), number > 1,
      name[..<open].hasSuffix(" "), name.hasSuffix("(\(number))")
    else { return (name[...], 0) }
    return (name[..<open].dropLast(), number - 1)
  }

  private static func splitSuffix(_ text: Substring) -> (base: Substring, suffix: Substring)? {
    let search = text.lastIndex(of: "]") ?? text.startIndex
    guard let dot = text[search...].firstIndex(of: ".") else { return (text, "") }
    return (text[..<dot], text[dot...])
  }

  private static func property(_ base: Substring) -> CardProperty? {
    guard let bracket = base.firstIndex(of: "[") else {
      return isUsable(base) ? CardProperty(name: String(base)) : nil
    }
    let types = base[base.index(after: bracket)...].dropLast()
    guard base.hasSuffix("]"), isUsable(base[..<bracket]), types.utf8.allSatisfy(isTypeByte),
      types.lowercased().uppercased().utf8.elementsEqual(types.utf8)
    else { return nil }
    return CardProperty(name: String(base[..<bracket]), types: [String(types)])
  }

  private static func isUsable(_ name: Substring) -> Bool {
    guard name.utf8.count <= 64, !own.contains(String(name)) else { return false }
    return standard.contains(String(name))
      || (name.hasPrefix("X-") && name.utf8.count > 2
        && name.utf8.allSatisfy { isNameByte($0) })
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
  }

  /// Whether a byte can stand in a list of types that is in no quotes (RFC 6350 §3.3).
  private static func isTypeByte(_ byte: UInt8) -> Bool {
    byte >= Byte.space && byte != 0x7F && !#"":;[]"#.utf8.contains(byte)
  }

  /// Names that say how other columns are written.
  private static let own: Set = ["X-COLUMN", CardLabel.propertyName]

  /// The properties of RFC 6350, RFC 2426 and vCard 2.1 that columns can have.
  private static let standard: Set = [
    "ADR", "ANNIVERSARY", "BDAY", "BIRTHPLACE", "CALADRURI", "CALURI", "CATEGORIES", "CLASS",
    "CLIENTPIDMAP", "CONTACT-URI", "DEATHDATE", "DEATHPLACE", "EMAIL", "EXPERTISE", "FBURL", "FN",
    "GENDER", "GEO", "HOBBY", "IMPP", "INTEREST", "KEY", "KIND", "LABEL", "LANG", "LOGO", "MAILER",
    "MEMBER", "N", "NAME", "NICKNAME", "NOTE", "ORG", "ORG-DIRECTORY", "PHOTO", "PROFILE",
    "RELATED", "REV", "ROLE", "SORT-STRING", "SOUND", "SOURCE", "TEL", "TITLE", "TZ", "UID", "URL",
    "XML",
  ]
}

extension CardProperty.Structure {
  /// The place of the part that a suffix names, the other way round than ``suffix(ofComponent:)``.
  func component(ofSuffix suffix: some StringProtocol) -> Int? {
    if let place = componentNames.firstIndex(where: { $0 == suffix }) { return place }
    let digits = suffix.drop { !("0"..."9").contains($0) }
    guard self != .text, let number = Int(digits), number < ColumnTable.limit else { return nil }
    let place = self == .organization ? number : number - 1
    guard place >= componentNames.count, self.suffix(ofComponent: place) == suffix else {
      return nil
    }
    return place
  }
}
