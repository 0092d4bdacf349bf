/// The numbering plan of +7, which Russia and Kazakhstan share: which numbers are in use.
///
/// Exactly libphonenumber's answer: the plan's table is made by asking it about every code (the
/// type patterns of RU for numbers that begin with 3, 4, 8, 9, and of KZ for those with 7). Three
/// digits decide, except for 71x and 72x (five digits, Kazakhstan's towns) and 930 (six). Besides
/// ten digits, fourteen are possible: `8 108 …`, an international freephone number.
struct NumberingPlan7: Sendable {
  /// How a number in use is grouped, as libphonenumber does; the byte stands in the table.
  enum Form: UInt8, Sendable {
    /// `342 206-72-02`
    case threeThree = 0x61
    /// `7172 12 34 56`, a town with a code of four digits
    case fourTwo = 0x62
    /// `71037 1 23 45`, a town with a code of five digits
    case fiveOne = 0x63
    /// `701 123 4567`, Kazakhstan's other numbers
    case kazakh = 0x64
    /// `8108 1234 567 890`, the fourteen-digit freephone numbers
    case freephone = 0x65
  }

  private static let deeper = UInt8(ascii: "?")

  /// 1000 codes of three digits, 2000 of five (71000…72999), 100 of six (930000…930099).
  private let classes: [UInt8]

  /// The plan, read from its text on first use.
  static let shared = NumberingPlan7()

  private init() {
    classes = PhoneMetadata.plan7.withUTF8Buffer { text in
      text.filter { $0 != UInt8(ascii: "\n") }
    }
    precondition(classes.count == 3100, "the generated table is whole")
  }

  /// Tells whether a national number is in use, and how it is grouped.
  ///
  /// - Parameter number: Any digits.
  /// - Returns: `nil` for a number that is not in use.
  @inline(__always)
  func form(of number: DigitRun) -> Form? {
    guard number.count == 10 else { return longForm(of: number) }
    let code = Int(number.value / 10_000_000)
    var entry = classes[code]
    if entry == Self.deeper { entry = deeperEntry(of: number, code: code) }
    return Form(rawValue: entry)
  }

  private func deeperEntry(of number: DigitRun, code: Int) -> UInt8 {
    if code == 930 {
      let six = Int(number.value / 10_000)
      return six < 930_100 ? classes[3000 + six - 930_000] : Form.threeThree.rawValue
    }
    return classes[1000 + Int(number.value / 100_000) - 71_000]
  }

  private func longForm(of number: DigitRun) -> Form? {
    number.count == 14 && number.value / 10_000_000_000 == 8108 ? .freephone : nil
  }
}
