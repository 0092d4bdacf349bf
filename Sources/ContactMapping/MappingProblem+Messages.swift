package import ContactModel

extension MappingProblem {
  /// The problem as a sentence without its place.
  package func sentence(in language: Language) -> String {
    switch self {
    case .tooLarge, .notUTF8, .empty, .syntax, .alias: fileSentence(in: language)
    case .unknownColumn, .columnOutOfRange, .ambiguousColumn: columnSentence(in: language)
    case .numberedColumn, .sharedColumn, .noColumns: reversalSentence(in: language)
    case .unknownKey, .duplicateKey, .wrongType, .badValue, .unsupportedVersion:
      keySentence(in: language)
    case .keyWithout, .missingKey, .emptySearch, .unreachableValue, .unreadableDates:
      transformSentence(in: language)
    default: ruleSentence(in: language)
    }
  }

  /// Problems of the file as a whole.
  private func fileSentence(in language: Language) -> String {
    switch self {
    case .tooLarge(let bytes):
      language.pick(
        "the mapping has \(bytes) bytes, at most \(Mapping.largestSize) are read",
        "в сопоставлении \(bytes) байт, читается не больше \(Mapping.largestSize)")
    case .notUTF8:
      language.pick("the mapping is not UTF-8 text", "сопоставление не является текстом в UTF-8")
    case .syntax(let problem): problem.sentence(in: language)
    case .alias:
      language.pick(
        "anchors and aliases (& and *) are not read in a mapping",
        "якоря и ссылки (& и *) в сопоставлении не читаются")
    default: language.pick("the mapping is empty", "сопоставление пусто")
    }
  }

  /// Problems of keys and their values.
  private func keySentence(in language: Language) -> String {
    switch self {
    case .unknownKey(let key, _): language.pick("unknown key '\(key)'", "неизвестный ключ '\(key)'")
    case .duplicateKey(let key):
      language.pick("'\(key)' is written twice", "'\(key)' записан дважды")
    case .wrongType(let key, let expected):
      language.pick(
        "'\(key)' needs \(expected.words(in: .english))",
        "для '\(key)' нужно: \(expected.words(in: .russian))")
    case .badValue(let key, let value, _):
      language.pick("'\(key)' cannot be '\(value)'", "'\(key)' не может быть '\(value)'")
    case .unsupportedVersion(let version):
      language.pick(
        "version '\(version)' of the mapping format is not known",
        "версия сопоставления '\(version)' неизвестна")
    default: ""
    }
  }

  /// Problems of the rules under `fields`.
  private func ruleSentence(in language: Language) -> String {
    switch self {
    case .missingFields:
      language.pick("the mapping has no 'fields'", "в сопоставлении нет 'fields'")
    case .missingPerson:
      language.pick(
        "no rule for 'person', without which the CRM stores no contact",
        "нет правила для 'person', без которого CRM не сохраняет контакт")
    case .unknownField(let name):
      language.pick("unknown field '\(name)'", "неизвестное поле '\(name)'")
    case .unwritableField(let field):
      language.pick(
        "field '\(field.name)' is filled by the CRM and cannot be imported",
        "поле '\(field.name)' заполняет сама CRM, загрузить его нельзя")
    case .requiredWithoutRule(let field):
      language.pick(
        "'\(field.name)' is required but has no rule in 'fields'",
        "поле '\(field.name)' обязательно, но правила для него в 'fields' нет")
    case .ruleWithoutSource(let field):
      language.pick(
        "the rule of '\(field.name)' names no column",
        "правило поля '\(field.name)' не называет столбец")
    case .conflictingKeys(let first, let second):
      language.pick(
        "'\(first)' and '\(second)' cannot stand in one rule",
        "'\(first)' и '\(second)' не могут стоять в одном правиле")
    case .idWithoutGuide(let field):
      language.pick(
        "'\(field.name)' is not a guide of the CRM, its values have no 'id'",
        "'\(field.name)' не справочник CRM, у его значений нет 'id'")
    case .lookupField(let field):
      language.pick(
        "'\(field.name)' cannot be looked up", "для поля '\(field.name)' поиска в CRM нет")
    case .lookupUnavailable:
      language.pick(
        "'lookup: client' needs the CRM, which is not asked here",
        "'lookup: client' нужна CRM, а здесь её не спрашивают")
    default: ""
    }
  }

  /// Problems of transforms and of what they need beside them.
  private func transformSentence(in language: Language) -> String {
    switch self {
    case .keyWithout(let key, let needed):
      language.pick("'\(key)' needs '\(needed)' beside it", "для '\(key)' рядом нужно '\(needed)'")
    case .missingKey(let key, let owner, _):
      language.pick("'\(owner)' has no '\(key)'", "в '\(owner)' нет '\(key)'")
    case .emptySearch:
      language.pick(
        "'replace' has no text to look for here", "в 'replace' здесь нет текста, который искать")
    case .unreachableValue(let text, let letterCase, _):
      language.pick(
        "no cell is '\(text)' after 'case: \(letterCase.rawValue)'",
        "после 'case: \(letterCase.rawValue)' ни одна ячейка не равна '\(text)'")
    case .unreadableDates(let form):
      language.pick(
        "dates written as \(form.rawValue) would be read back with the day first",
        "даты в виде \(form.rawValue) при чтении поймут так, будто день стоит первым")
    default: ""
    }
  }

  /// Problems that show only when a file is to be written with the mapping.
  private func reversalSentence(in language: Language) -> String {
    switch self {
    case .numberedColumn(let name):
      language.pick(
        "column '\(name)' has no title that could be written",
        "у столбца '\(name)' нет заголовка, который можно записать")
    case .sharedColumn(let name, let first, let second):
      language.pick(
        "column '\(name)' is read into '\(first.name)' and '\(second.name)', so an export cannot fill it",
        "столбец '\(name)' читается в '\(first.name)' и в '\(second.name)', поэтому выгрузка не может его заполнить"
      )
    case .noColumns:
      language.pick(
        "no rule names a column, so there is nothing to write",
        "ни одно правило не называет столбец, записывать нечего")
    default: ""
    }
  }

  /// Problems of column names that show only beside a header.
  private func columnSentence(in language: Language) -> String {
    switch self {
    case .unknownColumn(let name, _):
      language.pick("the file has no column '\(name)'", "в файле нет столбца '\(name)'")
    case .columnOutOfRange(let name, let count):
      language.pick(
        "the file has no column \(name), it has \(count)",
        "в файле нет столбца \(name), всего столбцов: \(count)")
    case .ambiguousColumn(let name, let count):
      language.pick(
        "the file has \(count) columns '\(name)'", "столбцов '\(name)' в файле: \(count)")
    default: ""
    }
  }
}
