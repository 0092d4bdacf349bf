package import ContactModel
import RunJournal

extension StopReason {
  /// The sentence for a person: what happened, and what to do about it.
  package func sentence(in language: Language) -> String {
    switch self {
    case .interrupted:
      language.pick("the run was interrupted", "запуск прерван")
    case .input:
      language.pick(
        "the file could not be read to its end; the rows behind the break are in no result file",
        "файл не удалось прочитать до конца; строк после разрыва нет ни в одном файле результатов")
    case .serverFails:
      language.pick(
        "the server's script failed on row after row; look at the CRM's error log, then go on with 'ferry resume'",
        "скрипт сервера прерывался строка за строкой; посмотрите журнал ошибок CRM, затем продолжите командой 'ferry resume'"
      )
    case .cannotReadBack:
      language.pick(
        "what became of the rows cannot be read back from the CRM, so nothing more is sent; 'ferry resume' tries again",
        "прочитать из CRM, что стало со строками, не удалось, поэтому больше ничего не отправляется; 'ferry resume' попробует снова"
      )
    case .serverGone:
      language.pick(
        "the server gave no whole answer for too long; see that it is well, then go on with 'ferry resume'",
        "сервер слишком долго не давал целого ответа; убедитесь, что он работает, и продолжите командой 'ferry resume'"
      )
    case .requestsRefused:
      language.pick(
        "the server refused whole requests twice; the key may have been withdrawn, or its limits are lower than usual (try a smaller --batch-size)",
        "сервер дважды отклонил запросы целиком; возможно, ключ отозван или его пределы ниже обычных (попробуйте меньший --batch-size)"
      )
    case .journal:
      language.pick(
        "the journal cannot be written, so nothing more is sent; what was sent before is in it",
        "журнал не записывается, поэтому больше ничего не отправляется; отправленное раньше в нём есть"
      )
    case .output:
      language.pick(
        "result files cannot be written; what was sent is in the journal",
        "файлы результатов не записываются; всё отправленное есть в журнале")
    }
  }
}

extension RunStatus {
  /// How a run ended that stopped for a reason, or for none, with or without an error.
  init(stop: StopReason?, hasFailed: Bool) {
    switch stop {
    case nil: self = hasFailed ? .stopped : .complete
    case .interrupted: self = .interrupted
    default: self = .stopped
    }
  }
}
