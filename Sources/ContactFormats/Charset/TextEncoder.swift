/// Turns UTF-8 into the encoding a file is to be written in.
///
/// A character that the encoding lacks becomes `?` and is counted.
package struct TextEncoder: Sendable {
  /// The encoding written.
  package let encoding: TextEncoding
  /// How many characters had to be replaced by `?` so far.
  package private(set) var replacementCount = 0

  package init(_ encoding: TextEncoding) { self.encoding = encoding }

  /// Encodes whole characters.
  ///
  /// - Parameter utf8: Text in UTF-8; a character never spans two calls.
  /// - Returns: The same text in ``encoding``.
  /// - Complexity: O(*n*).
  package mutating func encode(_ utf8: [UInt8]) -> [UInt8] {
    guard encoding == .windows1251 else { return utf8 }
    return [UInt8](unsafeUninitializedCapacity: utf8.count) { out, count in
      utf8.withUnsafeBufferPointer { text in
        Windows1251.shortForms.withUnsafeBufferPointer { shortForms in
          count = encode(text, shortForms: shortForms, to: out)
        }
      }
    }
  }

  /// Encodes into a buffer as long as the text, which is always enough; returns the bytes written.
  private mutating func encode(
    _ text: UnsafeBufferPointer<UInt8>, shortForms: UnsafeBufferPointer<UInt8>,
    to out: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var (index, written) = (0, 0)
    while index < text.count {
      let first = text[index]
      var byte = first
      var length = 1
      if first >= 0x80 {
        switch UTF8Scanner.sequence(text, at: index) {
        case .wellFormed(2):
          length = 2
          byte = shortForms[Int(first & 0x1F) << 6 | Int(text[index + 1] & 0x3F)]
        case .wellFormed(3):
          length = 3
          let scalar =
            UInt32(first & 0x0F) << 12 | UInt32(text[index + 1] & 0x3F) << 6
            | UInt32(text[index + 2] & 0x3F)
          byte = Windows1251.bytes[scalar] ?? 0
        case .wellFormed(let count): (length, byte) = (count, 0)
        case .illFormed(let count): (length, byte) = (count, 0)
        case .incomplete: (length, byte) = (text.count - index, 0)
        }
        if byte == 0 {
          byte = UInt8(ascii: "?")
          replacementCount += 1
        }
      }
      out.initializeElement(at: written, to: byte)
      index += length
      written += 1
    }
    return written
  }
}
