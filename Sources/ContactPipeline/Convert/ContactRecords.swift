import ContactFormats
import ContactModel

/// Cleaned contacts as records of a file.
///
/// Tables and JSON lines get the API's field names. Cards have names of their own for what they hold
/// (`FN`, `TEL[CELL]`), so that a phone understands them; there several numbers or addresses of one
/// field become several properties.
struct ContactRecords {
  /// The records; record *i* is contact *i*.
  let batch: RecordBatch

  /// How many values of a phone or e-mail field get a property of their own; more stay together in
  /// the last.
  static let valuesPerField = 8

  /// The columns of a schema's contacts in a format.
  static func header(of schema: ContactSchema, in format: FileFormat) -> [String] {
    guard format == .vCard || format == .xCard else { return schema.columns.map(\.field.name) }
    return schema.columns.flatMap { column in
      let name = column.field.cardColumn
      guard column.hasSeveralValues else { return [name] }
      return [name] + (2...valuesPerField).map { "\(name) (\($0))" }
    }
  }

  init(_ prepared: PreparedBatch, schema: ContactSchema, in format: FileFormat) {
    let contacts = prepared.contacts
    let header = Self.header(of: schema, in: format)
    guard header.count > schema.columns.count else {
      batch = RecordBatch(
        bytes: contacts.bytes, fieldEnds: contacts.valueEnds,
        recordEnds: (0..<contacts.count).map { UInt32(($0 + 1) * contacts.columnCount) },
        lines: prepared.source.lines, firstRecord: prepared.source.firstRecord, header: header,
        hasFieldLines: false)
      return
    }
    var bytes: [UInt8] = []
    var fieldEnds: [UInt32] = []
    var recordEnds: [UInt32] = []
    for contact in 0..<contacts.count {
      for (index, column) in schema.columns.enumerated() {
        let value = contacts.bytes[contacts.valueRange(contact: contact, column: index)]
        let parts = column.hasSeveralValues ? Self.parts(of: value) : [value]
        for part in parts {
          bytes += part
          fieldEnds.append(UInt32(bytes.count))
        }
        if column.hasSeveralValues {
          let rest = Self.valuesPerField - parts.count
          fieldEnds += repeatElement(UInt32(bytes.count), count: rest)
        }
      }
      recordEnds.append(UInt32(fieldEnds.count))
    }
    batch = RecordBatch(
      bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds, lines: prepared.source.lines,
      firstRecord: prepared.source.firstRecord, header: header, hasFieldLines: false)
  }

  /// The values of a field, which the normalizer joins by `, `; at least one, if an empty one.
  private static func parts(of value: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = value.startIndex
    var index = start
    while index + 1 < value.endIndex, parts.count + 1 < valuesPerField {
      if value[index] == ASCII.comma, value[index + 1] == ASCII.space {
        parts.append(value[start..<index])
        index += 2
        start = index
      } else {
        index += 1
      }
    }
    return parts + [value[start...]]
  }
}

extension ContactColumn {
  /// Whether a value may be several, joined by `, `.
  fileprivate var hasSeveralValues: Bool { treatment == .phone || treatment == .email }
}

extension PersonField {
  /// The column of a card that means the same; the field's own name where cards have none.
  fileprivate var cardColumn: String {
    switch self {
    case .person: "FN"
    case .tel: "TEL[WORK]"
    case .mob: "TEL[CELL]"
    case .fax: "TEL[FAX]"
    case .mail: "EMAIL"
    case .ptitle: "TITLE"
    case .rol: "ROLE"
    case .client: "ORG"
    case .mysite: "URL"
    default: name
    }
  }
}
