/// Finds where a value ends by its brackets, without judging it; it may come in pieces.
///
/// A string ends at the end of its line at the latest: a valid one holds no line break, and a quote
/// too few must not hide the brackets of all that follows.
struct JSONElementScanner {
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// Whether the value is a string or bare word, which has no brackets.
  private let isScalar: Bool
  /// Whether a string, or a letter of a word, has been passed; a second string may not follow.
  private var hasString = false
  private var hasWord = false
  /// Whether this is no value but the rest of a broken one, such as `n","tel":1},`.
  ///
  /// Quotes mean nothing in it; it ends before the next object, or at the array's end.
  private(set) var isRest: Bool

  /// - Parameters:
  ///   - first: The value's first byte, which ``end(in:from:to:)`` is to see as well.
  ///   - isMisplaced: Whether no value may stand here.
  init(first: UInt8, isMisplaced: Bool) {
    isScalar = first != JSONByte.openBrace && first != JSONByte.openBracket
    isRest = isScalar && isMisplaced
  }

  /// Looks for the end in the next piece.
  ///
  /// - Parameters:
  ///   - bytes: What holds the piece.
  ///   - start: Where the piece begins.
  ///   - limit: Where it ends.
  /// - Returns: The place behind the value, or `nil` if it goes on behind the piece.
  mutating func end(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to limit: Int
  ) -> Int? {
    var index = start
    while index < limit {
      let byte = bytes[index]
      if isRest {
        if byte == JSONByte.openBrace || byte == JSONByte.closeBracket { return index }
      } else if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == JSONByte.backslash {
          isEscaped = true
        } else if byte == JSONByte.quote || JSONByte.isLineEnd(byte) {
          isInString = false
          hasString = true
        }
      } else if isScalar {
        if endsScalar(byte) { return index }
        if byte == JSONByte.quote, !hasString, !hasWord {
          isInString = true
        } else if byte == JSONByte.quote || hasString {
          isRest = true
        } else {
          hasWord = true
        }
      } else {
        switch byte {
        case JSONByte.quote: isInString = true
        case JSONByte.openBrace, JSONByte.openBracket: depth += 1
        case JSONByte.closeBrace, JSONByte.closeBracket:
          depth -= 1
          if depth <= 0 { return index + 1 }
        default: break
        }
      }
      index += 1
    }
    return nil
  }

  private func endsScalar(_ byte: UInt8) -> Bool {
    byte == JSONByte.openBrace || byte == JSONByte.openBracket || JSONByte.isClosing(byte)
      || JSONByte.isBlank(byte)
  }
}
