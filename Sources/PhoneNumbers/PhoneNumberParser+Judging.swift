// Whether digits are a number in use, and what can be put right if they are not.

extension PhoneNumberParser {
  /// Judges the digits of one number.
  @inline(__always)
  func judge(_ digits: DigitRun, hasPlus: Bool) -> PhoneParseResult {
    if digits.count == 0 { return .problem(.noDigits) }
    let resolution = resolve(digits, hasPlus: hasPlus)
    if case .number(let number, let country) = resolution, isInUse(number.national, country) {
      return .number(number, repairs: [])
    }
    return repair(digits, hasPlus: hasPlus) ?? .problem(problem(resolution, digits, hasPlus))
  }

  @inline(__always)
  private func isInUse(_ national: DigitRun, _ country: Int) -> Bool {
    metadata.standing(of: national, in: country).type != .unknown
  }

  /// The number that was probably meant by digits that are none.
  private func repair(_ digits: DigitRun, hasPlus: Bool) -> PhoneParseResult? {
    guard digits.count <= DigitRun.capacity else { return nil }
    if hasPlus {
      // `+8 902 …`: eighty-something is no calling code, so the trunk prefix 8 was meant.
      guard homeCallingCode == 7, digits.count == 11, digits[0] == 8,
        metadata.country(atStartOf: digits) == nil
      else { return nil }
      return number(digits.dropFirst(1), hasPlus: false, repairs: .callingCodeCorrected)
    }
    if let whole = withAreaCode(digits) { return whole }
    // In Russia and Kazakhstan ten digits, and eleven behind 7 or 8, are never a number abroad.
    if isHomeLength(digits) { return nil }
    if digits.count > 9, digits[0] == 0, digits[1] == 0 {
      // `00` is dialled for calls abroad in most of the world.
      return number(digits.dropFirst(2), hasPlus: true, repairs: [])
    }
    return nil
  }

  /// The number abroad that digits are which have lost their plus.
  ///
  /// A spreadsheet that takes a number for an integer drops it. Only mobile numbers are taken for
  /// such, and not where a slip is as likely: a number from here with a digit too many.
  func numberWithoutPlus(_ digits: DigitRun) -> PhoneParseResult? {
    guard digits.count > 10, digits.count <= 15, !isHomeLength(digits),
      case .number(let number, let country) = resolve(digits, hasPlus: true),
      metadata.standing(of: number.national, in: country).type == .mobile,
      self.number(digits.dropFirst(1), hasPlus: false, repairs: []) == nil,
      self.number(digits.prefix(digits.count - 1), hasPlus: false, repairs: []) == nil
    else { return nil }
    return .number(number, repairs: .plusAdded)
  }

  private func isHomeLength(_ digits: DigitRun) -> Bool {
    homeCallingCode == 7
      && (digits.count == 10 || (digits.count == 11 && (digits[0] == 7 || digits[0] == 8)))
  }

  private func withAreaCode(_ digits: DigitRun) -> PhoneParseResult? {
    guard areaCode.count > 0, homeCallingCode > 0, digits.count < 10, !isEmergency(digits) else {
      return nil
    }
    let whole = areaCode.appending(digits)
    // Only what has the length of a national number: a city number is never guessed to be longer.
    guard homeRegion.length(whole.count) == .possible else { return nil }
    let country = homeRegion.country
    guard isInUse(whole, country) else { return nil }
    let number = PhoneNumber(
      callingCode: metadata.countries[country].callingCode, national: whole)
    return .number(number, repairs: .areaCodeAdded)
  }

  private func number(
    _ digits: DigitRun, hasPlus: Bool, repairs: PhoneRepairs
  ) -> PhoneParseResult? {
    guard case .number(let number, let country) = resolve(digits, hasPlus: hasPlus),
      isInUse(number.national, country)
    else { return nil }
    return .number(number, repairs: repairs)
  }

  private func isEmergency(_ digits: DigitRun) -> Bool {
    homeRegion.emergencyStart != 0
      && metadata.automaton.label(of: digits, from: homeRegion.emergencyStart) != 0
  }

  /// Why digits that were resolved so are no number in use.
  private func problem(
    _ resolution: Resolution, _ digits: DigitRun, _ hasPlus: Bool
  ) -> PhoneProblem {
    let count = digits.count
    if !hasPlus, count <= DigitRun.capacity, isEmergency(digits) {
      return .shortNumber(digits: count)
    }
    switch resolution {
    case .tooShort: return .tooShort(digits: count)
    case .tooLong: return .tooLong(digits: count)
    case .unknownCallingCode:
      return count < 4 ? .tooShort(digits: count) : .unknownCallingCode(digits: count)
    case .number(let number, let country):
      let isHome = !hasPlus && country == homeRegion.country
      let rules =
        isHome ? homeRegion : metadata.regions[metadata.countries[country].mainRegion]
      switch rules.length(number.national.count) {
      // Fourteen digits in Russia, but none of the few numbers that have so many.
      case .possible
      where rules.length(number.national.count - 1) == .invalid
        && !looksNational(number.national, rules):
        return .tooLong(digits: count)
      case .possible: return .notInUse(digits: count)
      case .tooLong: return .tooLong(digits: count)
      case .localOnly where isHome && areaCode.count == 0: return .noAreaCode(digits: count)
      case .localOnly, .tooShort:
        let whole = areaCode.appending(digits)
        if isHome, areaCode.count > 0, homeRegion.length(whole.count) == .possible {
          return .notInUse(digits: count)
        }
        return lacking(digits, hasPlus)
      // Between two lengths in use: mostly the longer is a rare one, and a digit is too many.
      case .invalid: return .tooLong(digits: count)
      }
    }
  }

  /// Too few digits; Russian towns have numbers of five to seven within them.
  private func lacking(_ digits: DigitRun, _ hasPlus: Bool) -> PhoneProblem {
    let isTown = homeCallingCode == 7 && !hasPlus && (5...7).contains(digits.count)
    return isTown && areaCode.count == 0
      ? .noAreaCode(digits: digits.count) : .tooShort(digits: digits.count)
  }
}
