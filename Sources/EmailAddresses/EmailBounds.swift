/// Where an address begins and ends in a text that has something beside it.
struct EmailBounds {
  /// The bytes of the address.
  var range: Range<Int>
  /// Whether something was taken away from the text's ends.
  var isRepaired = false

  /// The whole text.
  init(_ text: Span<UInt8>) { range = 0..<text.count }

  /// Takes away blanks, `mailto:`, angle brackets and punctuation behind.
  ///
  /// - Returns: Whether there was something to take away.
  @discardableResult
  mutating func repair(_ text: Span<UInt8>) -> Bool {
    let whole = range
    trimBlanks(text)
    while let last = range.last, Self.isPunctuation(text[last]) {
      range = range.lowerBound..<last
      trimBlanks(text)
    }
    if let first = range.first, text[first] == UInt8(ascii: "<") {
      range = (first + 1)..<range.upperBound
      if let last = range.last, text[last] == UInt8(ascii: ">") { range = range.lowerBound..<last }
      trimBlanks(text)
    }
    if hasMailto(text) {
      range = (range.lowerBound + 7)..<range.upperBound
      trimBlanks(text)
    }
    if range != whole { isRepaired = true }
    return range != whole
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
      || byte == UInt8(ascii: ":")
  }

  private func hasMailto(_ text: Span<UInt8>) -> Bool {
    let scheme: StaticString = "mailto:"
    guard range.count > scheme.utf8CodeUnitCount else { return false }
    return scheme.withUTF8Buffer { letters in
      for offset in 0..<letters.count {
        let byte = text[range.lowerBound + offset]
        let small = byte &- 0x41 < 26 ? byte | 0x20 : byte
        if small != letters[offset] { return false }
      }
      return true
    }
  }

  /// Takes away ASCII blanks, no-break and zero-width spaces and byte order marks.
  private mutating func trimBlanks(_ text: Span<UInt8>) {
    while !range.isEmpty {
      let length = Self.blankLength(text, at: range.lowerBound, before: range.upperBound)
      if length == 0 { break }
      range = (range.lowerBound + length)..<range.upperBound
    }
    trimming: while !range.isEmpty {
      for length in 1...3 where length <= range.count {
        let place = range.upperBound - length
        if Self.blankLength(text, at: place, before: range.upperBound) == length {
          range = range.lowerBound..<place
          continue trimming
        }
      }
      break
    }
  }

  private static func blankLength(_ text: Span<UInt8>, at index: Int, before end: Int) -> Int {
    switch text[index] {
    case 0x20, 0x09, 0x0A, 0x0D: 1
    case 0xC2 where index + 1 < end && text[index + 1] == 0xA0: 2
    case 0xE2 where index + 2 < end && text[index + 1] == 0x80 && text[index + 2] == 0x8B: 3
    case 0xEF where index + 2 < end && text[index + 1] == 0xBB && text[index + 2] == 0xBF: 3
    default: 0
    }
  }
}
