import ContactModel

/// Writes records as xCard (RFC 6351), one property a line, in UTF-8.
///
/// Columns named as ``CardColumns`` names them become properties; any other is written as
/// `<x-column>` with its name in a parameter, which ``XCardReader`` reads back. FN, which every card
/// must have, is derived from other values where there is none, and marked so that it is not read
/// back.
///
/// A value that does not come back as it was is noted (`format.not-held`): characters that XML does
/// not have, a label without a value or that means a type, a second value where the first is empty, a
/// number with the scheme of a URI.
struct XCardWriter: FormatWriter {
  private var bytes: [UInt8] = []
  private var issues: [Issue] = []
  private var plan = XCardPlan(names: [])

  /// The batch and record being written, for the parts of this type.
  private struct Record {
    let batch: RecordBatch
    let number: Int
    let firstField: Int

    /// Where a column's value stands, empty for column -1.
    func range(_ column: Int) -> Range<Int> {
      column < 0 ? 0..<0 : batch.fieldRange(record: number, field: firstField + column)
    }

    func value(_ column: Int) -> ArraySlice<UInt8> { batch.bytes[range(column)] }
  }

  var count: Int { bytes.count }

  mutating func begin(header: [String]) {
    plan = XCardPlan(names: header)
    write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    write("<vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\">\n")
  }

  mutating func append(_ batch: RecordBatch, record: Int, firstField: Int) {
    let known = batch.header.count - firstField
    if known > plan.columnCount { plan = XCardPlan(names: Array(batch.header[firstField...])) }
    let record = Record(batch: batch, number: record, firstField: firstField)
    write("<vcard>\n")
    writeDerivedName(of: record)
    var groupCount = 0
    var run = CardRun()
    for property in plan.properties {
      guard let first = property.columns.first(where: { !record.range($0).isEmpty }) else {
        if !record.range(property.labelColumn).isEmpty {
          note(record, column: property.labelColumn)
        }
        continue
      }
      let isKept = run.isKept(property.occurrence, of: property.run)
      let value = batch.bytes.span.extracting(record.range(first))
      if !isKept || !property.isHeld || property.address?.changes(value) == true {
        note(record, column: first)
      }
      write(property, of: record, groupCount: &groupCount)
    }
    let fieldCount = batch.fieldCount(ofRecord: record.number) - firstField
    for column in plan.columnCount..<max(plan.columnCount, fieldCount)
    where !record.range(column).isEmpty {
      note(record, column: column)
    }
    write("</vcard>\n")
  }

  mutating func finish() { write("</vcards>\n") }

  mutating func takeBytes() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  mutating func takeIssues() -> [Issue] {
    defer { issues = [] }
    return issues
  }
}

// MARK: - Properties

extension XCardWriter {
  private mutating func write(
    _ property: XCardPlan.Property, of record: Record, groupCount: inout Int
  ) {
    let label = record.value(property.labelColumn)
    if label.isEmpty {
      writeElement(property, of: record, parameters: property.parameters)
      write("\n")
      return
    }
    groupCount += 1
    write(" <group name=\"item\(groupCount)\">\n ")
    // A label alone says that the type is another one.
    let parameters = property.parameters == Self.otherType ? "" : property.parameters
    writeElement(property, of: record, parameters: parameters)
    write("\n  <x-ablabel><unknown>")
    writeText(record, column: property.labelColumn)
    write("</unknown></x-ablabel>\n </group>\n")
    if CardLabel.types(of: String(decoding: label, as: UTF8.self)) != nil {
      note(record, column: property.labelColumn)
    }
  }

  private static let otherType = "<parameters><type><text>other</text></type></parameters>"

  private mutating func writeElement(
    _ property: XCardPlan.Property, of record: Record, parameters: String
  ) {
    write(" <\(property.element)>\(parameters)")
    switch property.name {
    case "N":
      writeParts(property, Self.nameParts, of: record)
    case "ADR":
      writeParts(property, Self.addressParts, of: record)
    case "ORG":
      let last = property.columns.lastIndex { !record.range($0).isEmpty } ?? 0
      for column in property.columns[...last] { writeValue("text", record, column: column) }
    case "GENDER":
      writeHalves("sex", "identity", record, column: property.columns[0])
    case "CLIENTPIDMAP":
      writeHalves("sourceid", "uri", record, column: property.columns[0])
    case "CATEGORIES", "NICKNAME":
      writeList("text", record, column: property.columns[0])
    default:
      let column = property.columns[0]
      writeValue(Self.type(of: property.name, record.value(column)), record, column: column)
    }
    write("</\(property.element)>")
  }

  private static let nameParts = ["surname", "given", "additional", "prefix", "suffix"]
  private static let addressParts = [
    "pobox", "ext", "street", "locality", "region", "code", "country",
  ]
  private static let addressProperties: Set = [
    "CALADRURI", "CALURI", "FBURL", "GEO", "IMPP", "KEY", "LOGO", "MEMBER", "PHOTO", "RELATED",
    "SOUND", "SOURCE", "UID", "URL",
  ]

  /// The type a value is written as; blanks at its ends would be lost in any but a text.
  private static func type(of name: String, _ value: ArraySlice<UInt8>) -> String {
    if name.hasPrefix("X-") { return name == "X-COLUMN" ? "text" : "unknown" }
    guard let first = value.first, let last = value.last, !Byte.isBlank(first),
      !Byte.isBlank(last)
    else { return "text" }
    if addressProperties.contains(name) { return "uri" }
    switch name {
    case "LANG": return "language-tag"
    case "REV": return "timestamp"
    default: return "text"
    }
  }

  /// Writes every part, also those without text, as RFC 6351 asks.
  private mutating func writeParts(
    _ property: XCardPlan.Property, _ elements: [String], of record: Record
  ) {
    for (part, element) in elements.enumerated() {
      let column = part < property.columns.count ? property.columns[part] : -1
      writeList(element, record, column: column)
    }
  }

  /// Writes a list with commas as an element for each, unless one would be empty and get lost.
  private mutating func writeList(_ element: String, _ record: Record, column: Int) {
    let items = record.value(column).split(
      separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard items.count > 1, items.allSatisfy({ !$0.isEmpty }) else {
      return writeValue(element, record, column: column)
    }
    for item in items { writeValue(element, item.startIndex..<item.endIndex, record, column) }
  }

  /// Writes the two halves of a value on either side of a semicolon.
  private mutating func writeHalves(
    _ first: String, _ second: String, _ record: Record, column: Int
  ) {
    let range = record.range(column)
    let semicolon = record.value(column).firstIndex(of: UInt8(ascii: ";"))
    guard let semicolon else { return writeValue(first, record, column: column) }
    guard semicolon + 1 < range.upperBound else {
      return writeValue("text", record, column: column)
    }
    writeValue(first, range.lowerBound..<semicolon, record, column)
    writeValue(second, (semicolon + 1)..<range.upperBound, record, column)
  }

  private mutating func writeValue(_ element: String, _ record: Record, column: Int) {
    writeValue(element, record.range(column), record, column)
  }

  private mutating func writeValue(
    _ element: String, _ range: Range<Int>, _ record: Record, _ column: Int
  ) {
    if range.isEmpty { return write("<\(element)/>") }
    write("<\(element)>")
    writeText(range, record, column)
    write("</\(element)>")
  }
}

// MARK: - Text

extension XCardWriter {
  /// Writes FN for a card that has none.
  private mutating func writeDerivedName(of record: Record) {
    var best = XCardPlan.derivingNames.count
    var columns: [Int] = []
    for property in plan.properties {
      let filled = property.columns.filter { !record.range($0).isEmpty }
      if filled.isEmpty { continue }
      if property.name == "FN" { return }
      guard let rank = XCardPlan.derivingNames.firstIndex(of: property.name), rank < best else {
        continue
      }
      best = rank
      // People say the given name first.
      columns =
        property.name == "N"
        ? [3, 1, 2, 0, 4].compactMap { $0 < property.columns.count ? property.columns[$0] : nil }
          .filter { !record.range($0).isEmpty } : [filled[0]]
    }
    if columns.isEmpty {
      // Better anything than a card that shows nothing.
      columns = (0..<plan.columnCount).first { !record.range($0).isEmpty }.map { [$0] } ?? []
    }
    write(" <fn><parameters><x-derived><boolean>true</boolean></x-derived></parameters><text>")
    for (place, column) in columns.enumerated() {
      if place > 0 { bytes.append(Byte.space) }
      // What cannot be written of these values is noted where they themselves are.
      _ = XMLText.append(record.batch.bytes.span.extracting(record.range(column)), to: &bytes)
    }
    write("</text></fn>\n")
  }

  private mutating func writeText(_ record: Record, column: Int) {
    writeText(record.range(column), record, column)
  }

  private mutating func writeText(_ range: Range<Int>, _ record: Record, _ column: Int) {
    let text = record.batch.bytes.span.extracting(range)
    if XMLText.append(text, to: &bytes) > 0 { note(record, column: column) }
  }

  /// Notes that a value is not written as it is, once a value.
  private mutating func note(_ record: Record, column: Int) {
    let issue = Issue(
      .notHeld, record: record.number, sourceColumn: record.firstField + column)
    if issues.last != issue { issues.append(issue) }
  }

  private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
