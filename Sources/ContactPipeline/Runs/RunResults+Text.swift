package import ContactModel
import JSONSyntax
import RunJournal
import RunReports

extension RunResults {
  private static let mostShown = 20

  /// The results for a person at a terminal; every line is ended.
  package func text(in language: Language) -> String {
    let sections = [
      heading(language), figures(language), undoing(language), doubling(language),
      listing(language), steps(language),
    ]
    return sections.filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private func heading(_ language: Language) -> [String] {
    var rows = [
      [language.pick("run", "запуск"), "\(run.id.text)  \(state.name(in: language))"],
      [language.pick("server", "сервер"), "\(run.server) (\(run.login))"],
      [language.pick("began", "начат"), run.startedAt],
    ]
    if let endedAt { rows.append([language.pick("ended", "закончен"), endedAt]) }
    for file in run.sourceFiles { rows.append([language.pick("file", "файл"), file.name]) }
    rows.append([language.pick("folder", "папка"), folder])
    return TextTable(rows.map { $0.map(PlainText.shown) }).lines
  }

  private func figures(_ language: Language) -> [String] {
    var rows = OutcomeKind.allCases.filter { outcomes[$0] > 0 || $0 == .created }.map {
      [OutcomeText.name(of: $0, in: language), Plural.grouped(outcomes[$0], in: language)]
    }
    if openRows > 0 {
      rows.append([
        language.pick("sent, not settled", "отправлено, итог не выяснен"),
        Plural.grouped(openRows, in: language),
      ])
    }
    rows.append([
      language.pick("total in the journal", "всего в журнале"),
      Plural.grouped(outcomes.total + openRows, in: language),
    ])
    return TextTable(rows, alignedRight: [1], indent: 2).lines
  }

  private func undoing(_ language: Language) -> [String] {
    guard undone.total > 0 else { return [] }
    var rows = UndoneContact.Fate.allCases.filter { undone[$0] > 0 }.map {
      [$0.name(in: language), Plural.grouped(undone[$0], in: language)]
    }
    rows.append([
      language.pick("of those created, left", "из созданных осталось"),
      Plural.grouped(remaining, in: language),
    ])
    return [language.pick("undone since", "отменено после запуска")]
      + TextTable(rows, alignedRight: [1], indent: 2).lines
  }

  private func doubling(_ language: Language) -> [String] {
    guard doubledCount > 0 else { return [] }
    let rows = doubled.prefix(Self.mostShown).map { row in
      [
        PlainText.shown(name(ofFile: row.file)), "\(row.record)", "\(row.pid)", "\(row.laterPID)",
        row.isRemoved ? language.pick("the later is gone", "второго уже нет") : "",
      ]
    }
    let head = [
      language.pick("file", "файл"), language.pick("record", "запись"), "pid",
      language.pick("later pid", "второй pid"), "",
    ]
    var lines =
      [language.pick("stored twice", "сохранено дважды")]
      + TextTable([head] + rows, alignedRight: [1, 2, 3], indent: 2).lines
    let more = doubledCount - rows.count
    if more > 0 {
      lines.append(
        "  "
          + language.pick(
            "and \(Plural.grouped(more, in: language)) more",
            "и ещё \(Plural.grouped(more, in: language))"))
    }
    return lines
  }

  private func listing(_ language: Language) -> [String] {
    guard !files.isEmpty else { return [] }
    return [language.pick("files", "файлы")]
      + TextTable(
        files.map { [PlainText.shown($0.name), Plural.grouped($0.byteCount, in: language)] },
        alignedRight: [1], indent: 2
      ).lines
  }

  private func steps(_ language: Language) -> [String] {
    var steps: [String] = []
    if state.isResumable {
      steps.append(
        language.pick(
          "continue with 'ferry resume \(run.id)'", "продолжить: 'ferry resume \(run.id)'"))
    }
    if doubledCount > removedDoubledCount {
      steps.append(
        language.pick(
          "delete the later contact of each pair with 'ferry undo \(run.id) --doubled'",
          "удалить второй контакт каждой пары: 'ferry undo \(run.id) --doubled'"))
    }
    guard !steps.isEmpty else { return [] }
    return [language.pick("next", "что дальше")] + steps.map { "- " + $0 }
  }

  /// A file's name, or its number where the run has no such file.
  private func name(ofFile file: Int) -> String {
    run.sourceFiles.indices.contains(file) ? run.sourceFiles[file].name : "#\(file + 1)"
  }

  /// The results for programs, in UTF-8, with a line break at its end.
  ///
  /// The keys are part of ferry's interface: new ones may come, none goes or changes its meaning.
  ///
  /// - `version`: 1; `kind`: `results`; `run`, `state`, `startedAt`, `endedAt`, `server`, `login`,
  ///   `folder`
  /// - `sources`: `name`, `bytes`, `sha256`
  /// - `outcomes`: as in a report, of the rows that were to be sent; `open`: rows without an outcome
  /// - `doubledTotal`, `doubledRemoved`; `doubled`: `file`, `record`, `pid`, `laterPid`, `removed` of
  ///   the first thousand
  /// - `undone`: a number for each fate, as in `undo`; `remaining`: created and not known to be gone
  /// - `files`: `name`, `bytes`
  package func json() -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.member("version", 1)
    json.member("kind", "results")
    json.member("run", run.id.text)
    json.member("state", state.rawValue)
    json.member("startedAt", run.startedAt)
    json.member("endedAt", endedAt)
    json.member("server", run.server)
    json.member("login", run.login)
    json.member("folder", folder)
    json.array("sources", of: run.sourceFiles) { json, file in
      json.member("name", file.name)
      json.member("bytes", file.size)
      json.member("sha256", file.sha256)
    }
    json.member("outcomes", outcomes)
    json.member("open", openRows)
    json.member("doubledTotal", doubledCount)
    json.member("doubledRemoved", removedDoubledCount)
    json.array("doubled", of: doubled) { json, row in
      json.member("file", name(ofFile: row.file))
      json.member("record", row.record)
      json.member("pid", row.pid)
      json.member("laterPid", row.laterPID)
      json.member("removed", row.isRemoved)
    }
    json.member("undone", undone)
    json.member("remaining", remaining)
    json.array("files", of: files) { json, file in
      json.member("name", file.name)
      json.member("bytes", file.byteCount)
    }
    json.endObject()
    json.endLine()
    return json.take()
  }
}
