// The quick path: what most texts are that are no plain ASCII addresses, as octets.
//
// It answers as the slow path does, or not at all; the tests hold the two together.

extension EmailParser {
  /// Reads a text that is no plain ASCII address, if octets tell what it is.
  ///
  /// - Parameters:
  ///   - text: Any bytes.
  ///   - output: What an address is appended to; unchanged if there is none.
  /// - Returns: What ``normalizeSlowly(_:into:)`` would return, or `nil`.
  /// - Complexity: O(*n*) in the text, but for the last label beyond ASCII; allocates only when the
  ///   output grows.
  func normalizeQuickly(_ text: Span<UInt8>, into output: inout [UInt8]) -> EmailResult? {
    guard Self.lastMark(of: text) != nil else {
      return Self.mayHideMark(text) ? nil : .problem(.noAt)
    }
    guard let range = BareText.range(in: text) else { return nil }
    let bare = text.extracting(range)
    guard let at = Self.lastMark(of: bare) else { return nil }
    let tidied: EmailRemarks = range.count == text.count ? [] : .tidied
    guard Self.isASCII(bare) else {
      return appendCommon(bare, at: at, judgesLookAlikes: true, to: &output)
        .map { .address($0.union(tidied)) }
    }
    if !tidied.isEmpty, let domain = Self.appendASCII(bare, to: &output) {
      return .address(judgeDomain(at: domain, in: &output).union(tidied))
    }
    guard !Self.mayHideMark(bare), let problem = Self.problem(ofASCII: bare, at: at) else {
      return nil
    }
    let hasOneMark = bare.indices.first { bare[$0] == UInt8(ascii: "@") } == at
    guard hasOneMark, Self.standsApart(bare, at: at) else { return .problem(problem) }
    return joinQuickly(bare, at: at, problem, into: &output)
  }

  /// Where the last `@` stands.
  private static func lastMark(of text: Span<UInt8>) -> Int? {
    var index = text.count
    while index > 0 {
      index -= 1
      if text[index] == UInt8(ascii: "@") { return index }
    }
    return nil
  }

  private static func isASCII(_ text: Span<UInt8>) -> Bool {
    text.withUnsafeBufferPointer { text in
      var octets: UInt8 = 0
      for byte in text { octets |= byte }
      return octets < 0x80
    }
  }

  /// Whether a text may have an `@` that is written otherwise: as a word in brackets, with a
  /// percent sign, as a fullwidth form.
  private static func mayHideMark(_ text: Span<UInt8>) -> Bool {
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "%"), 0xEF:
        return true
      default: continue
      }
    }
    return false
  }

  private func joinQuickly(
    _ text: Span<UInt8>, at: Int, _ problem: EmailProblem, into output: inout [UInt8]
  ) -> EmailResult? {
    let start = output.count
    let isJoined = Self.appendJoined(text, at: at, to: &output)
    if isJoined == true, let domain = Self.finishASCII(&output, from: start) {
      return .address(judgeDomain(at: domain, in: &output).union(.tidied))
    }
    output.removeLast(output.count - start)
    return isJoined == false ? .problem(problem) : nil
  }

  /// Judges a text that is no plain ASCII address by the standards alone, if octets tell what it is.
  ///
  /// - Parameters:
  ///   - text: Any bytes.
  ///   - output: What an address is appended to; unchanged if there is none.
  /// - Returns: What ``validateSlowly(_:into:)`` would return, or `nil`.
  func validateQuickly(_ text: Span<UInt8>, into output: inout [UInt8]) -> EmailResult? {
    guard let at = Self.lastMark(of: text) else { return .problem(.noAt) }
    guard !Self.isASCII(text) else {
      return Self.problem(ofASCII: text, at: at).map { .problem($0) }
    }
    return appendCommon(text, at: at, judgesLookAlikes: false, to: &output).map { .address($0) }
  }
}
