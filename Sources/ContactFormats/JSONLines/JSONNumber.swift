/// The grammar of numbers (RFC 8259 §6).
enum JSONNumber {
  /// Whether bytes are a number and nothing else.
  static func isNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    if bytes.first == JSONByte.minus { index = 1 }
    let integer = index
    guard passDigits(bytes, &index) else { return false }
    if bytes[integer] == UInt8(ascii: "0"), index - integer > 1 { return false }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      guard passDigits(bytes, &index) else { return false }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count,
        bytes[index] == UInt8(ascii: "+") || bytes[index] == JSONByte.minus
      {
        index += 1
      }
      guard passDigits(bytes, &index) else { return false }
    }
    return index == bytes.count
  }

  /// Passes over digits; `false` if there is none.
  private static func passDigits(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Bool {
    let start = index
    while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 { index += 1 }
    return index > start
  }
}
