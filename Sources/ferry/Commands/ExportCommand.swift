import ArgumentParser
import CRMClient
import ContactFormats
import ContactMapping
import ContactModel
import ContactPipeline
import Foundation
import PersonAPI
import RunReports

/// `ferry export`: the CRM's contacts as a file.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the CRM's contacts to a file of any format.",
    discussion: """
      The file appears complete or not at all; an earlier one stays until then. Contacts added or \
      deleted meanwhile never hide another. The name's ending says the format (.csv, .jsonl, .vcf, \
      .xml, each with .gz behind it if wanted, or .xlsx); - writes to standard output, as CSV unless --to \
      says otherwise. Beside the file stands a manifest, FILE.manifest.json, for 'ferry verify'.

      Example: ferry export contacts.csv --user seller@example.com --created-since 2026-01-01
      """)

  @Argument(help: "The file to write; - is standard output.", completion: .file())
  var file: String

  @OptionGroup var connection: ConnectionOptions

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Write the columns that this mapping reads, so that it takes the file back.",
      valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var mapping: String?

  @Option(help: ArgumentHelp("Only contacts created on this day or later.", valueName: "date"))
  var createdSince: String?

  @Option(help: ArgumentHelp("Only contacts created on this day or earlier.", valueName: "date"))
  var createdUntil: String?

  @Option(
    help: ArgumentHelp(
      "Write several files: of so many contacts each, or one for every user or clientpath.",
      valueName: "number|field"))
  var splitBy: String?

  @Flag(
    help: """
      Also look for contacts that no list shows, of owners whom the CRM does not know: one request for each \
      number without a contact.
      """)
  var includeInvisible = false

  @Flag(help: "Go on where an interrupted export of the same has ended, if it began within a day.")
  var resume = false

  @Flag(help: "Leave the keys in that 'ferry import --key-field' has put into a field.")
  var importKeys = false

  @OptionGroup(title: "Columns") var columns: ColumnOptions
  @OptionGroup(title: "Every night") var nightly: NightlyOptions
  @OptionGroup(title: "Load") var load: LoadOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let language = common.language
    let start = ContinuousClock.now
    // A place for metrics that is none is found out before the work.
    if let path = nightly.metrics { _ = try OutputFile(path: path) }
    let result: ExportResult
    let remark: String?
    do {
      let request = try exportRequest(
        mapping: try mapping.map { try MappingFile.read($0, language: language).mapping })
      try refuseSandbox(language: language)
      remark = request.mapping?.remark(in: language)
      result = try await export(request, since: start, language: language)
    } catch {
      let failure = Failure(error, language: language)
      // That a file for node_exporter cannot be written is less than why there is something to say in it.
      try? writeMetrics(of: nil, status: failure.status, since: start)
      guard ExportPipeline.canResume(file, after: error) else { throw failure }
      Terminal.fail(failure, language: language)
      Terminal.say(Self.hint(in: language))
      throw Finished(status: failure.status)
    }
    let status: ExitStatus =
      result.issues.isEmpty && result.archiveFailure == nil ? .success : .rows
    try writeMetrics(of: result, status: status, since: start)
    try say(result, remark, language: language)
    if status != .success { throw Finished(status: status) }
  }

  private func export(
    _ request: ExportRequest, since start: ContinuousClock.Instant, language: Language
  ) async throws -> ExportResult {
    let progress = ProgressLine()
    defer { progress.clear() }
    let interruption = Interruption(
      language: language,
      manner: .atOnce(
        hint: file == "-" ? nil : Self.hint(in: language),
        last: { try? writeMetrics(of: nil, status: .interrupted, since: start) }))
    defer { interruption.stop() }
    let interrupted = interruption.flag
    return try await Connection.with(
      connection, findsVariant: true, language: language
    ) { client in
      try await request.selection.checkFilter(for: client)
      try await request.selection.checkUser(for: client)
      return try await ExportPipeline(request: request, client: client).run(
        isInterrupted: { interrupted.isSet },
        progress: { contacts, total in
          progress.show(
            language.pick(
              "\(contacts) of \(total) contacts", "контактов: \(contacts) из \(total)"))
        })
    }
  }

  private static func hint(in language: Language) -> String {
    language.pick(
      "the same command with --resume goes on from here",
      "та же команда с --resume продолжит отсюда")
  }

  private func say(
    _ result: ExportResult, _ remark: String?, language: Language
  ) throws {
    if nightly.json {
      try Terminal.output(result.summary.bytes)
    } else {
      Terminal.say(result.line(target: file, in: language))
    }
    if let remark { Terminal.say(remark) }
    for line in result.remarkLines(in: language) + result.issueLines(in: language) {
      Terminal.say(line)
    }
    if let failure = result.archiveFailure {
      Terminal.say(
        language.pick(
          "warning: the export is complete, and could not be kept: \(failure.message(in: language))",
          "внимание: выгрузка полна, но сохранить её копию не удалось: \(failure.message(in: language))"
        ))
    }
  }

  private func writeMetrics(
    of result: ExportResult?, status: ExitStatus, since start: ContinuousClock.Instant
  ) throws {
    guard let path = nightly.metrics else { return }
    let written = result.map { result in
      ExportMetrics.Written(
        contacts: result.contacts, requests: result.requests,
        bytes: result.files.reduce(0) { $0 + $1.byteCount },
        changes: result.changes?.described)
    }
    try ExportMetrics(
      export: file.split(separator: "/").last.map(String.init) ?? file,
      exitStatus: status.adjusted.rawValue, endedAt: Date(),
      duration: ContinuousClock.now - start, written: written
    ).write(to: path)
  }

  func validate() throws {
    _ = try exportRequest()
    try selection.refuseEmpty()
    if mapping != nil, selection.fields != nil {
      throw ValidationError(
        "--fields and --mapping exclude each other; list the fields in the mapping",
        "--fields и --mapping исключают друг друга; перечислите поля в сопоставлении")
    }
    if mapping != nil, columns.columnNames == .titles {
      throw ValidationError(
        "--column-names and --mapping exclude each other; the mapping names the columns",
        "--column-names и --mapping исключают друг друга; столбцы называет сопоставление")
    }
    try nightly.check(for: file)
    if resume, file == "-" {
      throw ValidationError(
        "--resume needs a file; what went to standard output is gone",
        "для --resume нужен файл: что ушло в стандартный вывод, того уже нет")
    }
    if includeInvisible, selects {
      throw ValidationError(
        "--include-invisible looks at every contact; leave --user, --word, --filter and dates out",
        "--include-invisible смотрит все контакты; уберите --user, --word, --filter и даты")
    }
    if let createdSince, let createdUntil, createdSince > createdUntil {
      throw ValidationError(
        "--created-since \(createdSince) is later than --created-until \(createdUntil)",
        "--created-since \(createdSince) позже, чем --created-until \(createdUntil)")
    }
    if file.hasSuffix(".manifest.json") {
      throw ValidationError(
        "'\(file)' is the name of a manifest; choose another one",
        "'\(file)' — имя манифеста; выберите другое")
    }
  }

  /// Refuses to replace the CRM by what is read from it.
  private func refuseSandbox(language: Language) throws {
    guard let sandbox = connection.sandbox else { return }
    let files = [sandbox, file].map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
    guard files[0] != files[1] else {
      throw Failure(
        language.pick(
          "\(file): this is the sandbox itself; choose another name for the export",
          "\(file): это сама песочница; выберите для выгрузки другое имя"), status: .usage)
    }
  }

  private func exportRequest(mapping: Mapping? = nil) throws -> ExportRequest {
    let output = try writing.settings(for: file, usual: .csv, readAs: mapping?.source)
    var request = ExportRequest(
      path: file, output: output, columns: try columns.columns(selection.fields),
      mapping: try mapping.map {
        try MappingReversal($0, writing: SourceFormat(rawValue: output.format.rawValue) ?? .csv)
      },
      selection: ListRequest(
        user: selection.user,
        dateStart: try Day.begin(createdSince) ?? (createdUntil == nil ? nil : Day.first),
        dateEnd: try Day.end(createdUntil) ?? (createdSince == nil ? nil : Day.last),
        word: selection.word,
        filter: try selection.conditions()), split: try SplitArgument.parse(splitBy),
      state: try nightly.exportState(),
      keepsImportKeys: importKeys, version: Version.text)
    try columns.apply(to: &request)
    request.keep = nightly.keep
    request.includesInvisible = includeInvisible
    request.resumes = resume
    request.maxInFlight = load.maxInFlight
    request.limits = try load.limits
    return request
  }

  /// Whether only some of the contacts are asked for.
  private var selects: Bool {
    selection.user != nil || selection.word != nil || !selection.filter.isEmpty
      || createdSince != nil || createdUntil != nil
  }
}

/// How `--split-by` divides an export.
enum SplitArgument {
  private static let fields: [PersonField] = [.user, .clientpath]

  static func parse(_ text: String?) throws -> ExportSplit? {
    guard let text else { return nil }
    if let count = Int(text), count > 0 { return .count(count) }
    guard let field = PersonField(rawValue: text), fields.contains(field) else {
      throw ValidationError.unknown(
        "--split-by", text, use: "a number of contacts, user or clientpath",
        "число контактов, user, clientpath")
    }
    return .field(field)
  }
}
