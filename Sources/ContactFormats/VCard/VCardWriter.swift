import ContactModel

/// Writes records as vCards that phones accept, into a buffer its owner empties.
///
/// Columns that are named like those ``VCardReader`` makes become properties again: the parts of a
/// structured value share a line, types are parameters, and `TEL[OTHER].label` is the label of a
/// group. Any other column becomes `X-COLUMN;NAME="…"`, which the reader understands; quotes and
/// line breaks in a name are written as RFC 6868 says. Reading what was written gives the same
/// records.
///
/// Follows RFC 2426 or RFC 6350: lines end with CRLF and are folded at 75 bytes, never inside a
/// character. FN, which every card must have, is made up from the name, the organization, an e-mail
/// address or a phone number where there is none, and marked with X-DERIVED so that it is not read
/// back; N, which 3.0 must have, is written empty. CR and CRLF in a value become a line break.
///
/// What a reader would take for another column or another value is noted (`format.not-held`): a second
/// value where the first is empty, a second column of one name, a number with the scheme of a URI.
struct VCardWriter: FormatWriter {
  let version: CardVersion
  private var columns: CardLayout
  private var bytes: [UInt8] = []
  private var line: [UInt8] = []
  private var issues: [Issue] = []
  private var groupCount = 0

  /// The most bytes a line has, its end not counted (RFC 6350 §3.2).
  private static let longestLine = 75

  init(version: CardVersion) {
    self.version = version
    columns = CardLayout()
  }

  var count: Int { bytes.count }

  mutating func begin(header: [String]) { columns = CardLayout(header) }

  mutating func append(_ batch: RecordBatch, record: Int, firstField: Int) {
    let fields = max(0, batch.fieldCount(ofRecord: record) - firstField)
    if columns.count < max(fields, batch.header.count - firstField) {
      columns.extend(to: fields, header: batch.header.dropFirst(firstField))
    }
    let card = CardFields(batch: batch, record: record, firstField: firstField, count: fields)
    writeLine("BEGIN:VCARD")
    writeLine(version == .v3 ? "VERSION:3.0" : "VERSION:4.0")
    groupCount = 0
    if !columns.hasFormattedName(card) {
      line.append(contentsOf: "FN;X-DERIVED=TRUE:".utf8)
      appendEscaped(columns.derivedName(card)[...])
      endLine()
    }
    if version == .v3, !columns.hasName(card) { writeLine("N:;;;;") }
    var run = CardRun()
    for value in columns.values { write(value, card, &run) }
    for other in columns.others { writeOther(other.column, card, isHeld: other.isHeld) }
    writeLine("END:VCARD")
  }

  mutating func finish() {}

  mutating func takeBytes() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  mutating func takeIssues() -> [Issue] {
    defer { issues = [] }
    return issues
  }

  // MARK: - Properties

  private mutating func write(
    _ value: CardLayout.Value, _ card: CardFields, _ run: inout CardRun
  ) {
    let label = value.label.map { card[$0] } ?? []
    guard let first = value.parts.lazy.compactMap({ $0 }).first(where: { !card[$0].isEmpty }) else {
      // A label without a value belongs to nothing.
      if !label.isEmpty, let column = value.label { writeOther(column, card) }
      return
    }
    let isKept = run.isKept(value.occurrence, of: value.run)
    if !isKept || value.address?.changes(card[first].span) == true { note(first, card) }
    let isLabel =
      !label.isEmpty
      && CardLabel.types(of: String(decoding: label, as: UTF8.self)) == nil
    if !label.isEmpty, !isLabel, let column = value.label { writeOther(column, card) }
    if isLabel {
      groupCount += 1
      line.append(contentsOf: "item\(groupCount).".utf8)
    }
    line.append(contentsOf: value.property.name.utf8)
    // The label alone makes the reader say OTHER.
    appendTypes(isLabel && value.property.types == ["OTHER"] ? [] : value.property.types)
    line.append(CardBytes.colon)
    for (index, part) in value.parts.enumerated() {
      if index > 0 { line.append(CardBytes.semicolon) }
      guard let part else { continue }
      appendEscaped(card[part], CardValueKind(value.property))
    }
    endLine()
    guard isLabel else { return }
    line.append(contentsOf: "item\(groupCount).X-ABLabel:".utf8)
    appendEscaped(label)
    endLine()
  }

  /// Writes a column that is no property of vCard.
  private mutating func writeOther(_ column: Int, _ card: CardFields, isHeld: Bool = true) {
    guard !card[column].isEmpty else { return }
    let name = columns.names[column]
    guard name.utf8.count <= CardProperty.longestName else { return note(column, card) }
    if !isHeld { note(column, card) }
    line.append(contentsOf: "X-COLUMN;NAME=\"".utf8)
    appendParameter(name)
    line.append(contentsOf: "\":".utf8)
    appendEscaped(card[column])
    endLine()
  }

  /// Notes that a value does not come back as it is.
  private mutating func note(_ column: Int, _ card: CardFields) {
    issues.append(
      Issue(.notHeld, record: card.record, sourceColumn: card.firstField + column))
  }

  private mutating func appendTypes(_ types: [String]) {
    guard !types.isEmpty else { return }
    let list = types.joined(separator: ",")
    line.append(contentsOf: ";TYPE=".utf8)
    line.append(contentsOf: (version == .v3 ? list : list.lowercased()).utf8)
  }

  /// Appends a parameter's value, signs for what cannot stand between quotes (RFC 6868).
  private mutating func appendParameter(_ value: String) {
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "^"): line.append(contentsOf: "^^".utf8)
      case CardBytes.quote: line.append(contentsOf: "^'".utf8)
      case Byte.lineFeed: line.append(contentsOf: "^n".utf8)
      default: line.append(byte == Byte.carriageReturn ? Byte.space : byte)
      }
    }
  }

  private mutating func appendEscaped(
    _ value: ArraySlice<UInt8>, _ kind: CardValueKind = .text
  ) {
    var previous: UInt8 = 0
    for byte in value {
      switch byte {
      case Byte.lineFeed where previous == Byte.carriageReturn: break
      case Byte.lineFeed, Byte.carriageReturn: line.append(contentsOf: "\\n".utf8)
      case CardBytes.backslash: line.append(contentsOf: "\\\\".utf8)
      case CardBytes.semicolon where kind != .raw, UInt8(ascii: ",") where kind == .text:
        line.append(CardBytes.backslash)
        line.append(byte)
      default: line.append(byte)
      }
      previous = byte
    }
  }

  // MARK: - Lines

  private mutating func writeLine(_ text: String) {
    line.append(contentsOf: text.utf8)
    endLine()
  }

  /// Ends the line, folded where it is too long.
  private mutating func endLine() {
    var start = 0
    var room = Self.longestLine
    while line.count - start > room {
      var end = start + room
      // The value is UTF-8, so three steps back at most.
      while end > start + 1, line[end] & 0xC0 == 0x80 { end -= 1 }
      bytes.append(contentsOf: line[start..<end])
      bytes.append(contentsOf: "\r\n ".utf8)
      start = end
      room = Self.longestLine - 1
    }
    bytes.append(contentsOf: line[start...])
    bytes.append(contentsOf: "\r\n".utf8)
    line.removeAll(keepingCapacity: true)
  }
}

/// How a property's text is written.
private enum CardValueKind {
  /// Separators are escaped.
  case text
  /// A list: commas separate.
  case list
  /// A URI, or a value whose parts stand in one column: nothing is escaped but the backslash.
  case raw

  private static let lists: Set = ["CATEGORIES"]
  private static let raws: Set = [
    "CALADRURI", "CALURI", "CLIENTPIDMAP", "FBURL", "GENDER", "GEO", "IMPP", "KEY", "LOGO",
    "MEMBER", "PHOTO", "RELATED", "SOUND", "SOURCE", "UID", "URL",
  ]

  init(_ property: CardProperty) {
    if Self.raws.contains(property.name) {
      self = .raw
    } else {
      self = Self.lists.contains(property.name) ? .list : .text
    }
  }
}
