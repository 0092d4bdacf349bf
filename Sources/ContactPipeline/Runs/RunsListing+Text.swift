package import ContactModel
import JSONSyntax
import RunJournal
import RunReports

extension RunsListing {
  /// The list for a person at a terminal; every line is ended.
  package func text(in language: Language) -> String {
    var lines: [String] = []
    if entries.isEmpty {
      lines.append(language.pick("no runs", "запусков нет"))
    } else {
      lines += table(language)
    }
    for error in unreadable {
      lines.append(
        language.pick("warning: ", "внимание: ") + PlainText.shown(error.message(in: language)))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func table(_ language: Language) -> [String] {
    let head = [
      language.pick("run", "запуск"), language.pick("state", "состояние"),
      OutcomeText.name(of: .created, in: language), language.pick("other", "прочее"),
      language.pick("files", "файлы"), language.pick("server", "сервер"),
    ]
    let rows = entries.map { entry in
      [
        entry.id.text, entry.state.name(in: language),
        number(entry.outcomes?[.created], language),
        number(entry.outcomes.map { $0.total - $0[.created] }, language),
        PlainText.shown(entry.sources.map(\.name).joined(separator: ", ")),
        PlainText.shown("\(entry.server) (\(entry.login))"),
      ]
    }
    return TextTable([head] + rows, alignedRight: [2, 3]).lines
  }

  private func number(_ number: Int?, _ language: Language) -> String {
    number.map { Plural.grouped($0, in: language) } ?? "–"
  }

  /// The list for programs, in UTF-8, with a line break at its end.
  ///
  /// The keys are part of ferry's interface: new ones may come, none goes or changes its meaning.
  ///
  /// - `version`: 1; `kind`: `runs`; `unreadable`: paths of entries that cannot be read
  /// - `runs`: `run`, `startedAt`, `endedAt` or null, `server`, `login`, `state` (a ``RunState``),
  ///   `resumable`, `outcomes` (as in a report; null while nobody counted), `files` (`name`, `bytes`,
  ///   `sha256`), `journal`
  package func json() -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.member("version", 1)
    json.member("kind", "runs")
    json.array("runs", of: entries) { $1.write(to: &$0) }
    json.key("unreadable")
    json.beginArray()
    for error in unreadable { json.string(error.path) }
    json.endArray()
    json.endObject()
    json.endLine()
    return json.take()
  }
}

extension RunsListing.Entry {
  /// Writes the entry's members into an open object.
  func write(to json: inout JSONWriter) {
    json.member("run", id.text)
    json.member("startedAt", startedAt)
    json.member("endedAt", endedAt)
    json.member("server", server)
    json.member("login", login)
    json.member("state", state.rawValue)
    json.member("resumable", state.isResumable)
    if let outcomes {
      json.member("outcomes", outcomes)
    } else {
      json.key("outcomes")
      json.null()
    }
    json.array("files", of: sources) { json, file in
      json.member("name", file.name)
      json.member("bytes", file.size)
      json.member("sha256", file.sha256)
    }
    json.member("journal", journalPath)
  }
}
