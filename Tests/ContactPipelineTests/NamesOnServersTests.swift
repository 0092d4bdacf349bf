import CRMClient
import CRMSandbox
import ContactMapping
import ContactModel
import ContactPipeline
import PersonAPI
import RunReports
import TestSupport
import Testing

@Suite("owners, sources and clients, against servers that list them")
struct NamesOnServersTests {
  private static let observed = ServedCRM.all.filter { $0.profile != .documented }

  private static let mapping = """
    version: 1
    fields:
      person: Name
      user: Owner
      clid: { from: Company, lookup: client }
      clientpath: Source
    """

  /// Names the account has, as files write them, and in each further row one it does not have.
  private static let source = """
    Name,Owner,Company,Source
    Анна,SELLER.A@test.invalid,Завод Пробный,путь четвертый
    Борис,,Лавка Опытная,
    Вера,nobody@test.invalid,,
    Глеб,,Завод Небывалый,
    Дина,,,Совсем новый
    Егор,gone@test.invalid,,Совсем новый
    """

  private static let list = ListRequest(
    order: "pid", first: .oldestFirst, fields: [.person, .iduser, .user, .clid, .clientpath])

  private func run(
    _ client: CRMClient, api: APIChoice, createsGuides: Bool = false, mapping: String = mapping
  ) async throws -> (dryRun: RunSummary, result: ImportResult, notices: [ServerNotice]) {
    let bench = try ImportBench()
    try bench.folder.write(Self.source, to: "source.csv")
    let options = ImportOptions(
      runsFolder: bench.folder.file("runs"), stateFolder: bench.folder.file("state"), api: api,
      createsGuides: createsGuides, settle: .zero)
    let request = try bench.request(mapping: mapping)
    let dryRun = try await DryRunPipeline(request: request, client: client, options: options).run()
    var notices: [ServerNotice] = []
    let result = try await ImportPipeline(request: request, client: client, options: options)
      .run(notice: { notices.append($0) })
    return (dryRun, result, notices)
  }

  /// The contacts a list shows, as texts.
  private func contacts(_ client: CRMClient) async throws -> [[String]] {
    let columns: [PersonField] = [.person, .user, .clid, .clientpath]
    let page = try await client.list(Self.list, columns: columns)
    return (0..<page.records.count).map { record in
      columns.indices.map { page.records.text(record: record, field: $0) }
    }
  }

  @Test("known names are resolved, unknown ones stay here", arguments: observed)
  func unknownNames(_ crm: ServedCRM) async throws {
    try await crm.serve { client in
      let sources = try await client.clientpathGuide()
      let run = try await self.run(client, api: crm.api)
      for summary in [run.dryRun, run.result.summary] {
        #expect(summary.outcomes[.rejected] == 4)
        #expect(summary.issues[.ownerUnknown] == 1)
        #expect(summary.issues[.clientUnknown] == 1)
        #expect(summary.issues[.guideUnknown] == 2)
        #expect(summary.issues[.ownerInactive] == 1)
        #expect(summary.isBalanced)
      }
      #expect(run.dryRun.requestCount == 1)
      #expect(run.result.summary.outcomes[.created] == 2)
      let stored = try await contacts(client).dropFirst()
      #expect(
        stored == [
          ["Анна", "seller.a@test.invalid", "1", "Путь Четвёртый"],
          // Where no source is sent the CRM stores its default.
          ["Борис", "chief@test.invalid", "2", "Путь Второй"],
        ])
      #expect(try await client.clientpathGuide() == sources)
    }
  }

  @Test("a dry run makes no entry, an import that is told to makes each once", arguments: observed)
  func newEntries(_ crm: ServedCRM) async throws {
    try await crm.serve { client in
      let before = try #require(try await client.clientpathGuide())
      let run = try await self.run(client, api: crm.api, createsGuides: true)
      #expect(run.dryRun.issues[.guideCreated] == 1)
      #expect(run.dryRun.outcomes[.rejected] == 2)
      #expect(run.result.summary.issues[.guideCreated] == 1)
      let after = try #require(try await client.clientpathGuide())
      #expect(after.count == before.count + 1)
      #expect(after.filter { $0.title == "Совсем новый" }.count == 1)
      let stored = try await contacts(client).filter { $0[3] == "Совсем новый" }
      #expect(stored.map(\.[0]) == ["Дина", "Егор"])
    }
  }

  @Test(
    "an entry that only the mapping names is looked up before anything is sent", arguments: observed
  )
  func mappedEntries(_ crm: ServedCRM) async throws {
    let mapping = """
      version: 1
      fields:
        person: Name
        clientpath: { value: Импорт }
        loyalty: { value: { id: 3 } }
      """
    try await crm.serve { client in
      await #expect(throws: PlanningError.entryUnknown(.clientpath, "Импорт")) {
        _ = try await self.run(client, api: crm.api, mapping: mapping)
      }
      #expect(try await contacts(client).count == 1)
      let run = try await self.run(client, api: crm.api, createsGuides: true, mapping: mapping)
      #expect(run.notices.contains(.entryCreated("Импорт")))
      #expect(run.result.summary.outcomes[.created] == 6)
      let stored = try await contacts(client).dropFirst()
      #expect(stored.allSatisfy { $0[3] == "Импорт" })
    }
  }

  @Test("no entry is made for a mapping that will not do", arguments: observed)
  func nothingMade(_ crm: ServedCRM) async throws {
    let mapping = """
      version: 1
      fields:
        person: Name
        clientpath: { value: Импорт }
        loyalty: { value: Небывалая }
      """
    try await crm.serve { client in
      let before = try await client.clientpathGuide()
      await #expect(throws: PlanningError.entryUnknown(.loyalty, "Небывалая")) {
        _ = try await self.run(client, api: crm.api, createsGuides: true, mapping: mapping)
      }
      let after = try await client.clientpathGuide()
      #expect(after == before)
    }
  }

  @Test("a loyalty that contacts have is found by its text", arguments: observed)
  func learnedLoyalty(_ crm: ServedCRM) async throws {
    var fixture = ServedCRM.fixture
    fixture.contacts.append([
      "pid": "901", "person": "Верный Вениамин", "iduser": "1", "loyalty": "5",
      "date_create": "2026-03-01 09:00:00",
    ])
    try await crm.serve(fixture: fixture) { client in
      let mapping = """
        version: 1
        fields:
          person: Name
          loyalty: { value: 1 - Проба Один }
        """
      let run = try await self.run(client, api: crm.api, mapping: mapping)
      #expect(run.result.summary.outcomes[.created] == 6)
      let page = try await client.list(
        ListRequest(filter: [.init(field: "loyalty", value: "5")]), columns: [.loyalty])
      #expect(page.total == 7)
      let other = mapping.replacing("1 - Проба Один", with: "4 - Проба Четыре")
      await #expect(throws: PlanningError.entryUnknown(.loyalty, "4 - Проба Четыре")) {
        _ = try await self.run(client, api: crm.api, mapping: other)
      }
    }
  }

  @Test("an owner whom nobody knows stops the run before it begins", arguments: observed)
  func unknownOwner(_ crm: ServedCRM) async throws {
    try await crm.serve { client in
      let mapping = """
        version: 1
        owner: boss@test.invalid
        fields:
          person: Name
        """
      await #expect(throws: PlanningError.ownerUnknown("boss@test.invalid")) {
        _ = try await self.run(client, api: crm.api, mapping: mapping)
      }
      let stored = try await contacts(client)
      #expect(stored.count == 1)
    }
  }

  @Test("the documented server lists nothing, and the user is told so")
  func documented() async throws {
    let crm = ServedCRM(profile: .documented, isSocket: false, api: .auto)
    try await crm.serve { client in
      let mapping = Self.mapping.split(separator: "\n").filter { !$0.contains("clid") }
        .joined(separator: "\n")
      let run = try await self.run(client, api: crm.api, mapping: mapping)
      #expect(run.notices == [.ownersUnseen, .guideUnseen(.clientpath)])
      #expect(run.result.summary.outcomes[.created] == 6)
      await #expect(throws: PlanningError.clientsUnlisted) {
        _ = try await self.run(client, api: crm.api)
      }
    }
  }
}
