import CRMClient
import CRMSandbox
import ContactMapping
import ContactModel
import ContactPipeline
import PersonAPI
import TestSupport
import Testing

@Suite("the client, against every kind of CRM")
struct EveryServerTests {
  private static let fields: [PersonField] = [.person, .tel, .mail, .input7, .skype]

  /// Sends rows of ``fields`` in one request.
  private func add(_ rows: [[String]], to client: CRMClient) async throws -> [RowVerdict] {
    let schema = ContactSchema(columns: Self.fields.map { ContactColumn(field: $0) })
    var contacts = ContactBatch(columnCount: Self.fields.count)
    for value in rows.joined() {
      contacts.bytes.append(contentsOf: value.utf8)
      contacts.endValue()
    }
    var builder = AddListBatchBuilder(
      schema: schema, credentials: client.credentials, variant: client.variant)
    for row in rows.indices {
      #expect(builder.append(contacts, contact: row) == .appended)
    }
    let ending = await client.addList(body: builder.finish(), rows: rows.count).ending
    return AddListReconciler(rowCount: rows.count, ending: ending).verdicts
  }

  private func count(_ client: CRMClient) async throws -> Int {
    try await client.list(ListRequest(fields: [.pid]), columns: [.pid]).total
  }

  @Test("the variant is found, and nothing is stored by finding it", arguments: ServedCRM.all)
  func detection(_ crm: ServedCRM) async throws {
    try await crm.serve { client in
      #expect(client.variant == crm.expected)
      let total = try await count(client)
      #expect(total == 1)
    }
  }

  @Test("a wrong key or login is refused as such", arguments: ServedCRM.all)
  func credentials(_ crm: ServedCRM) async throws {
    let fixture = ServedCRM.fixture
    let chief = try #require(fixture.users.first).login
    for credentials in [
      Credentials(login: chief, apikey: "wrong"),
      Credentials(login: "nobody@test.invalid", apikey: fixture.apikey),
    ] {
      let error = try await #require(throws: CRMError.self) {
        try await crm.serve(as: credentials) { _ in }
      }
      guard case .credentialsRefused = error.cause else { throw error }
    }
  }

  @Test("rows are created in order and read back", arguments: ServedCRM.all)
  func addAndRead(_ crm: ServedCRM) async throws {
    try await crm.serve { client in
      let rows = [
        ["Яблоков Ян", "+7(342)200-00-01", "ya@test.invalid", "a&b=c", "sk"],
        ["Второй Ёж", "", "", "100 % + 1", ""], ["Third", "+7(342)200-00-03", "", "", "sk3"],
      ]
      let verdicts = try await add(rows, to: client)
      let pids = verdicts.compactMap { verdict -> Int? in
        if case .created(let pid) = verdict { pid } else { nil }
      }
      #expect(pids.count == 3 && pids == pids.sorted())
      let page = try await client.list(
        ListRequest(order: "pid", first: .oldestFirst, fields: Self.fields), columns: Self.fields)
      #expect(page.total == 4)
      #expect(page.pids.dropFirst() == pids.map(Optional.some)[...])
      for (record, row) in rows.enumerated() {
        for (column, value) in row.enumerated() {
          #expect(page.records.text(record: record + 1, field: column) == value)
        }
      }
      let details = try #require(try await client.info(InfoRequest(pid: pids[0])))
      #expect(details.pid == pids[0])
      #expect(details.values[.input7] == "a&b=c")
      #expect(details.values[.skype] == "sk")
      #expect(details.values[.user] == client.credentials.login)
      #expect(try await client.info(InfoRequest(pid: 77)) == nil)
    }
  }

  @Test("a row without a name is refused, the others are created", arguments: ServedCRM.all)
  func nameless(_ crm: ServedCRM) async throws {
    try await crm.serve { client in
      let verdicts = try await add(
        [["А", "", "", "", ""], ["", "", "m@test.invalid", "", ""], ["В", "", "", "", ""]],
        to: client)
      guard case .created = verdicts[0], case .refused = verdicts[1], case .created = verdicts[2]
      else {
        Issue.record("\(verdicts)")
        return
      }
      #expect(try await count(client) == 3)
    }
  }

  @Test("the fields that are on are listed", arguments: ServedCRM.all)
  func activeFields(_ crm: ServedCRM) async throws {
    try await crm.serve { client in
      let fields = Set(try await client.fields().compactMap(\.field))
      #expect(fields.isSuperset(of: [.pid, .person, .tel, .mail, .input7, .input10, .skype]))
      #expect(!fields.contains(.input5))
    }
  }

  @Test(
    "one contact is added, changed and deleted, and each outcome is known", arguments: ServedCRM.all
  )
  func single(_ crm: ServedCRM) async throws {
    try await crm.serve { client in
      let outcome = try await client.add(
        AddRequest(values: [FieldValue(.person, "Одна Анна"), FieldValue(.tel, "+7(342)200-00-09")])
      )
      guard case .done(let answer) = outcome, let pid = answer.pid else {
        Issue.record("\(outcome)")
        return
      }
      // Every active field goes along, since an update empties what is not sent.
      let update = UpdateRequest(
        pid: pid,
        values: [
          FieldValue(.person, "Одна Анна"), FieldValue(.tel, "+7(342)200-00-10"),
          FieldValue(.iduser, "1"), FieldValue(.clientpath, "2"),
        ])
      guard case .done = try await client.update(update) else {
        Issue.record("the update has no outcome")
        return
      }
      let changed = try #require(try await client.info(InfoRequest(pid: pid)))
      #expect(changed.values[.tel] == "+7(342)200-00-10")
      #expect(changed.values[.user] == client.credentials.login)
      guard case .done = try await client.delete(DeleteRequest(pid: pid)) else {
        Issue.record("the deletion has no outcome")
        return
      }
      #expect(try await client.info(InfoRequest(pid: pid)) == nil)
    }
  }

  @Test("a contact with a deal stays", arguments: ServedCRM.all)
  func deal(_ crm: ServedCRM) async throws {
    try await crm.serve { client in
      do throws(CRMError) {
        let outcome = try await client.delete(DeleteRequest(pid: 900))
        if case .done = outcome { Issue.record("it is said to be deleted") }
      } catch {
        guard case .refused = error.cause else { throw error }
      }
      #expect(try await client.info(InfoRequest(pid: 900)) != nil)
    }
  }

  @Test(
    "users, sources and clients are listed where the server lists them", arguments: ServedCRM.all)
  func directories(_ crm: ServedCRM) async throws {
    try await crm.serve { client in
      let users = try await client.users()
      let sources = try await client.clientpathGuide()
      let clients = try await client.clients(titled: "Лавка Опытная")
      if crm.profile == .documented {
        #expect(users == nil && sources == nil && clients == nil)
      } else {
        #expect(users?.map(\.number) == [1, 2, 3, 4])
        #expect(users?.map(\.isActive) == [true, true, true, false])
        #expect(sources?.first { $0.id == 4 }?.title == "Путь Четвёртый")
        #expect(clients?.map(\.clid) == [2])
      }
    }
  }

  @Test("the doctor changes nothing", arguments: ServedCRM.all)
  func doctor(_ crm: ServedCRM) async throws {
    try await crm.serve { client in
      let sources = try await client.clientpathGuide()
      let diagnosis = try await Diagnosis(of: client, api: crm.api, mapping: nil)
      #expect(diagnosis.variant == crm.expected)
      for language in Language.allCases {
        let findings = diagnosis.findings(in: language)
        #expect(findings.allSatisfy { $0.level == .ok || $0.level == .note || !$0.cure.isEmpty })
        #expect(!findings.contains { $0.level == .problem })
        #expect(findings.contains { $0.subject == "timezone" })
      }
      if crm.expected.format == .form {
        // PHP lets 1001 through, login, key and action among them.
        #expect(diagnosis.findings.variables?.atLeast == 1001)
      }
      #expect(try await count(client) == 1)
      #expect(try await client.clientpathGuide() == sources)
    }
  }

  @Test("the doctor says what would stop an import with a mapping", arguments: ServedCRM.all)
  func mappingProblems(_ crm: ServedCRM) async throws {
    let isObserved = crm.profile != .documented
    let mappings: [(String, PlanningError?)] = [
      ("fields: { person: A, input7: B }", nil),
      (
        "owner: ghost@test.invalid\nfields: { person: A }",
        isObserved ? .ownerUnknown("ghost@test.invalid") : nil
      ),
      (
        "fields: { person: A, clientpath: { value: Новый } }",
        isObserved ? .entryUnknown(.clientpath, "Новый") : nil
      ),
      (
        "fields: { person: A, clid: { from: B, lookup: client } }",
        isObserved ? nil : .clientsUnlisted
      ),
    ]
    try await crm.serve { client in
      for (yaml, problem) in mappings {
        let mapping = try Mapping(yaml: yaml, fileName: "m.yaml")
        let diagnosis = try await Diagnosis(of: client, api: crm.api, mapping: mapping)
        #expect(diagnosis.mappingProblem == problem, "\(yaml)")
        let found = diagnosis.findings(in: .english).filter { $0.subject == "mapping" }
        #expect(found.map(\.level) == [problem == nil ? .ok : .problem])
      }
      let off = try Mapping(yaml: "fields: { person: A, input5: B }", fileName: "m.yaml")
      let diagnosis = try await Diagnosis(of: client, api: crm.api, mapping: off)
      #expect(diagnosis.mappedFieldsOff == [.input5])
      #expect(diagnosis.findings(in: .english).contains { $0.level == .problem })
    }
  }

  @Test("a filter by a source that is not there makes none", arguments: ServedCRM.all)
  func filters(_ crm: ServedCRM) async throws {
    func request(_ text: String) -> ListRequest {
      ListRequest(filter: [.init(field: "clientpath", value: text)])
    }
    try await crm.serve { client in
      try await request("Путь Первый").checkFilter(for: client)
      try await request("2").checkFilter(for: client)
      let before = try await client.clientpathGuide()
      if crm.profile == .documented {
        try await request("Новый").checkFilter(for: client)
      } else {
        await #expect(throws: PlanningError.filterUnknown("Новый")) {
          try await request("Новый").checkFilter(for: client)
        }
      }
      let after = try await client.clientpathGuide()
      #expect(after == before)
    }
  }
}
