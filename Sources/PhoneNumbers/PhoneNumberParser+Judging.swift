// Which country the digits belong to, and whether such a number is in use.

extension PhoneNumberParser {
  /// Judges the digits of one number.
  @inline(__always)
  func judge(_ digits: DigitRun, hasPlus: Bool) -> PhoneParseResult {
    if home.callingCode == 7, digits.count == 11, digits.value < 90_000_000_000 {
      // The commonest form of all, `8 902 …` and `+7 902 …`, without the detours.
      let national = digits.dropFirst(1)
      let first = digits.value / 10_000_000_000
      if first == 7 || (first == 8 && !hasPlus), plan7.form(of: national) != nil {
        return Self.number(7, national)
      }
    }
    return judgeAny(digits, hasPlus: hasPlus)
  }

  private func judgeAny(_ digits: DigitRun, hasPlus: Bool) -> PhoneParseResult {
    let count = digits.count
    if count == 0 { return .problem(.noDigits) }
    if count > DigitRun.capacity { return .problem(.tooLong(digits: count)) }
    if hasPlus { return judgeInternational(digits, of: count) }
    // Ten and eleven digits are Russian before they are anything else.
    let isRussian = home.callingCode == 7 && (count == 10 || count == 11)
    if !isRussian, let abroad = withoutInternationalPrefix(digits) {
      return judgeInternational(abroad, of: count)
    }
    return home.callingCode == 7 ? judgeRussian(digits) : judgeNational(digits)
  }

  /// The digits behind `00` or the region's own prefix for calls abroad.
  private func withoutInternationalPrefix(_ digits: DigitRun) -> DigitRun? {
    digits.behind(DigitRun(value: 0, count: 2)) ?? digits.behind(home.international)
  }

  /// Judges digits that begin with a calling code; `count` digits stand in the text.
  private func judgeInternational(_ digits: DigitRun, of count: Int) -> PhoneParseResult {
    // No calling code begins with 0; `+07` is not 7.
    for length in 1...3 where length < digits.count && digits.prefix(1) != 0 {
      guard let index = metadata.country(ofCallingCode: digits.prefix(length)) else { continue }
      let national = digits.dropFirst(length)
      if metadata.countries[index].callingCode == 7 { return judgePlan7(national, of: count) }
      return judgeForeign(national, of: count, in: metadata.countries[index])
    }
    if home.callingCode == 7, count == 11, digits.prefix(1) == 8 {
      // `+8 902 …`: eighty-something is no calling code, so the trunk prefix 8 was meant.
      let national = digits.dropFirst(1)
      if plan7.form(of: national) != nil {
        return Self.number(7, national, repairs: .callingCodeCorrected)
      }
    }
    if count < 4 { return .problem(.tooShort(digits: count)) }
    return .problem(.unknownCallingCode(digits: count))
  }

  /// Judges a national number of +7, with or without the trunk prefix 8.
  private func judgePlan7(_ national: DigitRun, of count: Int) -> PhoneParseResult {
    if plan7.form(of: national) != nil { return Self.number(7, national) }
    if national.count == 11 || national.count == 15, national.prefix(1) == 8 {
      let rest = national.dropFirst(1)
      if plan7.form(of: rest) != nil { return Self.number(7, rest) }
    }
    if national.count < 10 { return .problem(.tooShort(digits: count)) }
    return .problem(national.count == 10 ? .notInUse(digits: count) : .tooLong(digits: count))
  }

  /// Judges digits without a calling code in Russia or Kazakhstan.
  private func judgeRussian(_ digits: DigitRun) -> PhoneParseResult {
    let count = digits.count
    let first = digits.prefix(1)
    switch count {
    case 10: return judgePlan7(digits, of: count)
    case 11 where first == 8 || first == 7:
      return judgePlan7(digits.dropFirst(1), of: count)
    case 12 where first == 7: return judgePlan7(digits.dropFirst(1), of: count)
    case 14: return judgePlan7(digits, of: count)
    case 15 where first == 8 || first == 7:
      return judgePlan7(digits.dropFirst(1), of: count)
    case ..<10:
      if areaCode.count > 0, count + areaCode.count == 10 {
        let whole = DigitRun(
          value: areaCode.value * DigitRun.power(count) + digits.value, count: 10)
        if plan7.form(of: whole) != nil { return Self.number(7, whole, repairs: .areaCodeAdded) }
        return .problem(.notInUse(digits: count))
      }
      return .problem(.tooShort(digits: count))
    default: return .problem(.tooLong(digits: count))
    }
  }

  /// Judges digits without a calling code in any other region.
  private func judgeNational(_ digits: DigitRun) -> PhoneParseResult {
    let national = judgeForeign(digits, of: digits.count, in: home)
    if case .number = national { return national }
    let code = DigitRun.count(of: UInt64(home.callingCode))
    if digits.count > code, digits.prefix(code) == home.callingCode {
      let rest = judgeForeign(digits.dropFirst(code), of: digits.count, in: home)
      if case .number = rest { return rest }
    }
    if areaCode.count > 0, areaCode.count + digits.count <= DigitRun.capacity {
      let whole = DigitRun(
        value: areaCode.value * DigitRun.power(digits.count) + digits.value,
        count: areaCode.count + digits.count)
      if case .number(let number, _) = judgeForeign(whole, of: digits.count, in: home) {
        return .number(number, repairs: .areaCodeAdded)
      }
    }
    return national
  }

  /// Judges a national number of any country but those of +7.
  private func judgeForeign(
    _ digits: DigitRun, of count: Int, in country: PhoneMetadata.Country
  ) -> PhoneParseResult {
    var national = digits
    let trunk = country.trunk
    if trunk.count > 0, digits.count > trunk.count,
      digits.prefix(trunk.count) == Int(trunk.value),
      country.allows(digits.count - trunk.count),
      trunk.value == 0 || !country.allows(digits.count)
    {
      national = digits.dropFirst(trunk.count)
    }
    guard country.allows(national.count) else {
      let longest = 31 - country.lengths.leadingZeroBitCount
      return .problem(
        national.count < longest ? .tooShort(digits: count) : .tooLong(digits: count))
    }
    // Behind +1 all numbers have ten digits and begin with 2 to 9 (seven are Canada's 310-xxxx).
    let isOutsidePlan1 =
      country.callingCode == 1 && (national.count != 10 || national.prefix(1) < 2)
    let beginsWithTrunk = trunk.count == 1 && trunk.value == 0 && national.prefix(1) == 0
    if isOutsidePlan1 || beginsWithTrunk || national.isOneDigitRepeated {
      return .problem(.notInUse(digits: count))
    }
    return Self.number(country.callingCode, national)
  }

  @inline(__always)
  private static func number(
    _ callingCode: Int, _ national: DigitRun, repairs: PhoneRepairs = []
  ) -> PhoneParseResult {
    .number(
      PhoneNumber(
        callingCode: callingCode, nationalNumber: national.value,
        nationalDigitCount: national.count),
      repairs: repairs)
  }
}

extension DigitRun {
  /// The digits behind a prefix for calls abroad, if enough for a number follow.
  fileprivate func behind(_ prefix: DigitRun) -> DigitRun? {
    guard prefix.count > 0, count > prefix.count + 7,
      self.prefix(prefix.count) == Int(prefix.value)
    else { return nil }
    let rest = dropFirst(prefix.count)
    // No calling code begins with 0.
    return rest.prefix(1) == 0 ? nil : rest
  }
}
