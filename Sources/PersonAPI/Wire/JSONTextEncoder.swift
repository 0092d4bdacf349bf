import JSONSyntax

/// Writes bytes as the contents of a JSON string, in one pass that also sees to it that they are valid.
///
/// The server takes a body that is not exactly JSON for no parameters at all, so one byte that is not
/// UTF-8 would undo a whole batch. Each such byte becomes U+FFFD; not a question mark, which kills a
/// batch in some fields if a letter follows.
enum JSONTextEncoder {
  /// How many bytes ``write(_:to:at:)`` may touch for so many bytes of input: six for each, as in
  /// `\u001f`.
  static func maximumCount(of count: Int) -> Int { 6 * count }

  /// Writes the bytes and returns the index behind them.
  ///
  /// - Precondition: There is room for ``maximumCount(of:)`` bytes from `start`.
  /// - Complexity: O(*n*); plain ASCII goes eight bytes at a time.
  static func write(
    _ value: Span<UInt8>, to output: UnsafeMutableRawBufferPointer, at start: Int
  ) -> Int {
    precondition(start + maximumCount(of: value.count) <= output.count, "room for every byte")
    let raw = value.bytes
    var position = start
    var index = 0
    while index < value.count {
      if index &+ 8 <= value.count {
        let word = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
        if isPlain(word) {
          output.storeBytes(of: word, toByteOffset: position, as: UInt64.self)
          index &+= 8
          position &+= 8
          continue
        }
      }
      let byte = value[index]
      if byte >= 0x80 {
        // Letters of one script follow each other, so the word above is not looked at in between.
        repeat {
          let length = sequenceLength(value, at: index)
          if length == 0 {
            output[position] = 0xEF
            output[position &+ 1] = 0xBF
            output[position &+ 2] = 0xBD
            position &+= 3
            index &+= 1
          } else {
            for _ in 0..<length {
              output[position] = value[index]
              position &+= 1
              index &+= 1
            }
          }
        } while index < value.count && value[index] >= 0x80
      } else if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        output[position] = byte
        position &+= 1
        index &+= 1
      } else {
        let escape = JSONWriter.escape(of: byte)
        for place in 0..<escape.count {
          output[position] = UInt8(truncatingIfNeeded: escape.text >> (8 * UInt64(place)))
          position &+= 1
        }
        index &+= 1
      }
    }
    return position
  }

  /// Whether eight bytes are ASCII that may stand in a string as it is.
  private static func isPlain(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
    let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
    // A byte's high bit is set in each difference if the byte is zero, or below 0x20.
    let found = (quotes &- ones) | (backslashes &- ones) | (word &- (ones &* 0x20)) | word
    return found & (ones &* 0x80) == 0
  }

  /// How many bytes the well-formed sequence at a place has (Unicode, table 3-7); 0 if it is none.
  ///
  /// - Precondition: The byte there is not ASCII.
  private static func sequenceLength(_ value: Span<UInt8>, at index: Int) -> Int {
    let first = value[index]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard index &+ length <= value.count, second.contains(value[index &+ 1]) else { return 0 }
    for offset in 2..<max(2, length) where value[index &+ offset] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
