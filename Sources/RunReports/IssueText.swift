package import ContactModel

/// What issues say to a person: the sentence, and what to do about it.
///
/// The sentences never hold a value, since values are people's data; they name what is wrong with
/// it. The cures are also in `docs/issues.md`.
package enum IssueText {
  /// The sentence of an issue, such as `phone has 6 digits, too few for its country`.
  package static func message(for issue: Issue, in language: Language) -> String {
    message(for: issue.code, detail: Int(issue.detail), field: issue.field, in: language)
  }

  /// The sentence of a kind of issue, without the figures of a single one.
  package static func message(for code: IssueCode, in language: Language) -> String {
    message(for: code, detail: 0, field: nil, in: language)
  }

  private static func message(
    for code: IssueCode, detail: Int, field: PersonField?, in language: Language
  ) -> String {
    switch code {
    case .undecodableBytes, .tooFewFields, .tooManyFields, .strayQuote, .unterminatedQuote,
      .recordTooLong, .damagedHeader, .nulBytes, .tooManyColumns, .unencodableCharacters,
      .unencodableName, .notHeld:
      table(code, detail: detail, in: language)
    case .invalidRecord, .notAnObject, .repeatedKey, .unfinishedCard, .invalidCardLine,
      .undecodableValue, .pictureLeftOut, .nestedCardLeftOut, .elementLeftOut, .errorCell,
      .formulaWithoutValue, .lostDigits, .invalidCell, .hiddenRow:
      markup(code, detail: detail, in: language)
    case .phoneRepaired, .phoneAreaCodeAdded, .phoneRepeated, .phoneNoDigits, .phoneTooShort,
      .phoneTooLong, .phoneUnknownCountry, .phoneNotInUse:
      phone(code, detail: detail, in: language)
    case .emailRepaired, .emailRepeated, .emailNoAt, .emailLocalPart, .emailDomain, .emailTooLong,
      .emailNonASCIILetters:
      email(code, in: language)
    case .unmappedColumn, .missingRequired, .valueNotListed, .controlCharacters, .placeholder,
      .invalidNumber, .dateUnreadable, .dateImpossible, .valueTooLarge:
      value(code, field: field, in: language)
    case .phoneNoAreaCode, .phoneShortNumber, .phoneLookAlikeLetters, .phoneSpreadsheetForm,
      .phoneDigitsLost, .phonePlusAdded, .phoneMoved, .emailLookAlikesRepaired, .emailLikelyTypo,
      .emailTypoRepaired, .emailSpecialUseDomain, .nameCapitals, .nameReordered,
      .nameOrderUnclear, .nameLookAlikesRepaired, .nameMixedAlphabets, .dateMonthFirst,
      .dateNoCentury, .dateFromSerial:
      valueShape(code, in: language)
    case .ownerUnknown, .ownerInactive, .guideUnknown, .guideCreated, .clientUnknown,
      .clientAmbiguous, .storedCut, .storedTagsRemoved, .storedQuotesChanged, .storedTrimmed,
      .storedEmpty, .storedCharactersLost, .storedSemicolon, .storedInactiveField, .storedNoName,
      .storedNotSent:
      stored(code, detail: detail, field: field, in: language)
    case .unreadableValue:
      language.pick(
        "the CRM's answer breaks at this value, which is left out",
        "ответ CRM ломается на этом значении, и оно пропущено")
    case .contactNotShown:
      language.pick(
        "the CRM has the contact and does not show it to this account",
        "контакт есть в CRM, но этой учётной записи она его не показывает")
    }
  }

  private static func phone(_ code: IssueCode, detail: Int, in language: Language) -> String {
    switch code {
    case .phoneRepaired:
      return language.pick("phone was tidied up", "телефон приведён в порядок")
    case .phoneAreaCodeAdded:
      return language.pick("the area code was added to the phone", "к телефону добавлен код города")
    case .phoneRepeated:
      return language.pick(
        "phone is listed twice; once is kept", "телефон указан дважды; оставлен один")
    case .phoneNoDigits:
      return language.pick("phone has no digits", "в телефоне нет цифр")
    case .phoneTooShort where detail > 0:
      return language.pick(
        "phone has \(Plural.english(detail, "digit", "digits")), too few for its country",
        "в телефоне \(Plural.russian(detail, "цифра", "цифры", "цифр")), для его страны этого мало")
    case .phoneTooShort:
      return language.pick(
        "phone has too few digits for its country", "в телефоне мало цифр для его страны")
    case .phoneTooLong where detail > 0:
      return language.pick(
        "phone has \(Plural.english(detail, "digit", "digits")), too many for its country",
        "в телефоне \(Plural.russian(detail, "цифра", "цифры", "цифр")), для его страны это много")
    case .phoneTooLong:
      return language.pick(
        "phone has too many digits for its country", "в телефоне много цифр для его страны")
    case .phoneUnknownCountry:
      return language.pick(
        "phone begins with a country code that does not exist",
        "телефон начинается с несуществующего кода страны")
    default:
      return language.pick(
        "phone has the right length, but no such numbers are in use",
        "длина телефона верна, но таких номеров не бывает")
    }
  }

  private static func email(_ code: IssueCode, in language: Language) -> String {
    switch code {
    case .emailRepaired:
      return language.pick("e-mail was tidied up", "e-mail приведён в порядок")
    case .emailRepeated:
      return language.pick(
        "e-mail is listed twice; once is kept", "e-mail указан дважды; оставлен один")
    case .emailNoAt:
      return language.pick("e-mail has no @", "в e-mail нет знака @")
    case .emailLocalPart:
      return language.pick(
        "e-mail is not valid before the @", "e-mail содержит ошибку до знака @")
    case .emailDomain:
      return language.pick(
        "e-mail is not valid after the @", "e-mail содержит ошибку после знака @")
    case .emailTooLong:
      return language.pick("e-mail is too long", "e-mail слишком длинный")
    default:
      return language.pick(
        "e-mail mixes Latin letters with look-alikes of another alphabet",
        "в e-mail латинские буквы смешаны с похожими буквами другого алфавита")
    }
  }

  private static func value(
    _ code: IssueCode, field: PersonField?, in language: Language
  ) -> String {
    switch code {
    case .unmappedColumn:
      return language.pick(
        "the column has a value, but goes nowhere",
        "в столбце есть значение, но он никуда не переносится")
    case .missingRequired:
      let name = field.map { " '\($0.name)'" } ?? ""
      return language.pick(
        "the required field\(name) is empty", "обязательное поле\(name) пусто")
    case .valueNotListed:
      return language.pick(
        "the value is not among those the mapping lists",
        "значения нет в списке из файла сопоставления")
    case .controlCharacters:
      return language.pick(
        "invisible control characters were removed", "удалены невидимые управляющие символы")
    case .placeholder:
      return language.pick(
        "the value only says that there is none", "значение лишь сообщает, что данных нет")
    case .invalidNumber:
      return language.pick("this is not a whole number", "это не целое число")
    case .dateUnreadable:
      return language.pick("this cannot be read as a date", "это не читается как дата")
    case .dateImpossible:
      return language.pick("there is no such day", "такого дня не бывает")
    default:
      return language.pick(
        "the record is too large for one request", "запись слишком велика для одного запроса")
    }
  }
}
