import ArgumentParser
import ContactModel
import ContactPipeline
import Foundation
import PersonAPI
import RunJournal
import RunReports

/// `ferry import`: the main job.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Sends a file's contacts to the CRM and says what became of every record.",
    discussion: """
      The records of the file end as created, rejected (not sent), failed (refused by the CRM), \
      uncertain (sent, and the reply did not come) or not attempted. Each run leaves a folder with \
      the rows of each kind, a report and the journal of what was sent.

      Example: ferry import contacts.csv --mapping mappings/google.yaml --sandbox crm.sqlite
      """)

  @OptionGroup var source: SourceOptions
  @OptionGroup var connection: ConnectionOptions

  @Option(help: ArgumentHelp("The folder in which each run gets its own.", valueName: "folder"))
  var runsDir = "ferry-runs"

  @Option(
    help: ArgumentHelp(
      "At most so many rows in a request; by default what suits the server.", valueName: "rows"))
  var batchSize: Int?

  @Option(help: ArgumentHelp("At most so many requests under way at once.", valueName: "requests"))
  var maxInFlight = 4

  @Flag(help: "Make entries that the CRM's guide of sources (clientpath) lacks.")
  var createGuides = false

  @Flag(
    help: "Ask the CRM everything that has to be known, report what would be sent, send nothing.")
  var dryRun = false

  @Flag(help: "Show the values in question in reports. They are people's data.")
  var showValues = false

  @Flag(help: "List everything that was found out about the file.")
  var verbose = false

  @Flag(help: "Print the summary as JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let batchSize, !(1...1000).contains(batchSize) {
      throw ValidationError.outOfRange("--batch-size", batchSize, least: 1, most: 1000)
    }
    guard (1...32).contains(maxInFlight) else {
      throw ValidationError.outOfRange("--max-in-flight", maxInFlight, least: 1, most: 32)
    }
  }

  func run() async throws {
    let language = common.language
    let request = try source.request(language: language)
    // Before a sandbox is made for a file that is not there.
    if source.file != "-", !FileManager.default.fileExists(atPath: source.file) {
      throw InputError(file: source.file, cause: .missing)
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: runsDir, isDirectory: &isFolder), !isFolder.boolValue
    {
      throw Failure(
        language.pick(
          "\(runsDir): this is not a folder; name one for the runs with --runs-dir",
          "\(runsDir): это не папка; укажите папку для запусков через --runs-dir"), status: .usage)
    }
    let options = ImportOptions(
      runsFolder: runsDir,
      stateFolder: RunRegistry.defaultStateFolder(
        environment: ProcessInfo.processInfo.environment), api: connection.api, batchSize: batchSize, createsGuides: createGuides,
      maxInFlight: maxInFlight, language: language, showsValues: showValues,
      version: Version.text)
    let interruption = Interruption(language: language)
    defer { interruption.stop() }
    let interrupted = interruption.flag
    let progress = ProgressLine()
    defer { progress.clear() }
    let notice = { (notice: ServerNotice) in
      Terminal.say(language.pick("warning: ", "внимание: ") + notice.message(in: language))
    }
    if dryRun {
      let summary = try await Connection.with(connection, language: language) { client in
        try await DryRunPipeline(request: request, client: client, options: options).run(
          notice: notice,
          onBatch: { _ in if interrupted.isSet { throw CancellationError() } })
      }
      progress.clear()
      try show(summary, language: language)
      if summary.outcomes[.rejected] > 0 { throw Finished(status: .rows) }
      return
    }
    let result = try await Connection.with(
      connection, createsSandbox: true, language: language
    ) { client in
      try await ImportPipeline(request: request, client: client, options: options).run(
        isInterrupted: { interrupted.isSet }, notice: notice,
        progress: { state in
          progress.show(
            language.pick(
              "\(state.records) records, \(state.outcomes[.created]) created",
              "записей: \(state.records), создано: \(state.outcomes[.created])"))
        })
    }
    progress.clear()
    try report(result, language: language)
    let status = Self.status(of: result)
    if status != .success { throw Finished(status: status) }
  }

  private func report(_ result: ImportResult, language: Language) throws {
    for error in result.errors {
      Terminal.fail(Failure(error, language: language), language: language)
    }
    try show(result.summary, language: language)
    Terminal.say(language.pick("results: \(result.folder)/", "результаты: \(result.folder)/"))
  }

  private func show(_ summary: RunSummary, language: Language) throws {
    if json {
      try Terminal.output(JSONReport(summary, in: language).bytes)
    } else {
      try Terminal.output(TextReport(summary, in: language, isVerbose: verbose).text)
    }
  }

  /// The exit status of a run that came to its report.
  static func status(of result: ImportResult) -> ExitStatus {
    let outcomes = result.summary.outcomes
    if result.stop == .interrupted { return .interrupted }
    // A server that is lost on the last request stops nothing that was still to come.
    let isStopped =
      switch result.stop {
      case nil: false
      default: true
      }
    if isStopped || !result.errors.isEmpty || !result.summary.isBalanced { return .stopped }
    if outcomes[.uncertain] > 0 || result.summary.doubledCount > 0 { return .uncertain }
    if outcomes[.rejected] + outcomes[.failed] > 0 { return .rows }
    return .success
  }
}
