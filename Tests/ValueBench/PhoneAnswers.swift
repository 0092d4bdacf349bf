import PhoneNumbers

/// Answers the lines of scripts/phone_oracle.py.
struct PhoneAnswers {
  private var parsers: [String: PhoneNumberParser] = [:]
  private let plan = PhoneNumberingPlan()
  private let e164 = PhoneNumberFormatter(.e164)
  private let international = PhoneNumberFormatter(.international)

  /// The answer to a line `REGION<TAB>TEXT` or `CELLS<TAB>TEXT`.
  mutating func answer(_ line: String) -> String {
    let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
    let text = EscapedLine.bytes(of: parts.count > 1 ? parts[1].utf8 : ""[...].utf8)
    if parts[0] == "CELLS" { return cells(text) }
    guard let parser = parser(String(parts[0])), var number = parser.read(text.span) else {
      return "none"
    }
    let extensionDigits = number.extensionDigits
    number.extensionDigits = DigitRun()
    let type = plan.type(of: number)
    return [
      "number", written(number, e164), type == .unknown ? "invalid" : "valid",
      Self.name(plan.length(of: number)), type.name, plan.region(of: number) ?? "ZZ",
      Self.text(extensionDigits), written(number, international),
      written(number, PhoneNumberFormatter(.national, home: number.callingCode)),
    ].joined(separator: "\t")
  }

  private mutating func cells(_ text: [UInt8]) -> String {
    guard let parser = parser("RU") else { return "-" }
    var numbers: [String] = []
    var position = 0
    while let result = parser.parseNext(text.span, from: &position) {
      // What ferry puts right is no number to libphonenumber.
      guard case .number(let number, let repairs) = result,
        repairs.isDisjoint(with: [
          .callingCodeCorrected, .plusAdded, .lettersRead, .spreadsheetForm,
        ])
      else { continue }
      numbers.append(written(number, e164))
    }
    return numbers.isEmpty ? "-" : numbers.joined(separator: ",")
  }

  private mutating func parser(_ region: String) -> PhoneNumberParser? {
    if let known = parsers[region] { return known }
    // Numbers of no country cannot do without their calling code.
    let parser = PhoneNumberParser(region: region == "001" ? "ZZ" : region)
    parsers[region] = parser
    return parser
  }

  private func written(_ number: PhoneNumber, _ formatter: PhoneNumberFormatter) -> String {
    var bytes: [UInt8] = []
    formatter.append(number, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func text(_ digits: DigitRun) -> String {
    String((0..<digits.count).map { Character(String(digits.digit(at: $0))) })
  }

  private static func name(_ length: PhoneLength) -> String {
    switch length {
    case .possible: "is_possible"
    case .localOnly: "local-only"
    case .tooShort: "too-short"
    case .tooLong: "too-long"
    case .invalid: "invalid-length"
    }
  }
}
