import ContactFormats
import ContactModel

extension SummaryText {
  /// What the user should know before anything else; empty for a run without trouble.
  var warnings: [String] {
    var warnings: [String] = []
    if let reason = summary.stopReason {
      warnings.append(
        language.pick("stopped before the end: ", "остановлено до конца: ")
          + PlainText.shown(reason))
    }
    if !summary.isBalanced {
      warnings.append(
        language.pick(
          "the totals do not balance: \(records(summary.recordCount)) read, "
            + "\(number(summary.outcomes.total)) accounted for",
          "итоги не сходятся: прочитано \(records(summary.recordCount)), учтено "
            + number(summary.outcomes.total)))
    }
    if summary.doubledCount > 0 {
      warnings.append(
        language.pick(
          "\(Plural.english(summary.doubledCount, "contact is", "contacts are")) stored twice",
          "сохранено дважды: "
            + Plural.russian(summary.doubledCount, "контакт", "контакта", "контактов")))
    }
    return warnings
  }

  /// What to do now, the most urgent first.
  var nextSteps: [String] {
    guard summary.kind != .convert else { return [] }
    var steps: [String] = []
    if summary.isResumable, let run = summary.runID {
      let run = PlainText.shown(run)
      steps.append(
        language.pick(
          "continue with 'ferry resume \(run)': nothing is sent twice",
          "продолжите командой «ferry resume \(run)»: дважды ничего не отправится"))
    } else if summary.kind.sends, !summary.resultFiles(for: .notAttempted).isEmpty {
      steps.append(
        language.pick(
          "import \(files(.notAttempted)), or the whole file again, with the same mapping: what was created "
            + "is not sent twice",
          "импортируйте \(files(.notAttempted)) или снова весь файл с тем же сопоставлением: созданное "
            + "дважды не отправится"))
    }
    if summary.kind.sends, !summary.isResumable, summary.stopReason != nil,
      summary.outcomes[.created] > 0, summary.resultFiles.isEmpty
    {
      steps.append(
        language.pick(
          "there are no result files: export the CRM's contacts and compare before importing again",
          "файлов результатов нет: прежде чем импортировать снова, выгрузите контакты из CRM и "
            + "сравните"))
    }
    // Of a run that goes on, most of these are known at its end.
    if summary.outcomes[.uncertain] > 0, !summary.isResumable {
      steps.append(
        language.pick(
          "look up the rows of \(files(.uncertain)) in the CRM (ferry_reason says where to look); import "
            + "those that are missing with --again",
          "найдите строки из \(files(.uncertain)) в CRM (где искать, сказано в ferry_reason); "
            + "отсутствующие импортируйте с --again"))
    }
    if summary.doubledCount > 0 {
      let command =
        summary.runID.map { "ferry undo --doubled \(PlainText.shown($0))" }
        ?? "ferry undo --doubled"
      steps.append(
        language.pick(
          "delete the later one of each pair of contacts with '\(command)'",
          "удалите более поздний контакт каждой пары командой «\(command)»"))
    }
    if summary.readBack.differences.total > 0 {
      let list = FindingsFile.Kind.differences.fileName
      steps.append(
        language.pick(
          "look at \(list): these values are not stored as they were sent",
          "посмотрите \(list): эти значения сохранены не так, как отправлены"))
    }
    if summary.outcomes[.rejected] > 0 {
      steps.append(rejectedStep)
    }
    if summary.outcomes[.failed] > 0 {
      steps.append(
        language.pick(
          "read ferry_reason in \(files(.failed)), correct the rows, and import \(them(.failed)) with "
            + "the same mapping",
          "прочитайте ferry_reason в \(files(.failed)), исправьте строки и импортируйте "
            + "\(them(.failed)) с тем же сопоставлением"))
    }
    if summary.files.contains(where: { !$0.unmapped.isEmpty }) {
      steps.append(
        language.pick(
          "give the columns that go nowhere a field in the mapping, or set 'unmapped: ignore'",
          "назначьте поля столбцам, которые никуда не переносятся, или укажите «unmapped: ignore»"))
    }
    if steps.isEmpty, !summary.kind.sends, summary.outcomes[.notAttempted] > 0 {
      steps.append(
        language.pick(
          "import with 'ferry import' and the same mapping",
          "импортируйте командой «ferry import» с тем же сопоставлением"))
    }
    return steps
  }

  private var rejectedStep: String {
    guard !summary.resultFiles(for: .rejected).isEmpty else {
      return language.pick(
        "correct the rejected rows in the file, or choose what happens to them with 'invalid:' in "
          + "the mapping",
        "исправьте отклонённые строки в файле или укажите в сопоставлении «invalid:», что с ними "
          + "делать")
    }
    return language.pick(
      "correct the rows of \(files(.rejected)) and import \(them(.rejected)) with the same mapping",
      "исправьте строки в \(files(.rejected)) и импортируйте \(them(.rejected)) с тем же "
        + "сопоставлением")
  }

  /// The result files of an outcome, as a word.
  private func them(_ kind: OutcomeKind) -> String {
    summary.resultFiles(for: kind).count > 1
      ? language.pick("them", "их") : language.pick("it", "файл")
  }

  /// The names of an outcome's result files, or what they would be called.
  private func files(_ kind: OutcomeKind) -> String {
    let files = summary.resultFiles(for: kind)
    if files.isEmpty {
      let format = summary.files.first?.profile.format ?? .csv
      return ResultKind(of: kind)?.fileName(for: format) ?? ""
    }
    return files.map { PlainText.shown($0.name) }.joined(separator: ", ")
  }
}
