/// The fields of a contact as a request brings them, read the way the CRM's class reads them.
struct ContactFields: Sendable {
  private let row: PHPArray
  private let version: PHPVersion
  /// The fields that are switched on, in the order in which the CRM goes through them.
  private let active: [PersonColumn]

  init(_ row: PHPArray, at site: ObservedSite) {
    self.row = row
    version = site.version
    active = Self.order.filter(site.isActive)
  }

  /// The order that an administrator finds the fields in.
  private static let order: [PersonColumn] = [
    .person, .ptitle, .rol, .iduser, .clid, .tel, .input7, .fax, .mob, .clientpath, .mail, .loyalty,
    .input1, .input2, .input3, .input4, .input5, .input6, .input8, .input9, .input10,
  ]

  /// What was sent under a name; `nil` also where it was JSON's null.
  func value(_ name: String) -> PHPValue? {
    let value = row[.text(Array(name.utf8))]
    return value == .null ? nil : value
  }

  func value(_ column: PersonColumn) -> PHPValue? { value(column.rawValue) }

  /// The texts of a new contact: what is sent, but for values that PHP holds to be empty.
  ///
  /// Those of `clientpath` and `loyalty` are as they came, for the guides to be searched.
  var added: [(column: PersonColumn, text: [UInt8])] {
    active.compactMap { column in
      guard let value = value(column), !value.isEmpty else { return nil }
      let text = ContactText.joined(value)
      switch column {
      case .loyalty, .clientpath: return (column, text)
      case .rol: return (column, ContactText.roles(text))
      default: return (column, ContactText.cleaned(text))
      }
    }
  }

  /// The texts of a changed contact: every field, whether it was sent or not.
  var changed: [(column: PersonColumn, text: [UInt8])] {
    active.map { column in
      let text = ContactText.joined(value(column) ?? .null)
      return (
        column,
        column == .rol
          ? ContactText.changedRoles(text)
          : ContactText.cleaned(ContactText.withLineBreaks(text))
      )
    }
  }

  /// Whether there is a name, without which no contact is stored.
  ///
  /// A name that PHP holds to be empty is only compared with the empty text, and so passes as `0`.
  var hasPerson: Bool {
    guard let value = value(.person) else { return false }
    if !value.isEmpty, active.contains(.person) { return !ContactText.joined(value).isEmpty }
    switch value {
    case .bytes(let bytes): return !bytes.isEmpty
    case .number(0), .decimal(0): return version == .php82
    case .null, .bool(false): return false
    case .array, .bool, .number, .decimal: return true
    }
  }

  /// The number of the source; the given one where none is sent.
  func clientpath(otherwise number: Int) -> Int {
    value(.clientpath).map { $0.isEmpty ? number : $0.integer } ?? number
  }

  var loyalty: Int { value(.loyalty)?.integer ?? 0 }

  /// Whether the contact shall be its client's main one.
  var isMain: Bool {
    switch value("mperson") {
    case .bytes(let bytes)?: bytes.elementsEqual("yes".utf8)
    case .bool(let isMain)?: isMain
    // PHP 7 makes a number of the text it compares with a number.
    case .number(0)?, .decimal(0)?: version == .php74
    default: false
    }
  }

  /// The eight social contacts as the table keeps them; `nil` where all are empty.
  ///
  /// - Parameter name: The parameter that may hold them; without one they stand among the fields.
  /// - Returns: The text, or `nil` where PHP 8 dies of a text in the place of an array.
  func socials(in name: String?) -> SocialsText {
    let source = name.flatMap(value).flatMap { $0.isEmpty ? nil : $0 }
    if case .bytes(let bytes)? = source {
      return version == .php82 ? .fatal : SocialsText { _ in Array(bytes.prefix(1)) }
    }
    if let source, source.array == nil { return .none }
    let array = source?.array ?? row
    return SocialsText { array[.text(Array($0.rawValue.utf8))]?.string ?? [] }
  }
}

/// The eight social contacts in one text.
enum SocialsText: Equatable, Sendable {
  /// All of them are empty.
  case none
  case text([UInt8])
  /// PHP dies of them.
  case fatal

  /// Joins the eight values with semicolons, which nothing escapes.
  init(_ value: (SocialContact) -> [UInt8]) {
    let text = Array(SocialContact.allCases.map(value).joined(separator: [UInt8(ascii: ";")]))
    self = text.allSatisfy { $0 == UInt8(ascii: ";") } && text.count == 7 ? .none : .text(text)
  }
}
