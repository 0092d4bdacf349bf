package import ContactModel
package import RunJournal

/// Why nothing is done with an earlier run.
package enum RunError: Error, Sendable, Equatable {
  /// There is no run of this name.
  case notFound(String)
  /// Several runs may be meant.
  case ambiguous(String, [RunID])
  /// There is no run at all.
  case noRuns
  /// No run waits to be continued.
  case nothingUnfinished
  /// No run has created anything that is still there.
  case nothingToUndo
  /// No run has contacts that are stored twice.
  case nothingDoubled
  /// All that the run created has been deleted already.
  case alreadyUndone(RunID)
  /// The run's journal is not where it was.
  case journalMissing(RunID, path: String)
  /// The run's journal is there, so the run is not forgotten.
  case journalPresent(RunID, path: String)
  /// The run went to another server or account than this one.
  case otherAccount(RunID, server: String, login: String)
  /// The user said no.
  case declined

  /// The sentence for a person: what is wrong, then what to do.
  package func message(in language: Language) -> String {
    switch self {
    case .notFound(let text):
      language.pick(
        "there is no run '\(text)'; 'ferry runs' lists them",
        "запуска '\(text)' нет; их список даёт 'ferry runs'")
    case .ambiguous(let text, let runs):
      language.pick(
        "'\(text)' may mean \(Self.list(runs)); write more of the name",
        "'\(text)' может означать \(Self.list(runs)); напишите имя полнее")
    case .noRuns:
      language.pick(
        "no import has been run yet, as far as this folder and this user's state know; name the run's folder",
        "насколько знают эта папка и данные пользователя, импорта ещё не было; укажите папку запуска"
      )
    case .nothingUnfinished:
      language.pick(
        "all runs have ended, there is nothing to resume; 'ferry runs' lists them",
        "все запуски завершены, продолжать нечего; их список даёт 'ferry runs'")
    case .nothingToUndo:
      language.pick(
        "no run has created contacts that are still there; 'ferry runs' lists the runs",
        "нет запуска, созданные которым контакты ещё есть; список запусков даёт 'ferry runs'")
    case .nothingDoubled:
      language.pick(
        "no run has contacts that are stored twice; nothing was deleted",
        "нет запусков с контактами, сохранёнными дважды; ничего не удалено")
    case .alreadyUndone(let run):
      language.pick(
        "run \(run) has been undone already; nothing of it is left to delete",
        "запуск \(run) уже отменён; удалять нечего")
    case .journalMissing(let run, let path):
      language.pick(
        "the journal of run \(run) is not at \(path) any more; bring it back, or let 'ferry runs --forget \(run)' strike the run off",
        "журнала запуска \(run) больше нет в \(path); верните его или вычеркните запуск командой 'ferry runs --forget \(run)'"
      )
    case .journalPresent(let run, let path):
      language.pick(
        "the journal of run \(run) is at \(path), so the run is not forgotten; 'ferry runs --purge' removes runs with their files",
        "журнал запуска \(run) на месте (\(path)), поэтому запуск не вычеркнут; запуски вместе с файлами удаляет 'ferry runs --purge'"
      )
    case .otherAccount(let run, let server, let login):
      language.pick(
        "run \(run) went to \(server) as \(login), which is not the CRM you are at; set FERRY_URL and FERRY_LOGIN to those, or name that sandbox with --sandbox (a file made anew is another)",
        "запуск \(run) был на \(server) под именем \(login), а сейчас выбрана другая CRM; укажите их в FERRY_URL и FERRY_LOGIN или ту песочницу в --sandbox (созданный заново файл — уже другая)"
      )
    case .declined:
      language.pick("nothing was done", "ничего не сделано")
    }
  }

  private static func list(_ runs: [RunID]) -> String {
    runs.prefix(3).map(\.text).joined(separator: ", ") + (runs.count > 3 ? " …" : "")
  }
}
