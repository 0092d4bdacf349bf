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
/// A number without `+` belongs to the region. For Russia and Kazakhstan that is: ten digits;
/// eleven that begin with 8 or 7; `8 10` and then a calling code; fewer than ten with the area
/// code put before them. Elsewhere: a national number with or without its trunk prefix, or the
/// region's prefix for calls abroad. `00` stands for `+` everywhere; but in
/// Russia and Kazakhstan ten and eleven digits are never a number abroad, and there `+8` before ten
/// digits of a number in use is taken for `8`, where it is no other country's calling code.
///
/// Validity of +7 numbers is libphonenumber's, see `NumberingPlan7`. Of other countries only this
/// is judged so far: the calling code is assigned, a national number may have so many digits, it
/// is not one digit repeated, does not begin with a trunk prefix `0`, and behind +1 has ten digits
/// beginning with 2 to 9. Carrier codes, and
/// prefixes that are rewritten rather than removed (Argentina's 15, San Marino's 0549), are not
/// known here.
package struct PhoneNumberParser: Sendable {
  let metadata: PhoneMetadata
  let plan7: NumberingPlan7
  let words: PhoneWords
  /// The country of numbers without a calling code.
  let home: PhoneMetadata.Country
  /// What is put before local numbers; empty if nothing is.
  let areaCode: DigitRun

  /// The calling code of numbers that name none.
  package var homeCallingCode: Int { home.callingCode }

  /// A parser for a region, or `nil` if there is no such region.
  ///
  /// - Parameters:
  ///   - region: The ISO 3166 letters of the country of numbers that name none, such as `RU`.
  ///   - areaCode: The digits put before local numbers; without them such numbers are too short.
  package init?(region: String, areaCode: String? = nil) {
    metadata = .shared
    guard let code = metadata.callingCode(ofRegion: region),
      let country = metadata.country(ofCallingCode: code)
    else { return nil }
    home = metadata.countries[country]
    plan7 = .shared
    words = PhoneWords()
    var digits = DigitRun()
    for byte in (areaCode ?? "").utf8 where byte &- 48 < 10 { digits.append(byte - 48) }
    self.areaCode = digits
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
    guard case .number(var number, var repairs) = result else {
      _ = scanExtension(text, from: &position)
      return result
    }
    if position < text.count {
      if let digits = scanExtension(text, from: &position) {
        number.extensionNumber = digits.value
        number.extensionDigitCount = digits.count
      }
      if onlyWordsFollow(in: text, from: &position) { scan.hasText = true }
    }
    if scan.hasText { repairs.insert(.textRemoved) }
    return .number(number, repairs: repairs)
  }
}
