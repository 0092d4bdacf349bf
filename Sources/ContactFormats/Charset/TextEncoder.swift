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
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8 }
    var encoded: [UInt8] = []
    encoded.reserveCapacity(utf8.count)
    for scalar in String(decoding: utf8, as: UTF8.self).unicodeScalars {
      if scalar.isASCII {
        encoded.append(UInt8(scalar.value))
      } else if let byte = Windows1251.bytes[scalar.value] {
        encoded.append(byte)
      } else {
        encoded.append(UInt8(ascii: "?"))
        replacementCount += 1
      }
    }
    return encoded
  }
}
