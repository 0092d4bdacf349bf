import EmailAddresses

/// What e-mail addresses become, as text.
enum EmailText {
  /// The canonical form behind signs for its remarks, or a problem's name.
  ///
  /// `~` tidied or rewritten, `!` look-alikes replaced, `?` a likely typo, `=` a corrected one, `*`
  /// a special-use domain.
  static func normalized(_ text: String, _ parser: EmailParser = EmailParser()) -> String {
    normalized(Array(text.utf8), parser)
  }

  /// The same for bytes; what stood in the output before must still stand there.
  static func normalized(_ bytes: [UInt8], _ parser: EmailParser = EmailParser()) -> String {
    var output = Array("kept".utf8)
    let result = parser.normalize(bytes.span, into: &output)
    return described(result, output)
  }

  /// The verdict by the standards alone.
  static func validated(_ text: String, _ parser: EmailParser = EmailParser()) -> String {
    var output = Array("kept".utf8)
    let result = parser.validate(Array(text.utf8).span, into: &output)
    return described(result, output)
  }

  private static func described(_ result: EmailResult, _ output: [UInt8]) -> String {
    guard output.starts(with: "kept".utf8) else { return "the output before was changed" }
    let address = String(decoding: output.dropFirst(4), as: UTF8.self)
    switch result {
    case .problem(let problem):
      return address.isEmpty ? "\(problem)" : "\(problem), yet \(address)"
    case .address(let remarks):
      var signs = ""
      if !remarks.isDisjoint(with: [.tidied, .rewritten]) { signs += "~" }
      if remarks.contains(.lookAlikesReplaced) { signs += "!" }
      if remarks.contains(.likelyTypo) { signs += "?" }
      if remarks.contains(.typoCorrected) { signs += "=" }
      if remarks.contains(.specialUse) { signs += "*" }
      return signs + address
    }
  }
}
