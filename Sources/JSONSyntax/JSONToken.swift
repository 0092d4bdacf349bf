/// One step of a ``JSONReader``: a bracket, a key or a value, as ranges of the bytes read.
package enum JSONToken: Equatable, Sendable {
  /// `{`
  case beginObject
  /// `}`
  case endObject
  /// `[`
  case beginArray
  /// `]`
  case endArray
  /// A member's key; its colon has been read as well.
  case key(JSONString)
  /// A string, quotes left out.
  case string(JSONString)
  /// A number's text, exactly as it stands; nothing is rounded.
  case number(Range<Int>)
  /// `true` or `false`
  case bool(Bool)
  /// `null`
  case null
  /// The text's one value is complete.
  case end
}

/// Where a string stands in the bytes read; its contents are valid, and decoded only on demand.
package struct JSONString: Equatable, Sendable {
  /// The bytes between the quotes.
  package var range: Range<Int>
  /// Whether there is a backslash among them, so that the text has to be decoded.
  package var isEscaped: Bool

  package init(range: Range<Int>, isEscaped: Bool) {
    self.range = range
    self.isEscaped = isEscaped
  }
}

extension JSONString {
  /// Appends the string's text in UTF-8.
  ///
  /// - Parameters:
  ///   - output: Where the text goes.
  ///   - bytes: The bytes that the reader read.
  package func append(to output: inout [UInt8], from bytes: Span<UInt8>) {
    var plain = range.lowerBound
    if isEscaped {
      var position = range.lowerBound
      while position < range.upperBound {
        guard bytes[position] == Byte.backslash else {
          position += 1
          continue
        }
        output.append(bytes, plain..<position)
        position = appendEscape(at: position, to: &output, from: bytes)
        plain = position
      }
    }
    output.append(bytes, plain..<range.upperBound)
  }

  /// The string's text.
  ///
  /// Not for the hot path.
  package func text(from bytes: Span<UInt8>) -> String {
    var output: [UInt8] = []
    append(to: &output, from: bytes)
    return String(decoding: output, as: UTF8.self)
  }

  /// Whether the string's text is exactly this one.
  package func equals(_ text: StaticString, in bytes: Span<UInt8>) -> Bool {
    guard !isEscaped else { return self.text(from: bytes) == text.description }
    guard text.utf8CodeUnitCount == range.count else { return false }
    return text.withUTF8Buffer { wanted in
      for index in 0..<wanted.count where wanted[index] != bytes[range.lowerBound + index] {
        return false
      }
      return true
    }
  }

  /// Decodes the escape at a place the reader found valid; returns the place behind it.
  private func appendEscape(at start: Int, to output: inout [UInt8], from bytes: Span<UInt8>) -> Int
  {
    let letter = bytes[start + 1]
    guard letter == UInt8(ascii: "u") else {
      output.append(Byte.simpleEscape(letter) ?? letter)
      return start + 2
    }
    var scalar = Byte.hexValue(of: bytes, at: start + 2) ?? 0xFFFD
    var end = start + 6
    if scalar >= 0xD800, scalar < 0xDC00, end + 6 <= range.upperBound {
      let low = Byte.hexValue(of: bytes, at: start + 8) ?? 0xDC00
      scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
      end = start + 12
    }
    output.append(contentsOf: Unicode.UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? .init())
    return end
  }
}

extension [UInt8] {
  /// Appends a range of a span.
  mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    bytes.extracting(range).withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}
