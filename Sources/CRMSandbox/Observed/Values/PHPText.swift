/// PHP's functions on strings, as far as the CRM puts contacts through them.
///
/// PHP's strings are bytes, and so are these: nothing here knows of characters.
enum PHPText {
  /// Removes white space and NULs from both ends, as `trim` does; a no-break space stays.
  static func trimmed(_ text: [UInt8]) -> [UInt8] {
    guard let first = text.firstIndex(where: { !isTrimmed($0) }),
      let last = text.lastIndex(where: { !isTrimmed($0) })
    else { return [] }
    return first == 0 && last == text.count - 1 ? text : Array(text[first...last])
  }

  private static func isTrimmed(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00, 0x09, 0x0A, 0x0B, 0x0D, 0x20: true
    default: false
    }
  }

  /// Replaces one text after the other, as `str_replace` with arrays does.
  ///
  /// Each replacement sees what the ones before it left; what a replacement itself puts together
  /// is not searched again.
  static func replacing(_ pairs: KeyValuePairs<String, String>, in text: [UInt8]) -> [UInt8] {
    var result = text
    for (old, new) in pairs { result = replacing(Array(old.utf8), with: new.utf8, in: result) }
    return result
  }

  private static func replacing(_ old: [UInt8], with new: String.UTF8View, in text: [UInt8])
    -> [UInt8]
  {
    guard let head = old.first, text.contains(head) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var place = 0
    while place < text.count {
      if text[place] == head, text[place...].starts(with: old) {
        result.append(contentsOf: new)
        place += old.count
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return result
  }

  /// Cuts a text at every separator, as `explode` does: one part more than there are separators.
  static func parts(of text: [UInt8], at separator: UInt8) -> [[UInt8]] {
    text.split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
  }

  /// Whether the bytes are UTF-8, as PHP's regular expressions insist on.
  static func isUTF8(_ text: [UInt8]) -> Bool {
    text.allSatisfy { $0 < 0x80 } || String(validating: text, as: UTF8.self) != nil
  }
}
