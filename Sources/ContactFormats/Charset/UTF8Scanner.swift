/// Finds out where bytes stop being UTF-8, a word at a time where they are ASCII.
///
/// The well-formed sequences are those of the Unicode Standard, table 3-7.
enum UTF8Scanner {
  /// What stands at a place that is not ASCII.
  enum Sequence: Equatable {
    /// A well-formed sequence of so many bytes.
    case wellFormed(Int)
    /// Not UTF-8; so many bytes are replaced by one U+FFFD (the maximal subpart).
    case illFormed(Int)
    /// The bytes end inside a sequence that may still become well-formed.
    case incomplete
  }

  /// The top bit of each byte in a word.
  static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// The first place at or after `start` that is not ASCII, or `bytes.count`.
  static func endOfASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    let raw = UnsafeRawBufferPointer(bytes)
    while index + 8 <= bytes.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & highBits
      if word != 0 { return index + UInt64(littleEndian: word).trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count, bytes[index] < 0x80 { index += 1 }
    return index
  }

  /// The first place at or after `start` that is neither ASCII nor a well-formed sequence of two
  /// bytes, or `bytes.count`.
  ///
  /// Those sequences are all of Russian and most other letters of Europe: a lead C2…DF and a
  /// continuation. Eight bytes are judged at once: leads are leads of two, and continuations stand
  /// right behind leads and nowhere else. All words are treated alike and a lead in a word's last
  /// byte is carried over, so that there is neither a branch nor a place to wait for.
  static func endOfPlainText(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = start
    // Where a continuation must stand in the lowest byte, since a lead was in the byte before.
    var carry: UInt64 = 0
    while index &+ 8 <= bytes.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let high = word & highBits
      let leads = high & (word << 1)
      let continuations = high ^ leads
      // Bit 5 is set in leads of three and more; bits 1 to 4 are all clear in the overlong C0 and C1.
      let isLong = word << 2
      let isNotOverlong = (word & 0x1E1E_1E1E_1E1E_1E1E) &+ 0x7F7F_7F7F_7F7F_7F7F
      let wrong = (leads & (isLong | ~isNotOverlong)) | (continuations ^ (leads << 8 | carry))
      if wrong == 0 {
        carry = leads >> 56
        index &+= 8
      } else {
        if carry != 0 { index &-= 1 }
        carry = 0
        let length = lengthOfPlainCharacter(bytes, at: index)
        if length == 0 { return index }
        index &+= length
      }
    }
    if carry != 0 { index &-= 1 }
    while index < bytes.count {
      let length = lengthOfPlainCharacter(bytes, at: index)
      if length == 0 { return index }
      index &+= length
    }
    return index
  }

  /// 1 for ASCII, 2 for a well-formed sequence of two, otherwise 0.
  private static func lengthOfPlainCharacter(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> Int {
    if bytes[index] < 0x80 { return 1 }
    guard (0xC2...0xDF).contains(bytes[index]), index + 1 < bytes.count,
      bytes[index + 1] & 0xC0 == 0x80
    else { return 0 }
    return 2
  }

  /// Judges the sequence that begins with the byte at `index`, which is not ASCII.
  static func sequence(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Sequence {
    let first = bytes[index]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: length = 3
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return .illFormed(1)
    }
    guard index + 1 < bytes.count else { return .incomplete }
    guard second.contains(bytes[index + 1]) else { return .illFormed(1) }
    var count = 2
    while count < length {
      guard index + count < bytes.count else { return .incomplete }
      guard bytes[index + count] & 0xC0 == 0x80 else { return .illFormed(count) }
      count += 1
    }
    return .wellFormed(length)
  }

  /// What bytes say about their encoding.
  enum Judgement: Equatable {
    /// Nothing: all encodings agree on them.
    case plainASCII
    /// They are UTF-8, an unfinished sequence at the very end allowed.
    case utf8
    case notUTF8
    /// The only byte that is not ASCII begins a sequence, at this place, that is cut off.
    case unfinished(Int)
  }

  /// Judges the beginning of a text.
  static func judge(_ bytes: UnsafeBufferPointer<UInt8>) -> Judgement {
    var index = endOfASCII(bytes, from: 0)
    if index == bytes.count { return .plainASCII }
    var hasSequence = false
    while index < bytes.count {
      switch sequence(bytes, at: index) {
      case .wellFormed(let length):
        hasSequence = true
        index = endOfASCII(bytes, from: index + length)
      case .illFormed: return .notUTF8
      case .incomplete: return hasSequence ? .utf8 : .unfinished(index)
      }
    }
    return .utf8
  }
}
