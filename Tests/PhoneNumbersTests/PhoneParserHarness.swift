import PhoneNumbers

/// Texts in and texts out, for tests.
struct PhoneParserHarness {
  let parser: PhoneNumberParser
  var style = PhoneStyle.e164

  init?(region: String = "RU", areaCode: String? = nil, style: PhoneStyle = .e164) {
    guard let parser = PhoneNumberParser(region: region, areaCode: areaCode) else { return nil }
    self.parser = parser
    self.style = style
  }

  /// Every number of a text, written in the style; a problem as its name and count of digits.
  func all(_ text: String) -> [String] { all(Array(text.utf8)) }

  func all(_ bytes: [UInt8]) -> [String] {
    var position = 0
    var results: [String] = []
    while let result = parser.parseNext(bytes.span, from: &position) {
      results.append(Self.written(result, style, home: parser.homeCallingCode))
    }
    return results
  }

  func first(_ text: String) -> PhoneParseResult { parser.parse(Array(text.utf8).span) }

  /// The only number of a text, written in the style.
  func one(_ text: String) -> String {
    Self.written(first(text), style, home: parser.homeCallingCode)
  }

  static func written(
    _ result: PhoneParseResult, _ style: PhoneStyle, home: Int = 7
  ) -> String {
    switch result {
    case .number(let number, _):
      var bytes: [UInt8] = []
      PhoneNumberFormatter(style, home: home).append(number, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    case .problem(.noDigits): return "no digits"
    case .problem(.tooShort(let digits)): return "too short \(digits)"
    case .problem(.tooLong(let digits)): return "too long \(digits)"
    case .problem(.unknownCallingCode(let digits)): return "unknown \(digits)"
    case .problem(.notInUse(let digits)): return "not in use \(digits)"
    case .problem(.noAreaCode(let digits)): return "no area code \(digits)"
    case .problem(.shortNumber(let digits)): return "short number \(digits)"
    case .problem(.digitsLost(let digits)): return "digits lost \(digits)"
    }
  }
}
