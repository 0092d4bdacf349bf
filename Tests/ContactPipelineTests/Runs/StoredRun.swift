import ContactModel
import ContactPipeline
import RunJournal
import TestSupport
import Testing

/// A run on disk, without any server: a folder with a journal, and perhaps an entry in the state.
struct StoredRun {
  let id: RunID
  let run: RunDescription
  let journalPath: String

  /// Makes a run.
  ///
  /// - Parameters:
  ///   - text: Its name.
  ///   - folder: Where `runs` and `state` are.
  ///   - status: How it ended.
  ///   - rows: What became of its rows, one batch; `nil` for a batch without an answer.
  ///   - login: The account's login.
  ///   - isRegistered: Whether the state knows it.
  ///   - doubled: Rows that stand twice.
  /// - Returns: The run.
  /// - Throws: `JournalError`.
  static func make(
    _ text: String, in folder: TemporaryFolder, status: RunStatus,
    rows: [Outcome]? = [.created(pid: 1001), .created(pid: 1002)],
    login: String = "anna@example.com", isRegistered: Bool = true, doubled: [DoubledRow] = []
  ) async throws -> StoredRun {
    let id = try #require(RunID(text))
    let server = "https://crm.example.com"
    let run = RunDescription(
      id: id, startedAt: "2026-11-2\(text.dropFirst(7).prefix(1))T09:00:00Z",
      sourceFiles: [.init(name: "people.csv", size: 10, sha256: "00")], mappingText: "",
      server: server, login: login, account: AccountID(server: server, login: login),
      variant: "v3", watermark: 0, ferryVersion: "test", settings: [:])
    let path = folder.file("runs/\(id)/journal.sqlite")
    let journal = try await Journal.create(at: path, run: run)
    let count = rows?.count ?? 2
    var marks = RowMarks()
    for index in 0..<count { marks.append(stored: UInt64(index), traces: []) }
    try await journal.recordIntent([
      PlannedBatch(
        id: 1, file: 0, recordNumbers: Array(1..<(count + 1)),
        fingerprints: (0..<count).map { Fingerprint(high: 0, low: UInt64($0)) }, marks: marks,
        floor: 0)
    ])
    if let rows { try await journal.recordOutcomes(rows.map { SettledRow($0) }, ofBatch: 1) }
    try await journal.recordDoubled(doubled)
    let registry = RunRegistry(stateFolder: folder.file("state"), account: run.account)
    if isRegistered { try await registry.register(run, journal: path) }
    if status != .open {
      let end = run.startedAt.replacing("09:00:00", with: "10:00:00")
      try await journal.recordEnd(status, at: end)
      var outcomes = OutcomeCounts()
      for outcome in rows ?? [] { outcomes.add(outcome) }
      if isRegistered {
        try await registry.update(id, status: status, outcomes: outcomes, at: end)
      }
    }
    try await journal.close()
    return StoredRun(id: id, run: run, journalPath: path)
  }
}
