import ArgumentParser
import ContactModel
import ContactPipeline
import Foundation
import PersonAPI
import RunReports

/// `ferry import`: the main job.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Sends files' contacts to the CRM and says what became of every record.",
    discussion: """
      The records end as created, duplicate (an earlier run created it; not sent), rejected (not \
      sent), failed (refused by the CRM), uncertain (sent, and what became of it could not be found \
      out) or not attempted. Each run leaves a folder with the rows of each kind, a report and the \
      journal of what was sent.

      However a run ends, also killed or with the machine switched off, 'ferry resume' goes on with \
      it: nothing is lost and nothing is sent twice. 'ferry undo' takes back what it created.

      Example: ferry import contacts.csv --mapping mappings/google.yaml --sandbox crm.sqlite
      """)

  @Argument(
    help: "The files of contacts, all with the same mapping; - reads standard input.",
    completion: .file())
  var files: [String]

  @OptionGroup var mapping: MappingOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var runs: RunOptions
  @OptionGroup var delivery: DeliveryOptions

  @Option(
    help: ArgumentHelp(
      """
      A field (input1 to input10) that is filled with a key of each row, by which its contact is \
      found again without doubt; the mapping must not fill it.
      """,
      valueName: "field"))
  var keyField: String?

  @Flag(help: "Send rows too that an earlier run has created in this CRM.")
  var again = false

  @Option(
    help: ArgumentHelp(
      "Pass over so many records at the beginning of each file.", valueName: "records"))
  var skip = 0

  @Option(help: ArgumentHelp("Take at most so many records of each file.", valueName: "records"))
  var limit: Int?

  @Option(
    help: ArgumentHelp(
      "Send nothing if more records than this are rejected: a number, or a share such as 5%.",
      valueName: "count"))
  var maxRejects: String?

  @Flag(help: "Make entries that the CRM's guide of sources (clientpath) lacks.")
  var createGuides = false

  @Flag(
    help: "Ask the CRM everything that has to be known, report what would be sent, send nothing.")
  var dryRun = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if skip < 0 { throw ValidationError.outOfRange("--skip", skip, least: 0) }
    if let limit, limit < 1 { throw ValidationError.outOfRange("--limit", limit, least: 1) }
    if files.filter({ $0 == "-" }).count > 1 {
      throw ValidationError(
        "standard input (-) can be read only once", "стандартный ввод (-) можно прочитать лишь раз")
    }
    _ = try KeyField.parse(keyField)
    _ = try RejectLimitArgument.parse(maxRejects)
  }

  func run() async throws {
    let language = common.language
    let requests = try mapping.requests(for: files, language: language)
    try checkFiles(language: language)
    var options = ImportOptions(
      runsFolder: runs.runsDir, stateFolder: RunOptions.stateFolder, api: connection.api,
      createsGuides: createGuides, language: language, version: Version.text)
    try delivery.apply(to: &options)
    options.keyField = try KeyField.parse(keyField)
    options.sendsAgain = again
    options.skip = skip
    options.limit = limit
    options.maxRejects = try RejectLimitArgument.parse(maxRejects)
    let run = RunInProgress(delivery: delivery, isDryRun: dryRun, language: language)
    defer { run.end() }
    if dryRun { return try await rehearse(requests, options: options, run: run) }
    let result = try await Connection.with(
      connection, createsSandbox: true, language: language
    ) { [options] client in
      try await ImportPipeline(sources: requests, client: client, options: options).run(
        isInterrupted: run.isInterrupted, notice: run.notice, confirm: run.confirm,
        progress: run.show)
    }
    try run.report(result)
  }

  /// Asks the server everything and sends nothing.
  private func rehearse(
    _ requests: [SourceRequest], options: ImportOptions, run: RunInProgress
  ) async throws {
    let summary = try await Connection.with(connection, language: common.language) { client in
      var whole: RunSummary?
      for request in requests {
        let part = try await DryRunPipeline(request: request, client: client, options: options)
          .run(
            notice: run.notice,
            onBatch: { _ in if run.isInterrupted() { throw CancellationError() } })
        whole = whole?.appending(part) ?? part
      }
      return whole
    }
    run.end()
    guard let summary else { return }
    try run.show(summary)
    if summary.outcomes[.rejected] > 0 { throw Finished(status: .rows) }
  }

  /// Before a sandbox is made for a file that is not there.
  private func checkFiles(language: Language) throws {
    for file in files where file != "-" && !FileManager.default.fileExists(atPath: file) {
      throw InputError(file: file, cause: .missing)
    }
    let folder = runs.runsDir
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), !isFolder.boolValue {
      throw Failure(
        language.pick(
          "\(folder): this is not a folder; name one for the runs with --runs-dir",
          "\(folder): это не папка; укажите папку для запусков через --runs-dir"), status: .usage)
    }
  }
}

/// The field of `--key-field`.
enum KeyField {
  /// The fields an account has for its own use.
  private static let fields: [PersonField] = [
    .input1, .input2, .input3, .input4, .input5, .input6, .input7, .input8, .input9, .input10,
  ]

  static func parse(_ text: String?) throws -> PersonField? {
    guard let text else { return nil }
    guard let field = PersonField(rawValue: text), fields.contains(field) else {
      throw ValidationError.unknown(
        "--key-field", text, use: "one of input1 to input10", "от input1 до input10")
    }
    return field
  }
}

/// The limit of `--max-rejects`.
enum RejectLimitArgument {
  static func parse(_ text: String?) throws -> RejectLimit? {
    guard let text else { return nil }
    if text.hasSuffix("%"), let percent = Double(text.dropLast()), (0...100).contains(percent) {
      return .percent(percent)
    }
    if let count = Int(text), count >= 0 { return .records(count) }
    throw ValidationError(
      "'--max-rejects \(text)' is not a limit; write a number or a share such as 5%",
      "'--max-rejects \(text)' — не предел; напишите число или долю, например 5%")
  }
}
