import ContactModel

extension VCardReader {
  /// Takes the value of a logical line, unfolded.
  mutating func takeValue(_ head: CardHead, _ value: UnsafeRawBufferPointer) {
    switch head.kind {
    case .begin, .end, .invalid: cards.note(.invalidCardLine)
    case .ignored: return
    case .version: takeVersion(value)
    case .label:
      let text = CardText.unescaped(decoded(head, value), escapes)
      cards.setLabel(text, ofGroup: head.group < 0 ? [] : heads.groups[head.group])
    case .agent:
      if !takeAgent(value, from: 0) { fallthrough }
    case .property:
      let hasHighBytes = value.contains { $0 >= 0x80 }
      let hasBackslash = value.contains(CardBytes.backslash)
      takeProperty(head, value, hasBackslash: hasBackslash, hasHighBytes: hasHighBytes)
    }
  }

  /// Takes the version of the card.
  mutating func takeVersion(_ value: UnsafeRawBufferPointer) {
    escapes = CardBytes.isWord("2.1", value) ? .separators : .all
  }

  /// Takes the value of a property.
  ///
  /// - Parameters:
  ///   - head: What stands before the colon.
  ///   - value: What stands behind it.
  ///   - hasBackslash: Whether there may be escapes in it.
  ///   - hasHighBytes: Whether any byte is not ASCII.
  mutating func takeProperty(
    _ head: CardHead, _ value: UnsafeRawBufferPointer, hasBackslash: Bool, hasHighBytes: Bool
  ) {
    guard let property = head.property else {
      cards.note(.tooManyColumns)
      return
    }
    cards.beginProperty(
      property, rank: head.rank, group: head.group < 0 ? nil : heads.groups[head.group])
    switch head.transfer {
    case .quotedPrintable: appendQuotedPrintable(head, value)
    case .base64: appendBase64(head, value)
    case .plain:
      if hasHighBytes, !isUTF8(head, value) {
        decoded(head, value).withUnsafeBytes {
          appendText(head, $0, hasBackslash: hasBackslash)
        }
      } else {
        appendText(head, value, hasBackslash: hasBackslash)
      }
    }
  }

  /// Appends text in UTF-8, its escapes not yet resolved.
  private mutating func appendText(
    _ head: CardHead, _ value: UnsafeRawBufferPointer, hasBackslash: Bool
  ) {
    guard hasBackslash || head.isStructured else {
      cards.append(Span(_unsafeBytes: value))
      return
    }
    var component = 0
    var index = 0
    var part: [UInt8] = []
    while index < value.count {
      part.removeAll(keepingCapacity: true)
      index = CardText.unescape(
        value, from: index, escapes, stopsAtSemicolon: head.isStructured, into: &part)
      cards.append(part.span, component: component)
      component += 1
      index += 1
    }
  }

  // MARK: - Values that have to be decoded

  /// Whether a value is text in UTF-8 and not told to be anything else.
  private func isUTF8(_ head: CardHead, _ value: UnsafeRawBufferPointer) -> Bool {
    guard (head.charset ?? encoding ?? .utf8) == .utf8 else { return false }
    return value.withMemoryRebound(to: UInt8.self, UTF8Scanner.isValid)
  }

  /// A value in UTF-8: from the encoding it names, or the one told, or UTF-8 if it is that, or the
  /// fallback.
  private mutating func decoded(_ head: CardHead, _ value: UnsafeRawBufferPointer) -> [UInt8] {
    guard !isUTF8(head, value) else { return Array(value) }
    if head.namesUnknownCharset { cards.note(.undecodableValue) }
    var used = head.charset ?? encoding ?? .utf8
    if used == .utf8, encoding == nil { used = fallback ?? .utf8 }
    var decoder = TextDecoder(encoding: used)
    var text: [UInt8] = []
    value.withMemoryRebound(to: UInt8.self) { decoder.decode($0.span, into: &text) }
    decoder.finish(into: &text)
    if decoder.replacementCount > 0 { cards.note(.undecodableBytes) }
    return text
  }

  /// Appends a QUOTED-PRINTABLE value, its soft breaks taken out before.
  ///
  /// The parts of a structured value are separated before they are decoded, since an encoded
  /// semicolon is a letter; escapes are resolved after, since programs encode backslashes as well.
  private mutating func appendQuotedPrintable(_ head: CardHead, _ value: UnsafeRawBufferPointer) {
    let whole = Array(value)
    let parts = head.isStructured ? CardText.components(of: whole) : [whole[...]]
    var isBroken = false
    for (component, part) in parts.enumerated() {
      let bytes = CardText.quotedPrintable(part, isBroken: &isBroken)
      let text = CardText.unescaped(bytes.withUnsafeBytes { decoded(head, $0) }, escapes)
      cards.append(text.span, component: component)
    }
    if isBroken { cards.note(.undecodableValue) }
  }

  /// Appends text that was written in base 64; bytes that are no text are left out.
  private mutating func appendBase64(_ head: CardHead, _ value: UnsafeRawBufferPointer) {
    guard let bytes = CardText.base64(value), !FileFormat.isBinary(bytes) else {
      cards.note(.undecodableValue)
      return
    }
    let text = bytes.withUnsafeBytes { decoded(head, $0) }
    cards.append(text.span)
  }
}
