import CRMClient
import ContactFormats
import ContactModel
import Foundation
import PersonAPI
import RunJournal
import RunReports
import Synchronization
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("exports that remember the one before")
struct NightlyExportTests {
  /// A CRM whose contacts a test changes between two exports.
  private final class ChangingCRM: Sendable {
    /// What lists show: identifiers and names.
    let shown = Mutex<[Int: String]>([:])
    /// What `info` shows besides.
    let hidden = Mutex<Set<Int>>([])

    var transport: FakeTransport {
      FakeTransport { [self] form in
        let fields = (form["fields"] ?? "").split(separator: ",").map(String.init)
        if form.action == "info" {
          let pid = Int(form["pid"] ?? "") ?? 0
          let isThere = hidden.withLock { $0.contains(pid) } || shown.withLock { $0[pid] != nil }
          let members = (fields.isEmpty ? ["pid", "person"] : fields).map {
            #""\#($0)":\#(isThere ? #""\#($0 == "pid" ? "\(pid)" : "X")""# : "null")"#
          }
          return .json(#"{"data":{\#(members.joined(separator: ","))}}"#)
        }
        let all = shown.withLock { $0.sorted { $0.key < $1.key } }
        let start = (Int(form["offset"] ?? "") ?? 0) * 200
        let records = all.dropFirst(start).prefix(200).map { pid, name in
          let members = fields.map { #""\#($0)":"\#($0 == "pid" ? "\(pid)" : name)""# }
          return "{\(members.joined(separator: ","))}"
        }
        return .json(#"{"data":[\#(records.joined(separator: ","))],"count":\#(all.count)}"#)
      }
    }
  }

  private let folder: TemporaryFolder
  private let crm = ChangingCRM()

  init() throws { folder = try TemporaryFolder() }

  private func export(
    maxShrink: Double = 1, columns: [PersonField] = [.pid, .person], word: String? = nil,
    format: FileFormat = .csv
  ) async throws -> ExportResult {
    try await ExportPipeline(
      request: ExportRequest(
        path: folder.file("out.\(format.rawValue)"), output: WriterSettings(format: format),
        columns: columns, selection: ListRequest(word: word),
        state: ExportState(folder: folder.file("state"), maxShrink: maxShrink)),
      client: CRMClient(
        server: "http://fake.example", credentials: Credentials(login: "me", apikey: "key"),
        transport: crm.transport)
    ).run()
  }

  private func show(_ contacts: [Int: String]) { crm.shown.withLock { $0 = contacts } }

  private func lines(_ name: String) throws -> [String] {
    try folder.text(name).split(separator: "\n").map(String.init)
  }

  @Test("at first all is new; then only what is different is")
  func differences() async throws {
    show([1: "Anna", 2: "Boris", 3: "Vera", 4: "Gleb"])
    #expect(try await export().changes == ExportChanges(added: 4))
    #expect(try lines("out.added.csv") == ["pid,person", "1,Anna", "2,Boris", "3,Vera", "4,Gleb"])

    show([1: "Anna", 2: "Boris B", 4: "Gleb", 7: "Dina"])
    let second = try await export()
    #expect(second.changes == ExportChanges(added: 1, changed: 1, deleted: 1))
    #expect(try lines("out.csv") == ["pid,person", "1,Anna", "2,Boris B", "4,Gleb", "7,Dina"])
    #expect(try lines("out.added.csv") == ["pid,person", "7,Dina"])
    #expect(try lines("out.changed.csv") == ["pid,field,old,new", "2,person,Boris,Boris B"])
    #expect(try lines("out.deleted.csv") == ["pid,person", "3,Vera"])
    #expect(try lines("out.hidden.csv") == ["pid,person"])
    #expect(
      second.files.map(\.name) == [
        "out.csv", "out.added.csv", "out.changed.csv", "out.deleted.csv", "out.hidden.csv",
      ])
    #expect(try ManifestCheck(of: folder.file("out.csv")).isGood)

    #expect(try await export().changes == ExportChanges())
  }

  @Test("what has only become invisible is not called deleted")
  func hidden() async throws {
    show([1: "Anna", 2: "Boris", 3: "Vera"])
    _ = try await export()
    show([1: "Anna"])
    crm.hidden.withLock { $0 = [3] }
    #expect(try await export().changes == ExportChanges(deleted: 1, hidden: 1))
    #expect(try lines("out.deleted.csv") == ["pid,person", "2,Boris"])
    #expect(try lines("out.hidden.csv") == ["pid,person", "3,Vera"])
    // Seen again, it is new.
    show([1: "Anna", 3: "Vera"])
    #expect(try await export().changes == ExportChanges(added: 1))
  }

  @Test("where far fewer are shown the last good export stays")
  func brake() async throws {
    show(Dictionary(uniqueKeysWithValues: (1...40).map { ($0, "Person \($0)") }))
    _ = try await export()
    let before = try folder.names().map { ($0, try? folder.text($0)) }
    show(Dictionary(uniqueKeysWithValues: (1...37).map { ($0, "Person \($0)") }))
    await #expect(throws: ExportError.shrunk(missing: 3, of: 40)) {
      _ = try await export(maxShrink: 0.05)
    }
    let after = try folder.names().map { ($0, try? folder.text($0)) }
    #expect(after.map(\.0) == before.map(\.0) && after.map(\.1) == before.map(\.1))
    #expect(try await export(maxShrink: 0.08).changes == ExportChanges(deleted: 3))
  }

  @Test("pages end where they like")
  func pages() async throws {
    show(Dictionary(uniqueKeysWithValues: (1...650).map { ($0, "Person \($0)") }))
    _ = try await export()
    // Everything before, between and behind pages.
    var contacts = Dictionary(uniqueKeysWithValues: (1...900).map { ($0, "Person \($0)") })
    for pid in [1, 200, 201, 400, 650] { contacts[pid] = nil }
    contacts[199] = "Person X99"  // as long as it was
    show(contacts)
    #expect(
      try await export().changes == ExportChanges(added: 250, changed: 1, deleted: 5))
    #expect(
      try lines("out.deleted.csv").dropFirst().map { $0.prefix { $0 != "," } }
        == ["1", "200", "201", "400", "650"])
  }

  @Test("a column that comes or goes changes no contact")
  func columns() async throws {
    show([1: "Anna", 2: "Boris"])
    _ = try await export()
    show([1: "Anna", 2: "B"])
    let wider = try await export(columns: [.pid, .tel, .person])
    #expect(wider.changes == ExportChanges(changed: 1))
    #expect(try lines("out.changed.csv").dropFirst() == ["2,person,Boris,B"])
    show([2: "B"])
    _ = try await export(columns: [.person])
    #expect(try lines("out.deleted.csv") == ["pid,tel,person", "1,Anna,Anna"])
  }

  @Test("cards have their changes in a table")
  func cards() async throws {
    show([1: "Anna"])
    _ = try await export(format: .vCard)
    show([1: "Anna B"])
    _ = try await export(format: .vCard)
    #expect(try lines("out.changed.csv") == ["pid,field,old,new", "1,person,Anna,Anna B"])
    #expect(try folder.names().contains("out.added.vcf"))
  }

  @Test("a state belongs to one export")
  func otherExport() async throws {
    show([1: "Anna"])
    _ = try await export()
    await #expect(throws: ExportError.otherState(folder.file("state"))) {
      _ = try await export(word: "Anna")
    }
  }

  @Test("a snapshot that is not whole is refused", arguments: [0, 5, 30, 60, 90])
  func damaged(byte: Int) async throws {
    show([1: "Anna", 2: "Boris"])
    _ = try await export()
    var bytes = try folder.bytes("state/contacts.snapshot")
    if byte == 0 { bytes.removeLast() } else { bytes[byte] ^= 1 }
    try folder.write(bytes, to: "state/contacts.snapshot")
    let before = try folder.text("out.csv")
    await #expect {
      _ = try await export()
    } throws: { error in
      if case ExportError.damagedState? = error as? ExportError { true } else { false }
    }
    #expect(try folder.text("out.csv") == before)
  }

  @Test("two exports at once into one state are kept apart")
  func locked() async throws {
    show([1: "Anna"])
    let lock = try RunLock(at: folder.file("state/lock"))
    await #expect {
      _ = try await export()
    } throws: { ($0 as? JournalError)?.code == .busy }
    withExtendedLifetime(lock) {}
  }
}
