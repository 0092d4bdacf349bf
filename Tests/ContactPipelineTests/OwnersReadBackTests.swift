import CRMClient
import CRMSandbox
import ContactModel
import ContactPipeline
import PersonAPI
import RunJournal
import RunReports
import Synchronization
import TestSupport
import Testing

@Suite("whose lists an import reads to find its contacts")
struct OwnersReadBackTests {
  private static let mapping = """
    version: 1
    owner: boss@example.com
    fields: { person: Name, user: Owner }
    """

  private static let source = """
    Name,Owner
    Anna,
    Boris,me@example.com
    Vera,vera@example.com
    """

  private func bench() throws -> ImportBench {
    let bench = try ImportBench()
    try bench.folder.write(Self.source, to: "source.csv")
    return bench
  }

  /// Stores nothing, and loses the answer that would say so.
  @Test("the mapping's owner has the rows that name none")
  func mappingOwner() async throws {
    let requests = Mutex(0)
    let transport = FakeTransport { form throws(TransportError) in
      switch form.action {
      case "list": return .json(#"{"data":[],"count":0}"#)
      case "info":
        let fields = (form["fields"] ?? "").split(separator: ",").map { #""\#($0)":null"# }
        return .json(#"{"data":{\#(fields.joined(separator: ","))}}"#)
      default:
        let number = requests.withLock { count in
          count += 1
          return count
        }
        guard number > 1 else { throw TransportError(.lost) }
        return .rows(form.people.indices.map { 11 + $0 })
      }
    }
    let bench = try bench()
    let result = try await bench.run(transport, mapping: Self.mapping)
    #expect(result.summary.outcomes[.created] == 3)
    let asked = Set(transport.forms.filter { $0.action == "list" }.compactMap { $0["user"] })
    #expect(asked == ["boss@example.com", "vera@example.com"])
  }

  /// What the CRM does not know as an owner is left out, and then the mapping's takes the row.
  @Test("the mapping's owner has the rows whose own nobody knows")
  func unknownOwner() async throws {
    let bench = try ImportBench()
    try bench.folder.write("Name,Owner\nAnna,nobody@test.invalid\n", to: "source.csv")
    let mapping = """
      version: 1
      owner: seller.a@test.invalid
      invalid: drop
      fields: { person: Name, user: Owner }
      """
    let crm = ServedCRM(profile: .php74, isSocket: false, api: .auto)
    try await crm.serve { client in
      let result = try await ImportPipeline(
        request: try bench.request(mapping: mapping), client: client,
        options: ImportOptions(
          runsFolder: bench.folder.file("runs"), stateFolder: bench.folder.file("state"))
      ).run()
      #expect(result.summary.outcomes[.created] == 1)
      let page = try await client.list(
        ListRequest(user: "seller.a@test.invalid", fields: [.pid]), columns: [.pid])
      #expect(page.records.count == 1)
      let journal = try await Journal.open(at: "\(result.folder)/journal.sqlite")
      #expect(try await journal.owners() == ["seller.a@test.invalid"])
    }
  }

  /// The caller has no contacts; the owner had one like the row long before.
  @Test("what an owner had before is not taken for a row that was lost")
  func olderContact() async throws {
    let bench = try ImportBench()
    try bench.folder.write("Name\nAnna\n", to: "source.csv")
    let sent = Mutex<[String]>([])
    let transport = FakeTransport { form throws(TransportError) in
      switch form.action {
      case "list":
        guard form["user"] == "boss@example.com" else {
          return .json(#"{"data":[],"count":0}"#)
        }
        return .json(#"{"data":[{"pid":50,"person":"Anna","user":"boss@example.com"}],"count":1}"#)
      case "info":
        return .json(#"{"data":{"pid":null,"person":null}}"#)
      default:
        let requests = sent.withLock { sent in
          sent += form.people
          return sent.count
        }
        guard requests > 1 else { throw TransportError(.lost) }
        return .rows([51])
      }
    }
    let result = try await bench.run(
      transport,
      mapping: "version: 1\nowner: boss@example.com\nfields: { person: Name }\n")
    #expect(sent.withLock { $0 } == ["Anna", "Anna"])
    #expect(try bench.rows("created", of: result).map { $0["ferry_pid"] } == ["51"])
  }

  /// A disk that loses all but the journal's first commit does not lose them.
  @Test("they are known before anything is sent")
  func atTheBeginning() async throws {
    let transport = FakeTransport(stores: true) { form in
      .rows(form.people.indices.map { 11 + $0 })
    }
    let bench = try bench()
    let result = try await bench.run(
      transport, mapping: Self.mapping, isInterrupted: { true })
    #expect(result.stop == .interrupted)
    let journal = try await Journal.open(at: "\(result.folder)/journal.sqlite")
    #expect(try await journal.lastBatchID() == nil)
    #expect(try await journal.owners() == ["boss@example.com", "vera@example.com"])
  }
}
