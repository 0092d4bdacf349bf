import CRMClient
import CRMSandbox
import ContactModel
import ContactPipeline
import PersonAPI
import RunJournal
import Synchronization
import TestSupport
import Testing

/// A run that was imported by hand into a sandbox: rows sent as an import sends them, and a journal
/// that says so.
struct ImportedRun {
  /// How the run's rows are known, and what they carry.
  struct Kind {
    var evidence = Evidence.answer
    var hasKeys = false
    var status = RunStatus.complete
  }

  let found: FoundRun
  let run: RunDescription
  let schema: ContactSchema
  let rows: [[PersonField: String]]
  /// The contacts of the rows, in order.
  private(set) var pids: [Int] = []

  static let id = "20261127T090000Z-k7pq"
  static let fields: [PersonField] = [.person, .user, .clid, .ptitle, .tel, .mail, .input7, .skype]

  /// Made-up contacts, the first ones with values that the server changes or that name an owner.
  static func contacts(_ count: Int) -> [[PersonField: String]] {
    (1...count).map { number in
      var contact: [PersonField: String] = [
        .person: "Пробный \(number) «Тест»", .tel: "+7(342)206-70-\(10 + number)",
        .mail: "p\(number)@example.com", .input7: number == 1 ? "  края  " : "строка \(number)",
      ]
      if number % 3 == 0 { contact[.user] = SandboxFixture.recordings.users[0].login }
      if number % 4 == 1 { contact[.skype] = "skype.\(number)" }
      if number % 5 == 2 { contact[.clid] = "1" }
      if number == 2 { contact[.ptitle] = "инженер <b>главный</b> \"А\"" }
      return contact
    }
  }

  /// Sends rows and writes the journal, three rows a batch.
  static func make(
    _ rows: [[PersonField: String]], with client: CRMClient, in folder: TemporaryFolder,
    kind: Kind = Kind()
  ) async throws -> ImportedRun {
    let id = try #require(RunID(Self.id))
    let fields = Self.fields + (kind.hasKeys ? [.input10] : [])
    let schema = ContactSchema(
      columns: PersonField.allCases.filter(fields.contains).map { ContactColumn(field: $0) })
    let run = RunDescription(
      id: id, startedAt: "2026-11-27T09:00:00Z",
      sourceFiles: [.init(name: "people.csv", size: 10, sha256: "00")], mappingText: "",
      server: client.server, login: client.credentials.login,
      account: AccountID(server: client.server, login: client.credentials.login),
      variant: client.variant.name, watermark: 0, ferryVersion: "test",
      settings: kind.hasKeys ? ["key-field": "input10"] : [:])
    let path = folder.file("runs/\(id)/journal.sqlite")
    let journal = try await Journal.create(at: path, run: run)
    try await RunRegistry(stateFolder: folder.file("state"), account: run.account)
      .register(run, journal: path)
    var imported = ImportedRun(
      found: FoundRun(
        id: id, folder: folder.file("runs/\(id)"), journalPath: path, account: run.account,
        stateFolder: folder.file("state")),
      run: run, schema: schema,
      rows: rows.enumerated().map { index, row in
        guard kind.hasKeys else { return row }
        let key = ImportKey(run: ImportKey.token(id.text), file: 0, record: index + 1)
        return row.merging([.input10: key.text]) { $1 }
      })
    let marker = RowMarker(
      predictor: StoredValuePredictor(
        schema: schema, variant: client.variant,
        route: client.variant.format == .json ? .listJSON : .listForm),
      keyField: kind.hasKeys ? .input10 : nil)
    for start in stride(from: 0, to: rows.count, by: 3) {
      try await imported.send(
        start..<min(start + 3, rows.count), marker: marker, client: client, journal: journal,
        evidence: kind.evidence)
    }
    try await journal.recordEnd(kind.status, at: "2026-11-27T09:01:00Z")
    try await journal.close()
    return imported
  }

  private mutating func send(
    _ range: Range<Int>, marker: RowMarker, client: CRMClient, journal: Journal, evidence: Evidence
  ) async throws {
    var contacts = ContactBatch(columnCount: schema.columns.count)
    for row in rows[range] {
      for column in schema.columns {
        contacts.bytes += (row[column.field] ?? "").utf8
        contacts.endValue()
      }
    }
    var marks = RowMarks()
    var builder = AddListBatchBuilder(
      schema: schema, credentials: client.credentials, variant: client.variant)
    for contact in 0..<range.count {
      marker.mark(contacts, contact: contact, into: &marks)
      try #require(builder.append(contacts, contact: contact) == .appended)
    }
    let plan = PlannedBatch(
      id: Int64(range.lowerBound), file: 0, recordNumbers: range.map { $0 + 1 },
      fingerprints: range.map { Fingerprint(high: 0, low: UInt64($0)) }, marks: marks, floor: 0)
    try await journal.recordIntent([plan])
    let sent = await client.addList(body: builder.finish(), rows: range.count)
    let verdicts = AddListReconciler(rowCount: range.count, ending: sent.ending).verdicts
    let outcomes = try verdicts.map { verdict in
      guard case .created(let pid) = verdict else { throw NotStored() }
      pids.append(pid)
      return SettledRow(.created(pid: pid), evidence: evidence)
    }
    try await journal.recordOutcomes(outcomes, ofBatch: plan.id)
  }

  private struct NotStored: Error {}

  /// Reads something from the journal.
  func read<Value>(
    _ question: (Journal) async throws -> Value
  ) async throws -> Value {
    let journal = try await Journal.open(at: found.journalPath)
    let value = try await question(journal)
    try await journal.close()
    return value
  }

  /// Undoes the run, through the version of the API that the client speaks.
  func undo(
    with client: CRMClient, _ options: UndoOptions = UndoOptions(), wait: Duration = .zero,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) async throws -> UndoResult {
    var options = options
    options.wait = wait
    options.api = run.variant == Variant.v3.name ? .v3 : .v2
    return try await UndoPipeline(run: found, client: client, options: options) { _, _ in }
      .run(isInterrupted: isInterrupted)
  }
}

/// Everything that the CRM's lists show, a contact a text.
func everyContact(_ client: CRMClient) async throws -> [String] {
  let columns: [PersonField] = [
    .pid, .person, .user, .clid, .ptitle, .tel, .mail, .input7, .input10, .skype, .dateCreate,
    .dateEdit,
  ]
  let page = try await client.list(
    ListRequest(order: "pid", first: .oldestFirst, fields: columns), columns: columns)
  return (0..<page.records.count).map { record in
    columns.indices.map { page.records.text(record: record, field: $0) }.joined(separator: "|")
  }
}

/// Stands between a client and a sandbox, to see requests and to spoil replies.
final class Interposed: Transport {
  /// What becomes of a request: its own reply, another one, or none.
  enum Turn {
    case pass
    case reply(HTTPReply)
    /// It is done, and its reply is lost.
    case loseReply
    /// It does not arrive.
    case loseRequest
  }

  typealias Script = @Sendable (_ action: String, _ pid: Int?) -> Turn

  private let base: any Transport
  private let script: Script
  private let state = Mutex((underWay: 0, most: 0, actions: [String]()))

  init(_ base: any Transport, _ script: @escaping Script) {
    self.base = base
    self.script = script
  }

  /// The most requests that were under way at once.
  var mostUnderWay: Int { state.withLock { $0.most } }
  /// The requests so far, such as `info 1001`.
  var actions: [String] { state.withLock { $0.actions } }

  func send(_ request: WireRequest, timeout: Duration) async throws(TransportError) -> HTTPReply {
    let (action, pid) = Self.subject(of: request)
    state.withLock {
      $0.underWay += 1
      $0.most = max($0.most, $0.underWay)
      $0.actions.append([action, pid.map(String.init)].compactMap(\.self).joined(separator: " "))
    }
    defer { state.withLock { $0.underWay -= 1 } }
    // So that those sent at the same time meet here.
    for _ in 0..<20 { await Task.yield() }
    switch script(action, pid) {
    case .pass: return try await base.send(request, timeout: timeout)
    case .reply(let reply): return reply
    case .loseReply:
      _ = try await base.send(request, timeout: timeout)
      throw TransportError(.lost)
    case .loseRequest: throw TransportError(.lost)
    }
  }

  func shutDown() async {}

  /// The action and the contact of a request, as a form or as JSON.
  private static func subject(of request: WireRequest) -> (action: String, pid: Int?) {
    let body = String(decoding: request.body, as: UTF8.self)
    func value(_ name: String) -> Substring? {
      for start in ["\(name)=", "\"\(name)\":\"", "\"\(name)\":"] {
        guard let range = body.firstRange(of: start) else { continue }
        return body[range.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "." }
      }
      return nil
    }
    let last = request.path.split(separator: "/").last.map(String.init) ?? ""
    let action = last == "person" ? value("action").map(String.init) ?? "" : last
    return (action, value("pid").flatMap { Int($0) })
  }
}

extension ServedCRM {
  /// Hosts it in this process, and hands over what carries the requests too.
  func host(
    fixture: SandboxFixture = Self.fixture,
    _ body: (CRMClient, any Transport) async throws -> Void
  ) async throws {
    var configuration = SandboxConfiguration(profile: profile, fixture: fixture)
    // Whatever is stored or edited here is so at one moment, so that contacts can be compared.
    configuration.now = { 1_795_770_000 }
    let transport = SandboxTransport(application: try SandboxApplication(configuration))
    var client = CRMClient(
      server: "sandbox",
      credentials: Credentials(login: fixture.users[0].login, apikey: fixture.apikey),
      transport: transport)
    client.variant = try await client.detectVariant(api)
    try await body(client, transport)
  }
}

extension HTTPReply {
  /// A reply with a text.
  static func text(_ text: String, status: Int) -> HTTPReply {
    HTTPReply(status: status, headers: [], body: Array(text.utf8))
  }
}

extension CRMClient {
  /// The same client behind something that sees its requests.
  func through(_ transport: any Transport) -> CRMClient {
    CRMClient(server: server, credentials: credentials, variant: variant, transport: transport)
  }
}
