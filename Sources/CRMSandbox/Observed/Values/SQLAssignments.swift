/// A value in an SQL text.
enum SQLValue: Equatable, Sendable {
  case null
  case number(Int)
  case text([UInt8])

  /// The value as text; `nil` for NULL.
  var text: [UInt8]? {
    switch self {
    case .null: nil
    case .number(let number): Array(String(number).utf8)
    case .text(let bytes): bytes
    }
  }
}

/// The columns that a query sets, in the order in which they stand in it.
struct SQLAssignments: Equatable, Sendable {
  private(set) var columns: [(name: String, value: SQLValue)] = []

  /// The value of a column; one that is set again keeps its place.
  subscript(name: String) -> SQLValue? {
    get { columns.first { $0.name == name }?.value }
    set {
      let place = columns.firstIndex { $0.name == name }
      switch (place, newValue) {
      case (let place?, let value?): columns[place].value = value
      case (let place?, nil): columns.remove(at: place)
      case (nil, let value?): columns.append((name, value))
      case (nil, nil): break
      }
    }
  }

  /// Leaves out the empty texts, so that their columns stay NULL.
  mutating func removeEmpty() {
    columns.removeAll { $0.value == .null || $0.value == .text([]) }
  }

  /// The assignments as they stand behind `SET`, numbers quoted like texts.
  var sql: [UInt8] {
    var result: [UInt8] = []
    for (name, value) in columns {
      if !result.isEmpty { result.append(UInt8(ascii: ",")) }
      result += "`\(name)`=".utf8
      if let text = value.text {
        result.append(UInt8(ascii: "'"))
        result += SQLText.escaped(text)
        result.append(UInt8(ascii: "'"))
      } else {
        result += "NULL".utf8
      }
    }
    return result
  }

  static func == (left: SQLAssignments, right: SQLAssignments) -> Bool {
    left.columns.elementsEqual(right.columns) { $0.name == $1.name && $0.value == $1.value }
  }
}

/// Texts inside a query.
enum SQLText {
  /// The text as the driver of the database escapes it.
  static func escaped(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for byte in text {
      let escape: UInt8? =
        switch byte {
        case 0x00: UInt8(ascii: "0")
        case 0x0A: UInt8(ascii: "n")
        case 0x0D: UInt8(ascii: "r")
        case 0x1A: UInt8(ascii: "Z")
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): byte
        default: nil
        }
      if escape != nil { result.append(UInt8(ascii: "\\")) }
      result.append(escape ?? byte)
    }
    return result
  }

  /// What a text means that was pasted between two quotes, unescaped.
  ///
  /// - Returns: The literal's value, or `nil` where the text ends the literal before its end.
  static func pasted(_ text: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var place = 0
    while place < text.count {
      let byte = text[place]
      place += 1
      if byte == UInt8(ascii: "'") {
        guard place < text.count, text[place] == byte else { return nil }
        result.append(byte)
        place += 1
      } else if byte == UInt8(ascii: "\\") {
        guard place < text.count else { return nil }
        result += unescaped(text[place])
        place += 1
      } else {
        result.append(byte)
      }
    }
    return result
  }

  private static func unescaped(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case UInt8(ascii: "0"): [0x00]
    case UInt8(ascii: "b"): [0x08]
    case UInt8(ascii: "n"): [0x0A]
    case UInt8(ascii: "r"): [0x0D]
    case UInt8(ascii: "t"): [0x09]
    case UInt8(ascii: "Z"): [0x1A]
    // Before a wildcard the backslash is kept for `LIKE`.
    case UInt8(ascii: "%"), UInt8(ascii: "_"): [UInt8(ascii: "\\"), byte]
    default: [byte]
    }
  }
}
