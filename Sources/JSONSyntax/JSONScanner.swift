/// Finds where strings and numbers end, judging every byte on the way.
enum JSONScanner {
  /// The index of a string's closing quote, and whether a backslash stands before it.
  ///
  /// Eight bytes a step: while they are plain ASCII, and while they are four two-byte characters
  /// (Cyrillic). Everything else goes one character at a time.
  /// `start` is the index behind the opening quote.
  static func endOfString(in bytes: Span<UInt8>, from start: Int) throws(JSONError) -> (
    end: Int, isEscaped: Bool
  ) {
    var position = start
    var isEscaped = false
    let count = bytes.count
    while true {
      while position &+ 8 <= count {
        let special = Byte.special(in: Byte.word(of: bytes, at: position), nonASCII: true)
        guard special == 0 else {
          position &+= special.trailingZeroBitCount >> 3
          break
        }
        position &+= 8
      }
      guard position < count else { throw JSONError(.unexpectedEnd, at: count) }
      let byte = bytes[position]
      if byte == Byte.quote { return (position, isEscaped) }
      if byte >= 0x80 {
        position = try endOfCharacters(in: bytes, from: position)
      } else if byte == Byte.backslash {
        isEscaped = true
        position = try endOfEscape(in: bytes, from: position)
      } else if byte < 0x20 {
        throw JSONError(.controlCharacter, at: position)
      } else {
        position &+= 1
      }
    }
  }

  /// The index behind a number.
  static func endOfNumber(in bytes: Span<UInt8>, from start: Int) throws(JSONError) -> Int {
    var position = start
    if bytes[position] == Byte.minus { position += 1 }
    let integer = position
    position = try endOfDigits(in: bytes, from: position)
    if bytes[integer] == Byte.zero, position - integer > 1 {
      throw JSONError(.invalidNumber, at: integer)
    }
    if position < bytes.count, bytes[position] == Byte.period {
      position = try endOfDigits(in: bytes, from: position + 1)
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count,
        bytes[position] == Byte.minus || bytes[position] == UInt8(ascii: "+")
      {
        position += 1
      }
      position = try endOfDigits(in: bytes, from: position)
    }
    return position
  }

  private static func endOfDigits(in bytes: Span<UInt8>, from start: Int) throws(JSONError) -> Int {
    var position = start
    while position < bytes.count, Byte.isDigit(bytes[position]) { position += 1 }
    guard position > start else {
      throw JSONError(start < bytes.count ? .invalidNumber : .unexpectedEnd, at: start)
    }
    return position
  }

  /// The index behind an escape, of which a surrogate pair is one.
  private static func endOfEscape(in bytes: Span<UInt8>, from start: Int) throws(JSONError) -> Int {
    guard start + 1 < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
    let letter = bytes[start + 1]
    if Byte.simpleEscape(letter) != nil { return start + 2 }
    guard letter == UInt8(ascii: "u") else { throw JSONError(.invalidEscape, at: start) }
    let unit = try hexUnit(in: bytes, from: start)
    guard unit >= 0xD800, unit < 0xE000 else { return start + 6 }
    guard unit < 0xDC00 else { throw JSONError(.unpairedSurrogate, at: start) }
    let second = start + 6
    guard second < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
    guard bytes[second] == Byte.backslash else { throw JSONError(.unpairedSurrogate, at: start) }
    guard second + 1 < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
    guard bytes[second + 1] == UInt8(ascii: "u") else {
      throw JSONError(.unpairedSurrogate, at: start)
    }
    let low = try hexUnit(in: bytes, from: second)
    guard low >= 0xDC00, low < 0xE000 else { throw JSONError(.unpairedSurrogate, at: start) }
    return second + 6
  }

  private static func hexUnit(in bytes: Span<UInt8>, from start: Int) throws(JSONError) -> UInt32 {
    if let unit = Byte.hexValue(of: bytes, at: start + 2) { return unit }
    throw JSONError(start + 6 > bytes.count ? .unexpectedEnd : .invalidEscape, at: start)
  }

  /// The index behind a run of non-ASCII characters, as RFC 3629 has them.
  private static func endOfCharacters(in bytes: Span<UInt8>, from start: Int) throws(JSONError)
    -> Int
  {
    var position = start
    while position < bytes.count, bytes[position] >= 0x80 {
      while position &+ 8 <= bytes.count, isFourPairs(Byte.word(of: bytes, at: position)) {
        position &+= 8
      }
      guard position < bytes.count, bytes[position] >= 0x80 else { break }
      position = try endOfCharacter(in: bytes, from: position)
    }
    return position
  }

  /// Whether a word is four two-byte characters: leads C2–DF, each with its continuation.
  @inline(__always)
  private static func isFourPairs(_ word: UInt64) -> Bool {
    guard word & 0xC0E0_C0E0_C0E0_C0E0 == 0x80C0_80C0_80C0_80C0 else { return false }
    // C0 and C1 would be overlong: one of the lead's bits 1–4 has to be set.
    let bits = word & 0x001E_001E_001E_001E
    return (bits &+ 0x007F_007F_007F_007F) & 0x0080_0080_0080_0080 == 0x0080_0080_0080_0080
  }

  private static func endOfCharacter(in bytes: Span<UInt8>, from start: Int) throws(JSONError)
    -> Int
  {
    let lead = bytes[start]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if lead == 0xE0 { second = 0xA0...0xBF }
      if lead == 0xED { second = 0x80...0x9F }
    case 0xF0...0xF4:
      length = 4
      if lead == 0xF0 { second = 0x90...0xBF }
      if lead == 0xF4 { second = 0x80...0x8F }
    default: throw JSONError(.invalidUTF8, at: start)
    }
    for index in 1..<length {
      guard start + index < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
      let allowed = index == 1 ? second : 0x80...0xBF
      guard allowed.contains(bytes[start + index]) else {
        throw JSONError(.invalidUTF8, at: start)
      }
    }
    return start + length
  }
}
