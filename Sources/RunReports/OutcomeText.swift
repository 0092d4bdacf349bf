package import ContactModel

/// What outcomes are called, and what their result files say.
package enum OutcomeText {
  /// The code of an outcome in `ferry_code`: the failure's, otherwise the outcome's own.
  package static func code(of outcome: Outcome) -> String {
    if case .failed(let reason) = outcome { return reason.rawValue }
    return outcome == .notAttempted ? "not-attempted" : outcome.kind.rawValue
  }

  /// Why a row is in its result file; empty where the file's name says it all.
  package static func reason(of outcome: Outcome, in language: Language) -> String {
    switch outcome {
    case .created, .updated, .unchanged, .rejected: ""
    case .duplicate:
      language.pick(
        "an earlier run created this contact, so it was not sent; --again sends it all the same",
        "этот контакт создан прежним запуском, поэтому не отправлен; с --again будет отправлен")
    case .failed(.refused):
      language.pick("the server refused this row", "сервер не принял эту строку")
    case .failed(.requestRefused):
      language.pick(
        "the server refused the request this row was part of; nothing of it was stored",
        "сервер не принял запрос с этой строкой; из него ничего не сохранено")
    case .failed(.fatal):
      language.pick(
        "this row makes the server's script fail; check its e-mail for quotes, question marks and backslashes",
        "на этой строке скрипт сервера прерывается; проверьте в её почте кавычки, вопросительные знаки и обратные черты"
      )
    case .uncertain:
      language.pick(
        "it was sent, and whether it is stored could not be found out; look it up in the CRM, and if it is missing import this row with --again",
        "строка отправлена, но сохранена ли она, выяснить не удалось; найдите её в CRM, а если её нет, импортируйте строку с --again"
      )
    case .notAttempted:
      language.pick(
        "the run ended before its turn", "запуск завершился раньше, чем дошла очередь")
    }
  }

  /// The name of a kind of outcome in summaries.
  package static func name(of kind: OutcomeKind, in language: Language) -> String {
    switch kind {
    case .created: language.pick("created", "создано")
    case .updated: language.pick("updated", "обновлено")
    case .unchanged: language.pick("unchanged", "без изменений")
    case .duplicate: language.pick("duplicate", "повторы")
    case .rejected: language.pick("rejected", "отклонено")
    case .failed: language.pick("failed", "не принято")
    case .uncertain: language.pick("uncertain", "неясно")
    case .notAttempted: language.pick("not attempted", "не отправлено")
    }
  }
}
