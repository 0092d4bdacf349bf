import CRMClient
import ContactFormats
import ContactMapping
import ContactModel
import ContactPipeline
import Foundation
import PersonAPI
import RunJournal

/// One import in a simulated world, through as many processes as it takes.
struct Scene: Sendable {
  /// What came of it.
  struct Report: Sendable {
    /// What is wrong; empty where nothing is.
    var findings: [String] = []
    /// The steps that the first process took.
    var places: [String] = []
    /// The result files, where it came to them.
    var tables: ResultTables?
    /// How many contacts it says are there twice.
    var doubled = 0
  }

  let plan: ScenePlan
  let folder: SceneFolder
  let clock = SimulatedClock()
  let server: SimulatedServer
  /// The highest identifier before the import.
  let watermark: Int

  /// How many processes an import may take beyond those that were to die.
  private static let mostLives = 12
  private static let address = "https://crm.example.com"

  init(_ plan: ScenePlan) throws {
    self.plan = plan
    folder = try SceneFolder()
    server = SimulatedServer(settings: plan.server, clock: clock, troubles: plan.troubles)
    server.enter(
      (0..<plan.older).map { ["person": "Старый Контакт \($0)", "mail": "old\($0)@example.org"] })
    server.enter(plan.entered.map { plan.source.records[$0 - 1].row })
    watermark = server.table.lastPID
    try Data(plan.source.text.utf8).write(to: URL(filePath: folder.source))
  }

  /// Plays the plan to its end.
  func play() async -> Report {
    var report = Report()
    // A run whose journal is older than the state folder knows it to be.
    var outdated: String?
    var lives = plan.lives[...]
    for number in 0..<(plan.lives.count + Self.mostLives) {
      let life = lives.popFirst() ?? ScenePlan.Life(pause: .seconds(1200))
      let journal: String?
      do {
        journal = try await unfinishedRun()
      } catch {
        report.findings.append("the state folder cannot be read: \(error)")
        return report
      }
      if life.triesImport, let journal { report.findings += await importInstead(of: journal) }
      let (ending, places) = await process(journal ?? outdated, life)
      outdated = nil
      if number == 0 { report.places = places }
      switch ending {
      case .dead(let place): server.note("process \(number) dies \(place)")
      case .ended(let result):
        let errors = result.errors.filter { !($0 is CRMError) }
        report.findings += errors.map { "process \(number): \($0)" }
        if result.stop == nil || !errors.isEmpty {
          await judge(result.folder, result.summary, in: &report)
          return report
        }
        server.note("process \(number) stops: \(result.stop.map { "\($0)" } ?? "")")
      case .failed(PlanningError.notResumable):
        // It died between its end and the note of it in the state folder: all is there.
        await judge(String((journal ?? "").dropLast("/journal.sqlite".count)), nil, in: &report)
        return report
      case .failed(let error as JournalError) where error.code == .outdated:
        outdated = error.path
      case .failed(let error):
        server.note("process \(number) fails: \(error)")
        if !(error is CRMError) {
          report.findings.append("process \(number) fails: \(error)")
          return report
        }
      }
      clock.pass(life.pause)
    }
    report.findings.append("the import does not come to its end")
    return report
  }

  /// The journal of the run that waits to be resumed.
  private func unfinishedRun() async throws(JournalError) -> String? {
    let account = AccountID(server: Self.address, login: SimulatedTable.users[0])
    return try await RunRegistry(stateFolder: folder.state, account: account).entries()
      .last { $0.status.isResumable }?.journal
  }

  /// Somebody forgets that there is `resume`.
  private func importInstead(of journal: String) async -> [String] {
    let before = server.count(of: .batch)
    var findings: [String] = []
    switch await process(nil).ending {
    case .failed(PlanningError.unfinishedRun): break
    // Or the server was not to be had.
    case .failed(let error) where error is CRMError: break
    // Or the run had come to its end, and died before it noted so in the state folder.
    case .ended where await isComplete(journal): break
    case let ending: findings.append("an import in place of a resume is not refused: \(ending)")
    }
    if server.count(of: .batch) != before {
      findings.append("an import in place of a resume sends rows")
    }
    return findings
  }

  private func isComplete(_ path: String) async -> Bool {
    guard let journal = try? await Journal.open(at: path),
      let end = try? await journal.end()
    else { return false }
    return end.status == .complete
  }

  /// How a process ended.
  enum Ending {
    case dead(String)
    case ended(ImportResult)
    case failed(any Error)
  }

  /// Lets a process import the file, or resume the run of a journal.
  func process(
    _ journal: String?, _ life: ScenePlan.Life = ScenePlan.Life()
  ) async -> (ending: Ending, places: [String]) {
    let life = KillSwitch(
      at: life.death, remembered: life.remembered, onRemembered: { folder.remember() },
      onDeath: { folder.freeze() })
    let ending: Ending
    do {
      ending = .ended(try await run(journal, life))
    } catch {
      ending = .failed(error)
    }
    guard life.isDead else { return (ending, life.places) }
    folder.restore()
    return (.dead(life.places.last ?? ""), life.places)
  }

  private func run(_ journal: String?, _ life: KillSwitch) async throws -> ImportResult {
    let client = CRMClient(
      server: Self.address, credentials: Credentials(login: SimulatedTable.users[0], apikey: "key"),
      retry: plan.retries ? RetryPolicy() : .never, timing: clock.retryTiming(life),
      transport: SimulatedTransport(server: server, life: life))
    let options = ImportOptions(
      runsFolder: folder.runs, stateFolder: folder.state, batchSize: plan.batchSize,
      maxInFlight: plan.inFlight, keyField: plan.keyField, clock: clock.runClock(life),
      journaling: { KillableJournal(journal: $0, life: life) })
    if let journal {
      return try await ResumePipeline(journal: journal, client: client, options: options).run()
    }
    let request = SourceRequest(
      file: folder.source,
      settings: ReaderSettings(
        format: .csv, encoding: .utf8, delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""),
        header: .first),
      mapping: try Mapping(bytes: Array(plan.source.mapping.utf8), fileName: "map.yaml"),
      mappingText: plan.source.mapping)
    return try await ImportPipeline(request: request, client: client, options: options).run()
  }
}
