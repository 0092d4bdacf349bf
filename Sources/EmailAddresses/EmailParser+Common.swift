// The way of addresses whose letters beyond ASCII are all common ones, as octets.

extension EmailParser {
  /// What the domain of such an address is like.
  private struct Domain {
    var labels = 0
    /// How many labels have letters beyond ASCII.
    var beyond = 0
    var isMixed = false
    /// Whether the last label beyond ASCII may be a Latin one with letters of another alphabet.
    var looksLatin = false
    /// How many octets the name has in its longer form, or somewhat more.
    var octets = 0
  }

  /// Appends a text that is a valid address of ASCII and common letters.
  ///
  /// - Parameters:
  ///   - text: Any bytes.
  ///   - at: Where the last `@` stands.
  ///   - judgesLookAlikes: Whether letters that look like Latin ones are for the slow path.
  ///   - output: What the address is appended to; unchanged if the slow path has to say what the
  ///     text is.
  /// - Returns: The remarks, or `nil`.
  func appendCommon(
    _ text: Span<UInt8>, at: Int, judgesLookAlikes: Bool, to output: inout [UInt8]
  ) -> EmailRemarks? {
    guard text.count <= 254, at <= 64, let local = Self.shapes(ofLocalPart: text.extracting(..<at))
    else { return nil }
    let start = output.count
    text.extracting(...at).withUnsafeBufferPointer { output.append(contentsOf: $0) }
    let domainStart = output.count
    guard let domain = appendDomain(text.extracting((at + 1)...), to: &output),
      at + 1 + domain.octets <= 254,
      !judgesLookAlikes || !Self.isLookAlike(local, domain)
    else {
      output.removeLast(output.count - start)
      return nil
    }
    var remarks: EmailRemarks = []
    if writesASCIIDomains, domain.beyond > 0 { remarks.insert(.rewritten) }
    if judgesLookAlikes, writesASCIIDomains || domain.beyond == 0 {
      remarks.formUnion(judgeDomain(at: domainStart, in: &output))
    }
    return remarks
  }

  /// Whether ``LookAlikes`` may say anything but that all is clean.
  private static func isLookAlike(_ local: LetterShapes, _ domain: Domain) -> Bool {
    if local.isMixed || domain.isMixed { return true }
    return domain.beyond == 0
      ? local.isOtherAndLooksLatin : domain.beyond == 1 && domain.looksLatin
  }

  /// The letters of a dot-atom; `nil` if the text is none, or has others than common letters.
  private static func shapes(ofLocalPart text: Span<UInt8>) -> LetterShapes? {
    var shapes = LetterShapes()
    var previous = UInt8(ascii: ".")
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if EmailByte.isLetter(byte) {
        shapes.hasLatin = true
      } else if byte >= 0x80 {
        guard index < text.count, let letter = CommonLetter.read(byte, text[index]),
          letter.isInLocalPart
        else { return nil }
        shapes.add(letter)
        index += 1
      } else if byte == UInt8(ascii: ".") {
        if previous == byte { return nil }
      } else if !EmailByte.isAtomText(byte) {
        return nil
      }
      previous = byte
    }
    return previous == UInt8(ascii: ".") ? nil : shapes
  }

  private func appendDomain(_ text: Span<UInt8>, to output: inout [UInt8]) -> Domain? {
    var domain = Domain()
    var index = 0
    while true {
      let start = output.count
      var shapes = LetterShapes()
      guard let count = Self.appendLabel(text, from: &index, &shapes, to: &output) else {
        return nil
      }
      let isLast = index == text.count
      domain.labels += 1
      if shapes.isMixed { domain.isMixed = true }
      if shapes.isASCII {
        guard count <= 63, !isLast || EmailByte.isLetter(output[output.count - 1]) else {
          return nil
        }
        domain.octets += count
      } else {
        guard let octets = encodeLabel(at: start, count, isLast: isLast, in: &output) else {
          return nil
        }
        domain.beyond += 1
        domain.looksLatin = shapes.isLabelThatLooksLatin
        domain.octets += octets
      }
      if isLast { break }
      output.append(UInt8(ascii: "."))
      domain.octets += 1
      index += 1
    }
    return domain.labels > 1 && domain.octets <= 253 ? domain : nil
  }

  /// Appends a label in small letters, up to its dot or the end of the text.
  ///
  /// - Returns: How many characters it has; `nil` if it is no label, or has two hyphens in a row.
  private static func appendLabel(
    _ text: Span<UInt8>, from index: inout Int, _ shapes: inout LetterShapes,
    to output: inout [UInt8]
  ) -> Int? {
    var count = 0
    // The ends of a label are as good as hyphens: none may stand beside them.
    var previous = UInt8(ascii: "-")
    while index < text.count, text[index] != UInt8(ascii: ".") {
      let byte = text[index]
      if byte >= 0x80 {
        guard index + 1 < text.count, let letter = CommonLetter.read(byte, text[index + 1]),
          letter.isInDomain
        else { return nil }
        shapes.add(letter)
        output.append(0xC0 | UInt8(truncatingIfNeeded: letter.small >> 6))
        output.append(0x80 | UInt8(truncatingIfNeeded: letter.small & 0x3F))
        index += 1
      } else if EmailByte.isLetter(byte) {
        shapes.hasLatin = true
        output.append(byte | 0x20)
      } else if byte == UInt8(ascii: "-") ? previous != byte : byte &- 0x30 < 10 {
        output.append(byte)
      } else {
        return nil
      }
      previous = byte
      index += 1
      count += 1
    }
    return previous == UInt8(ascii: "-") ? nil : count
  }

  /// Turns a label beyond ASCII that ends the output into the form asked for.
  ///
  /// - Returns: How many octets the label has as an A-label, or somewhat more; `nil` if it is too
  ///   long, or the domain's last one and does not end with a letter then.
  private func encodeLabel(
    at start: Int, _ count: Int, isLast: Bool, in output: inout [UInt8]
  ) -> Int? {
    // The numbers that Punycode makes of 14 letters below U+0800 are less than 15 · 1920 = 28,800
    // together. Four digits hold any number up to 28,885, so these are at most 56, where 59 may be.
    if !writesASCIIDomains, !isLast, count <= 14 { return 63 }
    guard count <= 63 else { return nil }
    var scalars = InlineArray<63, UInt32>(repeating: 0)
    var index = start
    for place in 0..<count {
      let byte = UInt32(output[index])
      index += 1
      if byte < 0x80 {
        scalars[place] = byte
      } else {
        scalars[place] = (byte & 0x1F) << 6 | UInt32(output[index] & 0x3F)
        index += 1
      }
    }
    if writesASCIIDomains { output.removeLast(output.count - start) }
    let encoded = output.count
    DomainLabel.prefix.withUTF8Buffer { output.append(contentsOf: $0) }
    Punycode.append(scalars.span.extracting(..<count), to: &output)
    let octets = output.count - encoded
    let endsWithLetter = EmailByte.isLetter(output[output.count - 1])
    if !writesASCIIDomains { output.removeLast(octets) }
    return octets <= 63 && (!isLast || endsWithLetter) ? octets : nil
  }
}
