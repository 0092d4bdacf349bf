package import ContactModel
package import PersonAPI

/// The server could not be asked, or what it answered ends the run.
package struct CRMError: Error, Sendable {
  /// What can go wrong between ferry and a server.
  package enum Cause: Sendable {
    /// No whole reply came.
    case transport(TransportError)
    /// The server refuses the login or the key.
    case credentialsRefused
    /// The server answered with an error of its own.
    case refused(code: Int, text: String)
    /// What answered is not the CRM, or its reply cannot be understood.
    case notUnderstood(status: Int)
    /// The CRM answers, and says that it cannot reach its database.
    case databaseDown
    /// What was to be sent is more than one request may hold.
    case tooLarge
    /// The server has no v3, and nothing else will do.
    case missingV3
    /// The list does not come in the order asked for, so nothing complete can be made of it.
    case listOutOfOrder
    /// The list changed in its middle each time it was read.
    case listKeepsChanging
  }

  /// What was being asked.
  package let action: Action
  /// The server's address.
  package let server: String
  /// What happened.
  package let cause: Cause

  package init(_ action: Action, server: String, cause: Cause) {
    self.action = action
    self.server = server
    self.cause = cause
  }

  /// Whether the server is down or busy, so that the same request may well be answered later.
  package var isServerDown: Bool {
    switch cause {
    case .transport(let error): error.code == .unreachable || error.code == .lost
    case .notUnderstood(let status): [429, 502, 503, 504].contains(status)
    case .databaseDown: true
    case .credentialsRefused, .refused, .tooLarge, .missingV3, .listOutOfOrder, .listKeepsChanging:
      false
    }
  }

  /// Whether it was not the server that ended the exchange, but the user.
  package var isCancelled: Bool {
    if case .transport(let error) = cause { return error.code == .cancelled }
    return false
  }

  /// Whether the server does not show this contact to this user.
  package var isForbidden: Bool {
    if case .refused(code: APIError.forbidden, _) = cause { return true }
    return false
  }

  /// The sentence for a person: what is wrong, then what to do.
  package func message(in language: Language) -> String {
    let sentence =
      switch cause {
      case .transport(let error): Self.message(for: error, in: language)
      case .credentialsRefused:
        language.pick(
          "the login or the key is refused; check FERRY_LOGIN and FERRY_APIKEY",
          "логин или ключ не приняты; проверьте FERRY_LOGIN и FERRY_APIKEY")
      case .refused(let code, let text):
        language.pick(
          "'\(action.rawValue)' was refused: \(text) (\(code)); the CRM's administrator can tell why",
          "запрос '\(action.rawValue)' отклонён: \(text) (\(code)); почему, скажет администратор CRM"
        )
      case .notUnderstood(let status) where status == 429 || (500...599).contains(status):
        language.pick(
          "the server is busy or out of order (HTTP \(status)) and did not answer '\(action.rawValue)'; try again later",
          "сервер занят или неисправен (HTTP \(status)) и не ответил на '\(action.rawValue)'; повторите позже"
        )
      case .notUnderstood(let status):
        language.pick(
          "the answer to '\(action.rawValue)' is not the CRM's (HTTP \(status)); check that FERRY_URL is its root",
          "ответ на '\(action.rawValue)' — не ответ CRM (HTTP \(status)); проверьте, что FERRY_URL — её корень"
        )
      case .databaseDown:
        language.pick(
          "the CRM cannot reach its database; try again when it is well",
          "нет связи CRM с её базой данных; повторите, когда она заработает")
      case .tooLarge:
        language.pick(
          "this contact is larger than a request may be; shorten its texts",
          "этот контакт больше, чем помещается в запрос; сократите его тексты")
      case .missingV3:
        language.pick(
          "this server does not answer as v3; use --api auto, or check that FERRY_URL is the CRM's root",
          "этот сервер не отвечает по v3; используйте --api auto или проверьте, что FERRY_URL — корень CRM"
        )
      case .listOutOfOrder:
        language.pick(
          "the list does not come in the order of pid, so it cannot be read completely; ask the CRM's administrator what was changed in it",
          "список приходит не по порядку pid, поэтому прочитать его полностью нельзя; спросите администратора CRM, что в ней меняли"
        )
      case .listKeepsChanging:
        language.pick(
          "contacts keep moving in and out of this list while it is read; try again when fewer people work",
          "контакты то попадают в этот список, то уходят из него; повторите, когда работают меньше людей"
        )
      }
    return "\(server): \(sentence)"
  }

  private static func message(for error: TransportError, in language: Language) -> String {
    switch error.code {
    case .unreachable:
      language.pick(
        "the server cannot be reached; check FERRY_URL and the network",
        "сервер недоступен; проверьте FERRY_URL и сеть")
    case .untrusted:
      language.pick(
        "no secure connection: the certificate is not trusted (name its authority with --ca-file), or the server does not speak https there",
        "нет защищённого соединения: сертификату нет доверия (укажите его центр через --ca-file) или сервер там не говорит по https"
      )
    case .lost:
      language.pick(
        "the connection broke or the server did not answer in time; try again when it is well",
        "связь прервалась или сервер не ответил вовремя; повторите, когда он заработает")
    case .tooLarge:
      language.pick(
        "the reply is larger than 64 MB; ask for fewer fields",
        "ответ больше 64 МБ; запросите меньше полей")
    case .cancelled: language.pick("interrupted", "прервано")
    }
  }
}
