import ContactModel
import Synchronization
import Testing

/// The oracle has to see each kind of lie, or its silence means nothing.
@Suite("oracle")
struct OracleTests {
  /// Three records, of which the last two are equal, all stored by one request.
  private func scene() -> (oracle: Oracle, account: RunAccount) {
    var source = SimulatedSource.people(2)
    source.records.append(source.records[1])
    let server = SimulatedServer(settings: .init(), clock: SimulatedClock())
    server.state.withLock { state in
      for (index, record) in source.records.enumerated() {
        state.table.store(record.row, origin: .row(request: 0, row: index), caller: 1)
      }
    }
    var account = RunAccount(
      outcomes: [1: [.created(pid: 501)], 2: [.created(pid: 502)], 3: [.created(pid: 503)]],
      recordCount: 3)
    account.counts[.created] = 3
    return (Oracle(source: source, server: server, keyField: nil), account)
  }

  @Test("the truth passes, also with equal rows the other way round")
  func truth() {
    var (oracle, account) = scene()
    #expect(oracle.findings(account).isEmpty)
    account.outcomes[2] = [.created(pid: 503)]
    account.outcomes[3] = [.created(pid: 502)]
    #expect(oracle.findings(account).isEmpty)
  }

  /// Something a run could wrongly say.
  struct Lie: Sendable, CustomStringConvertible {
    var description: String
    var tell: @Sendable (inout RunAccount) -> Void

    static let all = [
      Lie(description: "another row's contact") { $0.outcomes[1] = [.created(pid: 502)] },
      Lie(description: "one contact for two rows") { $0.outcomes[3] = [.created(pid: 502)] },
      Lie(description: "a contact that is none") { $0.outcomes[1] = [.created(pid: 999)] },
      Lie(description: "stored, but failed") { $0.outcomes[1] = [.failed(.fatal)] },
      Lie(description: "stored, but not attempted") { $0.outcomes[1] = [.notAttempted] },
      Lie(description: "stored, but rejected") { $0.outcomes[1] = [.rejected] },
      Lie(description: "no outcome") { $0.outcomes[2] = nil },
      Lie(description: "two outcomes") { $0.outcomes[2]?.append(.uncertain) },
      Lie(description: "a record that is none") { $0.outcomes[4] = [.uncertain] },
      Lie(description: "a wrong sum") { $0.counts[.created] = 4 },
      Lie(description: "a record too few") { $0.recordCount = 2 },
      Lie(description: "doubled by another row's") {
        $0.doubled = [RunAccount.Doubled(record: 1, pids: [501, 503])]
      },
      Lie(description: "doubled by itself") {
        $0.doubled = [RunAccount.Doubled(record: 1, pids: [501, 501])]
      },
    ]
  }

  @Test("each lie is seen", arguments: Lie.all)
  func lies(lie: Lie) {
    var (oracle, account) = scene()
    lie.tell(&account)
    #expect(!oracle.findings(account).isEmpty)
  }

  @Test("a row that is there twice has to be reported, with both")
  func doubled() {
    var (oracle, account) = scene()
    oracle.server.state.withLock { state in
      let row = oracle.source.records[0].row
      state.table.store(row, origin: .row(request: 1, row: 0), caller: 1)
    }
    #expect(!oracle.findings(account).isEmpty)
    account.doubled = [RunAccount.Doubled(record: 1, pids: [501, 504])]
    #expect(oracle.findings(account).isEmpty)
  }

  @Test("uncertain is what nobody can know, and nothing else")
  func uncertain() {
    var (oracle, account) = scene()
    account.counts = OutcomeCounts()
    account.counts[.created] = 2
    account.counts[.uncertain] = 1
    account.outcomes[1] = [.uncertain]
    // Its contact is there, unchanged, and could be found.
    #expect(oracle.findings(account).contains { $0.contains("is uncertain") })
    oracle.server.state.withLock { $0.table.delete(501) }
    #expect(oracle.findings(account).contains { $0.contains("is uncertain") })
    // Somebody has entered the same person: who is to say which of the two this was?
    oracle.server.enter([["person": "Иванов Антон", "mail": "anna1@example.com"]])
    #expect(oracle.findings(account).isEmpty)
    oracle = Oracle(source: oracle.source, server: oracle.server, keyField: "input10")
    #expect(oracle.findings(account).contains { $0.contains("is uncertain") })
  }
}
