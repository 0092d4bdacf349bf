import ArgumentParser
import CRMClient
import ContactFormats
import ContactModel
import ContactPipeline
import PersonAPI
import RunReports

/// `ferry export`: the CRM's contacts as a file.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the CRM's contacts to a CSV or JSON lines file.",
    discussion: """
      The file appears complete or not at all; an earlier one stays until then. Contacts added or \
      deleted meanwhile never hide another. The name's ending says the format; - writes to standard \
      output, as CSV unless --format says otherwise.

      Example: ferry export contacts.csv --user seller@example.com --created-since 2026-01-01
      """)

  @Argument(help: "The file to write, .csv or .jsonl; - is standard output.", completion: .file())
  var file: String

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "The format: csv or jsonl (default: from the file's name).")
  var format: String?

  @Option(help: ArgumentHelp("Only contacts created on this day or later.", valueName: "date"))
  var createdSince: String?

  @Option(help: ArgumentHelp("Only contacts created on this day or earlier.", valueName: "date"))
  var createdUntil: String?

  @Option(
    help: "The delimiter of a CSV file: comma (default), semicolon, tab, pipe or a character.")
  var delimiter: String?

  @Flag(help: "Begin the file with a byte order mark, so that Excel recognizes UTF-8.")
  var bom = false

  @Flag(help: "Leave the keys in that 'ferry import --key-field' has put into a field.")
  var importKeys = false

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let language = common.language
    let request = try exportRequest()
    let progress = ProgressLine()
    defer { progress.clear() }
    let interruption = Interruption(language: language)
    defer { interruption.stop() }
    let interrupted = interruption.flag
    let result = try await Connection.with(
      connection, findsVariant: true, language: language
    ) { client in
      try await request.selection.checkFilter(for: client)
      return try await ExportPipeline(request: request, client: client).run(
        isInterrupted: { interrupted.isSet },
        progress: { contacts, total in
          progress.show(
            language.pick(
              "\(contacts) of \(total) contacts", "контактов: \(contacts) из \(total)"))
        })
    }
    progress.clear()
    let target = file == "-" ? "" : " → \(file)"
    Terminal.say(
      language.pick(
        "\(Plural.english(result.contacts, "contact", "contacts")), "
          + "\(Plural.english(result.columns.count, "field", "fields"))\(target)",
        "\(Plural.russian(result.contacts, "контакт", "контакта", "контактов")), "
          + "\(Plural.russian(result.columns.count, "поле", "поля", "полей"))\(target)"))
  }

  func validate() throws { _ = try exportRequest() }

  private func exportRequest() throws -> ExportRequest {
    let name = delimiter ?? (file.lowercased().hasSuffix(".tsv") ? "tab" : "comma")
    guard let delimiter = ReadingOptions.delimiter(named: name) else {
      throw ValidationError.delimiter(name)
    }
    return ExportRequest(
      path: file, format: try fileFormat(), dialect: CSVDialect(delimiter: delimiter),
      hasByteOrderMark: bom, columns: try FieldList.parse(selection.fields),
      selection: ListRequest(
        user: selection.user,
        dateStart: try Day.begin(createdSince) ?? (createdUntil == nil ? nil : Day.first),
        dateEnd: try Day.end(createdUntil) ?? (createdSince == nil ? nil : Day.last),
        word: selection.word,
        filter: try selection.conditions()), keepsImportKeys: importKeys)
  }

  private func fileFormat() throws -> FileFormat {
    if let format {
      guard let known = FileFormat(rawValue: format.lowercased()), Self.formats.contains(known)
      else { throw ValidationError.unknown("--format", format, use: "csv or jsonl", "csv, jsonl") }
      return known
    }
    if file == "-" { return .csv }
    guard let known = FileFormat(fileName: file), Self.formats.contains(known),
      !file.lowercased().hasSuffix(".txt")
    else {
      throw ValidationError(
        "the name '\(file)' does not say what to write; end it with .csv or .jsonl, or use --format",
        "имя '\(file)' не говорит, что писать; закончите его на .csv или .jsonl или задайте --format"
      )
    }
    return known
  }

  private static let formats: [FileFormat] = [.csv, .jsonLines]
}
