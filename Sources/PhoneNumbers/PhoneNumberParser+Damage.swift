// What spreadsheets and slips of the keyboard make of a number: forms with a fraction or an
// exponent, and letters in the place of digits.

extension PhoneNumberParser {
  /// Reads a number that a spreadsheet took for one to calculate with: `79021234567.0`,
  /// `7,9021234567E+10`.
  ///
  /// - Parameters:
  ///   - text: The cell.
  ///   - start: Where to begin.
  ///   - position: Moved behind the number if there is one.
  /// - Returns: `nil` if the text has no such form. An exponent that asks for more digits than are
  ///   there has lost them, and no guess brings them back.
  func spreadsheetNumber(
    _ text: Span<UInt8>, from start: Int, to position: inout Int
  ) -> PhoneParseResult? {
    var index = start
    while index < text.count, Self.isBlank(text[index]) { index += 1 }
    let hasPlus = index < text.count && text[index] == UInt8(ascii: "+")
    if hasPlus { index += 1 }
    var digits = Self.passDigits(text, &index)
    let wholeCount = digits.count
    var fraction = DigitRun()
    if index < text.count, text[index] == UInt8(ascii: ".") || text[index] == UInt8(ascii: ",") {
      index += 1
      fraction = Self.passDigits(text, &index)
    }
    guard wholeCount > 0, digits.count + fraction.count <= DigitRun.capacity else { return nil }
    var exponent = 0
    if index < text.count, Self.isExponent(text, at: index) {
      index += text[index] < 0x80 ? 1 : 2
      if text[index] == UInt8(ascii: "+") { index += 1 }
      exponent = Int(Self.passDigits(text, &index).value)
    } else if fraction.count == 0 || fraction.count > 2 || fraction.bits != 0 {
      return nil
    }
    guard index == text.count || Self.endsNumber(text[index]), exponent < DigitRun.capacity,
      wholeCount + exponent >= 7
    else { return nil }
    position = index
    if exponent > fraction.count {
      return .problem(.digitsLost(digits: wholeCount + fraction.count))
    }
    // A fraction behind the exponent's digits is that of no phone, unless it is nothing.
    guard fraction.dropFirst(exponent).bits == 0 else { return nil }
    digits = digits.appending(fraction.prefix(exponent))
    guard case .number(let number, var repairs) = judge(digits, hasPlus: hasPlus) else {
      return judge(digits, hasPlus: hasPlus)
    }
    repairs.insert(.spreadsheetForm)
    return .number(number, repairs: repairs)
  }

  /// Passes over `,0` behind a number, which a spreadsheet has put there.
  static func passZeroFraction(_ text: Span<UInt8>, from position: inout Int) -> Bool {
    guard text[position] == UInt8(ascii: ","), position > 0, text[position - 1] &- 48 < 10 else {
      return false
    }
    var index = position + 1
    while index < text.count, text[index] == UInt8(ascii: "0") { index += 1 }
    guard index > position + 1, index < position + 4,
      index == text.count || endsNumber(text[index])
    else { return false }
    position = index
    return true
  }

  /// Whether an exponent begins at a place behind a digit: `E+10`, also with a Cyrillic letter.
  static func isExponent(_ text: Span<UInt8>, at index: Int) -> Bool {
    guard index > 0, text[index - 1] &- 48 < 10 else { return false }
    var next = index + 1
    switch text[index] {
    case UInt8(ascii: "E"), UInt8(ascii: "e"): break
    case 0xD0 where next < text.count && (text[next] == 0x95 || text[next] == 0xB5): next += 1
    default: return false
    }
    if next < text.count, text[next] == UInt8(ascii: "+") { next += 1 }
    return next < text.count && text[next] &- 48 < 10
  }

  /// Reads a number with letters in the place of digits, `8 9О2 123-45-67`.
  ///
  /// Letters count if they stand beside a digit and beside no other letter, and if the whole text up
  /// to the next separator is one number with them, words beside it left out.
  func lookAlikeNumber(
    _ text: Span<UInt8>, from start: Int, to position: inout Int
  ) -> PhoneParseResult? {
    // Most texts that are no number have no such letter, and need no copy.
    guard (start..<text.count).contains(where: { Self.lookAlike(text, at: $0) != nil }) else {
      return nil
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count - start)
    var hasLetters = false
    var index = start
    while index < text.count, bytes.isEmpty || !Self.partsNumbers(text[index]) {
      if let (digit, length) = Self.lookAlike(text, at: index),
        Self.standsAlone(text, from: index, to: index + length)
      {
        bytes.append(digit)
        hasLetters = true
        index += length
      } else {
        bytes.append(text[index])
        index += 1
      }
    }
    guard hasLetters else { return nil }
    var end = 0
    guard case .number(let number, var repairs)? = parseNext(bytes.span, from: &end),
      end == bytes.count, !repairs.contains(.plusAdded)
    else { return nil }
    repairs.insert(.lettersRead)
    position = index
    return .number(number, repairs: repairs)
  }

  /// The digit that a letter looks like: `О`, `O` and their small ones, `З`.
  private static func lookAlike(
    _ text: Span<UInt8>, at index: Int
  ) -> (digit: UInt8, length: Int)? {
    switch text[index] {
    case UInt8(ascii: "O"), UInt8(ascii: "o"): return (UInt8(ascii: "0"), 1)
    case 0xD0 where index + 1 < text.count:
      switch text[index + 1] {
      case 0x9E, 0xBE: return (UInt8(ascii: "0"), 2)
      case 0x97, 0xB7: return (UInt8(ascii: "3"), 2)
      default: return nil
      }
    default: return nil
    }
  }

  /// Whether a letter stands beside a digit, and beside no letter that is none of the look-alikes.
  private static func standsAlone(_ text: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    var hasDigit = false
    for (index, isBefore) in [(start - 1, true), (end, false)]
    where index >= 0 && index < text.count {
      let byte = text[index]
      if byte &- 48 < 10 {
        hasDigit = true
      } else if byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 {
        let place = isBefore && byte >= 0x80 ? max(0, index - 1) : index
        if lookAlike(text, at: place) == nil { return false }
      }
    }
    return hasDigit
  }

  private static func passDigits(_ text: Span<UInt8>, _ index: inout Int) -> DigitRun {
    var digits = DigitRun()
    while index < text.count, text[index] &- 48 < 10 {
      digits.append(text[index] - 48)
      index += 1
    }
    return digits
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func endsNumber(_ byte: UInt8) -> Bool { isBlank(byte) || partsNumbers(byte) }

  private static func partsNumbers(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|")
      || byte == 0x0A || byte == 0x0D
  }
}
