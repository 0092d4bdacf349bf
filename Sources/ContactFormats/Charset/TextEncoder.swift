/// Turns UTF-8 into the encoding a file is to be written in.
///
/// A character that the encoding lacks becomes `?` and is counted. Byte order marks are up to the
/// caller, see ``TextEncoding/byteOrderMark``.
package struct TextEncoder: Sendable {
  /// The encoding written.
  package let encoding: TextEncoding
  /// How many characters had to be replaced so far.
  package private(set) var replacementCount = 0

  package init(_ encoding: TextEncoding) { self.encoding = encoding }

  /// Encodes whole characters.
  ///
  /// - Parameter utf8: Text in UTF-8; a character never spans two calls.
  /// - Returns: The same text in ``encoding``.
  /// - Complexity: O(*n*).
  package mutating func encode(_ utf8: [UInt8]) -> [UInt8] {
    if let table = encoding.table { return encode(utf8, by: table) }
    guard let transcoder = UTF16Transcoder(encoding) else { return utf8 }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count * 2)
    utf8.withUnsafeBufferPointer { text in
      var index = 0
      while index < text.count {
        let (scalar, length) = Self.character(of: text, at: index)
        transcoder.append(scalar ?? UInt32(UInt8(ascii: "?")), toUTF16: &bytes)
        if scalar == nil { replacementCount += 1 }
        index += length
      }
    }
    return bytes
  }

  private mutating func encode(_ utf8: [UInt8], by table: SingleByteTable) -> [UInt8] {
    // As long as the text is always enough: no character has fewer bytes in UTF-8.
    [UInt8](unsafeUninitializedCapacity: utf8.count) { out, count in
      utf8.withUnsafeBufferPointer { text in
        table.shortForms.withUnsafeBufferPointer { shortForms in
          var index = 0
          while index < text.count {
            let first = text[index]
            var byte = first
            var length = 1
            if (0xC2...0xDF).contains(first), index + 1 < text.count,
              text[index + 1] & 0xC0 == 0x80
            {
              // Nearly all of what is not ASCII; the same as below without going through a scalar.
              length = 2
              byte = shortForms[Int(first & 0x1F) << 6 | Int(text[index + 1] & 0x3F)]
            } else if first >= 0x80 {
              let (scalar, size) = Self.character(of: text, at: index)
              length = size
              byte = scalar.flatMap { table.bytes[$0] } ?? 0
            }
            if byte == 0, first != 0 {
              byte = UInt8(ascii: "?")
              replacementCount += 1
            }
            out.initializeElement(at: count, to: byte)
            index += length
            count += 1
          }
        }
      }
    }
  }

  /// The character at a place, `nil` where the text is not UTF-8, and how many bytes it takes.
  private static func character(
    of text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (scalar: UInt32?, length: Int) {
    let first = text[index]
    guard first >= 0x80 else { return (UInt32(first), 1) }
    switch UTF8Scanner.sequence(text, at: index) {
    case .wellFormed(let length):
      var scalar = UInt32(first & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07))
      for offset in 1..<length { scalar = scalar << 6 | UInt32(text[index + offset] & 0x3F) }
      return (scalar, length)
    case .illFormed(let length): return (nil, length)
    case .incomplete: return (nil, text.count - index)
    }
  }
}
