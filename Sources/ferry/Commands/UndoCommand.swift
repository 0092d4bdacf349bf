import ArgumentParser
import ContactModel
import ContactPipeline
import RunJournal

/// `ferry undo`: takes back what a run created.
struct UndoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Deletes the contacts that a run created, the newest first.",
    discussion: """
      Only a contact that still holds what was sent is deleted; one that somebody edited since, or \
      that has deals, stays and is listed. Guide entries, clients' main contacts and mails cannot be \
      taken back. It can be interrupted and called again. Without a run, the newest that created \
      something is meant; a sandbox needs not be named again.

      Example: ferry undo 20261123T165301Z-k7pq
      """)

  @Argument(
    help: ArgumentHelp(
      "The run: its name, the beginning or end of it, or its folder.", valueName: "run"))
  var name: String?

  @Flag(help: "Delete contacts too that were edited since, or that were found by values only.")
  var force = false

  @Flag(help: "Delete only the later one of each pair of contacts that are stored twice.")
  var doubled = false

  @Flag(help: "Do not ask before contacts are deleted.")
  var yes = false

  @Flag(help: "Print what became of the contacts as JSON.")
  var json = false

  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var runs: RunOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let language = common.language
    let found = try await runs.find(name, for: doubled ? .undoDoubled : .undo)
    let connection = try await runs.connection(connection, for: found)
    let options = UndoOptions(
      force: force, doubledOnly: doubled, api: connection.api,
      wait: try waiting.waitTime ?? ImportOptions.usualWait)
    let interruption = Interruption(language: language, manner: .resumably(by: "ferry undo"))
    defer { interruption.stop() }
    let interrupted = interruption.flag
    let progress = ProgressLine()
    defer { progress.clear() }
    let settlement = OpenRunSettlement(
      options: ImportOptions(
        stateFolder: RunOptions.stateFolder, settle: try waiting.settleTime,
        wait: try waiting.waitTime, language: language),
      isInterrupted: { interrupted.isSet })
    let confirmation = Confirmation(isGiven: yes, interrupted: interrupted, language: language)
    let result = try await Connection.with(connection, language: language) { client in
      try await UndoPipeline(
        run: found, client: client, options: options,
        settle: { journal, client in try await settlement.settle(journal, client: client) }
      ).run(
        isInterrupted: { interrupted.isSet },
        confirm: { plan in await confirmation.ask(plan.question(in: language)) },
        progress: { state in
          progress.show(
            language.pick(
              "\(state.done) of \(state.total) contacts, \(state.gone) deleted",
              "контактов: \(state.done) из \(state.total), удалено: \(state.gone)"))
        })
    }
    progress.clear()
    if let error = result.error {
      Terminal.fail(Failure(error, language: language), language: language)
    }
    let status = Terminal.conclude(ExitStatus(of: result), language: language) {
      if json {
        try Terminal.output(result.json())
      } else {
        try Terminal.output(result.text(in: language))
      }
    }
    if status != .success { throw Finished(status: status) }
  }
}

extension ExitStatus {
  /// The exit status of an undo that came to its report.
  init(of result: UndoResult) {
    if result.stop == .interrupted {
      self = .interrupted
    } else if result.stop != nil {
      self = .stopped
    } else if result.counts[.unclear] > 0 {
      self = .uncertain
    } else {
      self = result.counts.kept > 0 ? .rows : .success
    }
  }
}
