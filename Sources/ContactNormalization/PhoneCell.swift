import ContactModel
import PhoneNumbers

/// Reads the telephone numbers of a cell and writes them in the mapping's form.
struct PhoneCell: Sendable {
  private let parser: PhoneNumberParser
  private let formatter: PhoneNumberFormatter
  private let plan = PhoneNumberingPlan()

  /// - Throws: ``ContactNormalizerError`` if the region is not known.
  init(_ settings: PhoneSettings) throws(ContactNormalizerError) {
    guard
      let parser = PhoneNumberParser(region: settings.region, areaCode: settings.areaCode)
    else { throw ContactNormalizerError(unknownRegion: settings.region) }
    self.parser = parser
    formatter = PhoneNumberFormatter(
      Self.style(settings.format), home: parser.homeCallingCode)
  }

  private static func style(_ form: PhoneForm) -> PhoneStyle {
    switch form {
    case .crm: .crm
    case .e164: .e164
    case .international: .international
    case .national: .national
    }
  }

  /// Writes the numbers of a trimmed cell, parted by `, `, each once.
  func write(_ bytes: [UInt8], _ range: Range<Int>, to writer: inout ValueWriter) {
    let text = bytes.span.extracting(range)
    var position = 0
    var found = false
    while position < text.count {
      let start = position
      guard let result = parser.parseNext(text, from: &position) else { break }
      switch result {
      case .number(let number, let repairs): write(number, repairs, to: &writer)
      case .problem(let problem):
        if !found, PlaceholderCell.matches(bytes, range) { return writer.report(.placeholder) }
        // `*100#` is kept whole: what ends a service code belongs to it.
        while position < text.count, text[position] == UInt8(ascii: "#") { position += 1 }
        let element = (range.lowerBound + start)..<(range.lowerBound + position)
        writer.refuse(
          Self.code(of: problem), detail: problem.digitCount, bytes, Self.inner(bytes, element))
      }
      found = true
    }
    if found { return }
    if PlaceholderCell.matches(bytes, range) { return writer.report(.placeholder) }
    writer.refuse(.phoneNoDigits, bytes, range)
  }

  private func write(
    _ number: PhoneNumber, _ repairs: PhoneRepairs, to writer: inout ValueWriter
  ) {
    let start = writer.bytes.count
    writer.beginElement()
    formatter.append(number, to: &writer.bytes)
    if !repairs.isEmpty {
      if repairs.contains(.areaCodeAdded) { writer.report(.phoneAreaCodeAdded) }
      if repairs.contains(.lettersRead) { writer.report(.phoneLookAlikeLetters) }
      if repairs.contains(.spreadsheetForm) { writer.report(.phoneSpreadsheetForm) }
      if repairs.contains(.plusAdded) { writer.report(.phonePlusAdded) }
      if !repairs.isDisjoint(with: [.textRemoved, .callingCodeCorrected]) {
        writer.report(.phoneRepaired)
      }
    }
    if writer.removeRepetition(from: start) {
      writer.report(.phoneRepeated)
    } else if writer.isMovingMobiles, plan.type(of: number) == .mobile {
      writer.moveElement(from: start)
    }
  }

  private static func code(of problem: PhoneProblem) -> IssueCode {
    switch problem {
    case .noDigits: .phoneNoDigits
    case .tooShort: .phoneTooShort
    case .tooLong: .phoneTooLong
    case .unknownCallingCode: .phoneUnknownCountry
    case .notInUse: .phoneNotInUse
    case .noAreaCode: .phoneNoAreaCode
    case .shortNumber: .phoneShortNumber
    case .digitsLost: .phoneDigitsLost
    }
  }

  /// An element without the separators and blanks around it.
  private static func inner(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var range = TextCell.trimmed(bytes, range)
    while let first = range.first, isSeparator(bytes[first]) {
      range = TextCell.trimmed(bytes, (first + 1)..<range.upperBound)
    }
    while let last = range.last, isSeparator(bytes[last]) {
      range = TextCell.trimmed(bytes, range.lowerBound..<last)
    }
    return range
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == Byte.comma || byte == Byte.semicolon || byte == UInt8(ascii: "/")
      || byte == UInt8(ascii: "|")
  }
}
