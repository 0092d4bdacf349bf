import ContactFormats
import ContactModel

/// How contacts become records of a file.
///
/// Tables and JSON lines get the API's field names. Cards have names of their own for what they hold
/// (`FN`, `TEL[CELL]`), so that a phone understands them; there several numbers or addresses of one
/// field become several properties.
struct ContactLayout: Sendable {
  /// A field of the contacts.
  struct Column: Sendable {
    var field: PersonField
    /// Whether a value may be several, joined by `, `.
    var hasSeveralValues: Bool
  }

  /// The names of the file's columns.
  private(set) var header: [String]
  private let columns: [Column]

  /// How many values of a phone or e-mail field get a property of their own; more stay together in
  /// the last.
  static let valuesPerField = 8

  init(_ columns: [Column], in format: FileFormat) {
    guard format == .vCard || format == .xCard else {
      header = columns.map(\.field.name)
      self.columns = columns.map { Column(field: $0.field, hasSeveralValues: false) }
      return
    }
    header = columns.flatMap { column in
      let name = column.field.cardColumn
      guard column.hasSeveralValues else { return [name] }
      return [name] + (2...Self.valuesPerField).map { "\(name) (\($0))" }
    }
    self.columns = columns
  }

  /// The layout of contacts that a mapping has made.
  init(_ schema: ContactSchema, in format: FileFormat) {
    self.init(
      schema.columns.map {
        Column(
          field: $0.field, hasSeveralValues: $0.treatment == .phone || $0.treatment == .email)
      }, in: format)
  }

  /// The layout of contacts as the CRM shows them.
  ///
  /// - Parameters:
  ///   - fields: The columns.
  ///   - format: The file's format.
  ///   - titles: What columns of tables and JSON lines are called instead of their API names.
  init(_ fields: [PersonField], in format: FileFormat, titles: [PersonField: String] = [:]) {
    self.init(
      fields.map { Column(field: $0, hasSeveralValues: $0.isPhone || $0 == .mail) }, in: format)
    guard !titles.isEmpty, format != .vCard, format != .xCard else { return }
    var taken: Set<String> = []
    header = fields.map { field in
      let title = titles[field] ?? field.name
      // Two fields may be called the same.
      var name = title
      while !taken.insert(name).inserted { name += " (\(field.name))" }
      return name
    }
  }

  /// The records of cleaned contacts; record *i* is contact *i*.
  func records(of prepared: PreparedBatch) -> RecordBatch {
    records(
      bytes: prepared.contacts.bytes, valueEnds: prepared.contacts.valueEnds,
      lines: prepared.source.lines, firstRecord: prepared.source.firstRecord)
  }

  /// The records of contacts that follow each other in an arena.
  ///
  /// - Parameters:
  ///   - bytes: All values, one after the other.
  ///   - valueEnds: Where each ends; as many for each contact as there are columns.
  ///   - lines: A line of the source for each contact.
  ///   - firstRecord: The first one's number.
  /// - Returns: The records, with the file's columns.
  func records(
    bytes: [UInt8], valueEnds: [UInt32], lines: [Int], firstRecord: Int
  ) -> RecordBatch {
    guard header.count > columns.count else {
      return RecordBatch(
        bytes: bytes, fieldEnds: valueEnds,
        recordEnds: lines.indices.map { UInt32(($0 + 1) * columns.count) },
        lines: lines, firstRecord: firstRecord, header: header, hasFieldLines: false)
    }
    var parted: [UInt8] = []
    parted.reserveCapacity(bytes.count)
    var fieldEnds: [UInt32] = []
    fieldEnds.reserveCapacity(lines.count * header.count)
    var (value, start) = (0, 0)
    for _ in lines {
      for column in columns {
        let end = Int(valueEnds[value])
        let parts =
          column.hasSeveralValues ? Self.parts(of: bytes[start..<end]) : [bytes[start..<end]]
        (value, start) = (value + 1, end)
        for part in parts {
          parted += part
          fieldEnds.append(UInt32(parted.count))
        }
        if column.hasSeveralValues {
          let rest = Self.valuesPerField - parts.count
          fieldEnds += repeatElement(UInt32(parted.count), count: rest)
        }
      }
    }
    return RecordBatch(
      bytes: parted, fieldEnds: fieldEnds,
      recordEnds: lines.indices.map { UInt32(($0 + 1) * header.count) }, lines: lines,
      firstRecord: firstRecord, header: header, hasFieldLines: false)
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

extension PersonField {
  /// Whether it holds telephone numbers.
  fileprivate var isPhone: Bool { self == .tel || self == .mob || self == .fax }

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
