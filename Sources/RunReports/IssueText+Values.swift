import ContactModel

// What stands in phones, e-mails, names and dates: the issues whose texts need no figure.

extension IssueText {
  /// The sentence of an issue that says what a value looked like or was turned into.
  static func valueShape(_ code: IssueCode, in language: Language) -> String {
    switch code {
    case .phoneNoAreaCode:
      language.pick(
        "phone is a local number without its area code",
        "телефон местный, без кода города")
    case .phoneShortNumber:
      language.pick(
        "phone is a short service number, which works in one country or network only",
        "телефон — короткий служебный номер, он работает лишь в одной стране или сети")
    case .phoneLookAlikeLetters:
      language.pick(
        "letters that look like digits were read as digits",
        "буквы, похожие на цифры, прочитаны как цифры")
    case .phoneSpreadsheetForm:
      language.pick(
        "a spreadsheet had made a number of the phone; all its digits were there",
        "таблица превратила телефон в число; все его цифры уцелели")
    case .phonePlusAdded:
      language.pick(
        "the + that a number from abroad had lost was added",
        "иностранному номеру возвращён потерянный знак +")
    case .phoneDigitsLost:
      language.pick(
        "a spreadsheet has cut the last digits of the phone",
        "таблица отрезала последние цифры телефона")
    case .phoneMoved:
      language.pick(
        "a mobile number was moved to the field of mobile phones",
        "мобильный номер перенесён в поле мобильных телефонов")
    case .emailLookAlikesRepaired:
      language.pick(
        "letters of another alphabet that look like Latin ones were replaced by these",
        "похожие буквы другого алфавита заменены латинскими")
    case .emailLikelyTypo:
      language.pick(
        "the domain of the e-mail looks like a misspelt one",
        "домен e-mail похож на опечатку")
    case .emailTypoRepaired:
      language.pick(
        "a misspelt domain of the e-mail was corrected",
        "исправлена опечатка в домене e-mail")
    case .emailSpecialUseDomain:
      language.pick(
        "the domain of the e-mail is reserved: nothing sent there arrives",
        "домен e-mail зарезервирован: письма туда не доходят")
    case .nameCapitals:
      language.pick("the capitals of the name were corrected", "исправлены прописные буквы в имени")
    case .nameReordered:
      language.pick(
        "the parts of the name were put in the order the mapping asks for",
        "части имени поставлены в порядок, заданный в файле сопоставления")
    case .nameOrderUnclear:
      language.pick(
        "which part of the name is the surname cannot be told; its order was left as it is, and a "
          + "single part of it was left out",
        "нельзя понять, какая часть имени — фамилия; порядок не изменён, отдельная часть не взята")
    case .nameLookAlikesRepaired:
      language.pick(
        "letters of another alphabet in the name were replaced by those they look like",
        "буквы другого алфавита в имени заменены похожими")
    case .nameMixedAlphabets:
      language.pick(
        "the name mixes alphabets within a word",
        "в имени смешаны алфавиты внутри слова")
    case .dateMonthFirst:
      language.pick(
        "this is a day only with the month first, as in the United States",
        "такой день есть, только если месяц стоит первым, как в США")
    case .dateNoCentury:
      language.pick(
        "the year has two digits, and its century is not known",
        "год из двух цифр, столетие неизвестно")
    case .dateFromSerial:
      language.pick(
        "a spreadsheet's day number was read as a date",
        "номер дня из таблицы прочитан как дата")
    default: code.identifier
    }
  }

  /// What to do about such an issue; `nil` where nothing has to be done.
  static func valueShapeHint(for code: IssueCode, in language: Language) -> String? {
    switch code {
    case .phoneNoAreaCode:
      language.pick(
        "write the area code before it, or set 'phones: { areaCode: … }' in the mapping",
        "допишите код города или укажите «phones: { areaCode: … }» в файле сопоставления")
    case .phoneShortNumber:
      language.pick("write the full number of the contact", "впишите полный номер контакта")
    case .phoneLookAlikeLetters, .phonePlusAdded:
      language.pick("see whether the number is right", "проверьте, верен ли номер")
    case .phoneDigitsLost:
      language.pick(
        "export the file again with the column formatted as text",
        "выгрузите файл заново, отформатировав столбец как текст")
    case .emailLookAlikesRepaired:
      language.pick("see whether the address is right", "проверьте, верен ли адрес")
    case .emailLikelyTypo:
      language.pick(
        "correct it, or set 'emails: { typos: repair }' in the mapping",
        "исправьте его или укажите «emails: { typos: repair }» в файле сопоставления")
    case .nameOrderUnclear:
      language.pick(
        "correct the name in the file, or take the order from the mapping",
        "исправьте имя в файле или уберите порядок из файла сопоставления")
    case .nameMixedAlphabets:
      language.pick("type the name again", "наберите имя заново")
    case .dateMonthFirst:
      language.pick(
        "if the column is written so, set 'dates: { order: mdy }' in the mapping",
        "если так записан весь столбец, укажите «dates: { order: mdy }» в файле сопоставления")
    case .dateNoCentury:
      language.pick(
        "write four digits, or set 'dates: { century: 1930 }' in the mapping",
        "пишите год четырьмя цифрами или укажите «dates: { century: 1930 }» в файле сопоставления")
    case .dateFromSerial:
      language.pick("see whether the date is right", "проверьте, верна ли дата")
    default: nil
    }
  }
}
