// The slow path: letters beyond ASCII, A-labels, and texts that must be mended first.

extension EmailParser {
  /// Reads a text that the fast path does not take.
  func normalizeSlowly(_ text: Span<UInt8>, into output: inout [UInt8]) -> EmailResult {
    let written = Self.scalars(of: text)
    let folded = EmailRepair.folded(written)
    let foldingRemarks: EmailRemarks = folded == written ? [] : .tidied
    var problem: EmailProblem
    switch settle(folded, foldingRemarks, into: &output) {
    case .address(let remarks): return .address(remarks)
    case .problem(let found): problem = found
    }
    let bare = EmailRepair.bare(folded)
    if bare.count < folded.count {
      switch settle(Array(bare), .tidied, into: &output) {
      case .address(let remarks): return .address(remarks)
      case .problem(let found): problem = found
      }
    }
    for candidate in EmailRepair.candidates(for: bare) {
      if case .address(let remarks) = settle(candidate, .tidied, into: &output) {
        return .address(remarks)
      }
    }
    return .problem(problem)
  }

  /// Judges a text that the fast path does not take.
  func validateSlowly(_ text: Span<UInt8>, into output: inout [UInt8]) -> EmailResult {
    switch EmailAddress.read(Self.scalars(of: text)) {
    case .failure(let problem): return .problem(problem)
    case .success(let address):
      address.append(to: &output, asASCII: writesASCIIDomains)
      return .address(address.isRewritten(asASCII: writesASCIIDomains) ? .rewritten : [])
    }
  }

  /// Appends an address if a text is one, with Latin letters for those that were meant to be.
  private func settle(
    _ text: [Unicode.Scalar], _ remarks: EmailRemarks, into output: inout [UInt8]
  ) -> EmailResult {
    guard let at = text.lastIndex(of: "@") else { return .problem(.noAt) }
    var remarks = remarks
    var meant = text
    if text.contains(where: { !$0.isASCII }) {
      switch LookAlikes.judge(text, at: at) {
      case .clean: break
      case .replaced(let latin):
        meant = latin
        remarks.insert(.lookAlikesReplaced)
      case .unclear:
        // What is wrong anyway is said first: an address that is none needs no other keyboard.
        if case .failure(let problem) = EmailAddress.read(text) { return .problem(problem) }
        return .problem(.lookAlikeLetters)
      }
    }
    switch EmailAddress.read(meant) {
    case .failure(let problem): return .problem(problem)
    case .success(let address): return append(address, remarks, to: &output)
    }
  }

  private func append(
    _ address: EmailAddress, _ remarks: EmailRemarks, to output: inout [UInt8]
  ) -> EmailResult {
    var remarks = remarks
    // An A-label, or what UTS #46 makes of a character, may have such letters as well.
    if address.domain.unicode.contains(where: { !$0.isASCII }) {
      let whole = address.local + ["@"] + address.domain.unicode
      guard LookAlikes.judge(whole, at: address.local.count) == .clean else {
        return .problem(.lookAlikeLetters)
      }
    }
    if address.isRewritten(asASCII: writesASCIIDomains) { remarks.insert(.rewritten) }
    let start = output.count
    address.append(to: &output, asASCII: writesASCIIDomains)
    let domain = output.count - domainLength(of: address)
    precondition(domain > start)
    if address.domain.unicode.allSatisfy(\.isASCII) || writesASCIIDomains {
      remarks.formUnion(judgeDomain(at: domain, in: &output))
    }
    return .address(remarks)
  }

  private func domainLength(of address: EmailAddress) -> Int {
    writesASCIIDomains
      ? address.domain.ascii.count
      : address.domain.unicode.reduce(0) { $0 + UTF8.width($1) }
  }
}
