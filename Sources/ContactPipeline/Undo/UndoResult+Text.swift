package import ContactModel
import RunJournal
import RunReports

extension UndoResult {
  /// How many of the contacts that stay the text lists.
  private static let mostShown = 20

  /// The result for a person at a terminal: figures, what stays and why, what to do next; every line is
  /// ended.
  package func text(in language: Language) -> String {
    [heading(language), figures(language), keptLines(language), notes(language), steps(language)]
      .filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private func heading(_ language: Language) -> [String] {
    let title =
      isDoubledOnly
      ? language.pick("undo of doubled contacts", "удаление сохранённых дважды")
      : language.pick("undo", "отмена")
    return [PlainText.shown("\(title)  \(run.text)  \(server)")]
  }

  private func figures(_ language: Language) -> [String] {
    var rows = UndoneContact.Fate.allCases.filter { counts[$0] > 0 || $0 == .removed }.map {
      [$0.name(in: language), Plural.grouped(counts[$0], in: language)]
    }
    rows.append([language.pick("total", "всего"), Plural.grouped(counts.total, in: language)])
    return TextTable(rows, alignedRight: [1], indent: 2).lines
  }

  private func keptLines(_ language: Language) -> [String] {
    guard !kept.isEmpty else { return [] }
    var rows = [
      [
        language.pick("file", "файл"), language.pick("record", "запись"), "pid",
        language.pick("why it stays", "почему остаётся"),
      ]
    ]
    for contact in kept.prefix(Self.mostShown) {
      let remark = contact.remark.map { " (\(PlainText.shown($0)))" } ?? ""
      rows.append([
        PlainText.shown(name(ofFile: contact.file)), "\(contact.record)", "\(contact.pid)",
        contact.fate.reason(in: language) + remark,
      ])
    }
    var lines = TextTable(rows, alignedRight: [1, 2], indent: 2).lines
    let more = counts.kept - min(kept.count, Self.mostShown)
    if more > 0 {
      lines.append(
        "  "
          + language.pick(
            "and \(Plural.grouped(more, in: language)) more",
            "и ещё \(Plural.grouped(more, in: language))"))
    }
    return lines
  }

  private func notes(_ language: Language) -> [String] {
    var notes: [String] = []
    if let stop {
      notes.append(
        language.pick("stopped before the end: ", "остановлено до конца: ")
          + stop.sentence(in: language))
    }
    if status == .undone, !isDoubledOnly {
      notes.append(
        language.pick(
          "nothing that is known of the run is left in the CRM",
          "в CRM не осталось ничего из того, что известно о запуске"))
    } else if remaining > 0, !isDoubledOnly {
      notes.append(
        language.pick(
          "of the run, \(Plural.english(remaining, "contact is", "contacts are")) left in the CRM",
          "в CRM от запуска осталось: "
            + Plural.russian(remaining, "контакт", "контакта", "контактов")))
    }
    if uncertainRows > 0, !isDoubledOnly {
      notes.append(
        language.pick(
          "what \(Plural.english(uncertainRows, "uncertain row", "uncertain rows")) left in the CRM is not known and stays; uncertain.csv in \(folder) has the rows",
          "что осталось в CRM от неясных строк (\(Plural.russian(uncertainRows, "строка", "строки", "строк"))), неизвестно, и оно не тронуто; строки — в uncertain.csv в \(folder)"
        ))
    }
    if counts[.removed] > 0 { notes.append(UndoLimits.sentence(in: language)) }
    return notes.map(PlainText.shown)
  }

  private func steps(_ language: Language) -> [String] {
    var steps: [String] = []
    let command = "ferry undo \(run.text)" + (isDoubledOnly ? " --doubled" : "")
    if stop == nil, counts[.edited] + counts[.unproven] > 0 {
      steps.append(
        language.pick(
          "look at the contacts that stay; '\(command) --force' deletes them whatever was changed in them, those with deals excepted",
          "посмотрите на оставшиеся контакты; '\(command) --force' удалит их, что бы в них ни изменили, кроме имеющих сделки"
        ))
    }
    if counts[.hasDeals] > 0 {
      steps.append(
        language.pick(
          "to delete contacts with deals, take the deals off them in the CRM, then run '\(command)' again",
          "чтобы удалить контакты со сделками, уберите сделки в CRM и снова запустите '\(command)'")
      )
    }
    if counts[.unclear] + counts[.refused] > 0 {
      steps.append(
        language.pick(
          "run '\(command)' again later for those that the server did not delete or show",
          "для тех, которые сервер не удалил или не показал, запустите '\(command)' ещё раз позже"))
    }
    if stop == nil, status.isResumable, !isDoubledOnly {
      steps.append(
        language.pick(
          "the run itself is unfinished: 'ferry resume \(run.text)' would send the rest of the file, without what was deleted here",
          "сам запуск не завершён: 'ferry resume \(run.text)' отправил бы остаток файла, без удалённого здесь"
        ))
    }
    guard !steps.isEmpty else { return [] }
    return [language.pick("next", "что дальше")] + steps.map { "- " + $0 }
  }

  /// A file's name, or its number where the run has no such file.
  func name(ofFile file: Int) -> String {
    fileNames.indices.contains(file) ? fileNames[file] : "#\(file + 1)"
  }
}
