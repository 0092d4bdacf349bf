import ContactModel

/// What issues of reading and writing files say.
extension IssueText {
  static func table(_ code: IssueCode, detail: Int, in language: Language) -> String {
    switch code {
    case .undecodableBytes:
      return language.pick(
        "some bytes are not text in the file's encoding",
        "часть байтов не читается в кодировке файла")
    case .tooFewFields where detail > 0:
      return language.pick(
        "the row has only \(Plural.english(detail, "field", "fields")), fewer than the header",
        "в строке только \(Plural.russian(detail, "поле", "поля", "полей")), меньше, чем в заголовке"
      )
    case .tooFewFields:
      return language.pick(
        "the row has fewer fields than the header", "в строке меньше полей, чем в заголовке")
    case .tooManyFields where detail > 0:
      return language.pick(
        "the row has \(Plural.english(detail, "field", "fields")), more than the header",
        "в строке \(Plural.russian(detail, "поле", "поля", "полей")), больше, чем в заголовке")
    case .tooManyFields:
      return language.pick(
        "the row has more fields than the header", "в строке больше полей, чем в заголовке")
    case .strayQuote:
      return language.pick(
        "a quote stands in the middle of a field", "кавычка стоит в середине поля")
    case .unterminatedQuote:
      return language.pick("a quoted field does not end", "поле в кавычках не закрыто")
    case .recordTooLong:
      return language.pick(
        "the record is too long to be one", "запись слишком длинна, чтобы быть одной")
    case .damagedHeader:
      return language.pick(
        "the row that names the columns is damaged: bytes that are no text, or a quote out of place",
        "строка с названиями столбцов испорчена: нечитаемые байты или кавычка не на месте")
    case .nulBytes:
      return language.pick("NUL bytes were left out", "пропущены нулевые байты")
    case .tooManyColumns:
      return language.pick(
        "the record names more columns than a file can have",
        "запись называет больше столбцов, чем может быть в файле")
    case .unencodableCharacters:
      return language.pick(
        "some characters do not exist in the output's encoding; each became '?'",
        "некоторых символов нет в кодировке результата; каждый заменён на «?»")
    case .unencodableName:
      return language.pick(
        "some characters of a column's name do not exist in the output's encoding; each became '?'",
        "некоторых символов в названии столбца нет в кодировке результата; каждый заменён на «?»")
    default:
      return language.pick(
        "a value cannot be held by the output's format", "формат результата не вмещает значение")
    }
  }

  static func markup(_ code: IssueCode, detail: Int, in language: Language) -> String {
    switch code {
    case .invalidRecord where detail > 0:
      language.pick(
        "this is not valid JSON from byte \(detail) on", "это не JSON начиная с байта \(detail)")
    case .invalidRecord: language.pick("this is not valid JSON", "это не JSON")
    case .notAnObject:
      language.pick("this JSON is not an object", "этот JSON — не объект")
    case .repeatedKey:
      language.pick(
        "a key occurs twice; the last value was taken",
        "ключ встречается дважды; взято последнее значение")
    case .unfinishedCard:
      language.pick("the card has no END:VCARD", "у карточки нет END:VCARD")
    case .invalidCardLine:
      language.pick(
        "a line of the card has no property and was left out",
        "строка карточки без свойства пропущена")
    case .undecodableValue:
      language.pick(
        "a value is not written as its encoding says",
        "значение записано не так, как говорит его кодировка")
    case .pictureLeftOut:
      language.pick("a picture or sound was left out", "картинка или звук пропущены")
    case .nestedCardLeftOut:
      language.pick("a card inside the card was left out", "вложенная карточка пропущена")
    case .elementLeftOut:
      language.pick("an unknown element was left out", "неизвестный элемент пропущен")
    case .errorCell:
      language.pick(
        "the cell shows an error and counts as empty", "в ячейке ошибка; она считается пустой")
    case .formulaWithoutValue:
      language.pick(
        "the formula has no stored value and counts as empty",
        "у формулы нет сохранённого значения; ячейка считается пустой")
    case .lostDigits:
      language.pick(
        "the number has more digits than a spreadsheet keeps",
        "в числе больше цифр, чем хранит таблица")
    case .invalidCell:
      language.pick("the cell cannot be read", "ячейка не читается")
    default:
      language.pick("the row is hidden in the sheet", "строка на листе скрыта")
    }
  }
}
