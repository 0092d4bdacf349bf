import ContactModel

/// Builds records from the elements of an xCard document (RFC 6351 §5, §6).
///
/// A state machine: ``place`` says which kind of element is open, and every element begins and ends
/// as that place allows:
///
/// ```
/// outside → collection → card → (group →) property → value
///                                         property → parameters → parameter → parameter value
/// ```
///
/// An element that a place does not know is skipped with all that stands in it, which the card's
/// record says (`xcard.element-left-out`).
struct XCardHandler: XMLHandler, ~Copyable {
  static let callbacks = XMLCallbacks(
    start: { Self.receiveStart($0, $1, $3, $6, $8) },
    end: { Self.receiveEnd($0, $1, $3) },
    text: { Self.receiveText($0, $1, $2) })

  /// Where the parser is; see the type.
  enum Place {
    case outside, collection, card, group, property, value, parameters, parameter, parameterValue
  }

  /// The most text a card may have; the values beyond are dropped.
  static let longestCard = 1 << 20

  /// Where complete cards go.
  var builder: CardRecordBuilder
  /// Whether undecodable bytes were replaced before the parser got them.
  var mayHoldReplacements = false

  private var property = XCardOpenProperty()
  private var names = XCardNameTable()
  private var place = Place.outside
  /// How many elements are open inside the one that is skipped, itself included.
  private var skipped = 0
  /// Whether the root is a card without a collection around it.
  private var isRootCard = false
  /// The namespace of the open card; an element of another one is no property.
  private var namespace: UnsafePointer<UInt8>?
  /// The name of the open group in lower case.
  private var group: [UInt8]?
  /// How many bytes the card's values, labels and group names have.
  private var byteCount = 0
  /// The name of the first element that belongs to no card and was left out since the last one, or
  /// nothing for text; the next card's record says so, or else the last one's.
  private var stray: String?
  private var hasCards = false

  init(recordsPerBatch: Int = 512) { builder = CardRecordBuilder(recordsPerBatch: recordsPerBatch) }

  mutating func start(_ tag: XMLStartTag) throws(FormatError) {
    guard skipped == 0 else {
      skipped += 1
      return
    }
    let name = names.entry(of: tag.name)
    switch place {
    case .outside: try startRoot(tag, name.element)
    case .collection:
      guard name.element != .vcard else { return startCard(tag) }
      if stray == nil { stray = tag.name.text }
      skip()
    case .card:
      if name.element == .group { startGroup(tag) } else { startProperty(tag.name, name) }
    case .group:
      if name.element == .group { skip() } else { startProperty(tag.name, name) }
    case .property:
      if name.element != .parameters {
        startValue(name.element)
      } else if property.hasValue {
        skip()
      } else {
        place = .parameters
      }
    case .parameters:
      property.beginParameter(name.element)
      place = .parameter
    case .parameter:
      property.discardText()
      place = .parameterValue
    case .value, .parameterValue: skip()
    }
  }

  mutating func end(_ name: XMLName) throws(FormatError) {
    guard skipped == 0 else {
      skipped -= 1
      return
    }
    switch place {
    case .value:
      property.endValue()
      place = .property
    case .property:
      endProperty()
      place = group == nil ? .card : .group
    case .parameterValue:
      property.endParameterValue(isElement: true)
      place = .parameter
    case .parameter:
      property.endParameterValue(isElement: false)
      place = .parameters
    case .parameters: place = .property
    case .group:
      group = nil
      place = .card
    case .card:
      builder.endCard()
      place = isRootCard ? .outside : .collection
    case .collection:
      try endCollection()
      place = .outside
    case .outside: break
    }
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard skipped == 0 else { return }
    switch place {
    case .value, .parameter, .parameterValue:
      if byteCount + property.byteCount + bytes.count > Self.longestCard {
        dropRest()
      } else {
        property.append(bytes)
      }
    case .outside, .collection, .card, .group, .property, .parameters:
      for byte in bytes where !Byte.isBlank(byte) { return leaveOut() }
    }
  }
}

// MARK: - Cards

extension XCardHandler {
  private mutating func startRoot(
    _ tag: XMLStartTag, _ element: XCardElement
  ) throws(FormatError) {
    switch element {
    case .vcards: place = .collection
    case .vcard:
      isRootCard = true
      startCard(tag)
    default: throw FormatError(.otherXML, found: tag.name.text, line: tag.line)
    }
  }

  private mutating func startCard(_ tag: XMLStartTag) {
    builder.beginCard(line: tag.line)
    namespace = tag.name.namespace
    byteCount = 0
    if stray != nil { builder.note(.elementLeftOut) }
    (stray, hasCards) = (nil, true)
    place = .card
  }

  /// Ends the collection: what was left out behind the last card has no next one to say it.
  private mutating func endCollection() throws(FormatError) {
    guard let found = stray else { return }
    guard hasCards else { throw FormatError(.otherXML, found: found) }
    builder.note(.elementLeftOut)
  }

  private mutating func startGroup(_ tag: XMLStartTag) {
    let name = tag.attributeText("name") ?? []
    byteCount += name.count
    guard byteCount <= Self.longestCard else {
      skipped = 1
      return dropRest()
    }
    group = name.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
    place = .group
  }

  /// Skips the element that begins, and notes it.
  private mutating func skip() {
    skipped = 1
    leaveOut()
  }

  private mutating func leaveOut() {
    switch place {
    case .outside, .collection: stray = stray ?? ""
    default: builder.note(.elementLeftOut)
    }
  }

  /// Drops the rest of a card that is too long; what came before stays.
  private mutating func dropRest() {
    builder.note(.recordTooLong)
    property.discardText()
    // No text fits any more.
    byteCount = Self.longestCard
  }
}

// MARK: - Properties

extension XCardHandler {
  private mutating func startProperty(_ name: XMLName, _ entry: XCardNameTable.Entry) {
    // Properties of other vocabularies (RFC 6351 §5) have meanings that only their authors know.
    guard name.namespace == namespace, let index = names.property(of: entry, name) else {
      return skip()
    }
    property.begin(index, kind: names[index].kind)
    place = .property
  }

  private mutating func startValue(_ element: XCardElement) {
    switch property.beginning(element) {
    case .same: property.beginValue(element, of: property.component)
    case .other(let part):
      completePart()
      property.beginValue(element, of: part)
    case .none: return skip()
    }
    place = .value
  }

  private mutating func endProperty() {
    if property.isPictureLeftOut { builder.note(.pictureLeftOut) }
    if property.kind == .label, let group, !group.isEmpty {
      byteCount += property.byteCount
      builder.setLabel(Array(property.text), ofGroup: group)
    } else {
      completePart()
    }
  }

  /// Hands the part of a value that is open over to the card.
  private mutating func completePart() {
    let text = property.text
    guard !text.isEmpty, property.isRead, beginInCard() else { return }
    byteCount += text.count
    if mayHoldReplacements, text.holdsReplacement { builder.note(.undecodableBytes) }
    builder.append(text.span, component: property.component)
  }

  /// Begins the property in the card's record, once it is known to have text.
  ///
  /// - Returns: Whether there is a column for it.
  private mutating func beginInCard() -> Bool {
    if property.number >= 0 { return true }
    guard let number = number() else {
      builder.note(.tooManyColumns)
      return false
    }
    property.number = number
    builder.beginProperty(
      number, rank: property.rank, group: group.flatMap { $0.isEmpty ? nil : $0 })
    return true
  }

  private mutating func number() -> Int? {
    if property.kind == .column, !property.columnName.isEmpty {
      let name = String(decoding: property.columnName, as: UTF8.self)
      return builder.number(of: CardProperty(columnNamed: name))
    }
    let types = property.types
    return names[property.index].number(types: types)
      ?? names[property.index].findNumber(types: types, in: &builder)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether U+FFFD is among the text, which stands for bytes that could not be decoded.
  fileprivate var holdsReplacement: Bool {
    indices.contains { self[$0...].starts(with: TextDecoder.replacement) }
  }
}
