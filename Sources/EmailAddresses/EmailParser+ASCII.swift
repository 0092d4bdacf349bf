// The fast path: plain ASCII addresses, as bytes.

extension EmailParser {
  /// Appends a text that is a valid ASCII address, with its domain in small letters.
  ///
  /// Takes no address with two hyphens in the third and fourth place of a label: what is to be said
  /// of A-labels is the slow twin's.
  ///
  /// - Returns: Where the domain begins in the output; `nil` if the text is anything else.
  @inline(__always)
  static func appendASCII(_ text: Span<UInt8>, to output: inout [UInt8]) -> Int? {
    guard let (domain, mayHaveCapitals) = domainOfASCII(text) else { return nil }
    let start = output.count + domain
    output.append(addingCapacity: text.count) { added in
      text.withUnsafeBufferPointer { text in
        added.withUnsafeMutableBufferPointer { buffer, count in
          count = buffer.initialize(fromContentsOf: text)
        }
      }
    }
    if mayHaveCapitals { lowercase(&output, from: start) }
    return start
  }

  /// Turns the end of the output into an address as `appendASCII` appends it.
  ///
  /// - Returns: Where the domain begins; `nil`, and the output is unchanged, if it is no address.
  static func finishASCII(_ output: inout [UInt8], from start: Int) -> Int? {
    guard let (domain, mayHaveCapitals) = domainOfASCII(output.span.extracting(start...)) else {
      return nil
    }
    if mayHaveCapitals { lowercase(&output, from: start + domain) }
    return start + domain
  }

  /// Where the domain of a valid ASCII address begins, and whether there may be capitals.
  @inline(__always)
  private static func domainOfASCII(
    _ text: Span<UInt8>
  ) -> (domain: Int, mayHaveCapitals: Bool)? {
    guard text.count >= 8, text.count <= OctetKinds.longest else {
      return domainByOctet(text).map { ($0, true) }
    }
    guard let kinds = OctetKinds(text.bytes), let domain = kinds.domain(of: text) else {
      return nil
    }
    return (domain, kinds.hasCapitals)
  }

  /// The same for what is longer or shorter.
  @inline(never)
  private static func domainByOctet(_ text: Span<UInt8>) -> Int? {
    text.withUnsafeBufferPointer { text in
      // The longest address is 254 octets, the shortest that has two labels is `a@b.c`.
      guard text.count >= 5, text.count <= 254, let at = endOfLocalPart(text),
        isDomain(text, from: at + 1)
      else { return nil }
      return at + 1
    }
  }

  /// The place of the `@` behind a valid dot-atom of at most 64 octets.
  @inline(__always)
  private static func endOfLocalPart(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var previous = UInt8(ascii: ".")
    var index = 0
    // One more than the longest local part, for the `@`.
    let limit = min(text.count, 65)
    while index < limit {
      let byte = text[index]
      if !EmailByte.isAtomText(byte) {
        if byte == UInt8(ascii: ".") {
          if previous == byte { return nil }
        } else {
          return byte == UInt8(ascii: "@") && previous != UInt8(ascii: ".") ? index : nil
        }
      }
      previous = byte
      index += 1
    }
    return nil
  }

  /// Whether a domain name of at least two labels ends a text.
  @inline(__always)
  private static func isDomain(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    var labelStart = start
    var index = start
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: ".") {
        guard isLabel(text, labelStart, index) else { return false }
        labelStart = index + 1
      } else if byte == UInt8(ascii: "-") {
        if index == labelStart + 2, index + 1 < text.count, text[index + 1] == byte {
          return false
        }
      } else if !EmailByte.isLetterOrDigit(byte) {
        return false
      }
      index += 1
    }
    return labelStart > start && isLabel(text, labelStart, index)
      && EmailByte.isLetter(text[index - 1])
  }

  /// Whether a label is not too long, not empty, and has no hyphen at its ends.
  @inline(__always)
  private static func isLabel(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Bool {
    end > start && end - start <= 63 && text[start] != UInt8(ascii: "-")
      && text[end - 1] != UInt8(ascii: "-")
  }

  private static func lowercase(_ bytes: inout [UInt8], from start: Int) {
    bytes.withUnsafeMutableBufferPointer { bytes in
      for index in start..<bytes.count where bytes[index] &- 0x41 < 26 { bytes[index] |= 0x20 }
    }
  }
}
