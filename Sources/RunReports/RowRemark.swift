package import ContactModel

/// What is known of one row besides its outcome, for its `ferry_reason`.
package enum RowRemark: Sendable, Equatable {
  /// An uncertain row may be one of these contacts; without any, nothing like it was seen.
  case candidates([Int])
  /// An earlier run created the row, or could not find out what became of it.
  case earlierRun(String)
  /// An uncertain row of a run that has not ended: resuming this run finds out what became of it.
  case unsettled(String)
  /// The user did not want the row sent (`--skip`, `--limit`).
  case leftOut
  /// What the server said about a row that it refused: its class and harmless part.
  case server(String)
}

extension OutcomeText {
  /// Why a row is in its result file, with what is known of this row alone.
  ///
  /// - Parameters:
  ///   - outcome: What became of the row.
  ///   - remark: What is known besides; one that does not fit the outcome is passed over.
  ///   - language: The language.
  /// - Returns: The sentence for `ferry_reason`.
  package static func reason(
    of outcome: Outcome, remark: RowRemark, in language: Language
  ) -> String {
    switch (outcome, remark) {
    case (.uncertain, .candidates(let pids)) where !pids.isEmpty:
      return candidates(pids, in: language)
    case (.uncertain, .earlierRun(let run)):
      return language.pick(
        "run \(run) sent it, and whether it is stored could not be found out; look it up in the CRM, and if it is missing import this row with --again",
        "её отправил запуск \(run), и сохранена ли она, выяснить не удалось; найдите её в CRM, а если её нет, импортируйте строку с --again"
      )
    case (.uncertain, .unsettled(let run)):
      return language.pick(
        "it was sent, and what became of it is not known yet; 'ferry resume \(run)' finds out",
        "строка отправлена, но что с ней стало, пока не известно; это выяснит «ferry resume \(run)»"
      )
    case (.duplicate, .earlierRun(let run)):
      return language.pick(
        "run \(run) created this contact, so it was not sent; --again sends it all the same",
        "этот контакт создан запуском \(run), поэтому не отправлен; с --again будет отправлен")
    case (.notAttempted, .leftOut):
      return language.pick("left out by --skip or --limit", "не входит в --skip и --limit")
    case (.failed, .server(let text)) where !text.isEmpty:
      let words = PlainText.shown(text)
      return reason(of: outcome, in: language)
        + language.pick("; it said: \(words)", "; он ответил: \(words)")
    default:
      return reason(of: outcome, in: language)
    }
  }

  /// The most pids that a reason names.
  private static let mostCandidates = 5

  private static func candidates(_ pids: [Int], in language: Language) -> String {
    let named = pids.prefix(mostCandidates).map(String.init).joined(separator: ", ")
    let rest = pids.count - min(pids.count, mostCandidates)
    let more = rest > 0 ? language.pick(" and \(rest) more", " и ещё \(rest)") : ""
    return pids.count == 1
      ? language.pick(
        "it was sent, and contact \(named) may be it; compare them in the CRM, and if it is another import this row with --again",
        "строка отправлена, и это может быть контакт \(named); сравните их в CRM, а если он другой, импортируйте строку с --again"
      )
      : language.pick(
        "it was sent, and one of the contacts \(named)\(more) may be it; compare them in the CRM, and if it is none of them import this row with --again",
        "строка отправлена, и это может быть один из контактов \(named)\(more); сравните их в CRM, а если ни один не подходит, импортируйте строку с --again"
      )
  }
}
