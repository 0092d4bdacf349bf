package import ContactModel

extension MappingProblem {
  /// What to do about it, if there is more to say than the sentence does.
  package func hint(in language: Language) -> String? {
    switch self {
    case .tooLarge:
      language.pick(
        "is this the mapping, not the contacts?", "это точно сопоставление, а не файл с контактами?"
      )
    case .notUTF8:
      language.pick(
        "save it again and choose UTF-8 as its encoding",
        "сохраните его ещё раз, выбрав кодировку UTF-8")
    case .empty, .missingFields, .missingPerson, .noColumns:
      language.pick("the least a mapping says is", "самое короткое сопоставление:")
        + " fields: { person: ФИО }"
    case .syntax(let problem): problem.hint(in: language)
    case .alias:
      language.pick(
        "put a text that begins with & or * in quotes, as in '* Mobile'",
        "текст, который начинается с & или *, возьмите в кавычки: '* Mobile'")
    case .unknownKey(let key, let known):
      didYouMean(NearestName.of(key, among: known), in: language)
        ?? language.pick("known keys are", "известны ключи") + " " + list(known)
    case .unknownField(let name): unknownFieldHint(name, in: language)
    case .wrongType(_, let expected), .missingKey(_, _, let expected):
      language.pick("write it as", "пишется так:") + " \(expected.example)"
    case .badValue(_, let value, let allowed):
      didYouMean(NearestName.of(value, among: allowed), in: language)
        ?? language.pick("it may be", "возможно") + " " + list(allowed)
    case .unwritableField(let field): unwritableFieldHint(field, in: language)
    case .ruleWithoutSource:
      language.pick("add one of", "добавьте одно из:") + " from, join, first, value"
    case .idWithoutGuide:
      language.pick("write the text itself", "напишите сам текст")
    case .lookupField, .lookupUnavailable:
      language.pick(
        "map a column with the client's number to clid, as in",
        "укажите для clid столбец с номером клиента, например")
        + " clid: Client.ID"
    case .numberedColumn:
      language.pick(
        "name the column by its title; for a file that ferry writes any title will do",
        "назовите столбец по заголовку; для файла, который пишет ferry, подойдёт любой")
    case .sharedColumn:
      language.pick(
        "take one of the two fields out in a copy of the mapping, or part the column with 'split'",
        "уберите одно из двух полей в копии сопоставления или разделите столбец через 'split'")
    case .requiredWithoutRule(let field):
      language.pick(
        "add a rule for '\(field.name)' or take it out of 'required'",
        "добавьте правило для '\(field.name)' или уберите его из 'required'")
    case .unsupportedVersion:
      language.pick("write", "напишите") + " version: \(Mapping.currentVersion)"
    case .unknownColumn(let name, let columns):
      didYouMean(NearestName.of(name, among: columns), in: language)
        ?? language.pick("its columns are", "в нём столбцы") + " " + list(columns)
    case .columnOutOfRange: nil
    case .ambiguousColumn(let name, _):
      language.pick(
        "write '\(name) (1)' for the first, '\(name) (2)' for the second",
        "напишите '\(name) (1)' для первого, '\(name) (2)' для второго")
    case .unreachableValue(_, _, let reachable):
      language.pick("write '\(reachable)'", "напишите '\(reachable)'")
    case .unreadableDates:
      language.pick(
        "add order: mdy, or choose another format", "добавьте order: mdy или выберите другой format"
      )
    case .emptySearch:
      language.pick("write it as", "пишется так:") + " \(ExpectedShape.replacements.example)"
    case .keyWithout, .duplicateKey, .conflictingKeys: nil
    }
  }

  /// The words of other programs and of people for the CRM's fields.
  private static let synonyms: [String: PersonField] = [
    "phone": .tel, "telephone": .tel, "телефон": .tel, "mobile": .mob, "cell": .mob,
    "мобильный": .mob, "email": .mail, "e-mail": .mail, "почта": .mail, "name": .person,
    "fullname": .person, "fio": .person, "фио": .person, "title": .ptitle, "position": .ptitle,
    "должность": .ptitle, "role": .rol, "роль": .rol, "source": .clientpath,
    "источник": .clientpath, "лояльность": .loyalty, "owner": .user, "ответственный": .user,
    "manager": .user, "company": .clid, "компания": .clid, "socials": .skype, "birthday": .input1,
    "site": .mysite, "website": .mysite,
  ]

  private func unknownFieldHint(_ name: String, in language: Language) -> String {
    let writable = PersonField.allCases.filter(\.isWritable)
    let short = writable.compactMap { field in field.socialKey.map { ($0, field.name) } }
    let lowercased = name.lowercased()
    let meant =
      MappingProblem.synonyms[lowercased]?.name
      ?? short.first { $0.0 == lowercased }?.1
      ?? NearestName.of(name, among: writable.map(\.name))
    return didYouMean(meant, in: language)
      ?? language.pick("fields are", "поля:") + " " + list(writable.map(\.name), upTo: .max)
  }

  private func unwritableFieldHint(_ field: PersonField, in language: Language) -> String? {
    switch field {
    case .iduser:
      language.pick("name the owner's login in 'user'", "укажите логин ответственного в 'user'")
    case .client:
      language.pick("name the client's number in 'clid'", "укажите номер клиента в 'clid'")
    default: language.pick("take the rule out", "уберите это правило")
    }
  }

  private func didYouMean(_ name: String?, in language: Language) -> String? {
    name.map { language.pick("did you mean '\($0)'?", "может быть, '\($0)'?") }
  }

  /// Names with commas between them; the end of a long list is left out.
  private func list(_ names: [String], upTo most: Int = 20) -> String {
    names.prefix(most).joined(separator: ", ") + (names.count > most ? ", …" : "")
  }
}
