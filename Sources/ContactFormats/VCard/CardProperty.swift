/// A property of a card, under the name its columns have: `TEL[CELL,WORK]`.
///
/// A mapping names columns, so what this makes of a property is part of ferry's interface, and the
/// same for vCard (RFC 6350, RFC 2426, vCard 2.1) and xCard (RFC 6351):
/// - Names and types are upper-case; types stand in brackets.
/// - INTERNET, VOICE, MSG and PREF say nothing that a column needs and are left out.
/// - What kind of device it is stands before whose it is, and both before all other types.
/// - IPHONE and MOBILE are CELL; a type that says two things, such as HOMEFAX, becomes two.
struct CardProperty: Hashable, Sendable {
  /// The rank of a value that is not preferred to others; see ``rank(ofPreference:)``.
  static let noPreference = 101
  /// The longest name or list of types that is taken for one, in bytes.
  static let longestName = 1024

  /// The upper-case name, or the exact name of a column that is no property of vCard.
  let name: String
  /// The types that tell its columns from others, in the order they are written.
  let types: [String]
  /// How its values are structured.
  let structure: Structure

  /// - Parameters:
  ///   - name: The property's name in any case, without its group.
  ///   - types: The values of its TYPE parameters, in any case and order; a value may be a list
  ///     with commas.
  init(name: String, types: [String] = []) {
    self.name = name.uppercased()
    let told = types.flatMap { $0.split(separator: ",") }.flatMap { Self.plainTypes(of: $0) }
    // The type of a picture is its file format, except where it is a place.
    let usable = Self.pictures.contains(self.name) ? told.filter(Self.places.contains) : told
    self.types = Set(usable).sorted { Self.order(of: $0) < Self.order(of: $1) }
    structure = Self.structures[self.name] ?? .text
  }

  /// A column that is no property of vCard, by its exact name.
  init(columnNamed name: String) {
    self.name = name
    types = []
    structure = .text
  }

  /// The name of the property's column, or how the names of all its columns begin.
  var columnName: String {
    types.isEmpty ? name : "\(name)[\(types.joined(separator: ","))]"
  }

  /// The same property with further types.
  func adding(_ more: [String]) -> CardProperty { CardProperty(name: name, types: types + more) }

  /// Whether the property is about the card itself and no column.
  var isEnvelope: Bool { ["BEGIN", "END", "VERSION", "PRODID"].contains(name) }

  /// The place a value with a PREF parameter takes among others of its column: lower comes first.
  ///
  /// - Parameter value: PREF's value (RFC 6350 §5.3: 1 to 100), or `nil` for the plain word PREF.
  /// - Returns: 1 to 100.
  static func rank(ofPreference value: String?) -> Int {
    guard let value else { return 1 }
    return Int(value).map { min(max($0, 1), 100) } ?? 1
  }

  /// Whether a TYPE value says that this is the preferred one.
  static func isPreference(_ type: some StringProtocol) -> Bool { type.uppercased() == "PREF" }

  private static let pictures: Set = ["PHOTO", "LOGO", "SOUND"]
  private static let devices = ["FAX", "CELL", "PAGER", "VIDEO", "TEXT", "CAR", "MAIN"]
  private static let places = ["WORK", "HOME", "OTHER"]
  private static let unsaid: Set = ["INTERNET", "VOICE", "MSG", "PREF"]
  private static let synonyms = [
    "IPHONE": ["CELL"], "MOBILE": ["CELL"], "HOMEFAX": ["FAX", "HOME"],
    "WORKFAX": ["FAX", "WORK"], "OTHERFAX": ["FAX", "OTHER"],
  ]

  private static func plainTypes(of type: Substring) -> [String] {
    var trimmed = type.drop { $0.isWhitespace || $0 == "\"" }
    while let last = trimmed.last, last.isWhitespace || last == "\"" { trimmed.removeLast() }
    var name = trimmed.uppercased()
    // TYPE=HOME,TYPE=VOICE is a mistake that some programs make.
    if name.hasPrefix("TYPE=") { name.removeFirst("TYPE=".count) }
    guard !name.isEmpty, !unsaid.contains(name) else { return [] }
    return synonyms[name] ?? [name]
  }

  /// Where a type stands in the brackets: by list, then by alphabet.
  private static func order(of type: String) -> (Int, String) {
    if let device = devices.firstIndex(of: type) { return (device, type) }
    if let place = places.firstIndex(of: type) { return (devices.count + place, type) }
    return (devices.count + places.count, type)
  }
}

extension CardProperty {
  /// The parts a structured value has, by the names they have in columns.
  enum Structure: Equatable, Sendable {
    /// One text.
    case text
    /// RFC 6350 §6.2.2.
    case name
    /// RFC 6350 §6.3.1.
    case address
    /// RFC 6350 §6.6.4: the name, then any number of units.
    case organization

    /// The names of the parts, as far as the standard names them.
    var componentNames: [String] {
      switch self {
      case .text: [""]
      case .name: [".family", ".given", ".additional", ".prefix", ".suffix"]
      case .address:
        [".pobox", ".extended", ".street", ".city", ".region", ".code", ".country"]
      case .organization: ["", ".unit"]
      }
    }

    /// What stands behind the property's name in the column of a part.
    ///
    /// - Parameter index: The part's place in the value, from 0. Parts the standard does not name
    ///   are numbered from 1: `ORG.unit2`, `ADR.8`.
    /// - Returns: The suffix, with its dot.
    func suffix(ofComponent index: Int) -> String {
      let names = componentNames
      if index < names.count { return names[index] }
      return self == .organization ? ".unit\(index)" : ".\(index + 1)"
    }
  }

  private static let structures: [String: Structure] = [
    "N": .name, "ADR": .address, "ORG": .organization,
  ]
}
