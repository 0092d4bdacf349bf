/// A telephone number that was read: where it is, which number, which extension.
///
/// A plain value; making one allocates nothing. It need not be in use: ``PhoneNumberingPlan`` tells.
package struct PhoneNumber: Sendable, Hashable {
  /// The ITU-T E.164 country calling code, such as 7 or 380.
  package let callingCode: Int
  /// The national (significant) number's digits; leading zeros, as Italy's, are part of it.
  package let national: DigitRun
  /// The digits of the extension; none without one.
  package var extensionDigits = DigitRun()

  /// A number without an extension.
  package init(callingCode: Int, national: DigitRun) {
    self.callingCode = callingCode
    self.national = national
  }
}

/// What kind of line a number belongs to, in libphonenumber's terms.
package enum PhoneNumberType: UInt8, Sendable, CaseIterable {
  case unknown
  case fixedLine
  case mobile
  /// The numbering plan does not tell the two apart, as in the United States.
  case fixedLineOrMobile
  case tollFree
  case premiumRate
  case sharedCost
  /// Voice over IP.
  case voip
  case personalNumber
  case pager
  /// A number that reaches a company at any of its offices (universal access number).
  case uan
  case voicemail

  /// The name that the generated tables use.
  package var name: String {
    switch self {
    case .unknown: "UNKNOWN"
    case .fixedLine: "FIXED_LINE"
    case .mobile: "MOBILE"
    case .fixedLineOrMobile: "FIXED_LINE_OR_MOBILE"
    case .tollFree: "TOLL_FREE"
    case .premiumRate: "PREMIUM_RATE"
    case .sharedCost: "SHARED_COST"
    case .voip: "VOIP"
    case .personalNumber: "PERSONAL_NUMBER"
    case .pager: "PAGER"
    case .uan: "UAN"
    case .voicemail: "VOICEMAIL"
    }
  }
}

/// Whether a number has a length that numbers of its country have, in libphonenumber's terms.
package enum PhoneLength: Sendable, Hashable {
  case possible
  /// Possible within its area only: the area code is missing.
  case localOnly
  case tooShort
  case tooLong
  /// Between the shortest and the longest, but of no length in use.
  case invalid
}
