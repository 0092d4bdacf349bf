import ContactModel

extension PlanningError {
  /// The sentence for what is about a run and not about its mapping.
  func runMessage(in language: Language) -> String {
    switch self {
    case .keyFieldInUse(let field):
      language.pick(
        "the mapping fills '\(field.name)', which --key-field wants for import keys; name a field that is free",
        "сопоставление заполняет '\(field.name)', а --key-field отводит его под ключи импорта; укажите свободное поле"
      )
    case .keyFieldOff(let field):
      language.pick(
        "'\(field.name)' is switched off in the CRM, which would drop the import keys; switch it on in its settings, or name another field with --key-field",
        "'\(field.name)' отключено в CRM, и ключи импорта пропали бы; включите его в настройках CRM или укажите другое поле в --key-field"
      )
    case .unfinishedRun(let run, let file):
      language.pick(
        "\(file): the run \(run) of this file has not come to its end, and its rows may be stored already; go on with 'ferry resume \(run)', or take it back with 'ferry undo \(run)'",
        "\(file): запуск \(run) этого файла не дошёл до конца, и его строки могут быть уже сохранены; продолжите его командой 'ferry resume \(run)' или отмените командой 'ferry undo \(run)'"
      )
    case .sameFileTwice(let first, let second):
      language.pick(
        "\(first) and \(second) hold the same, so that every row would be stored twice; name one of them",
        "\(first) и \(second) совпадают, и каждая строка сохранилась бы дважды; укажите один из них"
      )
    case .earlierRunUnread(let run, let path):
      language.pick(
        "\(path): the journal of the earlier run \(run) is gone or damaged, so what it created would be sent again; put it back, or forget the run with 'ferry runs --forget \(run)'",
        "\(path): журнал прежнего запуска \(run) пропал или повреждён, и созданное им ушло бы ещё раз; верните журнал или забудьте запуск командой 'ferry runs --forget \(run)'"
      )
    case .notResumable(let run):
      language.pick(
        "the run \(run) has come to its end or was taken back, so there is nothing to resume; 'ferry results \(run)' shows it",
        "запуск \(run) дошёл до конца или отменён, продолжать нечего; его покажет 'ferry results \(run)'"
      )
    case .otherAccount(let server, let login):
      language.pick(
        "the run was begun at \(server) as \(login); set FERRY_URL and FERRY_LOGIN to these, or name that sandbox with --sandbox (a file made anew is another)",
        "запуск начат на \(server) под логином \(login); укажите их в FERRY_URL и FERRY_LOGIN или ту песочницу в --sandbox (созданный заново файл — уже другая)"
      )
    case .sourceChanged(let path):
      language.pick(
        "\(path): the file has changed since the run was begun, so its records cannot be told; put the old one back and resume, or take the run back with 'ferry undo' and import the new one",
        "\(path): файл изменился с начала запуска, и его записи уже не сопоставить; верните прежний и продолжите или отмените запуск командой 'ferry undo' и импортируйте новый"
      )
    case .tooManyRejects(let rejected, let records):
      language.pick(
        "\(rejected) of \(records) records would be rejected, more than --max-rejects allows, so nothing was sent; 'ferry check' shows why",
        "отклонено было бы \(rejected) из \(records) записей, больше, чем разрешает --max-rejects, поэтому ничего не отправлено; причины покажет 'ferry check'"
      )
    case .declined(let effects):
      language.pick(
        "\(effects.message(in: language)); nothing was sent: agree with --yes",
        "\(effects.message(in: language)); ничего не отправлено: согласитесь через --yes")
    default: ""
    }
  }
}
