package import ContactModel

extension JournalError {
  /// The sentence for a person: what is wrong, then what to do.
  package func message(in language: Language) -> String {
    "\(problem(in: language)); \(cure(in: language))"
  }

  private func problem(in language: Language) -> String {
    let because = reason.map { ": \($0)" } ?? ""
    return switch code {
    case .diskFull:
      language.pick("no space left on the disk for \(path)", "на диске нет места для \(path)")
    case .readOnly:
      language.pick(
        "\(path) cannot be written\(because)", "\(path) недоступен для записи\(because)")
    case .damaged:
      language.pick(
        "the journal \(path) is damaged\(because)", "журнал \(path) повреждён\(because)")
    case .busy:
      holder.map { busyAccount($0, in: language) }
        ?? language.pick(
          "\(path) is in use by another process", "\(path) занят другим процессом")
    case .notAJournal:
      language.pick("\(path) is not a journal of ferry", "\(path) не является журналом ferry")
    case .newerVersion:
      language.pick(
        "the journal \(path) was written by a newer ferry",
        "журнал \(path) записан более новой версией ferry")
    case .olderVersion:
      language.pick(
        "the journal \(path) was written by an older ferry, which did not record what is needed "
          + "to resume or undo a run",
        "журнал \(path) записан более старой версией ferry, в нём нет сведений, нужных для "
          + "продолжения или отмены запуска")
    case .outdated:
      language.pick(
        "the journal \(path) is an older copy: its run has come to its end, and it does not know of that",
        "журнал \(path) — старая копия: запуск дошёл до конца, а в журнале этого нет")
    case .damagedEntry:
      language.pick(
        "the registered run \(path) cannot be read: the file is damaged",
        "запись о запуске \(path) не читается: файл повреждён")
    case .damagedIndex:
      language.pick(
        "the index of earlier runs, \(path), is damaged\(because)",
        "указатель прежних запусков \(path) повреждён\(because)")
    case .unknownRun:
      language.pick("no such run is registered: \(path)", "такой запуск не записан: \(path)")
    case .exists:
      language.pick("there is already a journal \(path)", "журнал \(path) уже существует")
    case .missing:
      language.pick("there is no journal \(path)", "журнала \(path) нет")
    case .cannotCreate:
      language.pick(
        "\(path) cannot be opened or created\(because)",
        "\(path) не удалось открыть или создать\(because)")
    case .inputOutput:
      language.pick("the disk failed under \(path)\(because)", "сбой диска на \(path)\(because)")
    case .unknownBatch:
      language.pick(
        "an outcome came for a batch that the journal \(path) does not have",
        "получен итог пакета, которого нет в журнале \(path)")
    case .repeatedBatch:
      language.pick(
        "a batch was to be written to the journal \(path) twice",
        "пакет дважды записывается в журнал \(path)")
    case .unexpected:
      language.pick("work with \(path) failed\(because)", "сбой при работе с \(path)\(because)")
    }
  }

  private func busyAccount(_ holder: LockHolder, in language: Language) -> String {
    let facts = [
      holder.process.map { language.pick("process \($0)", "процесс \($0)") },
      holder.run.map { language.pick("run \($0)", "запуск \($0)") },
      holder.since.map { language.pick("since \($0)", "с \($0)") },
      language.pick("lock \(path)", "блокировка \(path)"),
    ].compactMap(\.self).joined(separator: ", ")
    return language.pick(
      "another ferry is working with this account (\(facts))",
      "с этой учётной записью уже работает другой ferry (\(facts))")
  }

  private func cure(in language: Language) -> String {
    switch code {
    case .diskFull:
      language.pick(
        "free some space, then go on; a run that had begun goes on with `ferry resume`",
        "освободите место и повторите; начатый запуск продолжит `ferry resume`")
    case .readOnly, .cannotCreate:
      language.pick(
        "check the rights of its folder, or choose another one: --runs-dir for runs, "
          + "FERRY_STATE_DIR for what ferry remembers about them",
        "проверьте права на папку или выберите другую: --runs-dir для запусков, "
          + "FERRY_STATE_DIR для памяти о них")
    case .damaged, .inputOutput:
      language.pick(
        "check the disk; without the journal a run can be neither resumed nor undone: see "
          + "`ferry runs` and its result files, and compare with the CRM before importing again",
        "проверьте диск; без журнала запуск нельзя ни продолжить, ни отменить: посмотрите "
          + "`ferry runs` и файлы результатов и сравните с CRM, прежде чем импортировать снова")
    case .outdated:
      language.pick(
        "put the newer one back, or let `ferry resume` go on with this run, by its name: it finds in the CRM "
          + "what the copy does not know",
        "верните более новый или продолжите запуск, назвав его: `ferry resume`; недостающее найдётся в CRM"
      )
    case .busy:
      language.pick(
        "wait until it has ended, or stop it", "дождитесь завершения или остановите его")
    case .notAJournal, .unknownRun:
      language.pick(
        "name a run as `ferry runs` lists it", "укажите запуск так, как его показывает `ferry runs`"
      )
    case .missing:
      language.pick(
        "put it back, or forget the run with `ferry runs --forget RUN`; its rows are then not "
          + "recognised as duplicates",
        "верните его на место или забудьте запуск: `ferry runs --forget RUN`; его строки тогда "
          + "не будут считаться повторами")
    case .newerVersion:
      language.pick("use the ferry that wrote it", "используйте ту версию ferry, что его записала")
    case .olderVersion:
      language.pick(
        "see the result files beside it for what was created",
        "что было создано, видно из файлов результатов рядом с ним")
    case .damagedEntry:
      language.pick(
        "forget it with `ferry runs --forget RUN`, RUN being the file's name; the run's rows are "
          + "then not recognised as duplicates",
        "забудьте его: `ferry runs --forget RUN`, где RUN — имя файла; строки запуска тогда не "
          + "будут считаться повторами")
    case .damagedIndex:
      language.pick(
        "begin again: ferry builds it anew from the journals",
        "повторите запуск: ferry построит его заново по журналам")
    case .exists:
      language.pick(
        "give this run another folder with --runs-dir, or go on with `ferry resume`",
        "укажите другую папку через --runs-dir или продолжите прежний запуск: `ferry resume`")
    case .unknownBatch, .repeatedBatch, .unexpected:
      language.pick(
        "this is a mistake in ferry: please report it with the run's report.json",
        "это ошибка в ferry: сообщите о ней, приложив report.json запуска")
    }
  }
}
