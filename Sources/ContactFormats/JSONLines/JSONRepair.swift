/// Replaces what is not UTF-8 in a text.
enum JSONRepair {
  /// The text with U+FFFD for every maximal subpart that is ill-formed (Unicode, table 3-7 ff).
  ///
  /// - Returns: The text in valid UTF-8, and how many times something was replaced.
  static func repaired(_ bytes: UnsafeBufferPointer<UInt8>) -> (text: [UInt8], count: Int) {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var count = 0
    var plain = 0
    var index = UTF8Scanner.endOfPlainText(bytes, from: 0)
    while index < bytes.count {
      let broken: Int
      switch UTF8Scanner.sequence(bytes, at: index) {
      case .wellFormed(let length):
        index = UTF8Scanner.endOfPlainText(bytes, from: index + length)
        continue
      case .illFormed(let length): broken = length
      case .incomplete: broken = bytes.count - index
      }
      text.append(contentsOf: bytes[plain..<index])
      text.append(contentsOf: TextDecoder.replacement)
      count += 1
      index += broken
      plain = index
      index = UTF8Scanner.endOfPlainText(bytes, from: index)
    }
    text.append(contentsOf: bytes[plain...])
    return (text, count)
  }
}
