/// What PHP and the CRM write around, instead of, and wrongly into JSON.
enum PHPText {
  /// Where PHP's report of a fatal error begins.
  ///
  /// The report stands at the start of a line, plain or in bold. Neither form can stand inside a JSON
  /// value: the CRM escapes slashes and line breaks there.
  static func fatalError(in bytes: [UInt8]) -> Int? {
    [
      "<b>Fatal error</b>:", "<b>Parse error</b>:", "\nFatal error: ", "\nParse error: ",
      "PHP Fatal error:  ",
    ]
    .compactMap { bytes.firstOffset(of: Array($0.utf8)) }
    .min()
  }

  /// Whether the CRM says that it ended because it cannot reach its database.
  static func reportsMissingDatabase(_ bytes: [UInt8]) -> Bool {
    bytes[startOfText(in: bytes.span)...].starts(with: "Ошибка подключения к БД".utf8)
  }

  /// The index behind a byte order mark and white space.
  static func startOfText(in bytes: Span<UInt8>) -> Int {
    var position = 0
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
    return position
  }

  /// Turns a backslash before a Russian letter into the escaped backslash and code that were meant.
  ///
  /// - Returns: The repaired text; `nil` where there is nothing to repair.
  static func repairingEscapedLetters(in bytes: [UInt8]) -> [UInt8]? {
    guard bytes.firstOffset(of: [0x5C, 0xD0]) != nil || bytes.firstOffset(of: [0x5C, 0xD1]) != nil
    else { return nil }
    var repaired: [UInt8] = []
    repaired.reserveCapacity(bytes.count + 64)
    var position = 0
    while position < bytes.count {
      guard bytes[position] == 0x5C, position + 2 < bytes.count else {
        repaired.append(bytes[position])
        position += 1
        continue
      }
      let next = bytes[position + 1]
      guard next == 0xD0 || next == 0xD1 else {
        // Another escape, an escaped backslash among them: both of its bytes stay.
        repaired.append(0x5C)
        repaired.append(next)
        position += 2
        continue
      }
      let scalar = UInt32(next & 0x1F) << 6 | UInt32(bytes[position + 2] & 0x3F)
      let digits = String(scalar, radix: 16)
      repaired.append(contentsOf: "\\\\u0\(digits)".utf8)
      position += 3
    }
    return repaired
  }
}

extension [UInt8] {
  /// Where some bytes first occur.
  ///
  /// - Precondition: `pattern` is not empty.
  fileprivate func firstOffset(of pattern: [UInt8]) -> Int? {
    guard count >= pattern.count else { return nil }
    let text = span
    let first = pattern[0]
    for start in 0...(count - pattern.count) where text[start] == first {
      var length = 1
      while length < pattern.count, text[start + length] == pattern[length] { length += 1 }
      if length == pattern.count { return start }
    }
    return nil
  }
}
