import ContactModel

/// What a key of a mapping wants, where it was given something of another kind.
package enum ExpectedShape: Sendable, Equatable {
  case text
  case sourceValue
  case name
  case settings
  case fieldNames
  case rule
  case columns
  case alternatives
  case columnName
  case valueTable
  case mappedValue
  case fallback
  case guideNumber
  case joinedColumns
  case emailSettings
  case dateSettings
  case year
  case condition
  case conditionColumn
  case conditionTexts
  case split
  case partNumber
  case replacements
  case replacement
  /// The signs a key such as `trim` is given, blanks included.
  case signs(String)

  /// The shape in words, to follow "needs".
  func words(in language: Language) -> String {
    switch self {
    case .text, .sourceValue: language.pick("one value", "одно значение")
    case .name: language.pick("one word", "одно слово")
    case .settings, .emailSettings, .dateSettings, .condition, .split:
      language.pick("keys with values", "ключи со значениями")
    case .fieldNames: language.pick("a list of fields", "список полей")
    case .rule:
      language.pick(
        "a column, a list of columns, or a rule", "столбец, список столбцов или правило")
    case .columns, .joinedColumns:
      language.pick("a column or a list of columns", "столбец или список столбцов")
    case .alternatives:
      language.pick(
        "a list of columns, the first choice first", "список столбцов, первый выбор впереди")
    case .columnName, .conditionColumn: language.pick("a column's name", "имя столбца")
    case .valueTable:
      language.pick("texts of the file with their replacements", "тексты файла и их замены")
    case .mappedValue, .fallback:
      language.pick("a text or an entry's number", "текст или номер записи")
    case .guideNumber: language.pick("a whole number above 0", "целое число больше 0")
    case .year: language.pick("a year from 1800 to 2100", "год от 1800 до 2100")
    case .conditionTexts: language.pick("a text or a list of texts", "текст или список текстов")
    case .partNumber:
      language.pick(
        "a part's number: 1, 2 … or -1, -2 … from the end",
        "номер части: 1, 2 … или -1, -2 … с конца")
    case .replacements:
      language.pick("texts with what stands in their place", "тексты и то, что будет вместо них")
    case .replacement: language.pick("a text", "текст")
    case .signs: language.pick("a text in quotes", "текст в кавычках")
    }
  }

  /// How it is written.
  var example: String {
    switch self {
    case .text: "owner: petrov@example.com"
    case .name: "invalid: reject"
    case .settings, .sourceValue: "source: { format: csv, encoding: auto }"
    case .fieldNames: "required: [person, mail]"
    case .rule: "tel: Телефон · tel: [Телефон, Факс] · input1: { from: Дата, as: date }"
    case .columns: "join: [Фамилия, Имя, Отчество]"
    case .alternatives: "first: [Полное имя, { join: [Фамилия, Имя] }, Компания]"
    case .columnName: "tel: [Телефон, Рабочий телефон]"
    case .valueTable: "values: { Постоянный: { id: 3 } }"
    case .mappedValue: "values: { Да: VIP, Нет: { id: 2 } }"
    case .fallback: "default: Розница · default: { id: 5 }"
    case .guideNumber: "{ id: 3 }"
    case .joinedColumns: "join: { columns: [Город, Улица, Дом], with: \", \" }"
    case .emailSettings: "emails: { domain: unicode, typos: report }"
    case .dateSettings: "dates: { order: dmy, century: 1930, format: YYYY-MM-DD }"
    case .year: "dates: { century: 1930 }"
    case .condition:
      "when: { column: Тип, equals: VIP } · when: { column: Тип, is: filled }"
    case .conditionColumn: "when: { column: Тип, is: filled }"
    case .conditionTexts: "when: { column: Тип, equals: [VIP, Партнёр] }"
    case .split, .partNumber: "split: { by: \",\", part: 2 }"
    case .replacements, .replacement: "replace: { \" (раб.)\": \"\" }"
    case .signs("by"): "split: { by: \",\", part: 2 }"
    case .signs("with"): "join: { columns: [Город, Улица], with: \", \" }"
    case .signs(let key): "\(key): \".;\""
    }
  }
}
