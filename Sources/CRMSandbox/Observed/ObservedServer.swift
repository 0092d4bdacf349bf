import GRDB

/// The real CRM: takes a decoded request, and answers it as was observed.
///
/// Contacts are written one after another and each statement is committed at once, as the CRM's
/// MyISAM tables have it: between two rows of a batch others may read, and what kills the script
/// leaves the rows before it stored.
struct ObservedServer: Sendable {
  let store: SandboxStore
  let site: ObservedSite

  /// What a script answers.
  struct Answer: Sendable {
    var body: [UInt8]
    /// Whether the script then goes on to write its log.
    var isLogged: Bool
  }

  /// Lets the script run that a request leads to.
  ///
  /// - Throws: ``PHPFatal`` where PHP dies before it has answered, ``SandboxError/connectionCut``,
  ///   or an error of SQLite.
  func answer(_ request: ObservedRequest, _ faults: RequestFaults) async throws -> Answer {
    let caller: Caller
    do {
      caller = try await store.database.read {
        try Caller(apikey: request.apikey, login: request.login, in: $0)
      }
    } catch is PersonFailure {
      return Answer(
        body: ObservedReply.failure(code: 401, "Неизвестный пользователь"), isLogged: false)
    }
    switch request.route.method {
    case "person": return Answer(body: try await person(request, caller, faults), isLogged: true)
    case "user", "guides", "client":
      return Answer(body: try await helper(request), isLogged: request.route.api == .v3)
    default: return Answer(body: [], isLogged: true)
    }
  }

  /// The methods beside the one for contacts.
  private func helper(_ request: ObservedRequest) async throws -> [UInt8] {
    try await store.database.read { database in
      switch (request.route.method, request.action) {
      case ("user", "user.list"): try ObservedReply.users(in: database)
      case ("guides", "clientpath"): try ObservedReply.sources(in: database)
      case ("client", "list"): try ObservedReply.clients(request.parameters, in: database)
      default: ObservedReply.unknownAction(request.route)
      }
    }
  }

  private func person(
    _ request: ObservedRequest, _ caller: Caller, _ faults: RequestFaults
  ) async throws -> [UInt8] {
    switch request.action {
    case "fields": return ObservedReply.fields(site.active)
    case "list": return try await list(request, caller)
    case "info": return try await info(request)
    case "delete": return try await delete(request, caller)
    case "add": return try await add(request, caller)
    case "add.list": return try await addList(request, caller, faults)
    case "update": return try await update(request, caller)
    default: return ObservedReply.unknownAction(request.route)
    }
  }

  private func list(_ request: ObservedRequest, _ caller: Caller) async throws -> [UInt8] {
    let selection = ObservedSelection(request.parameters, site: site)
    let answer: @Sendable (Database) throws -> [UInt8] = { database in
      let query = try ObservedQuery(
        request.parameters, api: request.route.api, site: site, caller: caller, in: database)
      let (count, page) = try query.run(in: database)
      var json = PHPJSONWriter(capacity: 64 + page.count * 640, russianLetters: .restored)
      json.beginObject()
      if !page.isEmpty {
        json.key("data")
        json.beginArray()
        for row in page { selection.write(ObservedRecord(listed: row, site: site), into: &json) }
        json.endArray()
      }
      json.key("count")
      json.number(count)
      json.endObject()
      return json.bytes
    }
    // A source that is asked for and unknown is put into the guide.
    return request.parameters["filter"]?.array?["clientpath"] == nil
      ? try await store.database.read(answer)
      : try await store.database.writeWithoutTransaction(answer)
  }

  private func info(_ request: ObservedRequest) async throws -> [UInt8] {
    let selection = ObservedSelection(request.parameters, site: site)
    guard !selection.isEmpty else { return Array("[]".utf8) }
    let pid = request.parameters["pid"]?.integer ?? 0
    return try await store.database.read { database in
      var json = PHPJSONWriter(capacity: 1024, russianLetters: .restored)
      json.beginObject()
      json.key("data")
      selection.write(try ObservedRecord(pid, site: site, in: database), into: &json)
      json.endObject()
      return json.bytes
    }
  }

  private func delete(_ request: ObservedRequest, _ caller: Caller) async throws -> [UInt8] {
    let pid = request.parameters["pid"]?.integer ?? 0
    let deletion = try await store.database.writeWithoutTransaction {
      try ContactDeletion(pid, api: request.route.api, site: site, caller: caller, in: $0)
    }
    if deletion.isRefused, site.version == .php82, request.route.api == .v2 {
      throw ObservedReply.stringOffset
    }
    return deletion.reply
  }

  private func add(_ request: ObservedRequest, _ caller: Caller) async throws -> [UInt8] {
    let answer = try await store.database.writeWithoutTransaction {
      try ContactEditor(site: site).add(
        .array(request.parameters), as: request.entrance, isRow: false, by: caller, in: $0)
    }
    if answer.data > 0 { await callSelf() }
    return try single(answer, request)
  }

  /// Waits for the CRM to answer itself.
  private func callSelf() async {
    guard site.selfCallDelay > .zero else { return }
    await site.sleep(site.selfCallDelay)
  }

  private func addList(
    _ request: ObservedRequest, _ caller: Caller, _ faults: RequestFaults
  ) async throws -> [UInt8] {
    let editor = ContactEditor(site: site)
    var json = PHPJSONWriter(capacity: request.rows.count * 64)
    json.beginArray()
    var count = 0
    let stored = { (pid: Int) in
      try faults.stored(
        count,
        death: editor.connectionLost(after: pid, as: request.rowEntrance, isRow: true))
    }
    try stored(0)
    for row in request.rows.values {
      try await faults.beforeRow()
      let answer = try await store.database.writeWithoutTransaction {
        try editor.add(row, as: request.rowEntrance, isRow: true, by: caller, in: $0)
      }
      answer.write(into: &json)
      guard answer.data > 0 else { continue }
      await callSelf()
      count += 1
      try stored(answer.data)
    }
    json.endArray()
    return json.bytes
  }

  private func update(_ request: ObservedRequest, _ caller: Caller) async throws -> [UInt8] {
    let answer = try await store.database.writeWithoutTransaction {
      let answer = try ContactEditor(site: site).update(
        request.parameters, as: request.entrance, by: caller, in: $0)
      // Every change is noted, whether or not there is such a contact.
      if !answer.result.isEmpty {
        try $0.execute(
          sql: "INSERT INTO history (pid) VALUES (?)",
          arguments: [request.parameters["pid"]?.integer ?? 0])
      }
      return answer
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
