import ContactModel

extension VCardReader {
  /// Reads physical lines until the bytes end or a batch is full.
  ///
  /// ADVICE: nearly all lines take the short way of ``takePlainLine(_:from:)``, which copies a value
  /// once, from the chunk to the record. Whatever is odd about a line sends it the long way, over
  /// ``logical``.
  ///
  /// - Returns: Where reading stopped.
  mutating func readLines(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index < bytes.count, !isBatchFull {
      if skipsLineFeed {
        skipsLineFeed = false
        if bytes[index] == Byte.lineFeed {
          index += 1
          continue
        }
      }
      if open == .text, partial.isEmpty, !Byte.isBlank(bytes[index]), !endsSoftly { closeLine() }
      if partial.isEmpty, let next = takePlainLine(bytes, from: index) {
        index = next
        continue
      }
      let end = CardBytes.endOfLine(bytes, from: index)
      if end == bytes.count {
        keepPartialLine(bytes[index...])
        return end
      }
      if partial.isEmpty {
        takePhysicalLine(UnsafeRawBufferPointer(rebasing: bytes[index..<end]))
      } else {
        keepPartialLine(bytes[index..<end])
        endPartialLine()
      }
      skipsLineFeed = bytes[end] == Byte.carriageReturn
      index = end + 1
    }
    return index
  }

  /// Takes a line of the usual kind; returns where the next line begins.
  ///
  /// - Returns: `nil` if there is anything about the line, or about what may follow it, that asks
  ///   for more than copying.
  private mutating func takePlainLine(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard open == .none, nesting == 0, !expectsNestedCard, !dropsRest,
      let (number, colon) = heads.head(of: bytes, from: start)
    else { return nil }
    let head = heads.heads[number]
    guard head.isPlain else { return nil }
    guard let property = head.property, head.kind == .property else {
      return takePlainEnvelope(head, bytes, from: colon + 1)
    }
    guard isInCard,
      let end = cards.copyLine(bytes, from: colon + 1, isStructured: head.isStructured),
      let next = beginningOfNextLine(bytes, behind: end),
      cardBytes + (end - start) <= Self.longestCard
    else { return nil }
    cardBytes += end - start
    line += 1
    cards.appendCopiedLine(
      property, rank: head.rank, group: head.group < 0 ? nil : heads.groups[head.group])
    return next
  }

  private mutating func takePlainEnvelope(
    _ head: CardHead, _ bytes: UnsafeRawBufferPointer, from start: Int
  ) -> Int? {
    let end = CardBytes.endOfLine(bytes, from: start)
    guard let next = beginningOfNextLine(bytes, behind: end) else { return nil }
    let value = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    if head.kind == .version {
      let length = head.length + 1 + value.count
      guard isInCard, cardBytes + length <= Self.longestCard else { return nil }
      cardBytes += length
      line += 1
      takeVersion(value)
      return next
    }
    line += 1
    if takeEnvelope(head, value, from: 0) { return next }
    line -= 1
    return nil
  }

  /// Where the line begins that follows the line end at a place; `nil` if that is a continuation, a
  /// blank line, or not there yet.
  private func beginningOfNextLine(_ bytes: UnsafeRawBufferPointer, behind end: Int) -> Int? {
    var next = end + 1
    guard next < bytes.count else { return nil }
    if bytes[end] == Byte.carriageReturn, bytes[next] == Byte.lineFeed { next += 1 }
    return next < bytes.count && !Byte.isBlank(bytes[next]) ? next : nil
  }

  // MARK: - Lines that a chunk broke off

  /// Keeps the beginning of a line whose end has not come; of one that is too long only the ends.
  private mutating func keepPartialLine(_ bytes: Slice<UnsafeRawBufferPointer>) {
    partial.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes))
    guard partial.count > 2 * Self.longestCard else { return }
    // The last bytes tell how base 64 ends.
    let middle = Self.longestCard..<(partial.count - 16)
    partialDropped += middle.count
    partial.removeSubrange(middle)
  }

  mutating func endPartialLine() {
    var whole: [UInt8] = []
    swap(&whole, &partial)
    let dropped = partialDropped
    partialDropped = 0
    whole.withUnsafeBytes { takePhysicalLine($0, dropped: dropped) }
    whole.removeAll(keepingCapacity: whole.count <= RecordReader.sampleSize)
    swap(&whole, &partial)
  }

  // MARK: - Logical lines

  /// Takes a physical line: the continuation of the open line, or a new one.
  ///
  /// - Parameters:
  ///   - bytes: The line without its end.
  ///   - dropped: How many bytes it has besides.
  mutating func takePhysicalLine(_ bytes: UnsafeRawBufferPointer, dropped: Int = 0) {
    line += 1
    guard let first = bytes.first else {
      // A blank line does not close the open one: CR CR LF looks like one.
      if endsSoftly { logical.removeLast() }
      return
    }
    let length = bytes.count + dropped
    switch open {
    case .text where endsSoftly && !isEnvelope(bytes):
      // A blank behind a soft break is text: vCard 2.1 has no folds inside QUOTED-PRINTABLE.
      logical.removeLast()
      continueText(bytes, length: length)
    case .text where CardBytes.isFold(first):
      continueText(UnsafeRawBufferPointer(rebasing: bytes.dropFirst()), length: length)
    case .picture
    where CardBytes.isFold(first)
      || (pictureDigits != nil && CardBytes.colon(bytes, from: 0) == nil):
      countPicture(bytes, dropped: dropped)
    default:
      closeLine()
      beginLine(bytes, dropped: dropped)
    }
  }

  /// Whether the open line ends with a soft break of QUOTED-PRINTABLE.
  private var endsSoftly: Bool {
    open == .text && openHead?.transfer == .quotedPrintable && logical.last == CardBytes.equals
  }

  /// Whether a line begins or ends a card, which no soft break can swallow.
  private func isEnvelope(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let colon = CardBytes.colon(bytes, from: 0) else { return false }
    let name = UnsafeRawBufferPointer(rebasing: bytes[..<colon])
    return (CardBytes.isWord("BEGIN", name) || CardBytes.isWord("END", name))
      && isCardName(bytes, from: colon + 1)
  }

  private mutating func continueText(_ bytes: UnsafeRawBufferPointer, length: Int) {
    guard addToCard(length) else {
      open = .none
      return
    }
    logical.append(contentsOf: bytes)
    // Without a colon in what is new there is still none, quotes or not; looking through all of a head
    // for every fold of it would take too long.
    guard openColon == nil ? bytes.contains(CardBytes.colon) : openHead?.mayBePicture == true else {
      return
    }
    let text = logical
    text.withUnsafeBytes { whole in
      if openColon == nil, let colon = CardBytes.colon(whole, from: 0) {
        (openColon, openHead) = (colon, understoodHead(whole, 0..<colon))
      }
      if let head = openHead, let colon = openColon, isPicture(head, whole, from: colon + 1) {
        openPicture(head, whole, from: colon + 1)
      }
    }
  }

  /// Counts bytes of the card; `false` if it gets too long, so that this and the rest are dropped.
  private mutating func addToCard(_ length: Int) -> Bool {
    cardBytes += length
    if cardBytes <= Self.longestCard { return true }
    cards.note(.recordTooLong)
    dropsRest = true
    return false
  }

  private mutating func beginLine(_ bytes: UnsafeRawBufferPointer, dropped: Int) {
    let bytes = isInCard ? bytes : UnsafeRawBufferPointer(rebasing: bytes[markLength(bytes)...])
    let colon = CardBytes.colon(bytes, from: 0)
    let head = colon.map { understoodHead(bytes, 0..<$0) }
    if let head, let colon, takeEnvelope(head, bytes, from: colon + 1) { return }
    guard isInCard else {
      if bytes.contains(where: { !Byte.isBlank($0) }) { hasStrayText = true }
      return
    }
    expectsNestedCard = false
    guard nesting == 0 else {
      if head?.kind == .agent, let colon { takeAgent(bytes, from: colon + 1) }
      return
    }
    guard !dropsRest else { return }
    if let head, let colon, isPicture(head, bytes, from: colon + 1) {
      openPicture(head, bytes, from: colon + 1, dropped: dropped)
      return
    }
    guard addToCard(bytes.count + dropped) else { return }
    logical.removeAll(keepingCapacity: true)
    logical.append(contentsOf: bytes)
    (open, openHead, openColon) = (.text, head, colon)
  }

  /// How many bytes a byte order mark has that stands before a card, where files were joined.
  private func markLength(_ bytes: UnsafeRawBufferPointer) -> Int {
    bytes.starts(with: TextEncoding.utf8ByteOrderMark) ? TextEncoding.utf8ByteOrderMark.count : 0
  }

  /// Completes the open line, now that it is known to be whole.
  mutating func closeLine() {
    switch open {
    case .none: return
    case .picture: closePicture()
    case .text:
      // A soft break that nothing follows.
      if endsSoftly { logical.removeLast() }
      open = .none
      var whole: [UInt8] = []
      swap(&whole, &logical)
      whole.withUnsafeBytes { takeLogicalLine($0) }
      swap(&whole, &logical)
    }
  }

  private mutating func takeLogicalLine(_ bytes: UnsafeRawBufferPointer) {
    guard let colon = CardBytes.colon(bytes, from: 0) else {
      if bytes.contains(where: { !Byte.isBlank($0) }) { cards.note(.invalidCardLine) }
      return
    }
    let value = UnsafeRawBufferPointer(rebasing: bytes[(colon + 1)...])
    takeValue(understoodHead(bytes, 0..<colon), value)
  }
}
