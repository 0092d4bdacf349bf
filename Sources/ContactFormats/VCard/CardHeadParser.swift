/// Takes the head of a line apart: group, name and parameters.
///
/// Parameters may be those of RFC 6350 §3.3 (`TYPE=cell`), of RFC 2426 (also repeated and with
/// lists), or the bare words of vCard 2.1 (`CELL;QUOTED-PRINTABLE`). Values in quotes may hold
/// anything; `^n`, `^'` and `^^` stand for a line break, a quote and a caret (RFC 6868).
struct CardHeadParser {
  /// The name of the group in lower case.
  private(set) var group: [UInt8]?
  /// The property's name in upper case.
  private(set) var name = ""
  private(set) var types: [String] = []
  private(set) var rank = CardProperty.noPreference
  private(set) var transfer = CardHead.Transfer.plain
  private(set) var charset: String?
  private(set) var isBinary = false
  /// Whether ferry's own writer made the value up, since a card must have one.
  private(set) var isDerived = false
  /// The parameter NAME, which tells the name of a column that is no property of vCard.
  private(set) var columnName: String?

  private static let inlineBinary: Set = ["BASE64", "B"]
  private static let unsaid: Set = [
    "7BIT", "8BIT", "URL", "URI", "INLINE", "CID", "CONTENT-ID", "TEXT",
  ]

  /// - Parameter head: What stands before the colon.
  init(_ head: [UInt8]) {
    let parts = Self.split(head)
    readName(parts.first ?? [])
    for part in parts.dropFirst() { readParameter(part) }
  }

  /// Whether the name is made of what names are made of; anything else is a stray line.
  var isValid: Bool {
    !name.isEmpty
      && name.utf8.allSatisfy {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
  }

  /// The parts between the semicolons that stand in no quotes.
  private static func split(_ head: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = [[]]
    // Quotes that do not close mean nothing.
    let hasPairs = head.count { $0 == CardBytes.quote }.isMultiple(of: 2)
    var isQuoted = false
    for byte in head {
      if byte == CardBytes.quote, hasPairs { isQuoted.toggle() }
      if byte == CardBytes.semicolon, !isQuoted {
        parts.append([])
      } else {
        parts[parts.count - 1].append(byte)
      }
    }
    return parts
  }

  private mutating func readName(_ part: [UInt8]) {
    var text = part[...]
    if let dot = part.firstIndex(of: UInt8(ascii: ".")), dot > 0 {
      group = Array(String(decoding: part[..<dot], as: UTF8.self).lowercased().utf8)
      text = part[(dot + 1)...]
    }
    name = String(decoding: text.trimmingBlanks, as: UTF8.self).uppercased()
  }

  private mutating func readParameter(_ part: [UInt8]) {
    guard let equals = part.firstIndex(of: CardBytes.equals) else {
      readWord(String(decoding: part[...].trimmingBlanks, as: UTF8.self))
      return
    }
    let value = String(decoding: part[(equals + 1)...].trimmingBlanks, as: UTF8.self)
    switch String(decoding: part[..<equals].trimmingBlanks, as: UTF8.self).uppercased() {
    case "TYPE": readTypes(value)
    case "PREF": rank = min(rank, CardProperty.rank(ofPreference: Self.unquoted(value)))
    case "ENCODING": readEncoding(value.uppercased())
    case "CHARSET": charset = Self.unquoted(value)
    case "VALUE": if value.uppercased() == "BINARY" { transfer = .base64 }
    case "X-DERIVED": isDerived = value.uppercased() == "TRUE"
    case "NAME": columnName = Self.decoded(value)
    default: break
    }
  }

  /// A parameter without a name, as vCard 2.1 has them.
  private mutating func readWord(_ word: String) {
    let word = word.uppercased()
    if word == "QUOTED-PRINTABLE" || Self.inlineBinary.contains(word) {
      readEncoding(word)
    } else if !Self.unsaid.contains(word) {
      readTypes(word)
    }
  }

  private mutating func readEncoding(_ name: String) {
    switch Self.unquoted(name) {
    case "QUOTED-PRINTABLE", "Q": transfer = .quotedPrintable
    case let name where Self.inlineBinary.contains(name): transfer = .base64
    default: break
    }
  }

  private mutating func readTypes(_ list: String) {
    for type in Self.unquoted(list).split(separator: ",") {
      if CardProperty.isPreference(type) {
        rank = min(rank, CardProperty.rank(ofPreference: nil))
      } else {
        types.append(String(type))
      }
    }
  }

  private static func unquoted(_ value: String) -> String { value.filter { $0 != "\"" } }

  /// A parameter's value without its quotes and with RFC 6868's signs resolved.
  private static func decoded(_ value: String) -> String {
    var result: [UInt8] = []
    var isSign = false
    for byte in value.utf8 where byte != CardBytes.quote {
      if isSign {
        isSign = false
        switch byte {
        case UInt8(ascii: "n"): result.append(Byte.lineFeed)
        case UInt8(ascii: "'"): result.append(CardBytes.quote)
        case UInt8(ascii: "^"): result.append(byte)
        default: result.append(contentsOf: [UInt8(ascii: "^"), byte])
        }
      } else if byte == UInt8(ascii: "^") {
        isSign = true
      } else {
        result.append(byte)
      }
    }
    if isSign { result.append(UInt8(ascii: "^")) }
    return String(decoding: result, as: UTF8.self)
  }
}

extension ArraySlice<UInt8> {
  /// The bytes without blanks at either end.
  var trimmingBlanks: ArraySlice<UInt8> {
    let start = firstIndex { !Byte.isBlank($0) } ?? endIndex
    let end = lastIndex { !Byte.isBlank($0) }.map { $0 + 1 } ?? start
    return self[start..<Swift.max(start, end)]
  }
}
