/// A property of xCard by its element's name, and what the reader does with its values.
struct XCardProperty {
  /// What a property's values become.
  enum Kind: Equatable {
    /// One text; several values are a list with commas, as in a vCard.
    case text
    /// N or ADR: a text for each part.
    case parts(CardProperty.Structure)
    /// ORG: every value is a part.
    case organization
    /// GENDER and CLIENTPIDMAP: one text, its parts joined with semicolons, as in a vCard.
    case joinedParts
    /// A picture, sound or key, left out where it is not only pointed at.
    case picture
    /// The formatted name, which is not read where it was derived from another property.
    case formattedName
    /// The label of the group it stands in.
    case label
    /// A column that is no property of vCard; its name stands in a parameter.
    case column
    /// VERSION and the like, which are no columns.
    case envelope

    /// Whether values are parts of one value.
    var isStructured: Bool {
      switch self {
      case .parts, .organization, .joinedParts: true
      default: false
      }
    }
  }

  /// The name in upper case.
  let name: String
  /// What becomes of its values.
  let kind: Kind
  /// The numbers that the card builder gave to the property with various lists of types.
  private var numbers: [(types: [UInt8], number: Int)] = []

  /// How many lists of types are remembered; people use a handful.
  private static let mostNumbers = 64

  /// - Parameter name: The element's local name.
  init(name: String) {
    self.name = name.uppercased()
    let property = CardProperty(name: name)
    switch self.name {
    case "N", "ADR": kind = .parts(property.structure)
    case "ORG": kind = .organization
    case "GENDER", "CLIENTPIDMAP": kind = .joinedParts
    case "PHOTO", "LOGO", "SOUND", "KEY": kind = .picture
    case "FN": kind = .formattedName
    case CardLabel.propertyName: kind = .label
    case "X-COLUMN": kind = .column
    default: kind = property.isEnvelope ? .envelope : .text
    }
  }

  /// The number that is remembered for a list of types, separated by commas.
  func number(types: UnsafeBufferPointer<UInt8>) -> Int? {
    for known in numbers where known.types.count == types.count {
      // Short enough that a call to compare them costs more than the bytes.
      var index = 0
      while index < types.count, known.types[index] == types[index] { index += 1 }
      if index == types.count { return known.number }
    }
    return nil
  }

  /// Gets the number for a list of types from the card builder and remembers it.
  ///
  /// - Returns: `nil` if there are more properties than there can be columns.
  mutating func findNumber(
    types: UnsafeBufferPointer<UInt8>, in builder: inout CardRecordBuilder
  ) -> Int? {
    let property = CardProperty(name: name, types: [String(decoding: types, as: UTF8.self)])
    guard let number = builder.number(of: property) else { return nil }
    if numbers.count < Self.mostNumbers { numbers.append((Array(types), number)) }
    return number
  }
}
