import Foundation
import TestSupport
import Testing

@Suite("commands and a CRM that is served", .serialized)
struct ServedCRMTests {
  private static let mapping = """
    version: 1
    fields:
      person: Name
      tel: Phone
      mail: Mail
      input1: { from: Born, as: date }
      input2: Note
    required: [person]
    """

  private func folder(rows: Int, _ row: (Int) -> String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var text = "Name,Phone,Mail,Born,Note\n"
    for number in stride(from: 1, through: rows, by: 1) { text += row(number) + "\n" }
    try folder.write(text, to: "input.csv")
    try folder.write(Self.mapping, to: "map.yaml")
    return folder
  }

  private static func plainRow(_ number: Int) -> String {
    "Person \(number),,p\(number)@example.com,,"
  }

  private static let importing = ["import", "input.csv", "--mapping", "map.yaml"]

  /// The folder of the only run there was.
  private func run(in folder: TemporaryFolder) throws -> String {
    let runs = try folder.names(in: "ferry-runs").filter { !$0.hasPrefix(".") }
    #expect(runs.count == 1)
    return "ferry-runs/\(runs.first ?? "")"
  }

  private func rows(_ name: String, in folder: TemporaryFolder) throws -> [[String: String]] {
    SimpleCSV.rows((try? folder.text("\(try run(in: folder))/\(name)")) ?? "")
  }

  /// Whether a run's journal has grown beyond so many bytes, so that rows are under way.
  private func hasJournal(of byteCount: Int, in folder: TemporaryFolder) throws -> Bool {
    let files = (try? folder.files(in: "ferry-runs")) ?? []
    guard let log = files.first(where: { $0.hasSuffix("-wal") }) else { return false }
    return try folder.bytes("ferry-runs/\(log)").count > byteCount
  }

  @Test("a sandbox says where it is and ends when told", arguments: [SIGTERM, SIGINT])
  func sandboxLife(signal: Int32) async throws {
    let folder = try TemporaryFolder()
    let sandbox = try await RunningSandbox(in: folder)
    #expect(sandbox.address.wholeMatch(of: /http:\/\/127\.0\.0\.1:[0-9]{2,5}/) != nil)
    let fields = try await CommandRun.ferry(
      ["person", "fields"], in: folder.path, environment: sandbox.environment)
    #expect(fields.status == 0)
    #expect(fields.outputText.contains("person "))
    let end = try await sandbox.end(signal: signal)
    #expect(end.status == 0)
    #expect(end.outputText == sandbox.address + "\n")
  }

  @Test("an import reaches a served CRM, and its key is found nowhere afterwards")
  func servedImport() async throws {
    let folder = try folder(rows: 30, Self.plainRow)
    let served = try TemporaryFolder()
    let sandbox = try await RunningSandbox(in: served)
    let run = try await CommandRun.ferry(
      Self.importing, in: folder.path, environment: sandbox.environment)
    #expect(run.status == 0, "\(run.errorText)")
    #expect(try rows("created.csv", in: folder).count == 30)
    let key = Data(RunningSandbox.key.utf8)
    #expect(!run.outputText.contains(RunningSandbox.key))
    #expect(!run.errorText.contains(RunningSandbox.key))
    let files = try folder.files()
    #expect(files.count >= 6)
    for file in files {
      #expect(Data(try folder.bytes(file)).range(of: key) == nil, "the key is in \(file)")
    }
    let own = try self.run(in: folder)
    for file in try folder.files(in: own) {
      #expect(try folder.mode(of: "\(own)/\(file)") == 0o600, "\(file)")
    }
    _ = try await sandbox.end()
  }

  @Test(
    "a wrong key ends with 64 before anything is sent, and is not repeated",
    arguments: [
      ["FERRY_APIKEY": "wr0ng-key"], ["FERRY_LOGIN": "nobody@example.com"],
    ])
  func wrongKey(changes: [String: String]) async throws {
    let folder = try folder(rows: 2, Self.plainRow)
    let served = try TemporaryFolder()
    let sandbox = try await RunningSandbox(in: served)
    let environment = sandbox.environment.merging(changes) { _, new in new }
    for arguments in [Self.importing, ["export", "out.csv"], ["person", "fields"]] {
      let run = try await CommandRun.ferry(
        arguments, in: folder.path, environment: environment)
      #expect(run.status == 64, "\(arguments): \(run.errorText)")
      #expect(run.errorText.contains("FERRY_APIKEY"))
      #expect(!run.errorText.contains("wr0ng-key"))
    }
    #expect(try folder.files() == ["input.csv", "map.yaml"])
    _ = try await sandbox.end()
  }

  @Test("an interrupted import loses no row", arguments: [SIGINT, SIGTERM])
  func interruption(signal: Int32) async throws {
    let total = 3000
    let folder = try folder(rows: total, Self.plainRow)
    let served = try TemporaryFolder()
    // Slow enough to be caught in its midst.
    let sandbox = try await RunningSandbox(in: served, ["--fault", "slow=2ms"])
    let command = try RunningCommand(
      RunningCommand.ferryPath, Self.importing + ["--batch-size", "10", "--json"],
      in: folder.path, environment: sandbox.environment)
    try await command.wait { try hasJournal(of: 60_000, in: folder) }
    command.send(signal: signal)
    let run = try await command.end()
    #expect(run.status == 128 + signal)

    let created = try rows("created.csv", in: folder)
    let others = try ["rejected.csv", "failed.csv", "uncertain.csv"].flatMap {
      try rows($0, in: folder)
    }
    let waiting = try rows("not-attempted.csv", in: folder)
    #expect(others.isEmpty)
    #expect(!created.isEmpty)
    #expect(!waiting.isEmpty)
    #expect(created.count + waiting.count == total)
    #expect(run.outputText.contains("\"balanced\": true"))

    let export = try await CommandRun.ferry(
      ["export", "-", "--fields", "pid,person"], in: folder.path,
      environment: sandbox.environment)
    let stored = SimpleCSV.rows(export.outputText)
    let known = Dictionary(
      created.map { ($0["ferry_pid"] ?? "", $0["Name"] ?? "") }, uniquingKeysWith: { $1 })
    let found = Dictionary(
      stored.map { ($0["pid"] ?? "", $0["person"] ?? "") }, uniquingKeysWith: { $1 })
    #expect(known.count == created.count)
    #expect(found == known)
    _ = try await sandbox.end()
  }

  @Test("a server that dies under way leaves no row in doubt that it could be sure of")
  func dyingServer() async throws {
    let total = 2000
    let folder = try folder(rows: total, Self.plainRow)
    // Slow enough to be killed in its midst.
    let sandbox = try await RunningSandbox(in: folder, ["--fault", "slow=2ms"])
    let command = try RunningCommand(
      RunningCommand.ferryPath,
      Self.importing + ["--batch-size", "10", "--settle", "300ms", "--wait", "1s"],
      in: folder.path, environment: sandbox.environment)
    try await command.wait { try hasJournal(of: 60_000, in: folder) }
    _ = try await sandbox.end(signal: SIGKILL)
    let run = try await command.end()
    #expect(run.status == 2, "\(run.errorText)")

    let created = try rows("created.csv", in: folder)
    let uncertain = try rows("uncertain.csv", in: folder)
    let waiting = try rows("not-attempted.csv", in: folder)
    #expect(created.count + uncertain.count + waiting.count == total)
    // At most what was in flight: four requests of ten rows.
    #expect(uncertain.count <= 40)
    #expect(!waiting.isEmpty)
    let export = try await CommandRun.ferry(
      ["export", "-", "--fields", "person", "--sandbox", "crm.sqlite"], in: folder.path)
    let stored = Set(SimpleCSV.rows(export.outputText).compactMap { $0["person"] })
    let sure = Set(created.compactMap { $0["Name"] })
    let unsure = Set(uncertain.compactMap { $0["Name"] })
    #expect(sure.subtracting(stored).isEmpty, "created, and not stored")
    #expect(stored.subtracting(sure).subtracting(unsure).isEmpty, "stored, and not known")
  }

  // In blocks of 512 bytes. The log of the journal outgrows both; with the first, the rows that
  // are not attempted do not fit into a file either.
  @Test(
    "a disk that fills up stops the sending, and what was stored stays known",
    arguments: [300, 700])
  func fullDisk(blocks: Int) async throws {
    let folder = try folder(rows: 3000, Self.plainRow)
    let served = try TemporaryFolder()
    let sandbox = try await RunningSandbox(in: served)
    let script = """
      trap '' XFSZ; ulimit -f \(blocks)
      exec "$0" import input.csv --mapping map.yaml --batch-size 5
      """
    let run = try await RunningCommand(
      "/bin/sh", ["-c", script, RunningCommand.ferryPath], in: folder.path,
      environment: sandbox.environment
    ).end()
    #expect(run.status == 2, "\(run.status) \(run.errorText)")
    #expect(run.errorText.contains("error: "))
    let export = try await CommandRun.ferry(
      ["export", "-", "--fields", "person"], in: folder.path, environment: sandbox.environment)
    let stored = Set(SimpleCSV.rows(export.outputText).compactMap { $0["person"] })
    #expect(!stored.isEmpty)
    #expect(stored.count < 3000)
    let known = Set(
      try ["created.csv", "uncertain.csv"].flatMap { try rows($0, in: folder) }
        .compactMap { $0["Name"] })
    #expect(stored.subtracting(known).isEmpty, "\(stored.count) stored, \(known.count) known")
    _ = try await sandbox.end()
  }

  @Test("what is not attempted is imported later with the same mapping, and then all is there once")
  func continuing() async throws {
    let folder = try folder(rows: 600, Self.plainRow)
    // Slow enough to be caught in its midst.
    let sandbox = try await RunningSandbox(in: folder, ["--fault", "slow=10ms"])
    let command = try RunningCommand(
      RunningCommand.ferryPath, Self.importing + ["--batch-size", "5"], in: folder.path,
      environment: sandbox.environment)
    try await command.wait {
      (try? folder.names(in: "ferry-runs").contains { !$0.hasPrefix(".") }) ?? false
    }
    command.send(signal: SIGINT)
    let first = try await command.end()
    _ = try await sandbox.end()
    #expect(first.status == 130)
    let rest = "\(try run(in: folder))/not-attempted.csv"
    let second = try await CommandRun.ferry(
      ["import", rest, "--mapping", "map.yaml", "--sandbox", "crm.sqlite", "--runs-dir", "again"],
      in: folder.path)
    #expect(second.status == 0, "\(second.errorText)")
    let export = try await CommandRun.ferry(
      ["export", "-", "--fields", "person", "--sandbox", "crm.sqlite"], in: folder.path)
    let people = SimpleCSV.rows(export.outputText).compactMap { $0["person"] }
    #expect(people.count == 600)
    #expect(Set(people) == Set((1...600).map { "Person \($0)" }))
  }

  @Test("5000 rows come back with every value as the CRM stores it")
  func roundTrip() async throws {
    var generator = SeededGenerator(seed: 5)
    var expected: [[String: String]] = []
    // What is sent, and what is stored of it (docs/stored-values.md).
    let words = [
      ("Анна", "Анна"), ("O'Neil", "O'Neil"), ("say \"hi\"", "say ”hi”"), ("a,b", "a,b"),
      ("x;y", "x;y"), ("100 %", "100 %"), ("&=+#", "&=+#"), ("< 5", "[ 5"), ("ёЁ", "ёЁ"),
      ("日本", "日本"),
    ]
    let folder = try folder(rows: 5000) { number in
      // Digits of a Russian number: code 9xx, then seven; its written form is the CRM's.
      let code = 900 + Int.random(in: 10...39, using: &generator)
      let digits = Int.random(in: 1_000_000...9_999_999, using: &generator)
      let tail = String(digits)
      let parts = [tail.prefix(3), tail.dropFirst(3).prefix(2), tail.suffix(2)]
      let phone = "8 (\(code)) \(parts[0]) \(parts[1]) \(parts[2])"
      let day = String(format: "%02d", Int.random(in: 1...28, using: &generator))
      let month = String(format: "%02d", Int.random(in: 1...12, using: &generator))
      let year = Int.random(in: 1950...2005, using: &generator)
      let picked = (0..<3).map { _ in words[Int.random(in: 0..<10, using: &generator)] }
      let separator = number.isMultiple(of: 7) ? "\n" : " "
      let note = picked.map(\.0).joined(separator: separator)
      expected.append([
        "person": "Person \(number)",
        "tel": "+7(\(code))\(parts[0])-\(parts[1])-\(parts[2])",
        "mail": "p\(number)@example.com", "input1": "\(year)-\(month)-\(day)",
        "input2": picked.map(\.1).joined(separator: separator),
      ])
      let quoted = note.replacingOccurrences(of: "\"", with: "\"\"")
      return
        "Person \(number),\(phone),p\(number)@example.com,\(day).\(month).\(year),\"\(quoted)\""
    }
    let run = try await CommandRun.ferry(
      Self.importing + ["--sandbox", "crm.sqlite"], in: folder.path, timeout: .seconds(120))
    #expect(run.status == 0, "\(run.outputText)\(run.errorText)")
    let export = try await CommandRun.ferry(
      ["export", "out.csv", "--sandbox", "crm.sqlite"], in: folder.path, timeout: .seconds(120))
    #expect(export.status == 0, "\(export.errorText)")
    let found = SimpleCSV.rows(try folder.text("out.csv"))
    #expect(found.count == 5000)
    let byName = Dictionary(
      found.map { ($0["person"] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    var differences: [String] = []
    for contact in expected {
      let stored = byName[contact["person"] ?? ""] ?? [:]
      for (field, value) in contact where stored[field] != value {
        differences.append("\(field): \(value) → \(stored[field] ?? "nothing")")
      }
    }
    #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(5))")
  }

  @Test("a reader that goes away ends the writing quietly")
  func closedPipe() async throws {
    let folder = try folder(rows: 2000, Self.plainRow)
    let run = try await CommandRun.ferry(
      Self.importing + ["--sandbox", "crm.sqlite"], in: folder.path)
    #expect(run.status == 0)
    let script = """
      { "$0" export - --sandbox crm.sqlite; echo $? > status; } | head -1
      """
    let pipe = try await RunningCommand(
      "/bin/sh", ["-c", script, RunningCommand.ferryPath], in: folder.path
    ).end()
    #expect(pipe.outputText.hasPrefix("pid,person,"))
    #expect(pipe.outputText.split(separator: "\n").count == 1)
    #expect(!pipe.errorText.contains("error"), "\(pipe.errorText)")
    #expect(try folder.text("status") == "0\n")
  }

  @Test(
    "a device without space ends with 2",
    arguments: [
      ["export", "-", "--sandbox", "crm.sqlite"],
      ["check", "input.csv", "--mapping", "map.yaml", "--json"],
      ["person", "fields", "--sandbox", "crm.sqlite"],
    ])
  func fullDevice(arguments: [String]) async throws {
    let folder = try folder(rows: 3, Self.plainRow)
    let filled = try await CommandRun.ferry(
      Self.importing + ["--sandbox", "crm.sqlite"], in: folder.path)
    #expect(filled.status == 0)
    let run = try await CommandRun.ferry(arguments, in: folder.path, output: "/dev/full")
    #expect(run.status == 2, "\(run.errorText)")
  }
}
