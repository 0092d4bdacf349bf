package import ContactModel

/// Everything that can be wrong with a mapping, with what its message needs.
package enum MappingProblem: Sendable, Equatable {
  // MARK: The file

  /// It has more bytes than are read.
  case tooLarge(bytes: Int)
  /// Its bytes are not UTF-8.
  case notUTF8
  /// There is nothing in it but comments.
  case empty
  /// It is not YAML.
  case syntax(YAMLProblem)
  /// It uses YAML's anchors or aliases.
  case alias

  // MARK: Keys and values

  /// A key that does not exist, beside those that do.
  case unknownKey(String, known: [String])
  /// A key, column or text that is written a second time.
  case duplicateKey(String)
  /// A list where a text is wanted, and the like.
  case wrongType(key: String, expected: ExpectedShape)
  /// A word the key does not know, beside those it does.
  case badValue(key: String, value: String, allowed: [String])
  /// A `version` other than the one there is.
  case unsupportedVersion(String)

  // MARK: Rules

  /// There is no `fields`.
  case missingFields
  /// There is no rule for `person`.
  case missingPerson
  /// A name the CRM has no field of.
  case unknownField(String)
  /// A field that only the CRM fills.
  case unwritableField(PersonField)
  /// A field in `required` that has no rule.
  case requiredWithoutRule(PersonField)
  /// A rule without `from`, `join` and `value`.
  case ruleWithoutSource(PersonField)
  /// Two keys that exclude each other, in the order they are written.
  case conflictingKeys(String, String)
  /// `{ id: N }` for a field that is not a guide.
  case idWithoutGuide(PersonField)
  /// `lookup` for a field that has none.
  case lookupField(PersonField)
  /// `lookup`, which this version does not do.
  case lookupUnavailable

  // MARK: Columns

  /// A name no column has, beside those there are.
  case unknownColumn(String, columns: [String])
  /// `#9` of a header with fewer columns.
  case columnOutOfRange(String, count: Int)
  /// A name that several columns have.
  case ambiguousColumn(String, count: Int)

  /// The identifier that scripts and `docs/mapping.md` use.
  package var code: String {
    switch self {
    case .tooLarge: "mapping.too-large"
    case .notUTF8: "mapping.encoding"
    case .empty: "mapping.empty"
    case .syntax: "mapping.syntax"
    case .alias: "mapping.alias"
    case .unknownKey: "mapping.unknown-key"
    case .duplicateKey: "mapping.duplicate-key"
    case .wrongType: "mapping.wrong-type"
    case .badValue: "mapping.bad-value"
    case .unsupportedVersion: "mapping.version"
    case .missingFields: "mapping.no-fields"
    case .missingPerson: "mapping.no-person"
    case .unknownField: "mapping.unknown-field"
    case .unwritableField: "mapping.unwritable-field"
    case .requiredWithoutRule: "mapping.required-without-rule"
    case .ruleWithoutSource: "mapping.no-source"
    case .conflictingKeys: "mapping.conflicting-keys"
    case .idWithoutGuide: "mapping.id-without-guide"
    case .lookupField: "mapping.lookup-field"
    case .lookupUnavailable: "mapping.lookup-unavailable"
    case .unknownColumn: "mapping.unknown-column"
    case .columnOutOfRange: "mapping.column-out-of-range"
    case .ambiguousColumn: "mapping.ambiguous-column"
    }
  }
}

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
  case guideNumber

  /// The shape in words, to follow "needs".
  func words(in language: Language) -> String {
    switch self {
    case .text, .sourceValue: language.pick("one value", "одно значение")
    case .name: language.pick("one word", "одно слово")
    case .settings: language.pick("keys with values", "ключи со значениями")
    case .fieldNames: language.pick("a list of fields", "список полей")
    case .rule:
      language.pick(
        "a column, a list of columns, or a rule", "столбец, список столбцов или правило")
    case .columns: language.pick("a column or a list of columns", "столбец или список столбцов")
    case .alternatives:
      language.pick(
        "a list of columns, the first choice first", "список столбцов, первый выбор впереди")
    case .columnName: language.pick("a column's name", "имя столбца")
    case .valueTable:
      language.pick("texts of the file with their replacements", "тексты файла и их замены")
    case .mappedValue: language.pick("a text or an entry's number", "текст или номер записи")
    case .guideNumber: language.pick("a whole number above 0", "целое число больше 0")
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
    case .guideNumber: "{ id: 3 }"
    }
  }
}
