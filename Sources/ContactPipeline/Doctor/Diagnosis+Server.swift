package import ContactModel
import PersonAPI

extension Diagnosis {
  /// Everything the doctor has to say, in the order of the page.
  package func findings(in language: Language) -> [DoctorFinding] {
    [kind(language), latency(language), variables(language), body(language), log(language)]
      .compactMap { $0 } + accountFindings(in: language)
  }

  private func kind(_ language: Language) -> DoctorFinding {
    let path = variant.path
    if variant.takesGuideTexts {
      return DoctorFinding(
        "variant", .ok,
        language.pick(
          "the server of the documentation: /\(path), rows go by 'addlist', guide entries by text",
          "сервер как в документации: /\(path), строки идут через 'addlist', записи справочников — текстом"
        ))
    }
    if variant.format == .json {
      return DoctorFinding(
        "variant", .ok,
        language.pick(
          "version 3 of the API: /\(path), JSON, guide entries by number",
          "версия 3 API: /\(path), JSON, записи справочников — номером"))
    }
    return DoctorFinding(
      "variant", .note,
      language.pick(
        "version 2 of the API: /\(path), rows go by 'add.list', guide entries by number",
        "версия 2 API: /\(path), строки идут через 'add.list', записи справочников — номером"),
      consequence: language.pick(
        "requests are forms, which PHP cuts without a word; ferry keeps them small and notices",
        "запросы — формы, которые PHP обрезает молча; ferry делает их небольшими и замечает обрезку"
      ),
      cure: language.pick(
        "where the CRM has version 3, --api auto takes it",
        "если в CRM есть версия 3, её возьмёт --api auto"))
  }

  private func latency(_ language: Language) -> DoctorFinding? {
    guard let latency = findings.latency else { return nil }
    let milliseconds = Int(latency / .milliseconds(1))
    let statement = language.pick(
      "the smallest question takes \(milliseconds) ms",
      "простейший запрос занимает \(milliseconds) мс")
    guard latency > .seconds(1) else { return DoctorFinding("latency", .ok, statement) }
    return DoctorFinding(
      "latency", .warning, statement,
      consequence: language.pick(
        "imports and exports will be slow", "импорт и экспорт будут медленными"),
      cure: language.pick(
        "run ferry nearer to the server, or at a quiet hour",
        "запускайте ferry ближе к серверу или в спокойные часы"))
  }

  private func variables(_ language: Language) -> DoctorFinding? {
    guard variant.format == .form else { return nil }
    guard let limit = findings.variables else {
      return DoctorFinding(
        "variables", .note,
        language.pick(
          "how many variables of a form arrive cannot be told",
          "сколько переменных формы доходит, узнать не удалось"),
        consequence: language.pick(
          "ferry sends at most \(variant.limits.maximumVariables)",
          "ferry шлёт не больше \(variant.limits.maximumVariables)"))
    }
    let statement =
      limit.below == nil
      ? language.pick(
        "at least \(limit.atLeast) variables of a form arrive",
        "доходит переменных формы: не меньше \(limit.atLeast)")
      : language.pick(
        "\(limit.atLeast) variables of a form arrive, the rest is dropped without a word",
        "доходит переменных формы: \(limit.atLeast), остальное молча отбрасывается")
    guard limit.atLeast < variant.limits.maximumVariables else {
      return DoctorFinding("variables", .ok, statement)
    }
    return DoctorFinding(
      "variables", .problem, statement,
      consequence: language.pick(
        "requests of the usual size are cut; ferry notices, halves one and then stops",
        "запросы обычного размера обрезаются; ferry это замечает, делит один пополам и останавливается"
      ),
      cure: language.pick(
        "raise max_input_vars in php.ini, or import with a smaller --batch-size",
        "увеличьте max_input_vars в php.ini или импортируйте с меньшим --batch-size"))
  }

  private func body(_ language: Language) -> DoctorFinding? {
    guard let limit = findings.bodyBytes else { return nil }
    let size = "\(limit.atLeast / 1024)"
    guard limit.below != nil else {
      return DoctorFinding(
        "body", .ok,
        language.pick(
          "requests of \(size) KB arrive whole, and ferry sends none larger",
          "запросы в \(size) КБ доходят целиком, а больших ferry не отправляет"))
    }
    return DoctorFinding(
      "body", .problem,
      language.pick(
        "requests of more than \(size) KB are dropped", "запросы больше \(size) КБ отбрасываются"),
      consequence: language.pick(
        "an import with large rows is stopped by it",
        "импорт с большими строками на этом остановится"
      ),
      cure: language.pick(
        "raise post_max_size in php.ini (or the web server's own limit), or use a smaller --batch-size",
        "увеличьте post_max_size в php.ini (или предел веб-сервера) или уменьшите --batch-size"))
  }

  private func log(_ language: Language) -> DoctorFinding {
    let whole = language.pick(
      "the CRM keeps every request in a log, contacts and the key included",
      "CRM хранит каждый запрос в журнале, с контактами и ключом")
    let rows = language.pick(
      "the CRM keeps every request in a log, contacts included; the key travels in a header and is not kept, but for questions about users, sources and clients",
      "CRM хранит каждый запрос в журнале, с контактами; ключ идёт в заголовке и не хранится, кроме вопросов о пользователях, источниках и клиентах"
    )
    return DoctorFinding(
      "log", .note, variant.format == .json ? rows : whole,
      consequence: language.pick(
        "whoever reads the CRM's database or its cash/apilog folder reads them",
        "их прочтёт всякий, кто читает базу CRM или её папку cash/apilog"),
      cure: language.pick(
        "empty that log after an import", "очистите этот журнал после импорта"))
  }
}
