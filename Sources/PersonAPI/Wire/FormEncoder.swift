/// Percent-encodes bytes for `application/x-www-form-urlencoded`, from bytes to bytes.
///
/// Exactly what PHP's `urldecode` reverses: ASCII letters, digits and `-._~` stay, a space becomes
/// `+`, every other byte becomes `%` and two capital hexadecimal digits. Any bytes go, valid UTF-8 or
/// not.
package enum FormEncoder {
  /// Appends the encoded bytes.
  ///
  /// - Complexity: O(*n*); one table look-up and one store a byte, no branch.
  package static func append(_ value: Span<UInt8>, to output: inout [UInt8]) {
    guard !value.isEmpty else { return }
    let start = output.count
    output.append(contentsOf: repeatElement(0, count: maximumCount(of: value.count)))
    let end = output.withUnsafeMutableBytes { write(value, to: $0, at: start) }
    output.removeLast(output.count - end)
  }

  /// Appends an encoded text.
  package static func append(_ text: String, to output: inout [UInt8]) {
    var text = text
    text.withUTF8 { append($0.span, to: &output) }
  }

  /// How many bytes ``write(_:to:at:)`` may touch for so many bytes of input.
  ///
  /// Three for each, and one that the last store spills over.
  static func maximumCount(of count: Int) -> Int { 3 * count + 1 }

  /// Writes the encoded bytes and returns the index behind them.
  ///
  /// - Precondition: There is room for ``maximumCount(of:)`` bytes from `start`.
  static func write(
    _ value: Span<UInt8>, to output: UnsafeMutableRawBufferPointer, at start: Int
  ) -> Int {
    precondition(start + maximumCount(of: value.count) <= output.count, "room for every byte")
    var position = start
    let table = FormTable.entries.span
    for index in value.indices {
      let entry = table[Int(value[index])]
      output.storeBytes(of: entry.littleEndian, toByteOffset: position, as: UInt32.self)
      position &+= Int(entry >> 24)
    }
    return position
  }
}

/// What each byte becomes: up to three bytes, and in the fourth how many they are.
enum FormTable {
  static let entries: [UInt32] = (0...255).map { entry(for: UInt8($0)) }

  private static func entry(for byte: UInt8) -> UInt32 {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      return UInt32(byte) | 1 << 24
    case UInt8(ascii: " "): return UInt32(UInt8(ascii: "+")) | 1 << 24
    default:
      let digits = Array("0123456789ABCDEF".utf8)
      return UInt32(UInt8(ascii: "%")) | UInt32(digits[Int(byte >> 4)]) << 8
        | UInt32(digits[Int(byte & 15)]) << 16 | 3 << 24
    }
  }
}
