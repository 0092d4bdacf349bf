package import ContactModel

extension IssueText {
  /// What to do about a kind of issue; `nil` where nothing has to be done.
  package static func hint(for code: IssueCode, in language: Language) -> String? {
    switch code {
    case .undecodableBytes:
      language.pick(
        "name the encoding with --encoding or in the mapping's 'source:', or save the file as UTF-8",
        "назовите кодировку в --encoding или в «source:» сопоставления либо сохраните файл в UTF-8")
    case .tooFewFields, .tooManyFields:
      language.pick(
        "look for a line break or a delimiter inside a value that is not in quotes",
        "поищите перенос строки или разделитель внутри значения без кавычек")
    case .strayQuote:
      language.pick(
        "put the whole field in quotes and double the quotes inside it",
        "заключите всё поле в кавычки, а кавычки внутри него удвойте")
    case .unterminatedQuote:
      language.pick(
        "close the quote that opens on this line or after it",
        "закройте кавычку, которая открыта на этой строке или ниже")
    case .recordTooLong:
      language.pick(
        "in a table, close the quote that opens on this line or after it; elsewhere, take out what "
          + "is no contact",
        "в таблице закройте кавычку, открытую на этой строке или ниже; в других файлах уберите "
          + "то, что не контакт")
    case .damagedHeader:
      language.pick(
        "correct the names of the columns in that row",
        "исправьте названия столбцов в этой строке")
    case .invalidRecord, .notAnObject, .tooManyColumns, .unencodableCharacters, .unencodableName,
      .notHeld,
      .unfinishedCard, .undecodableValue, .nestedCardLeftOut, .elementLeftOut, .errorCell,
      .formulaWithoutValue, .lostDigits, .invalidCell, .nulBytes, .repeatedKey, .invalidCardLine:
      formatHint(for: code, in: language)
    case .unreadableValue:
      language.pick("type the value anew in the CRM", "введите значение в CRM заново")
    case .contactNotShown:
      language.pick(
        "export as a user who may see all contacts",
        "выгрузите от имени того, кому видны все контакты")
    case .unmappedColumn:
      language.pick(
        "give the column a field in the mapping, or set 'unmapped: ignore'",
        "назначьте столбцу поле в файле сопоставления или укажите «unmapped: ignore»")
    case .missingRequired:
      language.pick(
        "fill in the value; a field other than person can be taken from 'required' in the mapping",
        "впишите значение; любое поле, кроме person, можно убрать из «required» в файле сопоставления"
      )
    case .valueNotListed:
      language.pick(
        "add the value to 'values' in the mapping",
        "добавьте значение в «values» файла сопоставления")
    case .invalidNumber:
      language.pick("write digits only", "оставьте только цифры")
    case .phoneNoDigits:
      language.pick(
        "move the text to another column, or leave the phone empty",
        "перенесите текст в другой столбец или оставьте телефон пустым")
    case .phoneTooShort:
      language.pick(
        "add the area code, or set 'phones: { areaCode: … }' in the mapping; for foreign numbers "
          + "begin with + and the country code",
        "добавьте код города или укажите «phones: { areaCode: … }» в файле сопоставления; "
          + "иностранный номер начинайте с + и кода страны")
    case .phoneTooLong:
      language.pick(
        "separate several numbers by a comma, and write an extension after 'доб.' or 'ext.'",
        "несколько номеров разделите запятой, добавочный пишите после «доб.»")
    case .phoneUnknownCountry:
      language.pick(
        "check the digits after the +", "проверьте цифры после знака +")
    case .phoneNotInUse:
      language.pick(
        "check the number; if the contact is abroad, begin with + and the country code",
        "проверьте номер; если контакт за границей, начните с + и кода страны")
    case .emailNoAt, .emailLocalPart, .emailDomain, .emailTooLong:
      language.pick(
        "correct the address, or set 'invalid: drop' to send the row without it",
        "исправьте адрес или укажите «invalid: drop», чтобы отправить строку без него")
    case .emailNonASCIILetters:
      language.pick(
        "type the address again with a Latin keyboard",
        "наберите адрес заново в латинской раскладке")
    case .dateUnreadable:
      language.pick(
        "write dates as 2026-11-23 or 23.11.2026", "пишите даты как 2026-11-23 или 23.11.2026")
    case .dateImpossible:
      language.pick("correct the day or the month", "исправьте день или месяц")
    case .phoneNoAreaCode, .phoneShortNumber, .phoneLookAlikeLetters, .phoneSpreadsheetForm,
      .phoneDigitsLost, .phonePlusAdded, .phoneMoved, .emailLookAlikesRepaired, .emailLikelyTypo,
      .emailTypoRepaired, .emailSpecialUseDomain, .nameCapitals, .nameReordered,
      .nameOrderUnclear, .nameLookAlikesRepaired, .nameMixedAlphabets, .dateMonthFirst,
      .dateNoCentury, .dateFromSerial:
      valueShapeHint(for: code, in: language)
    case .ownerUnknown, .ownerInactive, .guideUnknown, .guideCreated, .clientUnknown,
      .clientAmbiguous, .storedCut, .storedTagsRemoved, .storedQuotesChanged, .storedTrimmed,
      .storedEmpty, .storedCharactersLost, .storedSemicolon, .storedInactiveField, .storedNoName,
      .storedNotSent:
      storedHint(for: code, in: language)
    case .valueTooLarge:
      language.pick(
        "shorten the longest value of the row", "сократите самое длинное значение строки")
    case .pictureLeftOut, .hiddenRow,
      .controlCharacters, .placeholder, .phoneRepaired, .phoneAreaCodeAdded, .phoneRepeated,
      .emailRepaired, .emailRepeated:
      nil
    }
  }

  private static func formatHint(for code: IssueCode, in language: Language) -> String {
    switch code {
    case .invalidRecord, .notAnObject:
      language.pick(
        "write one JSON object a line, or all of them in one array",
        "пишите по одному объекту JSON в строке или все в одном массиве")
    case .tooManyColumns:
      language.pick(
        "export a list of contacts, not an object keyed by them; in a workbook, take out what stands "
          + "far to the right of the table",
        "выгрузите список контактов, а не объект с ними в ключах; в книге уберите то, что стоит "
          + "далеко справа от таблицы")
    case .nulBytes, .repeatedKey, .invalidCardLine:
      language.pick(
        "see what wrote the file so, and whether the value is right",
        "посмотрите, чем файл так записан и верно ли значение")
    case .unencodableCharacters, .unencodableName:
      language.pick("write UTF-8", "пишите в UTF-8")
    case .notHeld:
      language.pick(
        "choose another format for the output", "выберите для результата другой формат")
    case .unfinishedCard:
      language.pick(
        "see whether the file was cut off there", "посмотрите, не оборван ли там файл")
    case .undecodableValue:
      language.pick("correct the value in the CRM", "исправьте значение в CRM")
    case .nestedCardLeftOut:
      language.pick(
        "export the inner card on its own, if it is needed",
        "выгрузите вложенную карточку отдельно, если она нужна")
    case .elementLeftOut:
      language.pick(
        "rename the element to x-…, if it is to be kept",
        "назовите элемент x-…, если он нужен")
    case .errorCell, .invalidCell:
      language.pick("correct the cell in the workbook", "исправьте ячейку в книге")
    case .formulaWithoutValue:
      language.pick(
        "open the workbook in a spreadsheet program and save it again",
        "откройте книгу в редакторе таблиц и сохраните её ещё раз")
    default:
      language.pick(
        "format the column as text and type the number again",
        "задайте столбцу текстовый формат и введите число заново")
    }
  }

  /// The name of a severity.
  package static func name(of severity: IssueSeverity, in language: Language) -> String {
    switch severity {
    case .error: language.pick("error", "ошибка")
    case .warning: language.pick("warning", "внимание")
    case .note: language.pick("note", "заметка")
    }
  }
}
