import ContactModel
import ContactPipeline
import PersonAPI
import RunJournal
import RunReports

extension Scene {
  /// What is wrong with the run that has come to its end.
  ///
  /// - Parameters:
  ///   - folder: The run's folder.
  ///   - summary: What its last process says of it, if it lived to say it.
  ///   - report: What is wrong is added to it.
  func judge(_ folder: String, _ summary: RunSummary?, in report: inout Report) async {
    do {
      let tables = try ResultTables(folder: folder)
      report.tables = tables
      let account = try await account(folder, summary, tables)
      report.doubled = account.doubled.count
      let oracle = Oracle(
        source: plan.source, server: server, keyField: plan.keyField?.wireKey, watermark: watermark)
      var findings = oracle.findings(account) + tables.findings(plan.source)
      if plan.isImportedAgain, findings.isEmpty {
        findings += try await importAgain(after: account)
      }
      report.findings += findings
    } catch {
      report.findings.append("the results cannot be read: \(error)")
    }
  }

  private func account(
    _ folder: String, _ summary: RunSummary?, _ tables: ResultTables
  ) async throws -> RunAccount {
    var account = RunAccount(outcomes: tables.outcomes)
    if let summary {
      (account.counts, account.recordCount) = (summary.outcomes, summary.recordCount)
    } else {
      for outcome in tables.outcomes.values.joined() { account.counts.add(outcome) }
      account.recordCount = plan.source.records.count
    }
    if summary?.doubledCount != 0 {
      let journal = try await Journal.open(at: "\(folder)/journal.sqlite")
      account.doubled = try await journal.doubledRows().map {
        RunAccount.Doubled(record: $0.record, pids: [$0.pid, $0.laterPID])
      }
      try await journal.close()
    }
    return account
  }

  /// Imports the whole file once more, in peace: nothing that is there may be sent.
  private func importAgain(after first: RunAccount) async throws -> [String] {
    server.calm()
    let before = server.table.all.filter(\.isFerrys).map(\.sentName)
    guard case .ended(let result) = await process(nil).ending else {
      return ["the second import does not come to its end"]
    }
    let tables = try ResultTables(folder: result.folder)
    var findings: [String] = []
    for (number, outcomes) in first.outcomes {
      let again = tables.outcomes[number, default: []]
      switch outcomes.first {
      case .created:
        let pids = first.outcomes.values.joined().compactMap(\.pid)
        if again.count == 1, case .duplicate(let pid)? = again.first, pids.contains(pid) {
          continue
        }
        findings.append("record \(number) was \(outcomes), and is \(again) the second time")
      case .uncertain where again != [.uncertain]:
        // A row that says the same as one that was created cannot be told from it.
        if case .duplicate(let pid)? = again.first,
          first.outcomes.values.joined().contains(.created(pid: pid))
        {
          continue
        }
        findings.append("record \(number) was uncertain, and is \(again) the second time")
      default: break
      }
    }
    let failed = Set(
      first.outcomes.filter { $0.value == [.failed(.fatal)] }.keys.map {
        plan.source.records[$0 - 1].name
      })
    let sent = server.table.all.filter(\.isFerrys).map(\.sentName).dropFirst(before.count)
    if !failed.isSuperset(of: sent) { findings.append("the second import sends \(Array(sent))") }
    return findings
  }
}

extension ResultTables {
  /// Every row of a result file is that of the source, letter by letter, and they stand in its order.
  func findings(_ source: SimulatedSource) -> [String] {
    rows.flatMap { name, rows -> [String] in
      // These two list contacts, not rows of the source.
      guard name != "doubled", name != "differences" else { return [] }
      let numbers = rows.compactMap { Int($0["ferry_row"] ?? "") }
      guard numbers == numbers.sorted() else { return ["\(name) is out of order: \(numbers)"] }
      return rows.compactMap { row in
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
