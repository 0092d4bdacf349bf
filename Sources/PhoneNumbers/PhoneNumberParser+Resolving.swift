// Which number some digits are: libphonenumber's `parse`, from the digits on.
//
// Nothing is guessed here that libphonenumber does not guess: which digits are a calling code, a
// prefix for calls abroad, a national prefix. `make phone-oracle` compares the two.

extension PhoneNumberParser {
  /// What digits are resolved to.
  enum Resolution {
    /// A number, which need not be in use, and the index of its country.
    case number(PhoneNumber, country: Int)
    /// The digits after `+` or a prefix for calls abroad begin with no calling code.
    case unknownCallingCode
    /// Fewer than two digits are left for a national number.
    case tooShort
    /// More digits than any national number has.
    case tooLong
  }

  /// The longest national number that is read at all (ITU-T E.164 has 15; Germany's are longer).
  private static let longestNational = 17

  /// Finds the number that digits are.
  ///
  /// - Parameters:
  ///   - digits: All digits of the text, without the extension's.
  ///   - hasPlus: Whether a `+` stands before them.
  /// - Returns: The number, which need not be in use, or why there is none.
  @inline(__always)
  func resolve(_ digits: DigitRun, hasPlus: Bool) -> Resolution {
    guard digits.count <= DigitRun.capacity else { return .tooLong }
    if hasPlus {
      guard digits.count > 2 else { return .tooShort }
      if let country = metadata.country(atStartOf: digits) {
        return national(digits, ofCountry: country)
      }
      // `+00 49 …`: the plus is taken for a slip.
      switch countryWithoutPlus(of: digits) {
      case .country(let country, let national): return self.national(national, of: country)
      case .unknown, .none: return .unknownCallingCode
      case .tooShort: return .tooShort
      }
    }
    switch countryWithoutPlus(of: digits) {
    case .country(let country, let national): return self.national(national, of: country)
    case .unknown: return .unknownCallingCode
    case .tooShort: return .tooShort
    case .none:
      guard homeRegion.country >= 0 else { return .unknownCallingCode }
      return finish(digits, country: homeRegion.country, rules: homeRegion)
    }
  }

  private enum CountryFinding {
    case country(Int, national: DigitRun)
    /// A prefix for calls abroad, and no calling code behind it.
    case unknown
    case tooShort
    /// The number names no country.
    case none
  }

  /// Looks for the home region's prefix for calls abroad, then for its own calling code.
  @inline(__always)
  private func countryWithoutPlus(of digits: DigitRun) -> CountryFinding {
    if homeRegion.internationalStart != 0 {
      let prefix = metadata.automaton.lastLabel(of: digits, from: homeRegion.internationalStart)
      // No calling code begins with 0.
      if prefix.label != 0, prefix.count == digits.count || digits[prefix.count] != 0 {
        let rest = digits.dropFirst(prefix.count)
        guard rest.count > 2 else { return .tooShort }
        guard let country = metadata.country(atStartOf: rest) else { return .unknown }
        return .country(
          country, national: rest.dropFirst(metadata.countries[country].digits.count))
      }
    }
    guard homeRegion.country >= 0 else { return .none }
    let home = metadata.countries[homeRegion.country]
    guard digits.hasPrefix(home.digits) else { return .none }
    let rest = withoutNationalPrefix(digits.dropFirst(home.digits.count), rules: homeRegion)
    let isOwnCode =
      (!looksNational(digits, homeRegion) && looksNational(rest, homeRegion))
      || homeRegion.length(digits.count) == .tooLong
    return isOwnCode ? .country(homeRegion.country, national: rest) : .none
  }

  private func national(_ digits: DigitRun, ofCountry country: Int) -> Resolution {
    national(digits.dropFirst(metadata.countries[country].digits.count), of: country)
  }

  /// Finishes a number whose country is known: the rules are those of the code's main region.
  @inline(__always)
  private func national(_ digits: DigitRun, of country: Int) -> Resolution {
    finish(
      digits, country: country, rules: metadata.regions[metadata.countries[country].mainRegion])
  }

  @inline(__always)
  private func finish(
    _ digits: DigitRun, country: Int, rules: PhoneMetadata.Region
  ) -> Resolution {
    guard digits.count >= 2 else { return .tooShort }
    var national = digits
    if rules.prefixStart != 0 {
      let rest = withoutNationalPrefix(digits, rules: rules)
      switch rules.length(rest.count) {
      case .possible, .tooLong: national = rest
      case .localOnly, .tooShort, .invalid: break
      }
    }
    if national.count < 2 { return .tooShort }
    if national.count > Self.longestNational { return .tooLong }
    let code = metadata.countries[country].callingCode
    return .number(PhoneNumber(callingCode: code, national: national), country: country)
  }

  /// Whether digits look like a national number of a region, whatever their kind.
  @inline(__always)
  func looksNational(_ digits: DigitRun, _ region: PhoneMetadata.Region) -> Bool {
    digits.count <= Self.longestNational
      && metadata.automaton.label(of: digits, from: region.generalStart) != 0
  }

  /// The digits without a national or carrier prefix, or with what takes its place.
  ///
  /// A number that looks like one only with the prefix keeps it.
  @inline(__always)
  private func withoutNationalPrefix(
    _ digits: DigitRun, rules: PhoneMetadata.Region
  ) -> DigitRun {
    guard rules.prefixStart != 0 else { return digits }
    let found = metadata.automaton.lastLabel(of: digits, from: rules.prefixStart)
    guard found.label != 0 else { return digits }
    let plain = Int(metadata.plainPrefixes[found.label])
    let rest: DigitRun
    if plain > 0 {
      rest = digits.dropFirst(plain)
    } else {
      guard let rewritten = rewritten(digits, rules: rules) else { return digits }
      rest = rewritten
    }
    if looksNational(digits, rules), !looksNational(rest, rules) { return digits }
    return rest
  }

  /// The digits with the replacement made that a backtracking matcher would find: the last on the way
  /// that counts.
  private func rewritten(_ digits: DigitRun, rules: PhoneMetadata.Region) -> DigitRun? {
    var chosen: PhoneMetadata.Replacement?
    metadata.automaton.forEachLabel(of: digits, from: rules.prefixStart) { label, count in
      for replacement in metadata.replacements[label]
      where !replacement.isFinal || count == digits.count { chosen = replacement }
    }
    guard let chosen else { return nil }
    var start = DigitRun()
    for byte in chosen.text {
      start.append(byte < UInt8(ascii: "a") ? byte - 48 : digits[Int(byte - UInt8(ascii: "a"))])
    }
    return start.appending(digits.dropFirst(chosen.count))
  }
}
