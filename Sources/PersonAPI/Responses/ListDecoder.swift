import ContactModel
import JSONSyntax

/// Decodes a page of contacts into a batch, without a tree or a text a record.
///
/// A record's members come in the server's order and are noted as ranges; once it is complete they
/// are copied in the order of the columns.
struct ListDecoder {
  /// A member's value, not yet decoded.
  private enum Cell {
    case none
    case literal(Range<Int>)
    case string(JSONString)
  }

  private let columns: [(key: [UInt8], isSocial: Bool)]
  private var cells: [Cell]
  private var pid: Int?
  /// Where the next key is looked for first: records have their members in the same order.
  private var expected = 0

  private var bytes: [UInt8] = []
  private var fieldEnds: [UInt32] = []
  private var recordEnds: [UInt32] = []
  private var pids: [Int?] = []

  init(columns: [PersonField]) {
    self.columns = columns.map { (Array($0.wireKey.utf8), $0.socialKey != nil) }
    cells = Array(repeating: .none, count: columns.count)
  }

  /// Decodes a complete value; `firstRecord` is the number of the first record.
  mutating func decode(_ text: Span<UInt8>, _ firstRecord: Int) throws(JSONError) -> ListReply {
    var reader = JSONReader()
    return try decode(text, firstRecord, &reader)
  }

  /// Decodes a value behind which nothing but white space stands.
  mutating func decode(
    whole text: Span<UInt8>, _ firstRecord: Int
  ) throws(JSONError) -> ListReply {
    var reader = JSONReader()
    let reply = try decode(text, firstRecord, &reader)
    try reader.finish(in: text)
    return reply
  }

  private mutating func decode(
    _ text: Span<UInt8>, _ firstRecord: Int, _ reader: inout JSONReader
  ) throws(JSONError) -> ListReply {
    guard try reader.next(in: text) == .beginObject else { return .unreadable }
    var total: Int?
    while case .key(let key) = try reader.next(in: text) {
      if key.equals("data", in: text) {
        guard try records(&reader, text) else { return .unreadable }
      } else {
        let start = reader.position
        try reader.skipValue(in: text)
        let value = text.extracting(start..<reader.position)
        if key.equals("count", in: text) {
          total = WireNumber.integer(try JSONValue(parsing: value))
        } else if key.equals("error", in: text),
          let error = APIError(try JSONValue(parsing: value))
        {
          return .error(error)
        }
      }
    }
    // No account has a billion contacts; a number beyond that is somebody else's.
    guard let total, (0..<1_000_000_000).contains(total) else { return .unreadable }
    return .page(
      ListPage(
        total: total,
        records: RecordBatch(
          bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds,
          lines: pids.indices.map { firstRecord + $0 }, firstRecord: firstRecord),
        pids: pids))
  }

  /// Reads `data`: an array of records, an object of records by key, or null.
  private mutating func records(_ reader: inout JSONReader, _ text: Span<UInt8>) throws(JSONError)
    -> Bool
  {
    let opening = try reader.next(in: text)
    guard opening == .beginArray || opening == .beginObject else { return opening == .null }
    while true {
      switch try reader.next(in: text) {
      case .endArray, .endObject: return true
      case .key: break
      case .beginObject: try record(&reader, text)
      // An array here is what PHP makes of a record without fields.
      case .beginArray:
        guard try reader.next(in: text) == .endArray else { return false }
        endRecord(text)
      default: return false
      }
    }
  }

  private mutating func record(_ reader: inout JSONReader, _ text: Span<UInt8>) throws(JSONError) {
    while case .key(let key) = try reader.next(in: text) {
      let value = try reader.next(in: text)
      // Not `==`, which compares two enumerations by their whole contents.
      if case .beginObject = value {
        if key.equals("socials", in: text) || key.equals("social", in: text) {
          while case .key(let key) = try reader.next(in: text) {
            try note(try reader.next(in: text), for: key, &reader, text, isSocial: true)
          }
        } else {
          try reader.skipRest(in: text)
        }
      } else {
        try note(value, for: key, &reader, text, isSocial: false)
      }
    }
    endRecord(text)
  }

  /// Notes a member's value for the column of its name, if there is one.
  private mutating func note(
    _ token: JSONToken, for key: JSONString, _ reader: inout JSONReader, _ text: Span<UInt8>,
    isSocial: Bool
  ) throws(JSONError) {
    let cell: Cell
    switch token {
    case .string(let string): cell = .string(string)
    case .number(let range): cell = .literal(range)
    case .beginObject, .beginArray:
      try reader.skipRest(in: text)
      return
    default: cell = .none
    }
    if !isSocial, key.equals("pid", in: text) { pid = Self.pid(cell, text) }
    if let column = column(of: key, text, isSocial: isSocial) { cells[column] = cell }
  }

  private mutating func column(of key: JSONString, _ text: Span<UInt8>, isSocial: Bool) -> Int? {
    let wanted = text.extracting(key.range)
    for step in columns.indices {
      var index = expected + step
      if index >= columns.count { index -= columns.count }
      // Inside `socials` only social contacts count; flat, every name does.
      guard columns[index].isSocial || !isSocial, wanted.equals(columns[index].key)
      else { continue }
      expected = index + 1 == columns.count ? 0 : index + 1
      return index
    }
    return nil
  }

  private mutating func endRecord(_ text: Span<UInt8>) {
    for index in cells.indices {
      switch cells[index] {
      case .none: break
      case .literal(let range):
        JSONString(range: range, isEscaped: false).append(to: &bytes, from: text)
      case .string(let string): string.append(to: &bytes, from: text)
      }
      cells[index] = .none
      fieldEnds.append(UInt32(bytes.count))
    }
    recordEnds.append(UInt32(fieldEnds.count))
    pids.append(pid)
    pid = nil
    expected = 0
  }

  private static func pid(_ cell: Cell, _ text: Span<UInt8>) -> Int? {
    let range: Range<Int>
    switch cell {
    case .none: return nil
    case .literal(let digits): range = digits
    case .string(let string): range = string.range
    }
    guard let pid = WireNumber.integer(digits: text.extracting(range)), pid > 0 else { return nil }
    return pid
  }
}

extension Span<UInt8> {
  fileprivate func equals(_ other: [UInt8]) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }
}
