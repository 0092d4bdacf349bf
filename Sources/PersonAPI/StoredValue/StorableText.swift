import ContactModel

/// A text on its way into the database, and what has happened to it so far.
///
/// Each method is one step of the server's; ``StoredValuePredictor`` calls them in its order.
struct StorableText {
  private(set) var bytes: [UInt8]
  private(set) var changes: StoredChanges = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether the server takes the text for none: it is empty, or PHP's idea of it, a lone `0`.
  var isNothing: Bool { bytes.isEmpty || bytes == [UInt8(ascii: "0")] }

  /// What a form's own values go through before anything else looks at them.
  mutating func cleanScalar() {
    trim()
    replace("\"", with: "”")
    replace("'", with: "&acute;")
    replace("\\n\\r", with: "")
  }

  /// Turns the four characters `\r\n` into a line break.
  mutating func breakLines() { bytes = bytes.replacing(Array("\\r\\n".utf8), with: [0x0D, 0x0A]) }

  /// Removes white space and NULs at both ends, as PHP's `trim` does.
  mutating func trim() {
    let trimmed = bytes.trimmedAsPHP
    guard trimmed.count < bytes.count else { return }
    changes.insert(.trimmed)
    bytes = Array(trimmed)
  }

  /// Removes tags.
  mutating func removeTags() {
    let opens = bytes.contains(UInt8(ascii: "<"))
    guard opens || bytes.contains(ASCII.nul) else { return }
    let stripped = TagStripper.strip(bytes)
    guard stripped.count < bytes.count else { return }
    changes.insert(opens ? .tagsRemoved : .trimmed)
    bytes = stripped
  }

  /// Replaces what is left of quotes and brackets.
  mutating func replaceQuotes() {
    let quote = Array("”".utf8)
    var replaced: [UInt8] = []
    replaced.reserveCapacity(bytes.count + 16)
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "<"): replaced.append(UInt8(ascii: "["))
      case UInt8(ascii: ">"): replaced.append(UInt8(ascii: "]"))
      case ASCII.quote: replaced.append(contentsOf: quote)
      case 0xC2 where bytes.hasGuillemet(at: index):
        replaced.append(contentsOf: quote)
        index += 1
      default: replaced.append(bytes[index])
      }
      index += 1
    }
    if replaced != bytes {
      changes.insert(.quotesChanged)
      bytes = replaced
    }
    for entity in ["&laquo;", "&raquo;"] { replace(entity, with: "") }
  }

  /// Takes the text apart at `;`, drops what is empty and joins the rest.
  mutating func normalizeParts() {
    let parts = bytes.split(separator: ASCII.semicolon).map(\.trimmedAsPHP).filter { !$0.isEmpty }
    let joined = Array(parts.joined(separator: [ASCII.semicolon]))
    guard joined != bytes else { return }
    changes.insert(.trimmed)
    bytes = joined
  }

  /// Makes question marks of every byte that is no part of a character of at most three bytes.
  mutating func encode() {
    guard let first = bytes.indices.first(where: { bytes[$0] >= 0x80 }) else { return }
    var encoded = Array(bytes[..<first])
    var index = first
    var isChanged = false
    while index < bytes.count {
      let length = bytes.storableCharacter(at: index)
      if length == 0 {
        encoded.append(UInt8(ascii: "?"))
        isChanged = true
      } else {
        encoded.append(contentsOf: bytes[index..<index + length])
      }
      index += max(1, length)
    }
    guard isChanged else { return }
    changes.insert(.charactersLost)
    bytes = encoded
  }

  /// Cuts off what does not fit.
  mutating func cut(at length: StoredLength) {
    let end = length.prefix(of: bytes)
    guard end < bytes.count else { return }
    changes.insert(.cut)
    bytes.removeSubrange(end...)
  }

  private mutating func replace(_ old: String, with new: String) {
    // Most texts hold none of what is looked for, and its first byte says so.
    guard let first = old.utf8.first, bytes.contains(first) else { return }
    let replaced = bytes.replacing(Array(old.utf8), with: Array(new.utf8))
    guard replaced != bytes else { return }
    changes.insert(.quotesChanged)
    bytes = replaced
  }
}

extension Array<UInt8> {
  /// The bytes with every occurrence of others, not none, replaced: left to right, without looking
  /// again at what was put in.
  fileprivate func replacing(_ old: [UInt8], with new: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var index = 0
    while index < count {
      if self[index] == old[0], self[index...].starts(with: old) {
        result.append(contentsOf: new)
        index += old.count
      } else {
        result.append(self[index])
        index += 1
      }
    }
    return result
  }

  /// Whether « or » stands at an index.
  fileprivate func hasGuillemet(at index: Int) -> Bool {
    guard index + 1 < count else { return false }
    return self[index] == 0xC2 && (self[index + 1] == 0xAB || self[index + 1] == 0xBB)
  }

  /// How many bytes the character at an index has, if the database can store it; otherwise 0.
  ///
  /// It stores characters of up to three bytes (MySQL's `utf8`), surrogates included.
  func storableCharacter(at index: Int) -> Int {
    func continues(_ offset: Int) -> Bool {
      index + offset < count && self[index + offset] & 0xC0 == 0x80
    }
    switch self[index] {
    case 0..<0x80: return 1
    case 0xC2..<0xE0: return continues(1) ? 2 : 0
    case 0xE0: return continues(1) && self[index + 1] >= 0xA0 && continues(2) ? 3 : 0
    case 0xE1..<0xF0: return continues(1) && continues(2) ? 3 : 0
    default: return 0
    }
  }
}

extension BidirectionalCollection<UInt8> {
  /// The bytes without what PHP's `trim` removes at the ends: blank, tab, LF, CR, NUL and VT.
  var trimmedAsPHP: SubSequence {
    func isRemoved(_ byte: UInt8) -> Bool {
      switch byte {
      case ASCII.space, 0x09, 0x0A, 0x0B, 0x0D, 0x00: true
      default: false
      }
    }
    guard let first = firstIndex(where: { !isRemoved($0) }),
      let last = lastIndex(where: { !isRemoved($0) })
    else { return self[startIndex..<startIndex] }
    return self[first...last]
  }
}
