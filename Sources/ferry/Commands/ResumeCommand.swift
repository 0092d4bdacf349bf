import ArgumentParser
import ContactModel
import ContactPipeline

/// `ferry resume`: goes on with a run that did not come to its end.
struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Goes on with an import that was interrupted, stopped or killed.",
    discussion: """
      What was sent and got no answer is looked for in the CRM first; then the rest of the files is \
      sent. The files must be as they were: their checksums are compared. Without a run, the newest \
      that is not finished is meant. A sandbox needs not be named again.

      Example: ferry resume 20261123T165301Z-k7pq
      """)

  @Argument(
    help: ArgumentHelp(
      "The run: its name, the beginning or end of it, or its folder.", valueName: "run"))
  var name: String?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var runs: RunOptions
  @OptionGroup var delivery: DeliveryOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let language = common.language
    let found = try await runs.find(name, for: .resume)
    let connection = try await runs.connection(connection, for: found)
    var options = ImportOptions(
      runsFolder: runs.runsDir, stateFolder: RunOptions.stateFolder, api: connection.api,
      language: language, version: Version.text)
    try delivery.apply(to: &options)
    let run = RunInProgress(delivery: delivery, language: language)
    defer { run.end() }
    let result = try await Connection.with(connection, language: language) { [options] client in
      try await ResumePipeline(journal: found.journalPath, client: client, options: options).run(
        isInterrupted: run.isInterrupted, notice: run.notice, progress: run.show)
    }
    try run.report(result)
  }
}
