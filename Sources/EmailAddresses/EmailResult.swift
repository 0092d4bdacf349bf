/// What became of a text that was read as an e-mail address.
package enum EmailResult: Sendable, Hashable {
  /// The address was appended; the remarks say what was done to it and what is odd about it.
  case address(EmailRemarks)
  /// Not an address; nothing was appended.
  case problem(EmailProblem)
}

/// What was done to an address, and what is odd about it.
///
/// Without a remark the address stands as it was written, but for capitals in its domain.
package struct EmailRemarks: OptionSet, Sendable, Hashable {
  /// The remarks as bits.
  package let rawValue: UInt8

  /// Remarks from their bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Something around the address was taken away, or slips within it were mended.
  package static let tidied = EmailRemarks(rawValue: 1)
  /// Characters were written in another form: Unicode's NFC, the mapping of UTS #46, or the other
  /// form of an internationalized domain.
  package static let rewritten = EmailRemarks(rawValue: 2)
  /// Letters of another alphabet were replaced by the Latin ones they look like.
  package static let lookAlikesReplaced = EmailRemarks(rawValue: 4)
  /// The domain is one slip away from a big provider's.
  package static let likelyTypo = EmailRemarks(rawValue: 8)
  /// Such a domain was corrected.
  package static let typoCorrected = EmailRemarks(rawValue: 16)
  /// The domain is reserved for tests, documents or local networks.
  package static let specialUse = EmailRemarks(rawValue: 32)
}
