/// Why a text is not a telephone number in use.
package enum PhoneProblem: Sendable, Hashable {
  /// The text has no digits.
  case noDigits
  /// Too few digits for a number of its country; the digits the text has.
  case tooShort(digits: Int)
  /// Too many digits for a number of its country; the digits the text has.
  case tooLong(digits: Int)
  /// The digits after `+` begin with no calling code that ITU has assigned.
  case unknownCallingCode(digits: Int)
  /// The number of digits is right, but no such number is in use.
  case notInUse(digits: Int)
  /// A local number, which needs its area code.
  case noAreaCode(digits: Int)
  /// An emergency number: it reaches nobody from elsewhere.
  case shortNumber(digits: Int)
  /// A spreadsheet has rounded the number, and some of its digits are gone.
  case digitsLost(digits: Int)

  /// How many digits the text has.
  package var digitCount: Int {
    switch self {
    case .noDigits: 0
    case .tooShort(let digits), .tooLong(let digits), .unknownCallingCode(let digits),
      .notInUse(let digits), .noAreaCode(let digits), .shortNumber(let digits),
      .digitsLost(let digits):
      digits
    }
  }
}

/// What became of one telephone number in a text.
package enum PhoneParseResult: Sendable, Hashable {
  /// A number in use, and what had to be guessed to read it.
  case number(PhoneNumber, repairs: PhoneRepairs)
  /// Not a number in use.
  case problem(PhoneProblem)
}

/// What had to be guessed to read a number, beyond blanks and punctuation.
package struct PhoneRepairs: OptionSet, Sendable, Hashable {
  /// The repairs as bits.
  package let rawValue: UInt8

  /// Repairs from their bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Words or signs beside the number were left out; labels such as `тел.` do not count.
  package static let textRemoved = PhoneRepairs(rawValue: 1)
  /// The number had no area code, and the region's was put before it.
  package static let areaCodeAdded = PhoneRepairs(rawValue: 2)
  /// `+8` stood where `+7` or `8` was meant.
  package static let callingCodeCorrected = PhoneRepairs(rawValue: 4)
  /// The number is from abroad and had lost its `+`.
  package static let plusAdded = PhoneRepairs(rawValue: 8)
  /// Letters that look like digits were read as these.
  package static let lettersRead = PhoneRepairs(rawValue: 16)
  /// A spreadsheet had written the number as one with a fraction or an exponent.
  package static let spreadsheetForm = PhoneRepairs(rawValue: 32)
}
