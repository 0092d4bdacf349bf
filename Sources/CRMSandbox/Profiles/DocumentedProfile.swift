/// The server as its documentation describes it.
///
/// Where the documentation is silent, types and paging are those of the real server on PHP 7.4.
struct DocumentedProfile: PersonProfile {
  private static let success = "Успешно"

  func action(named name: String) -> SandboxAction? { SandboxAction(rawValue: name) }

  func failure(_ failure: PersonFailure) -> [UInt8] {
    if case .unknownColumn(let name, let clause) = failure {
      return PHPFatal(
        "Exception", "SafeMySQL: Unknown column '\(name)' in '\(clause)'",
        file: "vendor/colshrapnel/safemysql/safemysql.class.php", line: 623
      ).html
    }
    var json = PHPJSONWriter()
    write(failure, into: &json)
    return json.bytes
  }

  func fields(_ active: [PersonColumn]) -> [UInt8] {
    var json = PHPJSONWriter(capacity: 2048)
    json.beginObject()
    json.key("data")
    json.beginObject()
    for column in active {
      json.key(column.rawValue)
      json.string(column.title)
    }
    for social in SocialContact.allCases {
      json.key(social.rawValue)
      json.string(social.title)
    }
    json.endObject()
    json.endObject()
    return json.bytes
  }

  func added(pid: Int) -> [UInt8] { success(pid: pid) }

  func added(_ rows: [Result<Int, PersonFailure>]) -> [UInt8] {
    var json = PHPJSONWriter(capacity: rows.count * 48)
    json.beginArray()
    for row in rows {
      switch row {
      case .success(let pid): writeSuccess(pid: pid, into: &json)
      case .failure(let failure): write(failure, into: &json)
      }
    }
    json.endArray()
    return json.bytes
  }

  func updated(pid: Int, _ change: ContactChange) -> [UInt8] {
    var json = PHPJSONWriter()
    json.beginObject()
    json.key("result")
    switch change {
    case .nothing:
      json.string("Данные корректны, но идентичны имеющимся")
      json.key("data")
      json.number(pid)
    case .fields(let socials):
      json.string(Self.success)
      json.key("data")
      // A text here, and a number everywhere else.
      json.string(String(pid))
      if socials {
        json.key("social")
        json.string("Соц.контакты обновлены")
      }
    }
    json.endObject()
    return json.bytes
  }

  func deleted(pid: Int) -> [UInt8] { success(pid: pid) }

  func page(_ records: [ContactRecord], count: Int, selection: FieldSelection) -> [UInt8] {
    var json = PHPJSONWriter(capacity: 64 + records.count * 640)
    json.beginObject()
    if !records.isEmpty {
      json.key("data")
      json.beginArray()
      for record in records { record.write(selection, owner: .numberAndLogin, into: &json) }
      json.endArray()
    }
    json.key("count")
    json.number(count)
    json.endObject()
    return json.bytes
  }

  func info(_ record: ContactRecord, selection: FieldSelection) -> [UInt8] {
    var json = PHPJSONWriter(capacity: 1024)
    json.beginObject()
    json.key("data")
    record.write(selection, owner: .login, into: &json)
    json.endObject()
    return json.bytes
  }

  private func success(pid: Int) -> [UInt8] {
    var json = PHPJSONWriter()
    writeSuccess(pid: pid, into: &json)
    return json.bytes
  }

  private func writeSuccess(pid: Int, into json: inout PHPJSONWriter) {
    json.beginObject()
    json.key("result")
    json.string(Self.success)
    json.key("data")
    json.number(pid)
    json.endObject()
  }

  private func write(_ failure: PersonFailure, into json: inout PHPJSONWriter) {
    json.beginObject()
    json.key("result")
    json.string("Error")
    json.key("error")
    json.beginObject()
    json.key("code")
    json.number(failure.code)
    json.key("text")
    json.string(failure.text)
    json.endObject()
    json.endObject()
  }
}

extension PersonFailure {
  /// The documented number of the error.
  fileprivate var code: Int {
    switch self {
    case .wrongKey: 400
    case .unknownUser: 401
    case .unknownMethod: 402
    case .notVisible: 403
    case .notFound: 404
    case .missingParameters, .missingPid, .unknownColumn: 405
    case .duplicate, .hasDeals: 406
    }
  }

  /// The documented text of the error.
  fileprivate var text: String {
    switch self {
    case .wrongKey: "Не верный API key"
    case .unknownUser: "Неизвестный пользователь"
    case .unknownMethod: "Неизвестный метод"
    case .notVisible: "Клиент с указанным pid не найден в пределах аккаунта указанного пользователя"
    case .notFound: "Не найдено"
    case .missingParameters, .unknownColumn: "Отсутствуют параметры"
    case .missingPid: "Отсутствуют параметры - pid контакта"
    case .duplicate: "Найден существующий контакт"
    case .hasDeals: "Удаление контакта невозможно - есть сделки"
    }
  }
}
