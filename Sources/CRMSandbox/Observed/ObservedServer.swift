import GRDB

/// The real CRM: takes a decoded request, and answers it as was observed.
///
/// Contacts are written one after another and each statement is committed at once, as the CRM's
/// MyISAM tables have it: between two rows of a batch others may read, and what kills the script
/// leaves the rows before it stored.
struct ObservedServer: Sendable {
  let store: SandboxStore
  let site: ObservedSite

  /// The body of the answer.
  ///
  /// - Throws: ``PHPFatal`` where PHP dies, or an error of SQLite.
  func answer(_ request: ObservedRequest) async throws -> [UInt8] {
    let caller: Caller
    do {
      caller = try await store.database.read {
        try Caller(apikey: request.apikey, login: request.login, in: $0)
      }
    } catch is PersonFailure {
      return ObservedReply.failure(code: 401, "Неизвестный пользователь")
    }
    switch request.route.method {
    case "person": return try await person(request, caller)
    default: return []
    }
  }

  private func person(_ request: ObservedRequest, _ caller: Caller) async throws -> [UInt8] {
    switch request.action {
    case "add": return try await add(request, caller)
    case "add.list": return try await addList(request, caller)
    case "update": return try await update(request, caller)
    default: return ObservedReply.unknownAction(request.route)
    }
  }

  private func add(_ request: ObservedRequest, _ caller: Caller) async throws -> [UInt8] {
    let answer = try await store.database.writeWithoutTransaction {
      try ContactEditor(site: site).add(
        .array(request.parameters), as: request.entrance, isRow: false, by: caller, in: $0)
    }
    return try single(answer, request)
  }

  private func addList(_ request: ObservedRequest, _ caller: Caller) async throws -> [UInt8] {
    let editor = ContactEditor(site: site)
    var json = PHPJSONWriter(capacity: request.rows.count * 64)
    json.beginArray()
    for row in request.rows.values {
      let answer = try await store.database.writeWithoutTransaction {
        try editor.add(row, as: request.rowEntrance, isRow: true, by: caller, in: $0)
      }
      answer.write(into: &json)
    }
    json.endArray()
    return json.bytes
  }

  private func update(_ request: ObservedRequest, _ caller: Caller) async throws -> [UInt8] {
    let answer = try await store.database.writeWithoutTransaction {
      try ContactEditor(site: site).update(
        request.parameters, as: request.entrance, by: caller, in: $0)
    }
    return try single(answer, request)
  }

  /// Says what became of one contact; under PHP 8 the v2 script dies of reading `error`.
  private func single(_ answer: EditAnswer, _ request: ObservedRequest) throws -> [UInt8] {
    if site.version == .php82, request.route.api == .v2 { throw ObservedReply.stringOffset }
    var json = PHPJSONWriter()
    answer.write(into: &json)
    return json.bytes
  }
}
