/// Why a text is not an e-mail address.
package enum EmailProblem: Error, Hashable, CaseIterable {
  /// There is no `@`.
  case noAt
  /// What stands before the `@` is empty or has signs or dots that do not belong there.
  case localPart
  /// The part before the `@` is quoted and could not be written without quotes.
  case quotedLocalPart
  /// What stands behind the `@` is no domain name.
  case domain
  /// The domain is one label, and no top-level domain that takes mail.
  case dotlessDomain
  /// An IP address in brackets stands behind the `@`.
  case addressLiteral
  /// A label beyond ASCII, in either form, that no registry may give away (IDNA 2008).
  case internationalLabel
  /// The address, its local part, its domain or a label is longer than mail systems take.
  case tooLong
  /// Letters of two alphabets stand side by side, and which were meant cannot be told.
  case lookAlikeLetters
}
