/// Every kind of issue, under the identifier that reports, result files and documents use.
///
/// The raw value is part of ferry's interface: scripts filter by it. `docs/issues.md` explains each.
package enum IssueCode: String, Sendable, CaseIterable, Hashable {
  // Reading
  case undecodableBytes = "text.undecodable"
  case recordTooLong = "record.too-long"
  case tooManyColumns = "record.too-many-columns"
  case damagedHeader = "csv.damaged-header"
  case tooFewFields = "csv.too-few-fields"
  case tooManyFields = "csv.too-many-fields"
  case strayQuote = "csv.stray-quote"
  case unterminatedQuote = "csv.unterminated-quote"
  case nulBytes = "csv.nul-bytes"
  case invalidRecord = "json.invalid-record"
  case notAnObject = "json.not-an-object"
  case repeatedKey = "json.repeated-key"
  case unfinishedCard = "vcard.unfinished"
  case invalidCardLine = "vcard.invalid-line"
  case undecodableValue = "vcard.undecodable-value"
  case pictureLeftOut = "vcard.picture-left-out"
  case nestedCardLeftOut = "vcard.nested-card-left-out"
  case elementLeftOut = "xcard.element-left-out"
  case errorCell = "xlsx.error-cell"
  case formulaWithoutValue = "xlsx.formula-without-value"
  case lostDigits = "xlsx.lost-digits"
  case invalidCell = "xlsx.invalid-cell"
  case hiddenRow = "xlsx.hidden-row"

  // Writing
  case unencodableCharacters = "text.unencodable"
  case unencodableName = "text.unencodable-name"
  case notHeld = "format.not-held"

  // Exporting
  case unreadableValue = "export.unreadable-value"
  case contactNotShown = "export.contact-not-shown"

  // Mapping
  case unmappedColumn = "column.unmapped"
  case missingRequired = "field.missing"

  // Values of any kind
  case valueNotListed = "value.not-listed"
  case controlCharacters = "value.control-characters"
  case placeholder = "value.placeholder"
  case invalidNumber = "number.invalid"

  // Phones
  case phoneRepaired = "phone.repaired"
  case phoneAreaCodeAdded = "phone.area-code-added"
  case phoneRepeated = "phone.repeated"
  case phoneNoDigits = "phone.no-digits"
  case phoneTooShort = "phone.too-short"
  case phoneTooLong = "phone.too-long"
  case phoneUnknownCountry = "phone.unknown-country"
  case phoneNotInUse = "phone.not-in-use"
  case phoneNoAreaCode = "phone.no-area-code"
  case phoneShortNumber = "phone.short-number"
  case phoneLookAlikeLetters = "phone.look-alike-letters"
  case phoneSpreadsheetForm = "phone.spreadsheet-form"
  case phonePlusAdded = "phone.plus-added"
  case phoneDigitsLost = "phone.digits-lost"
  case phoneMoved = "phone.moved-to-mob"

  // E-mails
  case emailRepaired = "email.repaired"
  case emailRepeated = "email.repeated"
  case emailNoAt = "email.no-at"
  case emailLocalPart = "email.local-part"
  case emailDomain = "email.domain"
  case emailTooLong = "email.too-long"
  case emailNonASCIILetters = "email.look-alike-letters"
  case emailLookAlikesRepaired = "email.look-alikes-repaired"
  case emailLikelyTypo = "email.likely-typo"
  case emailTypoRepaired = "email.typo-repaired"
  case emailSpecialUseDomain = "email.special-use-domain"

  // Names
  case nameCapitals = "name.capitals"
  case nameReordered = "name.reordered"
  case nameOrderUnclear = "name.order-unclear"
  case nameLookAlikesRepaired = "name.look-alikes-repaired"
  case nameMixedAlphabets = "name.mixed-alphabets"

  // Dates
  case dateUnreadable = "date.unreadable"
  case dateImpossible = "date.impossible"
  case dateMonthFirst = "date.month-first"
  case dateNoCentury = "date.no-century"
  case dateFromSerial = "date.from-serial"

  // Names the CRM has to know
  case ownerUnknown = "owner.unknown"
  case ownerInactive = "owner.inactive"
  case guideUnknown = "guide.unknown"
  case guideCreated = "guide.created"
  case clientUnknown = "client.unknown"
  case clientAmbiguous = "client.ambiguous"

  // What the CRM makes of values
  case storedCut = "stored.cut"
  case storedTagsRemoved = "stored.tags-removed"
  case storedQuotesChanged = "stored.quotes-changed"
  case storedTrimmed = "stored.trimmed"
  case storedEmpty = "stored.empty"
  case storedCharactersLost = "stored.characters-lost"
  case storedSemicolon = "stored.semicolon"
  case storedInactiveField = "stored.inactive-field"
  case storedNoName = "stored.no-name"
  case storedNotSent = "stored.not-sent"

  // Sending
  case valueTooLarge = "record.too-large"

  /// The identifier, such as `phone.too-short`.
  package var identifier: String { rawValue }

  /// How bad an issue of this kind is.
  package var severity: IssueSeverity {
    switch self {
    case .pictureLeftOut, .hiddenRow, .placeholder, .controlCharacters, .phoneRepaired,
      .phoneAreaCodeAdded, .phoneRepeated, .phoneSpreadsheetForm, .phoneMoved,
      .emailRepaired, .emailRepeated, .emailTypoRepaired, .emailSpecialUseDomain,
      .nameCapitals, .nameReordered, .nameLookAlikesRepaired,
      .storedQuotesChanged, .storedTrimmed:
      .note
    case .strayQuote, .undecodableBytes, .damagedHeader, .unencodableName, .nulBytes, .repeatedKey,
      .unfinishedCard,
      .invalidCardLine, .undecodableValue, .nestedCardLeftOut, .elementLeftOut, .errorCell,
      .formulaWithoutValue, .lostDigits, .invalidCell, .unencodableCharacters, .notHeld,
      .unreadableValue, .contactNotShown,
      .phoneLookAlikeLetters, .phonePlusAdded, .emailLookAlikesRepaired, .emailLikelyTypo,
      .nameOrderUnclear,
      .nameMixedAlphabets, .dateFromSerial, .ownerInactive, .guideCreated, .storedCut,
      .storedTagsRemoved, .storedEmpty, .storedCharactersLost, .storedSemicolon,
      .storedInactiveField:
      .warning
    default: .error
    }
  }
}
