/// What stands before the colon of a line, understood: `item1.TEL;TYPE=CELL;PREF=1`.
///
/// A file has few different heads and very many lines, so each is understood once; see
/// ``CardHeadTable``.
struct CardHead: Sendable {
  /// What a line is for.
  enum Kind: UInt8, Sendable {
    case begin
    case end
    case version
    /// A value for the columns of ``CardHead/property``.
    case property
    /// The label of the group.
    case label
    /// A card inside the card, or a reference to one.
    case agent
    /// Nothing a record holds.
    case ignored
    /// No name of a property.
    case invalid
  }

  /// How the value's bytes are written.
  enum Transfer: UInt8, Sendable {
    case plain
    case quotedPrintable
    case base64
  }

  var kind = Kind.property
  /// How many bytes it has.
  var length = 0
  /// The property's number in ``CardRecordBuilder``, or `nil` if there are too many.
  var property: Int?
  var isStructured = false
  var rank = CardProperty.noPreference
  /// The index of the group in ``CardHeadTable/groups``, or -1.
  var group = -1
  var transfer = Transfer.plain
  /// The encoding told for this value.
  var charset: TextEncoding?
  /// Whether it names one that ferry does not have, so that the value is a guess.
  var namesUnknownCharset = false
  /// Whether the value can be a picture, a sound or a key: base64 is left out then, and `data:`.
  var mayBePicture = false
  /// Whether it is the name that every card has.
  var isName = false
  /// Whether the value is UTF-8 if it can be that.
  var isUTF8 = true

  /// Whether its lines are taken the short way: those that are about the card, and plain text.
  var isPlain: Bool {
    switch kind {
    case .begin, .end, .version: true
    case .property: transfer == .plain && !mayBePicture && isUTF8 && property != nil
    default: false
    }
  }
}
