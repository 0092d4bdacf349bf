// Finding the digits of a number: which bytes belong to it and which end it.

extension PhoneNumberParser {
  /// What was found of one number.
  struct Scan {
    var digits = DigitRun()
    /// Whether a `+` stands before the digits.
    var hasPlus = false
    /// Whether a blank stands between digits.
    var hasBlank = false
    /// Whether words or signs that are no label were passed over.
    var hasText = false
  }

  /// Passes over what stands before a number, then over its digits.
  ///
  /// - Parameters:
  ///   - text: The cell.
  ///   - position: Where to begin; afterwards where the number ended.
  ///   - endsAtBlank: Whether a blank ends the digits before it if they are a number in use.
  /// - Returns: `nil` if no digit follows.
  func scanNumber(_ text: Span<UInt8>, from position: inout Int, endsAtBlank: Bool) -> Scan? {
    var scan = Scan()
    var index = position
    let plain = endsAtBlank ? Self.plainSigns : Self.plainSigns | 1 << 0x20
    loop: while true {
      Self.passPlain(plain, in: text, from: &index, &scan)
      guard index < text.count else { break }
      let byte = text[index]
      var sign = PhoneSign(byte)
      var length = 1
      if sign == .foreign { (sign, length) = PhoneSign.foreign(text, at: index) }
      switch sign {
      case .digit(let digit): scan.digits.append(digit)
      case .plus:
        if scan.digits.count > 0 { break loop }
        if scan.hasPlus { scan.hasText = true }
        scan.hasPlus = true
      case .separator:
        if scan.digits.count > 0 { break loop }
        scan.hasPlus = false
      case .slash:
        if scan.digits.count > 0, isNumber(scan) { break loop }
      case .blank:
        if scan.digits.count > 0 {
          if endsAtBlank, isNumber(scan) { break loop }
          scan.hasBlank = true
        }
      case .punctuation: break
      case .hash:
        if scan.digits.count > 0 { break loop }
      case .other: scan.hasText = true
      case .letter, .foreign:
        if scan.digits.count > 0 { break loop }
        if words.pass(text, from: &index) == .other { scan.hasText = true }
        scan.hasPlus = false
        continue loop
      }
      index += length
    }
    position = index
    return scan.digits.count == 0 ? nil : scan
  }

  /// Bit *n* is set where byte *n* is a digit or one of `()-.`, which mean nothing between digits.
  private static let plainSigns: UInt64 = 0x03FF_6300_0000_0000

  /// The most digits that a word of 64 bits holds.
  private static let digitsOfWord = 16

  /// Passes over digits and the signs that most numbers have between them.
  ///
  /// Whether a byte is a digit or a sign is no branch here: in a column of numbers, each grouped in
  /// its own way, the processor would guess wrong several times a number.
  ///
  /// - Parameters:
  ///   - plain: The bytes to pass over, a bit each.
  ///   - text: The cell.
  ///   - index: Where to begin; afterwards where other bytes stand, or more digits than a word has.
  ///   - scan: What was found before; afterwards with the digits and blanks found here.
  @inline(__always)
  private static func passPlain(
    _ plain: UInt64, in text: Span<UInt8>, from index: inout Int, _ scan: inout Scan
  ) {
    var count = scan.digits.count
    guard count < digitsOfWord else { return }
    var bits = UInt64(truncatingIfNeeded: scan.digits.bits)
    var blanks = 0
    while index < text.count, count < digitsOfWord {
      let byte = text[index]
      guard byte < 64, plain &>> UInt64(byte) & 1 == 1 else { break }
      let digit = UInt64(byte ^ 0x30)
      // 1 for digits and 0 for signs; the sign bit of a difference is no comparison.
      let step = (digit &- 10) &>> 63
      blanks |= byte == 0x20 ? count : 0
      bits = bits &<< (4 &* step) | digit & (0 &- step)
      count &+= Int(truncatingIfNeeded: step)
      index &+= 1
    }
    scan.digits = DigitRun(bits: UInt128(bits), count: count)
    if blanks != 0 { scan.hasBlank = true }
  }

  /// Whether the digits found are a number in use.
  func isNumber(_ scan: Scan) -> Bool {
    if case .number = judge(scan.digits, hasPlus: scan.hasPlus) { true } else { false }
  }

  /// Reads an extension, if one follows: a marker and at most eighteen digits.
  ///
  /// - Parameters:
  ///   - text: The cell.
  ///   - position: Where the number ended; moved behind the extension if there is one.
  /// - Returns: The extension's digits, or `nil` if there is none.
  func scanExtension(_ text: Span<UInt8>, from position: inout Int) -> DigitRun? {
    var index = position
    var hasMarker = false
    var digits = DigitRun()
    while index < text.count {
      let byte = text[index]
      if byte &- 48 < 10 {
        guard hasMarker else { return nil }
        digits.append(byte &- 48)
        index += 1
        continue
      }
      if digits.count > 0 { break }
      var sign = PhoneSign(byte)
      var length = 1
      if sign == .foreign { (sign, length) = PhoneSign.foreign(text, at: index) }
      switch sign {
      case .letter, .foreign:
        guard !hasMarker, words.pass(text, from: &index) == .extensionMarker else { return nil }
        hasMarker = true
        continue
      case .hash:
        if hasMarker { return nil }
        hasMarker = true
      case .separator:
        if hasMarker { return nil }
      case .blank, .punctuation: break
      case .digit, .plus, .slash, .other:
        // `;ext=12` (RFC 3966)
        guard hasMarker, byte == UInt8(ascii: "=") else { return nil }
      }
      index += length
    }
    guard digits.count > 0, digits.count <= 18 else { return nil }
    // The bracket of `(доб. 12)` belongs to the extension.
    if index < text.count, text[index] == UInt8(ascii: ")") { index += 1 }
    position = index
    return digits
  }

  /// Passes over the rest of a text without digits.
  ///
  /// - Parameters:
  ///   - text: The cell.
  ///   - position: Where the number ended; moved to the text's end if no digit follows.
  /// - Returns: Whether no digit follows and the rest has words that are no labels.
  func onlyWordsFollow(in text: Span<UInt8>, from position: inout Int) -> Bool {
    var index = position
    var hasText = false
    while index < text.count {
      var sign = PhoneSign(text[index])
      var length = 1
      if sign == .foreign { (sign, length) = PhoneSign.foreign(text, at: index) }
      switch sign {
      case .digit: return false
      case .letter, .foreign:
        if words.pass(text, from: &index) != .label { hasText = true }
        continue
      case .other, .hash, .plus: hasText = true
      case .separator, .slash, .blank, .punctuation: break
      }
      index += length
    }
    position = index
    return hasText
  }
}
