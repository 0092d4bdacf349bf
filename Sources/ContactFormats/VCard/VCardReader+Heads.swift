import ContactModel

extension VCardReader {
  private static let pictureNames: Set = ["PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE"]
  private static let columnPropertyName = "X-COLUMN"
  /// The properties that a card begins with where its BEGIN and its VERSION are lost.
  private static let nameProperties: Set = ["FN", "N"]

  /// What the bytes before the colon say; understood once for all lines that begin with them.
  mutating func understoodHead(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> CardHead {
    if let number = heads.number(bytes, range) { return heads.heads[number] }
    let parser = CardHeadParser(Array(bytes[range]))
    var head = compile(parser)
    head.length = range.count
    // A longer one is hardly met again; what is kept stays small. Nor is text between cards kept.
    let isKept = isInCard || head.kind == .begin || head.kind == .end
    guard isKept, range.count <= CardProperty.longestName else {
      if let group = parser.group { heads.setGroup(group, ofPassing: &head) }
      return head
    }
    heads.add(&head, group: parser.group, bytes, range)
    return head
  }

  private mutating func compile(_ parser: CardHeadParser) -> CardHead {
    var head = CardHead()
    head.kind = kind(of: parser)
    head.rank = parser.rank
    head.transfer = parser.transfer
    head.charset = parser.charset.flatMap(TextEncoding.init(name:))
    head.namesUnknownCharset = parser.charset != nil && head.charset == nil
    head.isUTF8 = (head.charset ?? encoding ?? .utf8) == .utf8
    head.mayBePicture = Self.pictureNames.contains(parser.name)
    head.isName = head.kind == .property && Self.nameProperties.contains(parser.name)
    guard isInCard, head.kind == .property || head.kind == .agent else { return head }
    var property = CardProperty(name: parser.name, types: parser.types)
    if parser.name == Self.columnPropertyName, let name = parser.columnName, !name.isEmpty {
      property = CardProperty(columnNamed: name)
    }
    head.isStructured = property.structure != .text
    if property.columnName.utf8.count > CardProperty.longestName {
      head.kind = .invalid
    } else {
      head.property = cards.number(of: property)
    }
    return head
  }

  private func kind(of parser: CardHeadParser) -> CardHead.Kind {
    guard parser.isValid else { return .invalid }
    switch parser.name {
    case "BEGIN": return .begin
    case "END": return .end
    case "VERSION": return .version
    case "AGENT": return .agent
    case CardLabel.propertyName where parser.group != nil: return .label
    case "FN" where parser.isDerived: return .ignored
    default: return CardProperty(name: parser.name).isEnvelope ? .ignored : .property
    }
  }

  // MARK: - Lines that are about cards

  /// Takes a line that begins or ends a card.
  ///
  /// - Returns: Whether it did; the line is done then.
  mutating func takeEnvelope(
    _ head: CardHead, _ bytes: UnsafeRawBufferPointer, from start: Int
  ) -> Bool {
    switch head.kind {
    case .begin where isCardName(bytes, from: start):
      if isInCard, expectsNestedCard {
        beginNestedCard()
      } else {
        beginCard(at: line)
      }
      return true
    case .end where isCardName(bytes, from: start):
      expectsNestedCard = false
      if !isInCard {
        hasStrayText = true
      } else if nesting > 0 {
        nesting -= 1
      } else {
        endCard(isWhole: true)
      }
      return true
    case .version where !isInCard && isVersion(bytes, from: start),
      .property where !isInCard && head.isName:
      beginCard(at: line)
      cards.note(.unfinishedCard)
      return false
    default: return false
    }
  }

  /// Whether the rest of a line says `VCARD`.
  func isCardName(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
    CardBytes.isWord("VCARD", UnsafeRawBufferPointer(rebasing: bytes[start...]))
  }

  private func isVersion(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
    let value = UnsafeRawBufferPointer(rebasing: bytes[start...])
    return CardBytes.isWord("2.1", value) || CardBytes.isWord("3.0", value)
      || CardBytes.isWord("4.0", value)
  }

  private mutating func beginNestedCard() {
    nesting += 1
    expectsNestedCard = false
    cards.note(.nestedCardLeftOut)
  }

  /// Looks at the value of an AGENT: the card of somebody else, in the value or on the next lines.
  ///
  /// - Returns: Whether that is what it is; otherwise it refers to a card somewhere else.
  @discardableResult
  mutating func takeAgent(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
    let value = UnsafeRawBufferPointer(rebasing: bytes[start...])
    if CardBytes.isWord("", value) {
      expectsNestedCard = true
      return true
    }
    if CardBytes.isWord("BEGIN:VCARD", value) {
      beginNestedCard()
      return true
    }
    let beginning = UnsafeRawBufferPointer(rebasing: value.prefix("BEGIN:VCARD".utf8.count))
    guard CardBytes.isWord("BEGIN:VCARD", beginning) else { return false }
    cards.note(.nestedCardLeftOut)
    return true
  }

  // MARK: - Pictures

  /// Whether a value is a picture, sound or key in the file, going by how it begins.
  func isPicture(_ head: CardHead, _ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
    guard head.mayBePicture, head.kind == .property else { return false }
    if head.transfer == .base64 { return true }
    let scheme = UnsafeRawBufferPointer(rebasing: bytes[start...].prefix("data:".utf8.count))
    return CardBytes.isWord("DATA:", scheme)
  }

  /// Begins to pass over a picture.
  mutating func openPicture(
    _ head: CardHead, _ bytes: UnsafeRawBufferPointer, from start: Int, dropped: Int = 0
  ) {
    open = .picture
    (openHead, openColon) = (head, nil)
    hasPictureBytes = head.transfer != .base64
    pictureDigits = head.transfer == .base64 ? 0 : nil
    countPicture(UnsafeRawBufferPointer(rebasing: bytes[start...]), dropped: dropped)
  }

  /// Passes over some bytes of a picture.
  mutating func countPicture(_ bytes: UnsafeRawBufferPointer, dropped: Int) {
    guard let digits = pictureDigits else { return }
    var count = dropped
    for byte in bytes where byte != CardBytes.equals && !Byte.isBlank(byte) { count += 1 }
    pictureDigits = digits &+ count
    if count > 0 { hasPictureBytes = true }
  }

  /// Notes that a picture was left out, or that it was not even whole.
  mutating func closePicture() {
    open = .none
    guard hasPictureBytes else { return }
    cards.note((pictureDigits ?? 0) % 4 == 1 ? .undecodableValue : .pictureLeftOut)
  }
}
