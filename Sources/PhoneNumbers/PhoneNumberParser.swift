/// Reads telephone numbers from text that people typed, and judges whether they are in use.
///
/// ```swift
/// let parser = PhoneNumberParser(region: "RU", areaCode: "342")
/// var position = 0
/// while let result = parser?.parseNext(cell.span, from: &position) { … }
/// ```
///
/// A text may hold several numbers: a comma, a semicolon, a line break, a second `+`, or words
/// between digits part them, and a slash or a blank where what stands before it is a number in
/// use. Blanks, hyphens, brackets and dots inside a number mean nothing. Words before a number
/// (`тел.`, `моб.`) and behind it are left out. An extension follows `доб.`, `доп.`, `вн.`, `ext`,
/// `x` or `#`.
///
/// A number without `+` belongs to the region. Which number the digits are, and whether it is in
/// use, are libphonenumber's answers for every country: calling codes, prefixes for calls abroad,
/// national and carrier prefixes and those that are rewritten rather than removed. See
/// ``PhoneNumberingPlan`` for what else can be asked about a number.
///
/// Only what libphonenumber calls no number in use is looked at further, and what is made of it is
/// told by ``PhoneRepairs``: fewer digits than a number has get the area code; in Russia and
/// Kazakhstan `+8` before ten digits is taken for `8`, where it is no other country's calling code;
/// bare digits that are a mobile number abroad with a plus before them get it, unless they may as
/// well be a number from here with a digit too many; `00` stands for `+` everywhere.
package struct PhoneNumberParser: Sendable {
  let metadata: PhoneMetadata
  let words: PhoneWords
  /// The region of numbers without a calling code.
  let homeRegion: PhoneMetadata.Region
  /// What is put before local numbers; empty if nothing is.
  let areaCode: DigitRun

  /// The calling code of numbers that name none; 0 for region `ZZ`.
  package let homeCallingCode: Int

  /// A parser for a region, or `nil` if there is no such region.
  ///
  /// - Parameters:
  ///   - region: The ISO 3166 letters of the country of numbers that name none, such as `RU`; `ZZ`
  ///     for no country, so that every number needs its calling code.
  ///   - areaCode: The digits put before local numbers; without them such numbers are too short.
  package init?(region: String, areaCode: String? = nil) {
    metadata = .shared
    if region == "ZZ" {
      homeRegion = PhoneMetadata.Region(name: region, country: -1)
      homeCallingCode = 0
    } else {
      guard let index = metadata.region(named: region) else { return nil }
      homeRegion = metadata.regions[index]
      homeCallingCode = metadata.countries[homeRegion.country].callingCode
    }
    words = PhoneWords()
    self.areaCode = DigitRun((areaCode ?? "").utf8)
  }

  /// Reads the only number of a text; more than one is not looked at.
  package func parse(_ text: Span<UInt8>) -> PhoneParseResult {
    var position = 0
    return parseNext(text, from: &position) ?? .problem(.noDigits)
  }

  /// Reads the next number of a text.
  ///
  /// - Parameters:
  ///   - text: Any bytes; meant to be UTF-8.
  ///   - position: Where to begin; afterwards where the number, with its extension, ended.
  /// - Returns: The number or what is wrong with it; `nil` if no digit follows.
  /// - Complexity: O(*n*) in the bytes passed; allocates nothing.
  package func parseNext(_ text: Span<UInt8>, from position: inout Int) -> PhoneParseResult? {
    let start = position
    guard var scan = scanNumber(text, from: &position, endsAtBlank: false) else { return nil }
    var result = judge(scan.digits, hasPlus: scan.hasPlus)
    if case .problem(.tooLong) = result, scan.hasBlank {
      // Two numbers with nothing but a blank between them? Only if what is left is one too: the
      // beginning of a number from abroad without its plus may look like one from here.
      var end = start
      if let first = scanNumber(text, from: &end, endsAtBlank: true) {
        let firstResult = judge(first.digits, hasPlus: first.hasPlus)
        var rest = end
        if case .number = firstResult,
          let second = scanNumber(text, from: &rest, endsAtBlank: true), isNumber(second)
        {
          (scan, result, position) = (first, firstResult, end)
        }
      }
    }
    if position < text.count, Self.isExponent(text, at: position),
      let whole = spreadsheetNumber(text, from: start, to: &position)
    {
      return whole
    }
    guard case .number(var number, var repairs) = result else {
      if let whole = spreadsheetNumber(text, from: start, to: &position) { return whole }
      if let whole = lookAlikeNumber(text, from: start, to: &position) { return whole }
      if !scan.hasPlus, position - start == scan.digits.count,
        let whole = numberWithoutPlus(scan.digits)
      {
        return whole
      }
      _ = scanExtension(text, from: &position)
      return result
    }
    if position < text.count {
      if Self.passZeroFraction(text, from: &position) { repairs.insert(.spreadsheetForm) }
      if let digits = scanExtension(text, from: &position) {
        number.extensionDigits = digits
      }
      if onlyWordsFollow(in: text, from: &position) { scan.hasText = true }
    }
    if scan.hasText { repairs.insert(.textRemoved) }
    return .number(number, repairs: repairs)
  }

  /// Reads a text that is one number, in use or not, and puts nothing right.
  ///
  /// What libphonenumber's `parse` does; for a judgement, ask ``PhoneNumberingPlan``.
  ///
  /// - Returns: `nil` if the text is no number.
  package func read(_ text: Span<UInt8>) -> PhoneNumber? {
    var position = 0
    guard let scan = scanNumber(text, from: &position, endsAtBlank: false),
      case .number(var number, _) = resolve(scan.digits, hasPlus: scan.hasPlus)
    else { return nil }
    if let digits = scanExtension(text, from: &position) { number.extensionDigits = digits }
    return number
  }
}
