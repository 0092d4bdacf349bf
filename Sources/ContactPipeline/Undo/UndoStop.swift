import CRMClient
package import ContactModel

/// Why an undo ended before its end.
///
/// Run again, it goes on where it was.
package enum UndoStop: String, Sendable, CaseIterable {
  /// The user asked for it.
  case interrupted
  /// The server gave no whole answer.
  case serverGone
  /// The server does not take the key any more.
  case credentialsRefused
  /// The server answers what nobody understands, again and again.
  case unclearReplies
  /// The journal cannot be read or written.
  case journal

  /// What an error means for the undo.
  init(_ error: any Error) {
    guard let error = error as? CRMError else {
      self = .journal
      return
    }
    if case .credentialsRefused = error.cause {
      self = .credentialsRefused
    } else {
      self = .serverGone
    }
  }

  /// The sentence for a person: what happened, and what to do about it.
  package func sentence(in language: Language) -> String {
    switch self {
    case .interrupted:
      language.pick(
        "the undo was interrupted; run it again to go on",
        "отмена прервана; чтобы продолжить, запустите её снова")
    case .serverGone:
      language.pick(
        "the server gave no whole answer; see that it is well, then run the undo again",
        "сервер не дал целого ответа; убедитесь, что он работает, и запустите отмену снова")
    case .credentialsRefused:
      language.pick(
        "the server does not take the login or the key any more; put them right, then run the undo again",
        "сервер больше не принимает логин или ключ; исправьте их и запустите отмену снова")
    case .unclearReplies:
      language.pick(
        "the server's answers do not show what becomes of contacts; look at the CRM's error log, then run the undo again",
        "ответы сервера не показывают, что стало с контактами; посмотрите журнал ошибок CRM и запустите отмену снова"
      )
    case .journal:
      language.pick(
        "the journal cannot be read or written, so nothing more is deleted; put that right, then run the undo again",
        "журнал не читается или не записывается, поэтому больше ничего не удаляется; исправьте это и запустите отмену снова"
      )
    }
  }
}
