extension UTF8Scanner {
  /// Whether bytes are UTF-8 from end to end.
  static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = endOfPlainText(bytes, from: 0)
    while index < bytes.count {
      guard case .wellFormed(let length) = sequence(bytes, at: index) else { return false }
      index = endOfPlainText(bytes, from: index + length)
    }
    return true
  }
}
