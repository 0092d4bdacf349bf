// The fast path: ASCII addresses, as bytes.

extension EmailParser {
  /// Validates an ASCII address and appends its canonical form.
  ///
  /// - Parameters:
  ///   - text: Any bytes.
  ///   - range: Where the address stands.
  ///   - output: What the address is appended to; unchanged if it is not valid.
  /// - Returns: Whether it is valid, and if not why; `nil` if it has bytes beyond ASCII.
  static func normalizeASCII(
    _ text: Span<UInt8>, in range: Range<Int>, into output: inout [UInt8]
  ) -> EmailResult? {
    var at = range.upperBound
    var isLocalPart = true
    var previous = UInt8(ascii: ".")
    for index in range {
      let byte = text[index]
      if byte == UInt8(ascii: "@") {
        // The last `@` parts; an earlier one does not belong into the local part.
        if at != range.upperBound { isLocalPart = false }
        at = index
        if previous == UInt8(ascii: ".") { isLocalPart = false }
      } else if at == range.upperBound {
        switch EmailByte(byte) {
        case .letter, .digit: break
        case .atom: if byte == UInt8(ascii: "."), previous == byte { isLocalPart = false }
        case .none: isLocalPart = false
        case .foreign: return nil
        }
      } else if byte >= 0x80 {
        return nil
      }
      previous = byte
    }
    guard at != range.upperBound else { return .problem(.noAt) }
    guard isLocalPart else { return .problem(.localPart) }
    guard let longest = longestLabel(text, in: (at + 1)..<range.upperBound) else {
      return .problem(.domain)
    }
    if longest > 63 || range.count > 254 || at - range.lowerBound > 64
      || range.upperBound - at - 1 > 253
    {
      return .problem(.tooLong)
    }
    output.append(addingCapacity: range.count) { output in
      for index in range.lowerBound...at { output.append(text[index]) }
      for index in (at + 1)..<range.upperBound {
        let byte = text[index]
        output.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
      }
    }
    return .valid
  }

  /// The length of a domain's longest label, or `nil` if it is no domain name.
  private static func longestLabel(_ text: Span<UInt8>, in range: Range<Int>) -> Int? {
    var longest = 0
    var labelStart = range.lowerBound
    var hasLetter = false
    var previous = UInt8(ascii: ".")
    for index in range {
      let byte = text[index]
      switch EmailByte(byte) {
      case .letter: hasLetter = true
      case .digit: break
      case .atom where byte == UInt8(ascii: "."):
        if previous == UInt8(ascii: ".") || previous == UInt8(ascii: "-") { return nil }
        longest = max(longest, index - labelStart)
        labelStart = index + 1
        hasLetter = false
      case .atom where byte == UInt8(ascii: "-"):
        if previous == UInt8(ascii: ".") { return nil }
      case .atom, .none, .foreign: return nil
      }
      previous = byte
    }
    let last = range.upperBound - labelStart
    guard last > 1, labelStart > range.lowerBound, hasLetter, previous != UInt8(ascii: "-") else {
      return nil
    }
    return max(longest, last)
  }
}
