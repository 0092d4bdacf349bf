import CRMClient
import ContactModel
import PersonAPI
import Testing

/// The simulated server is what ferry's promises are judged with, so it is judged first.
@Suite("simulated server")
struct SimulatedServerTests {
  private func client(_ server: SimulatedServer, _ life: KillSwitch = KillSwitch()) -> CRMClient {
    CRMClient(
      server: "https://crm.example.com",
      credentials: Credentials(login: "chief@example.com", apikey: "key"),
      timing: server.clock.retryTiming(life),
      transport: SimulatedTransport(server: server, life: life))
  }

  /// A batch of people, as ferry would send it.
  private func body(_ names: [String], _ client: CRMClient) -> [UInt8] {
    let schema = ContactSchema(columns: [
      ContactColumn(field: .person), ContactColumn(field: .mail),
    ])
    var builder = AddListBatchBuilder(
      schema: schema, credentials: client.credentials, variant: client.variant)
    var batch = ContactBatch(columnCount: 2)
    for name in names {
      for value in [name, "x@example.com"] {
        batch.bytes.append(contentsOf: value.utf8)
        batch.endValue()
      }
    }
    for index in names.indices { _ = builder.append(batch, contact: index) }
    return builder.finish()
  }

  @Test(
    "each kind of server is found out, and shows what it stores",
    arguments: SimulatedServer.Profile.allCases, [false, true])
  func kinds(profile: SimulatedServer.Profile, hasV3: Bool) async throws {
    let server = SimulatedServer(
      settings: .init(profile: profile, hasV3: hasV3), clock: SimulatedClock())
    var client = client(server)
    client.variant = try await client.detectVariant()
    let expected: Variant = profile == .documented ? .documented : hasV3 ? .v3 : .dotted
    #expect(client.variant == expected)
    #expect(try await client.fields().contains { $0.field == .input10 })
    #expect(try await client.fields().contains { $0.field == .skype })
    #expect(try await client.users()?.count == (profile == .documented ? nil : 3))

    let names = ["Анна «Мир» <b>Ли</b>", "Борис  "]
    let (ending, error) = await client.addList(body: body(names, client), rows: 2)
    #expect(error == nil)
    #expect(
      AddListReconciler(rowCount: 2, ending: ending).verdicts
        == [.created(pid: 501), .created(pid: 502)])
    let page = try await client.list(
      ListRequest(order: "pid", first: .oldestFirst, fields: [.person, .mail]),
      columns: [.person, .mail])
    #expect(page.total == 2)
    #expect(page.pids == [501, 502])
    #expect(page.records.text(record: 0, field: 0) == "Анна ”Мир” Ли")
    #expect(page.records.text(record: 1, field: 0) == "Борис")
    #expect(try await client.info(InfoRequest(pid: 502))?.values[.user] == "chief@example.com")
    _ = try await client.delete(DeleteRequest(pid: 502))
    #expect(try await client.info(InfoRequest(pid: 502)) == nil)
  }

  /// A fault, how a request of four rows ends under it, and what is stored then and at last.
  struct Case: Sendable, CustomStringConvertible {
    var fault: Fault
    var finality: ReplyFinality
    var atOnce: Int
    var atLast: Int
    var description: String { "\(fault)" }

    init(_ fault: Fault, _ finality: ReplyFinality, _ atOnce: Int, _ atLast: Int) {
      (self.fault, self.finality, self.atOnce, self.atLast) = (fault, finality, atOnce, atLast)
    }

    static let all = [
      Case(.refused, .open, 0, 0), Case(.outage(.seconds(5)), .open, 0, 0),
      Case(.lostBefore, .open, 0, 0), Case(.lostAfter, .open, 4, 4),
      Case(.lostDuring(rows: 1, diesAt: nil), .open, 1, 4),
      Case(.lostDuring(rows: 1, diesAt: 3), .open, 1, 3),
      Case(.timedOut(rows: 1, diesAt: nil), .open, 4, 4), Case(.late(.seconds(90)), .open, 0, 4),
      Case(.gateway(status: 502, rows: 2, goesOn: false), .open, 2, 2),
      Case(.gateway(status: 504, rows: 2, goesOn: true), .open, 2, 4),
      Case(.fatal(row: 2, isStored: true), .final, 3, 3),
      Case(.fatal(row: 2, isStored: false), .final, 2, 2),
      Case(.hiddenFatal(row: 0, isStored: false), .final, 0, 0), Case(.cutReply, .open, 4, 4),
      Case(.htmlBefore, .final, 4, 4), Case(.htmlAfter, .final, 4, 4),
      Case(.truncated(rows: 3), .final, 3, 3), Case(.emptyArray, .final, 0, 0),
      Case(.apiError(401), .final, 0, 0), Case(.databaseDown, .final, 0, 0),
      Case(.slow, .final, 4, 4), Case(.foreign, .open, 4, 4),
    ]
  }

  @Test("each fault ends a request as it says", arguments: Case.all)
  func faults(test: Case) async throws {
    let clock = SimulatedClock()
    let server = SimulatedServer(
      settings: .init(), clock: clock,
      troubles: [Trouble(event: .fault(test.fault), scope: .batch, first: 0)])
    var client = client(server)
    client.variant = .dotted
    let names = ["Раз", "Два", "Три", "Четыре"]
    let (ending, _) = await client.addList(body: body(names, client), rows: 4)
    #expect(ReplyFinality(ending) == test.finality)
    #expect(server.table.all.count == test.atOnce)
    clock.settle()
    #expect(server.table.all.map(\.sentName) == Array(names.prefix(test.atLast)))
    #expect(server.table.all.map(\.isDamaged).contains(true) == (test.fault == .truncated(rows: 3)))
  }

  @Test("a name at which PHP dies ends the request there, also behind the client's back")
  func poison() async throws {
    let settings = SimulatedServer.Settings(poison: ["Два": true, "Три": false])
    for fault in [nil, Fault.lostDuring(rows: 0, diesAt: nil)] {
      let clock = SimulatedClock()
      let troubles = fault.map { Trouble(event: .fault($0), scope: .batch, first: 0) }
      let server = SimulatedServer(
        settings: settings, clock: clock, troubles: troubles.map { [$0] } ?? [])
      var client = client(server)
      client.variant = .dotted
      _ = await client.addList(body: body(["Раз", "Два", "Три"], client), rows: 3)
      clock.settle()
      #expect(server.table.all.map(\.sentName) == ["Раз", "Два"])
      _ = await client.addList(body: body(["Три", "Пять"], client), rows: 2)
      clock.settle()
      #expect(server.table.all.count == 2)
      #expect(server.deaths(of: "Три") == 1)
    }
  }

  @Test("a dead process reaches nothing, and the server finishes what it has")
  func death() async throws {
    var places: [String] = []
    for step in 1...4 {
      let clock = SimulatedClock()
      let server = SimulatedServer(settings: .init(), clock: clock)
      let life = KillSwitch(at: step)
      var client = client(server, life)
      client.variant = .dotted
      let names = ["Раз", "Два", "Три", "Четыре"]
      let (_, error) = await client.addList(body: body(names, client), rows: 4)
      #expect(error?.code == .cancelled)
      places.append(life.places.last ?? "")
      clock.settle()
      #expect(server.table.all.count == (step == 1 ? 0 : 4))
      await #expect(throws: CRMError.self) { try await client.fields() }
    }
    #expect(
      places == ["before add.list", "batch 0 sent", "batch 0 in row 2", "batch 0 answered"])
  }
}
