/// Why a text is not an e-mail address.
package enum EmailProblem: Sendable, Hashable, CaseIterable {
  /// There is no `@`.
  case noAt
  /// What stands before the `@` is empty or has signs or dots that do not belong there.
  case localPart
  /// What stands behind the `@` is no domain name with at least two labels.
  case domain
  /// The address, its local part, its domain or a label is longer than mail systems take.
  case tooLong
  /// A letter of another alphabet stands among Latin ones and looks like one of them.
  case lookAlikeLetters
}

/// What became of an e-mail address.
package enum EmailResult: Sendable, Hashable {
  /// The address was valid; it was appended with its domain in small letters.
  case valid
  /// The same, after something beside the address was taken away.
  case repaired
  /// Not an address; nothing was appended.
  case problem(EmailProblem)
}
