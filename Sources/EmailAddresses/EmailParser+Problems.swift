// What is wrong with an ASCII text, and mending labels that stand apart, as octets.

extension EmailParser {
  /// Why an ASCII text is no address by the standards.
  ///
  /// - Returns: `nil` if it may be one, or the slow path has to say.
  static func problem(ofASCII text: Span<UInt8>, at: Int) -> EmailProblem? {
    guard text.count <= 254, text[0] != UInt8(ascii: "\"") else { return nil }
    var previous = UInt8(ascii: ".")
    for index in 0..<at {
      let byte = text[index]
      if byte == UInt8(ascii: ".") ? previous == byte : !EmailByte.isAtomText(byte) {
        return .localPart
      }
      previous = byte
    }
    if previous == UInt8(ascii: ".") { return .localPart }
    return problem(ofDomain: text.extracting((at + 1)...))
  }

  private static func problem(ofDomain text: Span<UInt8>) -> EmailProblem? {
    for index in text.indices {
      let byte = text[index]
      if byte == UInt8(ascii: "[") { return nil }
      let isSign = byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
      guard isSign || EmailByte.isLetterOrDigit(byte) else { return .domain }
    }
    var problem: EmailProblem?
    var labels = 0
    var start = 0
    while start <= text.count {
      var end = start
      while end < text.count, text[end] != UInt8(ascii: ".") { end += 1 }
      let count = end - start
      // What is to be said of a label that is too long or an A-label depends on the others.
      if count > 63 { return nil }
      if count > 3, text[start + 2] == UInt8(ascii: "-"), text[start + 3] == UInt8(ascii: "-") {
        return nil
      }
      if count == 0 || text[start] == UInt8(ascii: "-") || text[end - 1] == UInt8(ascii: "-") {
        problem = .domain
      }
      labels += 1
      start = end + 1
    }
    if let problem { return problem }
    // A top-level domain that takes mail itself has two letters.
    if labels == 1 { return text.count > 2 ? .dotlessDomain : nil }
    return EmailByte.isLetter(text[text.count - 1]) ? nil : .domain
  }

  /// Whether a text of ASCII with one `@` has something that ``EmailRepair`` could put together.
  static func standsApart(_ text: Span<UInt8>, at: Int) -> Bool {
    if at > 0, BareText.isBlank(text[at - 1]) { return true }
    var previous = UInt8(ascii: ".")
    for index in (at + 1)..<text.count {
      let byte = text[index]
      if byte == UInt8(ascii: ",") || BareText.isBlank(byte) { return true }
      if byte == UInt8(ascii: "."), previous == byte { return true }
      previous = byte
    }
    return false
  }

  /// Appends an ASCII text with its domain's labels put together, as ``EmailRepair`` does.
  ///
  /// - Returns: Whether it does that to such a text; `nil` if it is for the slow path to say.
  static func appendJoined(_ text: Span<UInt8>, at: Int, to output: inout [UInt8]) -> Bool? {
    var localEnd = at
    while localEnd > 0, BareText.isBlank(text[localEnd - 1]) { localEnd -= 1 }
    text.extracting(..<localEnd).withUnsafeBufferPointer { output.append(contentsOf: $0) }
    output.append(UInt8(ascii: "@"))
    var index = at + 1
    while index < text.count, text[index] == UInt8(ascii: ".") || BareText.isBlank(text[index]) {
      index += 1
    }
    var labelStart: Int?
    var mustEndAsDomainsDo = false
    while index < text.count {
      let first = text[index]
      let gap = index
      var isBlank = true
      while index < text.count {
        let byte = text[index]
        if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
          isBlank = false
        } else if !BareText.isBlank(byte) {
          break
        }
        index += 1
      }
      if index == gap {
        output.append(first)
        index += 1
        continue
      }
      if isBlank { return false }
      if index > gap + 1 || first == UInt8(ascii: ",") {
        if labelStart != nil { return false }
        mustEndAsDomainsDo = true
      }
      output.append(UInt8(ascii: "."))
      labelStart = output.count
    }
    guard mustEndAsDomainsDo, let labelStart else { return true }
    // Any two letters are a country's.
    let count = output.count - labelStart
    let isCommercial = count == 3 && output[labelStart...].elementsEqual("com".utf8)
    return count == 2 || isCommercial ? true : nil
  }
}
