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

  /// The first place at or after `start` that is neither ASCII nor one of the letters U+0400…U+047F,
  /// or `bytes.count`.
  ///
  /// Those letters are nearly all of Russian text: a lead byte 0xD0 or 0xD1 and any continuation.
  /// Eight bytes are judged at once: each that is not ASCII is such a lead or a continuation, and
  /// the continuations are right behind the leads.
  static func endOfPlainText(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = start
    while index + 8 <= bytes.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let high = word & highBits
      if high == 0 {
        index += 8
        continue
      }
      let leads = zeroBytes(in: (word ^ 0xD0D0_D0D0_D0D0_D0D0) & 0xFEFE_FEFE_FEFE_FEFE)
      let tails = zeroBytes(in: (word & 0xC0C0_C0C0_C0C0_C0C0) ^ 0x8080_8080_8080_8080)
      if high == leads | tails, tails == leads << 8 {
        // A lead in the last byte is looked at again with what follows it.
        index += leads >> 63 == 0 ? 8 : 7
      } else if word & 0x80 == 0 {
        index += high.trailingZeroBitCount / 8
      } else if word & 0xC0FE == 0x80D0 {
        index += 2
      } else {
        return index
      }
    }
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
      } else if bytes[index] & 0xFE == 0xD0, index + 1 < bytes.count,
        bytes[index + 1] & 0xC0 == 0x80
      {
        index += 2
      } else {
        return index
      }
    }
    return index
  }

  /// Marks, in its top bit, every byte of a word that is zero; exact for each byte.
  private static func zeroBytes(in word: UInt64) -> UInt64 {
    let rest: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    return ~(((word & rest) &+ rest) | word | rest)
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
