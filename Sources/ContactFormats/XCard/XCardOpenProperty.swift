/// The property that is being read: its parameters, and the part of its value that is open.
///
/// Several texts of one part are a list with commas, as in a vCard (RFC 6350 §3.3), so a part is
/// complete when another one begins or the property ends.
struct XCardOpenProperty: ~Copyable {
  /// Its index among the properties met so far.
  private(set) var index = 0
  /// What becomes of its values.
  private(set) var kind = XCardProperty.Kind.text
  /// Its preference; see ``CardProperty/rank(ofPreference:)``.
  private(set) var rank = CardProperty.noPreference
  /// The column it stands for, if it is no property of vCard.
  private(set) var columnName: [UInt8] = []
  /// Whether a value was a picture.
  private(set) var isPictureLeftOut = false
  /// Which part of a structured value is open, from 0.
  private(set) var component = 0
  /// Its number, once a part is complete.
  var number = -1

  /// The types, separated by commas, and behind them the text of the part that is open.
  private var bytes = GrowingBytes()
  private var typesEnd = 0
  /// Where the text of the open element begins.
  private var start = 0
  private var isDerived = false
  /// The parameter that is open.
  private var parameter = XCardElement.other
  /// Whether any value has begun; parameters behind it would be too late.
  private(set) var hasValue = false
  /// Which parts are complete, a bit each.
  private var completeParts: UInt8 = 0
  /// Whether a comma or a semicolon stands before the open value.
  private var hasSeparator = false
  /// Whether blanks around the open value mean nothing.
  private var isTrimmed = false
  private var isPicture = false

  /// How a URI begins that is a picture itself, with lower-case letters (RFC 2397).
  private static let dataScheme = Array("data:".utf8.map { $0 | 0x20 })

  /// How many bytes of text wait here.
  var byteCount: Int { bytes.count }

  /// Whether it becomes a column.
  var isRead: Bool { kind != .envelope && !(kind == .formattedName && isDerived) }

  /// The types, separated by commas.
  var types: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes.bytes[..<typesEnd])
  }

  /// The text of the part that is open.
  var text: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes.bytes[typesEnd...]) }

  /// Begins a property.
  mutating func begin(_ index: Int, kind: XCardProperty.Kind) {
    self.index = index
    self.kind = kind
    bytes.truncate(to: 0)
    (typesEnd, start, component, number, completeParts) = (0, 0, 0, -1, 0)
    rank = CardProperty.noPreference
    (isPictureLeftOut, isDerived, hasValue) = (false, false, false)
    if kind == .column { columnName = [] }
  }

  /// Takes text of the open element.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    guard !isPicture else { return }
    bytes.append(text)
    if kind == .picture, hasValue { leaveOutPicture() }
  }

  /// Forgets the text that has come for the open element.
  mutating func discardText() { bytes.truncate(to: start) }

  /// Removes blanks around the text of the open element.
  private mutating func trim() {
    var end = bytes.count
    while end > start, Byte.isBlank(bytes[end - 1]) { end -= 1 }
    bytes.truncate(to: end)
    guard end > start, Byte.isBlank(bytes[start]) else { return }
    let rest = bytes.bytes[start...].drop(while: Byte.isBlank).map { $0 }
    bytes.truncate(to: start)
    rest.withUnsafeBufferPointer { bytes.append($0) }
  }
}

// MARK: - Parameters

extension XCardOpenProperty {
  /// Begins a parameter; one that does not matter is read and dropped.
  mutating func beginParameter(_ element: XCardElement) {
    parameter = element
    start = bytes.count
  }

  /// Ends a value of the open parameter.
  ///
  /// - Parameter isElement: Whether it stood in an element of its own, where the blanks of a column's
  ///   name count.
  mutating func endParameterValue(isElement: Bool) {
    if parameter != .name || !isElement { trim() }
    if bytes.count == start { return }
    if parameter == .type, !isPreference {
      endType()
    } else {
      takeParameter(String(decoding: bytes.bytes[start...], as: UTF8.self))
      discardText()
    }
  }

  private var isPreference: Bool {
    let text = bytes.bytes[start...]
    guard text.count == 4, text.first.map({ $0 | 0x20 }) == UInt8(ascii: "p") else { return false }
    return CardProperty.isPreference(String(decoding: text, as: UTF8.self))
  }

  /// Adds a type to the list, unless that gets too long for one.
  private mutating func endType() {
    guard bytes.count < CardProperty.longestName else { return discardText() }
    bytes.append(UInt8(ascii: ","))
    typesEnd = bytes.count
    start = typesEnd
  }

  private mutating func takeParameter(_ value: String) {
    switch parameter {
    case .type: rank = min(rank, CardProperty.rank(ofPreference: nil))
    case .pref: rank = min(rank, CardProperty.rank(ofPreference: value))
    case .name where value.utf8.count <= CardProperty.longestName: columnName = Array(value.utf8)
    case .xDerived: isDerived = value.lowercased() == "true"
    default: break
    }
  }
}

// MARK: - Values

extension XCardOpenProperty {
  /// What the beginning of a value means for the part that is open.
  enum Beginning {
    /// It belongs to the same part, or is the first.
    case same
    /// It is another part.
    case other(Int)
    /// The property cannot have it, or not any more.
    case none
  }

  /// Says what a value that begins is.
  func beginning(_ element: XCardElement) -> Beginning {
    let part: Int
    switch kind {
    case .parts(let structure):
      // A plain text is not as the RFC has it, but better in the first column than lost.
      guard let known = element == .text ? 0 : element.component(of: structure),
        completeParts & 1 << known == 0
      else { return .none }
      part = known
    case .joinedParts:
      switch element {
      case .sex, .sourceid, .text: return hasValue ? .none : .same
      case .identity, .uri: return .same
      default: return .none
      }
    case .organization: part = hasValue ? component + 1 : 0
    default: return .same
    }
    return part == component ? .same : .other(part)
  }

  /// Begins a value of a part; the text of another part has been taken.
  mutating func beginValue(_ element: XCardElement, of part: Int) {
    if part != component {
      if component < 8, bytes.count > typesEnd { completeParts |= 1 << component }
      component = part
      bytes.truncate(to: typesEnd)
    }
    let isSecondHalf = kind == .joinedParts && (element == .identity || element == .uri)
    hasSeparator = isSecondHalf || bytes.count > typesEnd
    if hasSeparator { bytes.append(isSecondHalf ? UInt8(ascii: ";") : UInt8(ascii: ",")) }
    start = bytes.count
    hasValue = true
    isPicture = false
    isTrimmed = !kind.isStructured && element != .text && element != .unknown
  }

  /// Ends the open value.
  mutating func endValue() {
    if isTrimmed { trim() }
    if hasSeparator, bytes.count == start { bytes.truncate(to: start - 1) }
  }

  /// Drops the open value once it shows that it is the picture itself, not where to find it.
  private mutating func leaveOutPicture() {
    let scheme = bytes.bytes[start...].drop(while: Byte.isBlank).prefix(Self.dataScheme.count)
    guard scheme.map({ $0 | 0x20 }) == Self.dataScheme else { return }
    discardText()
    isPicture = true
    isPictureLeftOut = true
  }
}
