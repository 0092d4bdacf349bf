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

  @Option(
    help: ArgumentHelp(
      "Remember the export in this folder, and write what is different from the one before beside it.",
      valueName: "folder"),
    completion: .directory)
  var state: String?

  @Option(
    help: ArgumentHelp(
      "With --state: stop where more of the contacts are missing (default: 50%).",
      valueName: "percent"))
  var maxShrink: String?

  @Flag(help: "Leave the keys in that 'ferry import --key-field' has put into a field.")
  var importKeys = false

  @OptionGroup var writing: WritingOptions
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let language = common.language
    let request = try exportRequest(
      mapping: try mapping.map { try MappingFile.read($0, language: language).mapping })
    try refuseSandbox(language: language)
    let progress = ProgressLine()
    defer { progress.clear() }
    let interruption = Interruption(language: language, manner: .atOnce)
    defer { interruption.stop() }
    let interrupted = interruption.flag
    let result = try await Connection.with(
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
    progress.clear()
    Terminal.say(result.line(target: file, in: language))
    if let remark = request.mapping?.remark(in: language) { Terminal.say(remark) }
    guard result.issues.isEmpty else {
      for line in result.issueLines(in: language) { Terminal.say(line) }
      throw Finished(status: .rows)
    }
  }

  func validate() throws {
    _ = try exportRequest()
    try selection.refuseEmpty()
    if mapping != nil, selection.fields != nil {
      throw ValidationError(
        "--fields and --mapping exclude each other; list the fields in the mapping",
        "--fields и --mapping исключают друг друга; перечислите поля в сопоставлении")
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

  private func exportState() throws -> ExportState? {
    var share = 0.5
    if let maxShrink {
      guard maxShrink.hasSuffix("%"), let percent = Double(maxShrink.dropLast()),
        (0...100).contains(percent)
      else {
        throw ValidationError.unknown(
          "--max-shrink", maxShrink, use: "a share such as 5%", "доля, например 5%")
      }
      guard state != nil else {
        throw ValidationError(
          "--max-shrink needs --state, which remembers how many there were",
          "для --max-shrink нужна папка --state: в ней хранится прежнее число")
      }
      share = percent / 100
    }
    return state.map { ExportState(folder: $0, maxShrink: share) }
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
    return ExportRequest(
      path: file, output: output, columns: try FieldList.parse(selection.fields),
      mapping: try mapping.map {
        try MappingReversal($0, writing: SourceFormat(rawValue: output.format.rawValue) ?? .csv)
      },
      selection: ListRequest(
        user: selection.user,
        dateStart: try Day.begin(createdSince) ?? (createdUntil == nil ? nil : Day.first),
        dateEnd: try Day.end(createdUntil) ?? (createdSince == nil ? nil : Day.last),
        word: selection.word,
        filter: try selection.conditions()), split: try SplitArgument.parse(splitBy),
      state: try exportState(),
      keepsImportKeys: importKeys, version: Version.text)
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
