import ContactModel

/// Reads vCards into records, one chunk of bytes at a time.
///
/// Reads RFC 6350 (4.0), RFC 2426 (3.0) and vCard 2.1, also cards that mix them or name no version,
/// and takes bytes as they are in the file, since a value may name its own encoding. What it makes
/// of a file does not depend on where the chunks end. Columns are named by ``CardProperty``.
///
/// Beyond the standards, because files are like that:
/// - Lines end with LF, CRLF or CR; blank lines mean nothing; names are read in any case.
/// - Bytes are unfolded before they are decoded: a fold may stand inside a character.
/// - A value that is not UTF-8 and names no encoding is in the fallback encoding.
/// - A card ends where the next one begins, with an issue, if it has no end of its own; a card whose
///   BEGIN is lost begins at its VERSION or its name (FN, N), whichever comes first.
/// - Lines without a colon are an issue, and so are lines between cards, on the next card or else the
///   last; the other lines are kept.
/// - Pictures, sounds and keys in the file, and cards inside cards, are left out with a note.
/// - Base 64 goes on over lines that are not indented.
/// - A card with more than ``longestCard`` bytes, pictures not counted, keeps what came before.
struct VCardReader: FormatReader, ~Copyable {
  /// How many bytes a card can have, pictures not counted.
  static let longestCard = 1 << 20

  /// The logical line that continuations may still follow.
  enum OpenLine {
    case none
    /// Its bytes are in ``logical``.
    case text
    /// A picture, sound or key: nothing of it is kept but what tells whether it was whole.
    case picture
  }

  let encoding: TextEncoding?
  let fallback: TextEncoding?
  var cards: CardRecordBuilder
  var heads = CardHeadTable()

  /// The physical line that the last chunk broke off in.
  var partial: [UInt8] = []
  /// How many bytes of it were not kept, because no such line can be part of a record.
  var partialDropped = 0
  /// A CR ended the line; an LF right behind it belongs to it.
  var skipsLineFeed = false
  /// How many physical lines have been begun.
  var line = 0

  var open = OpenLine.none
  var logical: [UInt8] = []
  /// The head of the open line, and the place of the colon behind it; `nil` while it has not come.
  var openHead: CardHead?
  var openColon: Int?
  /// How many digits of base 64 the open picture has, or `nil` if it is not in base 64.
  var pictureDigits: Int?
  /// Whether anything of the open picture has come.
  var hasPictureBytes = false

  var isInCard = false
  var hasCards = false
  /// How many cards inside the card are open.
  var nesting = 0
  /// Whether an AGENT has been announced whose card begins on the next line.
  var expectsNestedCard = false
  var escapes = CardText.Escapes.all
  var cardBytes = 0
  /// Whether the card was too long, so that the rest of it is passed over.
  var dropsRest = false
  /// Whether there was text that belongs to no card since the last one.
  var hasStrayText = false

  /// - Parameters:
  ///   - encoding: The encoding told by the user, for values that name none.
  ///   - fallback: The encoding of values that are not UTF-8, going by the file's beginning.
  ///   - recordsPerBatch: How many cards make a batch full.
  init(encoding: TextEncoding?, fallback: TextEncoding?, recordsPerBatch: Int = 512) {
    self.encoding = encoding
    self.fallback = fallback
    cards = CardRecordBuilder(recordsPerBatch: recordsPerBatch)
  }

  var isBatchFull: Bool { cards.isBatchFull }

  var header: [String] { cards.header }

  mutating func read(_ chunk: Span<UInt8>, from start: Int) throws(FormatError) -> Int {
    chunk.withUnsafeBytes { readLines($0, from: start) - start }
  }

  mutating func finish() throws(FormatError) {
    if !partial.isEmpty { endPartialLine() }
    closeLine()
    if isInCard { endCard(isWhole: false) }
    guard hasCards else { throw FormatError(.otherFormat, found: "no BEGIN:VCARD") }
    // There is no next card to say it.
    if hasStrayText { cards.note(.invalidCardLine) }
    hasStrayText = false
  }

  mutating func takeBatch() -> RecordBatch? { cards.takeBatch() }

  // MARK: - Cards

  mutating func beginCard(at line: Int) {
    if isInCard { endCard(isWhole: false) }
    (isInCard, hasCards) = (true, true)
    (nesting, expectsNestedCard) = (0, false)
    (cardBytes, dropsRest) = (0, false)
    escapes = .all
    cards.beginCard(line: line)
    if hasStrayText { cards.note(.invalidCardLine) }
    hasStrayText = false
  }

  mutating func endCard(isWhole: Bool) {
    if !isWhole { cards.note(.unfinishedCard) }
    isInCard = false
    cards.endCard()
  }
}
