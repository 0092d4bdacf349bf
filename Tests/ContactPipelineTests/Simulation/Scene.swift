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
  let plan: ScenePlan
  let folder: SceneFolder
  let clock = SimulatedClock()
  let server: SimulatedServer
  /// The highest identifier before the import.
  private let watermark: Int

  /// How many processes an import may take beyond those that were to die.
  private static let mostLives = 12

  init(_ plan: ScenePlan) throws {
    self.plan = plan
    folder = try SceneFolder()
    server = SimulatedServer(settings: plan.server, clock: clock, troubles: plan.troubles)
    server.enter(
      (0..<plan.older).map { ["person": "Старый Контакт \($0)", "mail": "old\($0)@example.org"] })
    watermark = server.table.lastPID
    try Data(plan.source.text.utf8).write(to: URL(filePath: folder.source))
  }

  /// How a process ended.
  enum Ending {
    case dead
    case ended(ImportResult)
    case failed(any Error)
  }

  /// Plays the plan to its end.
  ///
  /// - Returns: What is wrong; empty where nothing is.
  func play() async -> [String] {
    var findings: [String] = []
    var lives = plan.lives[...]
    for number in 0..<(plan.lives.count + Self.mostLives) {
      let life = lives.popFirst() ?? ScenePlan.Life(pause: .seconds(1200))
      let journal: String?
      do {
        journal = try await unfinishedRun()
      } catch {
        return findings + ["the state folder cannot be read: \(error)"]
      }
      if life.triesImport, journal != nil {
        let before = server.count(of: .batch)
        if case .failed(let error as PlanningError) = await begin(nil, life: life, number),
          case .unfinishedRun = error
        {
        } else {
          findings.append("an import in place of a resume is not refused")
        }
        if server.count(of: .batch) != before { findings.append("and it sends rows") }
      }
      switch await begin(journal, life: life, number) {
      case .dead: break
      case .ended(let result):
        findings += result.errors.filter { !isOfServer($0) }.map { "process \(number): \($0)" }
        if result.stop == nil {
          guard result.errors.isEmpty else { return findings }
          return findings + (await judge(result))
        }
        server.note("process \(number) stops: \(result.stop.map { "\($0)" } ?? "")")
      case .failed(let error):
        server.note("process \(number) fails: \(error)")
        if !isOfServer(error) { return findings + ["process \(number) fails: \(error)"] }
      }
      clock.pass(life.pause)
    }
    return findings + ["the import does not come to its end"]
  }

  /// The journal of the run that waits to be resumed.
  private func unfinishedRun() async throws(JournalError) -> String? {
    let account = AccountID(server: Self.address, login: SimulatedTable.users[0])
    return try await RunRegistry(stateFolder: folder.state, account: account).entries()
      .last { $0.status.isResumable }?.journal
  }

  private static let address = "https://crm.example.com"

  private func isOfServer(_ error: any Error) -> Bool { error is CRMError }

  private func begin(_ journal: String?, life: ScenePlan.Life, _ number: Int) async -> Ending {
    let life = KillSwitch(at: life.death) { folder.freeze() }
    let ending: Ending
    do {
      ending = .ended(try await process(journal, life))
    } catch {
      ending = .failed(error)
    }
    guard life.isDead else { return ending }
    folder.restore()
    server.note("process \(number) dies \(life.place)")
    return .dead
  }

  private func process(_ journal: String?, _ life: KillSwitch) async throws -> ImportResult {
    let client = CRMClient(
      server: Self.address, credentials: Credentials(login: SimulatedTable.users[0], apikey: "key"),
      retry: RetryPolicy(), timing: clock.retryTiming(life),
      transport: SimulatedTransport(server: server, life: life))
    let options = ImportOptions(
      runsFolder: folder.runs, stateFolder: folder.state, batchSize: plan.batchSize,
      maxInFlight: plan.inFlight, keyField: plan.keyField, clock: clock.runClock(life),
      journaling: { KillableJournal(journal: $0, life: life) })
    if let journal {
      return try await ResumePipeline(journal: journal, client: client, options: options).run()
    }
    let request = SourceRequest(
      file: folder.source, settings: ReaderSettings(),
      mapping: try Mapping(bytes: Array(SimulatedSource.mapping.utf8), fileName: "map.yaml"),
      mappingText: SimulatedSource.mapping)
    return try await ImportPipeline(request: request, client: client, options: options).run()
  }

  /// What is wrong with the run that has come to its end.
  private func judge(_ result: ImportResult) async -> [String] {
    do {
      let tables = try ResultTables(folder: result.folder)
      var account = RunAccount(
        outcomes: tables.outcomes, counts: result.summary.outcomes,
        recordCount: result.summary.recordCount)
      if result.summary.doubledCount > 0 {
        let journal = try await Journal.open(at: "\(result.folder)/journal.sqlite")
        account.doubled = try await journal.doubledRows().map {
          RunAccount.Doubled(record: $0.record, pids: [$0.pid, $0.laterPID])
        }
        try await journal.close()
      }
      let oracle = Oracle(
        source: plan.source, server: server, keyField: plan.keyField?.wireKey, watermark: watermark)
      return oracle.findings(account) + tables.findings(plan.source)
    } catch {
      return ["the results cannot be read: \(error)"]
    }
  }
}

extension ResultTables {
  /// Every row of a result file is that of the source, letter by letter.
  fileprivate func findings(_ source: SimulatedSource) -> [String] {
    rows.flatMap { name, rows in
      rows.compactMap { row in
        guard let number = Int(row["ferry_row"] ?? ""), source.records.indices.contains(number - 1)
        else { return "\(name) has a row without a number" }
        let record = source.records[number - 1]
        let columns = ["Name", "Mail", "Phone", "Owner", "Note"].map { row[$0] ?? "" }
        let wanted = [record.name, record.mail, record.phone, record.owner, record.note]
        return columns == wanted ? nil : "\(name) has other values in row \(number)"
      }
    }
  }
}
