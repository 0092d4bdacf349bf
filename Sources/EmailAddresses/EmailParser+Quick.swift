// The quick path: what most texts are that are no plain ASCII addresses, as octets.
//
// It answers as the slow path does, or not at all; the tests hold the two together.

extension EmailParser {
  /// What a text has, as far as one look over its octets tells.
  private struct Outline {
    var lastAt: Int?
    var marks = 0
    /// Brackets, in which signs may be written as words.
    var hasBrackets = false
    var hasPercent = false
    /// Whether a fullwidth form may be among the characters.
    var hasFullwidth = false
    private var octets: UInt8 = 0
    var isASCII: Bool { octets < 0x80 }

    init(_ text: Span<UInt8>) {
      for index in text.indices {
        let byte = text[index]
        octets |= byte
        switch byte {
        case UInt8(ascii: "@"):
          lastAt = index
          marks += 1
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): hasBrackets = true
        case UInt8(ascii: "%"): hasPercent = true
        case 0xEF: hasFullwidth = true
        default: break
        }
      }
    }
  }

  /// Reads a text that is no plain ASCII address, if octets tell what it is.
  ///
  /// - Parameters:
  ///   - text: Any bytes.
  ///   - output: What an address is appended to; unchanged if there is none.
  /// - Returns: What ``normalizeSlowly(_:into:)`` would return, or `nil`.
  /// - Complexity: O(*n*) in the text, but for the last label beyond ASCII; allocates only when the
  ///   output grows.
  func normalizeQuickly(_ text: Span<UInt8>, into output: inout [UInt8]) -> EmailResult? {
    let whole = Outline(text)
    guard whole.lastAt != nil else {
      let mayHideMark = whole.hasBrackets || whole.hasPercent || whole.hasFullwidth
      return mayHideMark ? nil : .problem(.noAt)
    }
    guard let range = BareText.range(in: text) else { return nil }
    let bare = text.extracting(range)
    let outline = range.count == text.count ? whole : Outline(bare)
    guard let at = outline.lastAt else { return nil }
    let tidied: EmailRemarks = range.count == text.count ? [] : .tidied
    guard outline.isASCII else {
      return appendCommon(bare, at: at, judgesLookAlikes: true, to: &output)
        .map { .address($0.union(tidied)) }
    }
    if !tidied.isEmpty, let domain = Self.appendASCII(bare, to: &output) {
      return .address(judgeDomain(at: domain, in: &output).union(tidied))
    }
    guard !outline.hasBrackets, let problem = Self.problem(ofASCII: bare, at: at) else {
      return nil
    }
    guard outline.marks == 1, Self.standsApart(bare, at: at) else { return .problem(problem) }
    return joinQuickly(bare, at: at, problem, into: &output)
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
    let outline = Outline(text)
    guard let at = outline.lastAt else { return .problem(.noAt) }
    guard !outline.isASCII else {
      return Self.problem(ofASCII: text, at: at).map { .problem($0) }
    }
    return appendCommon(text, at: at, judgesLookAlikes: false, to: &output).map { .address($0) }
  }
}
