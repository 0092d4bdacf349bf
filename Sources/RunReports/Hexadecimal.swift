/// Bytes as hexadecimal digits, as checksums are written.
package enum Hexadecimal {
  /// The digits, two a byte, in lower case.
  package static func text(of bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for byte in bytes {
      if byte < 0x10 { text.append("0") }
      text.append(String(byte, radix: 16))
    }
    return text
  }
}
