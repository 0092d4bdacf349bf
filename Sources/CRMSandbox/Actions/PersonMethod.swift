import GRDB

/// The `person` method: does what a request asks and returns the body of the answer.
struct PersonMethod: Sendable {
  let store: SandboxStore
  let configuration: SandboxConfiguration
  let profile: any PersonProfile

  private let active: [PersonColumn]

  init(store: SandboxStore, configuration: SandboxConfiguration, profile: any PersonProfile) {
    self.store = store
    self.configuration = configuration
    self.profile = profile
    active = PersonColumn.allCases.filter {
      $0.isAlwaysActive || configuration.activeFields.contains($0.rawValue)
    }
  }

  /// Does what is asked.
  ///
  /// - Throws: ``PHPFatal`` or ``SandboxError/connectionCut`` where a fault has it so, or an error
  ///   of SQLite.
  func answer(_ parameters: RequestParameters, _ faults: RequestFaults) async throws -> [UInt8] {
    do {
      return try await dispatch(parameters, faults)
    } catch let failure as PersonFailure {
      return profile.failure(failure)
    }
  }

  private func dispatch(_ parameters: RequestParameters, _ faults: RequestFaults) async throws
    -> [UInt8]
  {
    switch profile.action(named: parameters.word("action")) {
    case nil: try await read(parameters) { _, _ in throw PersonFailure.unknownMethod }
    case .fields: try await read(parameters) { _, _ in profile.fields(active) }
    case .list: try await read(parameters) { try list(parameters, $0, $1) }
    case .info: try await read(parameters) { try info(parameters, $0, $1) }
    case .add: try await write(parameters) { try add(parameters, $0, $1) }
    case .addlist, .addDotList: try await addList(parameters, faults)
    case .update: try await write(parameters) { try update(parameters, $0, $1) }
    case .delete: try await write(parameters) { try delete(parameters, $0, $1) }
    }
  }

  private typealias Action<Result> = @Sendable (ContactStore, Caller) throws -> Result

  private func read<Result: Sendable>(
    _ parameters: RequestParameters, _ action: @escaping Action<Result>
  ) async throws -> Result {
    try await store.database.read { try perform(parameters, action, $0) }
  }

  private func write(_ parameters: RequestParameters, _ action: @escaping Action<[UInt8]>)
    async throws -> [UInt8]
  {
    try await store.database.write { try perform(parameters, action, $0) }
  }

  private func perform<Result>(
    _ parameters: RequestParameters, _ action: Action<Result>, _ database: Database
  ) throws -> Result {
    let caller = try Caller(
      apikey: parameters.word("apikey"), login: parameters.word("login"), in: database)
    return try action(ContactStore(database: database, configuration: configuration), caller)
  }

  private func list(_ parameters: RequestParameters, _ contacts: ContactStore, _ caller: Caller)
    throws -> [UInt8]
  {
    let query = try ContactQuery(
      parameters, caller: caller, timeZoneOffset: configuration.timeZoneOffset,
      in: contacts.database)
    return profile.page(
      try query.page(in: contacts.database), count: try query.count(in: contacts.database),
      selection: FieldSelection(parameters, active: active))
  }

  private func info(_ parameters: RequestParameters, _ contacts: ContactStore, _ caller: Caller)
    throws -> [UInt8]
  {
    guard let record = try contacts.record(try pid(parameters)) else {
      throw PersonFailure.notFound
    }
    guard caller.mayAccess(contactOf: record.owner) else { throw PersonFailure.notVisible }
    return profile.info(record, selection: FieldSelection(parameters, active: active))
  }

  private func add(_ parameters: RequestParameters, _ contacts: ContactStore, _ caller: Caller)
    throws -> [UInt8]
  {
    let input = ContactInput(parameters, active: Set(active), from: .addition)
    guard input.hasPerson else { throw PersonFailure.missingParameters }
    if !input.mail.isEmpty, try contacts.hasContact(withMail: input.mail) {
      throw PersonFailure.duplicate
    }
    return profile.added(pid: try contacts.insert(input, owner: caller.id))
  }

  /// Stores rows one after another.
  ///
  /// The server has no transactions, so that what cuts a batch leaves the rows before it stored.
  /// Where nothing can come between the rows they are committed together all the same: commits are
  /// nearly all that storing a row costs.
  private func addList(_ parameters: RequestParameters, _ faults: RequestFaults) async throws
    -> [UInt8]
  {
    let (rows, owner) = try await read(parameters) { contacts, caller in
      guard let rows = parameters.array("persons"), !rows.isEmpty else {
        throw PersonFailure.missingParameters
      }
      // The user beside the rows owns those that name nobody themselves.
      let login = parameters.word("user")
      let owner =
        login.isEmpty ? caller.id : try Caller.user(login: login, in: contacts.database) ?? 0
      return (Array(rows.values), owner)
    }
    // The documentation says nothing of such a death.
    let editor = ContactEditor(site: ObservedSite(configuration, version: .php74))
    var results: [Result<Int, PersonFailure>] = []
    var count = 0
    let stored = { (pid: Int) in
      try faults.stored(
        count, death: editor.connectionLost(after: pid, as: .formRow(.v2), isRow: true))
    }
    try stored(0)
    let step = faults.concernRows ? 1 : rows.count
    for start in stride(from: 0, to: rows.count, by: step) {
      try await faults.beforeRow()
      let group = rows[start..<(start + step)]
      let answers = try await store.database.write { database in
        let contacts = ContactStore(database: database, configuration: configuration)
        return try group.map { try add(row: $0, owner: owner, contacts) }
      }
      results += answers
      for case .success(let pid) in answers {
        count += 1
        try stored(pid)
      }
    }
    return profile.added(results)
  }

  private func add(row: PHPValue, owner: Int, _ contacts: ContactStore) throws
    -> Result<Int, PersonFailure>
  {
    guard case .array(let row) = row else { return .failure(.missingParameters) }
    let input = ContactInput(RequestParameters(array: row), active: Set(active))
    guard input.hasPerson else { return .failure(.missingParameters) }
    return .success(try contacts.insert(input, owner: owner))
  }

  private func update(_ parameters: RequestParameters, _ contacts: ContactStore, _ caller: Caller)
    throws -> [UInt8]
  {
    let pid = try ownPid(parameters, contacts, caller)
    let input = ContactInput(parameters, active: Set(active), from: .change)
    let change = try contacts.update(pid, with: input)
    return profile.updated(pid: pid, change)
  }

  private func delete(_ parameters: RequestParameters, _ contacts: ContactStore, _ caller: Caller)
    throws -> [UInt8]
  {
    let pid = try ownPid(parameters, contacts, caller)
    guard try !contacts.hasDeals(pid) else { throw PersonFailure.hasDeals }
    try contacts.delete(pid)
    return profile.deleted(pid: pid)
  }

  /// The pid of a contact that exists and that the caller may change.
  private func ownPid(
    _ parameters: RequestParameters, _ contacts: ContactStore, _ caller: Caller
  ) throws -> Int {
    let pid = try pid(parameters)
    guard let record = try contacts.record(pid), caller.mayAccess(contactOf: record.owner) else {
      throw PersonFailure.notVisible
    }
    return pid
  }

  /// The pid sent; a text that begins with no number is none.
  private func pid(_ parameters: RequestParameters) throws -> Int {
    let pid = RequestParameters.number(parameters.word("pid"))
    guard pid != 0 else { throw PersonFailure.missingPid }
    return pid
  }
}
