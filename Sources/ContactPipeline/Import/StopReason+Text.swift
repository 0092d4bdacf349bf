package import ContactModel
import RunJournal

extension StopReason {
  /// The sentence for a person: what happened, and what to do about it.
  package func sentence(in language: Language) -> String {
    switch self {
    case .interrupted:
      language.pick("the run was interrupted", "прогон прерван")
    case .serverGone:
      language.pick(
        "the server stopped answering; see that it is well before you go on",
        "сервер перестал отвечать; прежде чем продолжать, убедитесь, что он работает")
    case .requestsRefused:
      language.pick(
        "the server refused whole requests twice; its limits may be lower than usual, try a smaller --batch-size",
        "сервер дважды отклонил запросы целиком; возможно, его пределы ниже обычных, попробуйте меньший --batch-size"
      )
    case .journal:
      language.pick(
        "the journal cannot be written; nothing is sent without it",
        "журнал не записывается; без него ничего не отправляется")
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
