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
  private var keys = KeySequence()

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
    keys.begin()
    while let member = try member(&reader, text, isSocial: false) {
      let value = try reader.next(in: text)
      // Not `==`, which compares two enumerations by their whole contents.
      if case .beginObject = value, case .socials = member.role {
        while let member = try self.member(&reader, text, isSocial: true) {
          try note(try reader.next(in: text), of: member, &reader, text)
        }
      } else {
        try note(value, of: member, &reader, text)
      }
    }
    endRecord(text)
  }

  /// Reads the next key; `nil` behind the last.
  private mutating func member(
    _ reader: inout JSONReader, _ text: Span<UInt8>, isSocial: Bool
  ) throws(JSONError) -> KeySequence.Member? {
    if let expected = keys.expected, expected.isSocial == isSocial,
      reader.takeKey(keys.bytes.span.extracting(expected.written), in: text)
    {
      keys.advance()
      return expected
    }
    guard case .key(let key) = try reader.next(in: text) else { return nil }
    let role: KeySequence.Role
    if isSocial {
      role = .value
    } else if key.equals("pid", in: text) {
      role = .pid
    } else {
      let isSocials = key.equals("socials", in: text) || key.equals("social", in: text)
      role = isSocials ? .socials : .value
    }
    let written = text.extracting(key.range)
    let member = KeySequence.Member(
      column: column(of: written, isSocial: isSocial), role: role, isSocial: isSocial)
    keys.learn(written, member)
    return member
  }

  /// Notes a member's value for its column, if it has one.
  private mutating func note(
    _ token: JSONToken, of member: KeySequence.Member, _ reader: inout JSONReader,
    _ text: Span<UInt8>
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
    if case .pid = member.role { pid = Self.pid(cell, text) }
    if let column = member.column { cells[column] = cell }
  }

  private func column(of key: Span<UInt8>, isSocial: Bool) -> Int? {
    // Inside `socials` only social contacts count; flat, every name does.
    columns.indices.first {
      (columns[$0].isSocial || !isSocial) && key.equals(columns[$0].key)
    }
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
