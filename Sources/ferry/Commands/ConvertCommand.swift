import ArgumentParser
import ContactFormats
import ContactMapping
import ContactModel
import ContactPipeline
import Foundation
import RunJournal
import RunReports

/// `ferry convert`: a file into another.
struct ConvertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Turns a file of contacts into one of another format.",
    discussion: """
      Columns are copied unchanged; with a mapping the result has the CRM's field names, and values \
      are cleaned as an import would clean them. Records that cannot be read are left out, listed, \
      and make the exit status 1. A name that ends in .gz is read or written with gzip.

      Example: ferry convert phone-book.vcf contacts.xlsx
      """)

  @Argument(help: "The file to read; - is standard input.", completion: .file())
  var input: String

  @Argument(help: "The file to write; - is standard output.", completion: .file())
  var output: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Clean the contacts as this mapping says.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var mapping: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var writing: WritingOptions

  @Option(
    help: ArgumentHelp(
      "Only these columns, in this order; separated by commas.", valueName: "names"))
  var columns: String?

  @Option(
    help: ArgumentHelp(
      "Write the records that are left out to this file, in the input's format.",
      valueName: "file"))
  var rejects: String?

  @Flag(help: "Say what was found out about the input, and everything that was noticed.")
  var verbose = false

  @Flag(help: "Show the values in question. They are people's data.")
  var showValues = false

  @Flag(help: "Print the summary as JSON, to standard error if the result is standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    _ = try writing.settings(for: output)
    if mapping != nil, columns != nil {
      throw ValidationError(
        "--columns and --mapping exclude each other; list the fields in the mapping",
        "--columns и --mapping исключают друг друга; перечислите поля в сопоставлении")
    }
    if let columns, ColumnList.parse(columns).isEmpty {
      throw ValidationError(
        "--columns names no column; leave it out for all of them",
        "--columns не называет ни одного столбца; без этого флага берутся все")
    }
  }

  func run() async throws {
    let language = common.language
    let request = try request(language: language)
    let progress = ProgressLine()
    defer { progress.clear() }
    let interruption = Interruption(language: language, manner: .atOnce())
    defer { interruption.stop() }
    let flag = interruption.flag
    let pipeline = ConvertPipeline(
      request: request, startedAt: Date().iso8601, version: Version.text, showsValues: showValues)
    let result = try await pipeline.run(
      isInterrupted: { flag.isSet },
      progress: { records in
        progress.show(language.pick("\(records) records", "записей: \(records)"))
      })
    progress.clear()
    try report(result.summary, in: language)
    let issues = result.summary.issues
    let isWhole =
      result.summary.outcomes[.rejected] == 0 && issues[.notHeld] == 0
      && issues[.unencodableCharacters] == 0 && issues[.unencodableName] == 0
    if !isWhole { throw Finished(status: .rows) }
  }

  private func request(language: Language) throws -> ConvertRequest {
    let mapped = try mapping.map { try MappingFile.read($0, language: language).mapping }
    let given = mapped.map { ReaderSettings(mapping: $0.source) } ?? ReaderSettings()
    return ConvertRequest(
      file: input, settings: reading.settings(given), mapping: mapped, path: output,
      output: try writing.settings(for: output),
      columns: columns.map(ColumnList.parse) ?? [], rejectsPath: rejects)
  }

  /// Says what was done; standard output stays free for the result.
  private func report(_ summary: RunSummary, in language: Language) throws {
    if json {
      let bytes = JSONReport(summary, in: language).bytes
      guard output == "-" else { return try Terminal.output(bytes) }
      return Terminal.say(String(decoding: bytes, as: UTF8.self))
    }
    let text = TextReport(summary, in: language, isVerbose: verbose)
    Terminal.say(verbose ? text.text : text.brief(target: output == "-" ? nil : output))
  }
}

/// Column names in one argument.
enum ColumnList {
  /// The names, which commas separate; a name that holds one stands in double quotes.
  static func parse(_ text: String) -> [String] {
    var names: [String] = []
    var name = ""
    var isQuoted = false
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        names.append(name)
        name = ""
      default: name.append(character)
      }
    }
    names.append(name)
    return names.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }
}
