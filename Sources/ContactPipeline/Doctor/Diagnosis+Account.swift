import ContactModel
import PersonAPI

extension Diagnosis {
  /// What there is to say about the account: fields, rights, users, guides, time, import keys.
  func accountFindings(in language: Language) -> [DoctorFinding] {
    [
      activeFields(language), mapped(language), rights(language), info(language), owners(language),
      guide(language), loyalty(language), timeZone(language), importKey(language),
      sideEffects(language),
    ].compactMap { $0 }
  }

  private func activeFields(_ language: Language) -> DoctorFinding {
    let on = Set(fields.compactMap(\.field))
    let off = PersonField.allCases.filter {
      $0.isWritable && ![.user, .mperson, .dateCreate].contains($0) && !on.contains($0)
    }
    guard !off.isEmpty else {
      return DoctorFinding(
        "fields", .ok, language.pick("every field is switched on", "все поля включены"))
    }
    return DoctorFinding(
      "fields", .note,
      language.pick("switched off: ", "отключены: ") + off.map(\.name).joined(separator: ", "),
      consequence: language.pick(
        "the CRM drops values for them without a word",
        "значения для них CRM молча отбрасывает"),
      cure: language.pick(
        "switch on what you need in the CRM's settings",
        "включите нужные в настройках CRM"))
  }

  private func mapped(_ language: Language) -> DoctorFinding? {
    guard !mappedFields.isEmpty else { return nil }
    if let mappingProblem {
      return DoctorFinding(
        "mapping", .problem,
        language.pick("the mapping cannot be used here", "с этой CRM сопоставление не применить"),
        consequence: language.pick(
          "an import stops before it sends anything", "импорт остановится, ничего не отправив"),
        cure: mappingProblem.message(in: language))
    }
    let off = mappedFieldsOff
    guard !off.isEmpty else {
      return DoctorFinding(
        "mapping", .ok,
        language.pick(
          "all fields of the mapping are switched on", "все поля сопоставления включены"))
    }
    return DoctorFinding(
      "mapping", .problem,
      language.pick(
        "the mapping fills fields that are off: ", "сопоставление заполняет отключённые поля: ")
        + off.map(\.name).joined(separator: ", "),
      consequence: language.pick("their values would be lost", "их значения пропадут"),
      cure: language.pick(
        "switch them on in the CRM's settings, or map other fields",
        "включите их в настройках CRM или выберите другие поля"))
  }

  private func rights(_ language: Language) -> DoctorFinding? {
    guard let visible = findings.visibleContacts else { return nil }
    let statement = language.pick(
      "contacts that the list shows to this login: \(visible)",
      "этому логину список показывает контактов: \(visible)")
    guard let counts = findings.contactsOfUsers else {
      return DoctorFinding("rights", .note, statement)
    }
    let all = counts.compactMap(\.contacts).reduce(0, +)
    guard all > visible else { return DoctorFinding("rights", .ok, statement) }
    return DoctorFinding(
      "rights", .warning,
      statement
        + language.pick(
          ", while the users together have \(all)", ", а у всех пользователей вместе их \(all)"),
      consequence: language.pick(
        "an export with this login is not complete", "экспорт под этим логином будет неполным"),
      cure: language.pick(
        "export with an administrator's login", "экспортируйте под логином администратора"))
  }

  private func info(_ language: Language) -> DoctorFinding? {
    guard findings.answersInfo == false else { return nil }
    return DoctorFinding(
      "info", .problem,
      language.pick(
        "a contact that is in the list cannot be read by itself",
        "контакт из списка не читается по отдельности"),
      consequence: language.pick(
        "what an interrupted request stored can be found by the list only",
        "что сохранил прерванный запрос, покажет только список"),
      cure: language.pick(
        "ask the CRM's administrator what was changed in it",
        "спросите администратора CRM, что в ней меняли"))
  }

  private func owners(_ language: Language) -> DoctorFinding {
    guard let users else {
      return DoctorFinding(
        "users", .warning,
        language.pick("the server does not list its users", "сервер не даёт списка пользователей"),
        consequence: language.pick(
          "a wrong login makes contacts that are in nobody's list",
          "контакты с неверным логином не попадут ни в чей список"),
        cure: language.pick(
          "check the logins of your mapping by hand", "проверьте логины сопоставления сами"))
    }
    let names = users.map { user in
      user.login + (user.isActive ? "" : language.pick(" (no access)", " (нет доступа)"))
    }
    return DoctorFinding(
      "users", .ok,
      language.pick("users: ", "пользователи: ") + Self.list(names, language))
  }

  private func guide(_ language: Language) -> DoctorFinding {
    guard let sources else {
      return DoctorFinding(
        "clientpath", .note,
        language.pick(
          "the server does not list the entries of 'clientpath'",
          "сервер не даёт списка записей 'clientpath'"),
        consequence: language.pick(
          "a new text may make a new entry", "новый текст может завести новую запись"),
        cure: language.pick(
          "write texts exactly as they stand in the CRM", "пишите тексты в точности как в CRM"))
    }
    return DoctorFinding(
      "clientpath", .ok,
      language.pick("sources (clientpath): ", "источники (clientpath): ")
        + Self.list(sources.map { "\($0.id) \($0.title)" }, language))
  }

  private func loyalty(_ language: Language) -> DoctorFinding? {
    guard !variant.takesGuideTexts else { return nil }
    return DoctorFinding(
      "loyalty", .note,
      language.pick(
        "no CRM lists the entries of 'loyalty'", "записи 'loyalty' не перечисляет ни одна CRM"
      ),
      consequence: language.pick(
        "an import finds out those that contacts already have",
        "импорт узнает те, что уже есть у контактов"),
      cure: language.pick(
        "name the others by number in the mapping: values: { VIP: { id: 3 } }",
        "остальные назовите в сопоставлении номером: values: { VIP: { id: 3 } }"))
  }

  private func timeZone(_ language: Language) -> DoctorFinding {
    DoctorFinding(
      "timezone", .note,
      language.pick("time zone of the account: unknown", "часовой пояс аккаунта: неизвестен"),
      consequence: language.pick(
        "dates of the CRM are shown as it writes them, without a zone",
        "даты CRM показываются как она их пишет, без пояса"),
      cure: language.pick(
        "see it in the CRM's settings before you compare dates",
        "прежде чем сравнивать даты, посмотрите его в настройках CRM"))
  }

  private func importKey(_ language: Language) -> DoctorFinding {
    let unused = keyFields.filter { keyFieldUse[$0] == 0 }
    if let field = unused.first {
      return DoctorFinding(
        "key", .ok,
        language.pick(
          "'\(field.name)' is on and empty everywhere: it can hold an import key",
          "'\(field.name)' включено и всюду пусто: в нём может стоять ключ импорта"))
    }
    let statement =
      keyFields.isEmpty
      ? language.pick(
        "no free text field (input1 … input10) is on and left alone",
        "ни одно свободное поле (input1 … input10) не включено и не занято")
      : language.pick(
        "free text fields that are on, some of them in use: ",
        "включённые свободные поля, часть из них занята: ")
        + keyFields.map { field in
          field.name + (keyFieldUse[field].map { " (\($0))" } ?? "")
        }.joined(separator: ", ")
    return DoctorFinding(
      "key", .note, statement,
      consequence: language.pick(
        "what an interrupted request stored is found by comparing values",
        "что сохранил прерванный запрос, узнаётся сравнением значений"),
      cure: language.pick(
        "switch on a field that nobody uses, in the CRM's settings",
        "включите в настройках CRM поле, которым никто не пользуется"))
  }

  private func sideEffects(_ language: Language) -> DoctorFinding {
    DoctorFinding(
      "side-effects", .note,
      language.pick(
        "each contact made for another owner sends that owner an e-mail, and every one runs the CRM's webhooks",
        "о каждом контакте для другого владельца CRM шлёт ему письмо, и на каждый срабатывают её вебхуки"
      ),
      consequence: language.pick(
        "a large import floods them", "большой импорт их завалит"),
      cure: language.pick(
        "switch these off in the CRM for the time of the import",
        "отключите их в CRM на время импорта"))
  }

  /// So many names as stand on a line or three.
  private static func list(_ names: [String], _ language: Language) -> String {
    guard !names.isEmpty else { return language.pick("none", "нет") }
    let shown = names.prefix(20).joined(separator: ", ")
    let rest = names.count - 20
    return rest > 0 ? shown + language.pick(" and \(rest) more", " и ещё \(rest)") : shown
  }
}
