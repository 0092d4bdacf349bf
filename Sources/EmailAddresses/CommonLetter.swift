/// A letter of two octets that an address may have as it stands.
///
/// Nearly all letters beyond ASCII in addresses are such: Cyrillic, Greek, Armenian, Latin ones with
/// marks. For them IDNA, UTS #46 and Normalization Form C come down to one look at a table, which
/// is made of ``UnicodeTables`` when the first one comes.
struct CommonLetter {
  private static let maxSmall: UInt16 = 0x7FF
  private static let inLocalPart: UInt16 = 1
  private static let inDomain: UInt16 = 2
  private static let latin: UInt16 = 4
  private static let other: UInt16 = 8
  private static let twin: UInt16 = 16

  /// The letter that UTS #46 makes of it: itself, or the small one.
  let small: UInt16
  private let flags: UInt16

  /// Whether a local part may have the letter, and stays in NFC with it.
  var isInLocalPart: Bool { flags & Self.inLocalPart != 0 }
  /// Whether a label may have the letter, wherever it stands in one, and no remark is due if so.
  ///
  /// It goes from left to right, so that no Bidi Rule asks for more.
  var isInDomain: Bool { flags & Self.inDomain != 0 }
  /// Whether ``LookAlikes`` takes the letter for a Latin one.
  var isLatin: Bool { flags & Self.latin != 0 }
  /// Whether it is one of another alphabet that has letters with Latin shapes.
  var isOther: Bool { flags & Self.other != 0 }
  /// Whether it has such a shape itself.
  var looksLatin: Bool { flags & Self.twin != 0 }

  private init(_ scalar: Unicode.Scalar, _ tables: UnicodeTables) {
    let properties = tables[scalar]
    var flags: UInt16 = 0
    if properties.kind == .safe, !properties.mayChangeInNFC { flags |= Self.inLocalPart }
    let alphabet = LookAlikes.alphabet(of: scalar)
    switch alphabet {
    case .latin: flags |= Self.latin
    case .other: flags |= Self.other
    case .none: break
    }
    if LookAlikes.twins[scalar] != nil { flags |= Self.twin }
    let small = Self.small(of: scalar, properties, tables)
    if let small, LookAlikes.alphabet(of: small) == alphabet { flags |= Self.inDomain }
    self.small = UInt16((small ?? scalar).value)
    self.flags = flags
  }

  /// What becomes of a letter in a domain; `nil` if that takes more than a look.
  private static func small(
    of scalar: Unicode.Scalar, _ properties: ScalarProperties, _ tables: UnicodeTables
  ) -> Unicode.Scalar? {
    var small = scalar
    guard properties.kind == .safe else { return nil }
    switch properties.mappingStatus {
    case .valid: break
    case .mapped:
      let mapping = tables.mapping(of: scalar)
      // Anything but a capital is another way to write a letter, of which a remark is made.
      guard mapping.count == 1, scalar.properties.isUppercase else { return nil }
      small = mapping[0]
    case .ignored, .disallowed: return nil
    }
    let found = tables[small]
    let isLabelLetter =
      small.value >= 0x80 && small.value <= UInt32(maxSmall) && found.kind == .safe
      && found.idnaClass == .valid && found.direction == .left && !found.mayChangeInNFC
    return isLabelLetter ? small : nil
  }

  /// The letters from U+0080 to U+07FF.
  private static let table: [CommonLetter] = {
    let tables = UnicodeTables.shared
    return (0x80...UInt32(maxSmall)).compactMap(Unicode.Scalar.init).map {
      CommonLetter($0, tables)
    }
  }()

  /// The letter that two octets stand for; `nil` if they are not one character.
  static func read(_ lead: UInt8, _ trail: UInt8) -> CommonLetter? {
    guard lead >= 0xC2, lead <= 0xDF, trail & 0xC0 == 0x80 else { return nil }
    return table[Int(lead & 0x1F) << 6 + Int(trail & 0x3F) - 0x80]
  }

  /// The letter with a code point from U+0080 to U+07FF.
  static func letter(_ code: UInt16) -> CommonLetter { table[Int(code) - 0x80] }
}
