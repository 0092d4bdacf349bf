import ContactModel

/// Changes to values that lose less than the server would.
enum ValueRepair {
  /// A text without the characters that have four bytes in UTF-8 (emoji, rare ideographs), of which
  /// the server would make `????`; what only served to join or colour them goes too.
  ///
  /// Of the blanks around such a character one is left inside the text and none at its ends.
  static func removingLongCharacters(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    var isBehindRemoved = false
    while index < bytes.count {
      if bytes[index] >= 0xF0 {
        index += 1
        while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
        if result.ends(with: zeroWidthJoiner) { result.removeLast(zeroWidthJoiner.count) }
        isBehindRemoved = true
        continue
      }
      if isBehindRemoved {
        if let joiner = joiners.first(where: { bytes[index...].starts(with: $0) }) {
          index += joiner.count
          continue
        }
        if bytes[index] == ASCII.space, result.last ?? ASCII.space == ASCII.space {
          index += 1
          continue
        }
        isBehindRemoved = false
      }
      result.append(bytes[index])
      index += 1
    }
    if isBehindRemoved {
      while result.last == ASCII.space { result.removeLast() }
    }
    return result
  }

  /// A social contact with `,` for every `;`.
  ///
  /// The server keeps the eight in one text, separated by `;`, so that none can hold one. A comma
  /// separates just as well where a cell lists several names, and stands in few of them; anything
  /// else would have to be read again by people who do not know what it stands for.
  static func replacingSemicolons(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { $0 == ASCII.semicolon ? ASCII.comma : $0 }
  }

  /// An e-mail field without backslashes at the end of an address; no address ends in one.
  ///
  /// They would escape the quote that the server puts behind it.
  static func removingFinalBackslashes(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte == ASCII.comma || byte == ASCII.semicolon { result.removeFinalBackslashes() }
      result.append(byte)
    }
    result.removeFinalBackslashes()
    return result
  }

  private static let zeroWidthJoiner: [UInt8] = [0xE2, 0x80, 0x8D]

  /// Zero width joiner, the two variation selectors of emoji, and the enclosing keycap.
  private static let joiners: [[UInt8]] = [
    zeroWidthJoiner, [0xEF, 0xB8, 0x8E], [0xEF, 0xB8, 0x8F], [0xE2, 0x83, 0xA3],
  ]
}

extension Array<UInt8> {
  fileprivate func ends(with suffix: [UInt8]) -> Bool { self.suffix(suffix.count) == suffix[...] }

  /// Removes backslashes at the end, with blanks among and before them.
  fileprivate mutating func removeFinalBackslashes() {
    guard let last = lastIndex(where: { $0 != ASCII.space }), self[last] == ASCII.backslash else {
      return
    }
    let end = lastIndex { $0 != ASCII.space && $0 != ASCII.backslash }
    removeSubrange((end.map { $0 + 1 } ?? 0)...)
  }
}
