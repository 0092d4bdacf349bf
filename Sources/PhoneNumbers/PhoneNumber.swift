/// A telephone number that was read and judged: where it is, which number, which extension.
///
/// A plain value; making one allocates nothing. The digits are kept as integers with
/// their counts, so that leading zeros (Italy's are part of the number) survive.
package struct PhoneNumber: Sendable, Hashable {
  /// The ITU-T E.164 country calling code, such as 7 or 380.
  package let callingCode: Int
  /// The national (significant) number's digits as one integer.
  package let nationalNumber: UInt64
  /// How many digits the national number has, leading zeros included.
  package let nationalDigitCount: Int
  /// The extension's digits as one integer.
  package var extensionNumber: UInt64 = 0
  /// How many digits the extension has, leading zeros included; 0 without an extension.
  package var extensionDigitCount: Int = 0

  /// A number without an extension.
  package init(callingCode: Int, nationalNumber: UInt64, nationalDigitCount: Int) {
    self.callingCode = callingCode
    self.nationalNumber = nationalNumber
    self.nationalDigitCount = nationalDigitCount
  }

  /// How many zeros the national number begins with.
  package var leadingZeroCount: Int {
    nationalDigitCount - (nationalNumber == 0 ? 0 : DigitRun.count(of: nationalNumber))
  }
}
