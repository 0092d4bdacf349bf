/// Tells from the beginning of a file which encoding its text is in.
///
/// In this order: a byte order mark; UTF-16 by its many zero (Latin) or 04 (Cyrillic) bytes; UTF-8
/// by its form, which other text has by chance only for a letter or two; and else the encoding of one
/// byte a character in which the text looks least surprising as names and words (``TextSurprise``).
///
/// Some texts are the same bytes in two encodings: small letters without я in windows-1251 and
/// MacCyrillic, capitals in CP866 and MacCyrillic. The first of each pair is then the answer; the
/// text is the same, too.
enum EncodingDetector {
  /// The encoding of a text.
  ///
  /// - Parameters:
  ///   - bytes: Its beginning; the more, the surer, 64 KB are plenty.
  ///   - isWhole: Whether this is all of it, so that a character cut off at the end is a mistake.
  /// - Returns: `nil` while nothing but ASCII has come, or half a character behind it.
  /// - Complexity: O(*n*).
  static func encoding(of bytes: [UInt8], isWhole: Bool) -> TextEncoding? {
    bytes.withUnsafeBufferPointer { buffer in
      if let found = TextEncoding.marked(by: buffer) ?? utf16(buffer) { return found }
      let count = UTF8Count(buffer)
      if count.isUTF8(isWhole: isWhole) {
        guard count.maybeCP866 else { return .utf8 }
        return TextSurprise.leastSurprising(buffer) == .cp866 ? .cp866 : .utf8
      }
      guard count.illFormed > 0 || isWhole && count.isCutOff else { return nil }
      return TextSurprise.leastSurprising(buffer)
    }
  }

  /// UTF-16 without a mark, in which names in Latin, Cyrillic and digits have a zero or 04 in nearly
  /// every other byte; no text of single bytes has.
  private static func utf16(_ bytes: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
    let units = min(bytes.count, 4096) / 2
    guard units >= 2 else { return nil }
    /// How many units look like letters, digits and signs, and how many like the usual signs beyond.
    func look(high: Int, low: Int) -> (usual: Int, other: Int) {
      var (usual, other) = (0, 0)
      for index in 0..<units {
        switch (bytes[index * 2 + high], bytes[index * 2 + low]) {
        case (0, 0x20...), (0, 0x09), (0, 0x0A), (0, 0x0D), (0x04, _): usual += 1
        // Accented letters of Central Europe, dashes and quotation marks, №.
        case (0x01, _), (0x20, 0x10...0x3A), (0x21, 0x16): other += 1
        default: break
        }
      }
      return (usual, other)
    }
    let little = look(high: 1, low: 0)
    let big = look(high: 0, low: 1)
    let isLittle = little.usual >= big.usual
    let (usual, other) = isLittle ? little : big
    guard usual * 10 >= units * 7, (usual + other) * 10 >= units * 9 else { return nil }
    return isLittle ? .utf16LittleEndian : .utf16BigEndian
  }
}

/// How much of a text has the form of UTF-8.
private struct UTF8Count {
  /// Characters beyond ASCII.
  private(set) var wellFormed = 0
  /// Those among them that are also three small letters in CP866, such as `тел`; as UTF-8 they are
  /// arrows and parts of scripts that hardly come alone.
  private var threeLetters = 0
  /// Bytes and beginnings of characters that are not UTF-8.
  private(set) var illFormed = 0
  /// Whether the text ends inside a character.
  private(set) var isCutOff = false

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = UTF8Scanner.endOfASCII(bytes, from: 0)
    while index < bytes.count {
      switch UTF8Scanner.sequence(bytes, at: index) {
      case .wellFormed(let length):
        wellFormed += 1
        if length == 3, bytes[index + 1] & 0xF0 == 0xA0, bytes[index + 2] & 0xF0 == 0xA0 {
          threeLetters += 1
        }
        index += length
      case .illFormed(let length):
        illFormed += 1
        index += length
      case .incomplete:
        isCutOff = true
        index = bytes.count
      }
      index = UTF8Scanner.endOfASCII(bytes, from: index)
    }
  }

  /// Whether the text is UTF-8, damaged at most in places.
  ///
  /// A single broken character must not make all others into garbage. In other encodings a pair of
  /// bytes that looks like UTF-8 comes by chance (`Лё` in windows-1251), never four times as often as
  /// one that does not.
  func isUTF8(isWhole: Bool) -> Bool {
    let broken = illFormed + (isWhole && isCutOff ? 1 : 0)
    guard broken > 0 else { return wellFormed > 0 }
    return wellFormed - threeLetters >= 4 * broken
  }

  /// Whether all of the characters are as likely three letters in CP866.
  var maybeCP866: Bool { threeLetters == wellFormed && threeLetters > 0 }
}
