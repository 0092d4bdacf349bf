/// Finds the address in a text as ``EmailRepair`` does, by its octets.
///
/// Knows the ASCII signs only: where others stand around an address they stay in the range, and no
/// address comes of it.
enum BareText {
  /// Where the address stands without the signs around it; `nil` if octets must be decoded first.
  static func range(in text: Span<UInt8>) -> Range<Int>? {
    var rest = 0..<text.count
    for _ in 0..<8 {
      let count = rest.count
      rest = trimmed(rest, in: text)
      rest = unwrapped(rest, in: text)
      guard let unlabeled = unlabeled(rest, in: text) else { return nil }
      rest = unlabeled
      if rest.count == count { break }
    }
    return rest
  }

  /// Whether an octet is a blank or a line break.
  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

  private static func isBlankOrPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"): true
    default: isBlank(byte)
    }
  }

  private static func trimmed(_ range: Range<Int>, in text: Span<UInt8>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isBlankOrPunctuation(text[start]) { start += 1 }
    while start < end, isBlankOrPunctuation(text[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func unwrapped(_ range: Range<Int>, in text: Span<UInt8>) -> Range<Int> {
    guard range.count > 1 else { return range }
    let first = text[range.lowerBound]
    let closing: UInt8
    switch first {
    case UInt8(ascii: "<"): closing = UInt8(ascii: ">")
    case UInt8(ascii: "("): closing = UInt8(ascii: ")")
    case UInt8(ascii: "["): closing = UInt8(ascii: "]")
    case UInt8(ascii: "{"): closing = UInt8(ascii: "}")
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): closing = first
    default: return range
    }
    if text[range.upperBound - 1] == closing { return range.dropFirst().dropLast() }
    return first == UInt8(ascii: "<") ? range.dropFirst() : range
  }

  private static func unlabeled(_ range: Range<Int>, in text: Span<UInt8>) -> Range<Int>? {
    guard let first = range.first.map({ text[$0] | 0x20 }),
      first == UInt8(ascii: "m") || first == UInt8(ascii: "e") || first == UInt8(ascii: "s")
    else { return range }
    if let rest = after("mailto:", range, in: text) { return address(ofURI: rest, in: text) }
    return after("mail:", range, in: text) ?? after("e-mail:", range, in: text)
      ?? after("email:", range, in: text) ?? after("smtp:", range, in: text) ?? range
  }

  /// What follows a label in small letters, if a text begins with it and goes on.
  private static func after(
    _ label: StaticString, _ range: Range<Int>, in text: Span<UInt8>
  ) -> Range<Int>? {
    label.withUTF8Buffer { label in
      guard range.count > label.count else { return nil }
      for (place, letter) in label.enumerated() {
        let byte = text[range.lowerBound + place]
        guard byte == letter || (EmailByte.isLetter(byte) && byte | 0x20 == letter) else {
          return nil
        }
      }
      return range.dropFirst(label.count)
    }
  }

  /// What ``MailtoURI`` finds behind the scheme; `nil` if there is percent-encoding.
  private static func address(ofURI range: Range<Int>, in text: Span<UInt8>) -> Range<Int>? {
    var rest = range
    if rest.count > 1, text[rest.lowerBound] == UInt8(ascii: "/"),
      text[rest.lowerBound + 1] == UInt8(ascii: "/")
    {
      rest = rest.dropFirst(2)
    }
    let at = rest.first { text[$0] == UInt8(ascii: "@") } ?? rest.lowerBound
    let query = (at..<rest.upperBound).first { text[$0] == UInt8(ascii: "?") }
    rest = rest.lowerBound..<(query ?? rest.upperBound)
    return rest.contains { text[$0] == UInt8(ascii: "%") } ? nil : rest
  }
}
