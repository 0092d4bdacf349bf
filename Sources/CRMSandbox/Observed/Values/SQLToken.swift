/// A word of an SQL text.
struct SQLToken: Equatable {
  enum Kind: Equatable {
    /// A keyword, in lower case, or a name.
    case word(String)
    /// A name in backticks.
    case name(String)
    case string
    /// A string with a mark before it (`N'…'`), which cannot be joined to another one.
    case markedString
    case number
    /// One or two signs.
    case symbol(String)
    /// A quote or a comment that is never closed.
    case unclosed
    case end
  }

  let kind: Kind
  /// Where it begins.
  let start: Int
}

/// Cuts an SQL text into its words, as MariaDB does.
struct SQLScanner {
  private let text: [UInt8]
  private var place = 0

  init(_ text: [UInt8]) { self.text = text }

  /// The next word; ``SQLToken/Kind/end`` behind the last one.
  mutating func next() -> SQLToken {
    guard skipBlanks() else { return SQLToken(kind: .unclosed, start: place) }
    let start = place
    return SQLToken(kind: read(), start: start)
  }

  private mutating func read() -> SQLToken.Kind {
    guard let byte = self[0] else { return .end }
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return readString(byte) ? .string : .unclosed
    case UInt8(ascii: "`"): return readBackticks()
    case UInt8(ascii: "@"):
      place += 1
      _ = readName()
      return .name("@")
    case UInt8(ascii: ".") where self[1].map(Self.isDigit) == true: return readNumber()
    case _ where Self.isDigit(byte): return readNumber()
    case _ where Self.isNamePart(byte): return readWord()
    default: return readSymbol(byte)
    }
  }

  /// Skips blanks and comments; `false` where a comment is not closed.
  private mutating func skipBlanks() -> Bool {
    while let byte = self[0] {
      if Self.isSpace(byte) {
        place += 1
      } else if byte == UInt8(ascii: "#")
        || byte == UInt8(ascii: "-") && self[1] == byte && self[2, default: 0x20] <= 0x20
      {
        while let next = self[0], next != 0x0A { place += 1 }
      } else if byte == UInt8(ascii: "/"), self[1] == UInt8(ascii: "*") {
        guard let end = closingOfComment() else { return false }
        place = end
      } else {
        break
      }
    }
    return true
  }

  private func closingOfComment() -> Int? {
    var place = place + 2
    while place + 1 < text.count {
      if text[place] == UInt8(ascii: "*"), text[place + 1] == UInt8(ascii: "/") { return place + 2 }
      place += 1
    }
    return nil
  }

  /// Reads a string in quotes; without its end nothing is read.
  private mutating func readString(_ quote: UInt8) -> Bool {
    var end = place + 1
    while end < text.count {
      if text[end] == UInt8(ascii: "\\") {
        end += 2
      } else if text[end] != quote {
        end += 1
      } else if end + 1 < text.count, text[end + 1] == quote {
        end += 2
      } else {
        place = end + 1
        return true
      }
    }
    return false
  }

  private mutating func readBackticks() -> SQLToken.Kind {
    guard let end = text[(place + 1)...].firstIndex(of: UInt8(ascii: "`")) else { return .unclosed }
    let name = String(decoding: text[(place + 1)..<end], as: UTF8.self)
    place = end + 1
    return .name(name)
  }

  /// Reads a number; with letters behind its digits it is a name.
  private mutating func readNumber() -> SQLToken.Kind {
    guard let number = PHPNumber(Array(text[place...])) else { return .number }
    let length = text.count - place - number.rest.count
    let digits = text[place...].prefix(while: Self.isDigit).count
    if digits == length, number.rest.first.map(Self.isNamePart) == true { return readWord() }
    place += length
    return .number
  }

  private mutating func readWord() -> SQLToken.Kind {
    let name = readName()
    guard self[0] == UInt8(ascii: "'") else { return .word(name) }
    let start = place
    guard readString(UInt8(ascii: "'")) else { return .word(name) }
    let content = text[(start + 1)..<(place - 1)]
    switch name {
    case "n": return .markedString
    case "x" where content.count % 2 == 0 && content.allSatisfy(Self.isHexadecimal): return .number
    case "b" where content.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") }:
      return .number
    case _ where name.hasPrefix("_"): return .markedString
    default:
      place = start
      return .word(name)
    }
  }

  private mutating func readName() -> String {
    let start = place
    while let byte = self[0], Self.isNamePart(byte) { place += 1 }
    return String(decoding: text[start..<place], as: UTF8.self).lowercased()
  }

  private mutating func readSymbol(_ byte: UInt8) -> SQLToken.Kind {
    let pair = self[1].map { String(decoding: [byte, $0], as: UTF8.self) }
    if let pair, Self.pairs.contains(pair) {
      place += 2
      return .symbol(pair)
    }
    place += 1
    return .symbol(String(decoding: [byte], as: UTF8.self))
  }

  private static let pairs: Set<String> = ["<=", ">=", "<>", "!=", "||", "&&", "<<", ">>", ":="]

  private subscript(offset: Int) -> UInt8? {
    place + offset < text.count ? text[place + offset] : nil
  }

  private subscript(offset: Int, default byte: UInt8) -> UInt8 { self[offset] ?? byte }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
  }
}
