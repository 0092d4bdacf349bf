import ArgumentParser
import ContactModel
import ContactPipeline
import Foundation
import PersonAPI
import RunJournal
import RunReports

/// `ferry check`: the dry run.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reads, maps and judges a file without sending anything.",
    discussion: """
      Says for every record whether it is fit to be imported, and what would be changed on the way. \
      Exits with 1 if a record would be rejected.

      Example: ferry check contacts.csv --mapping mappings/google.yaml --report html,csv
      """)

  @OptionGroup var source: SourceOptions

  @Option(
    help: ArgumentHelp(
      "Also write reports: html, json (the summary), csv (every issue); separated by commas.",
      valueName: "kinds"))
  var report: ReportKinds?

  @Option(help: ArgumentHelp("The folder for reports.", valueName: "folder"))
  var reportDir = "."

  @Option(
    help: """
      The version of the CRM's API whose treatment of values is foretold: v2 (also auto) or v3.
      """)
  var api = APIChoice.auto

  @Flag(help: "Show the values in question. They are people's data.")
  var showValues = false

  @Flag(
    help:
      "Say how the first names that were changed or are unclear were read, and why. Shows the names."
  )
  var explain = false

  @Flag(help: "List everything that was found out about the file.")
  var verbose = false

  @Flag(help: "Print the summary as JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if explain, json { throw ValidationError("--explain is for people, --json for programs") }
  }

  func run() async throws {
    let language = common.language
    let request = try source.request(language: language)
    let progress = ProgressLine()
    defer { progress.clear() }
    let reports = CheckReports(
      kinds: report?.kinds ?? [], folder: reportDir, source: source.file, showsValues: showValues,
      language: language)
    try await reports.open()
    let check = CheckPipeline(
      request: request, startedAt: Date().iso8601, version: Version.text,
      variant: api == .v3 ? .v3 : .dotted, showsValues: showValues)
    let interruption = Interruption(language: language)
    defer { interruption.stop() }
    var records = 0
    var explanations = NameExplanations(in: language)
    let summary = try await check.run { batch in
      records += batch.source.count
      progress.show(language.pick("\(records) records", "записей: \(records)"))
      try await reports.add(batch)
      if explain { explanations.add(batch) }
      if interruption.flag.isSet { throw CancellationError() }
    }
    progress.clear()
    let files = try await reports.finish(summary)
    if json {
      try Terminal.output(JSONReport(summary, in: language).bytes)
    } else {
      try Terminal.output(TextReport(summary, in: language, isVerbose: verbose).text)
      if explain { try Terminal.output(Self.text(of: explanations, in: language)) }
    }
    for file in files { Terminal.say(language.pick("wrote \(file)", "записан \(file)")) }
    if summary.outcomes[.rejected] > 0 { throw Finished(status: .rows) }
  }
}

extension CheckCommand {
  /// The names section of the report, which control characters do not reach.
  private static func text(of explanations: NameExplanations, in language: Language) -> String {
    var lines = ["", language.pick("names", "имена")]
    lines += explanations.lines.map { "  " + PlainText.shown($0) }
    if explanations.lines.isEmpty {
      lines.append(
        language.pick(
          "  none was changed or is unclear; only columns with 'as: name' are looked at",
          "  ни одно не изменено и все понятны; смотрятся только столбцы с «as: name»"))
    }
    if explanations.omitted > 0 {
      lines.append(
        language.pick("  and \(explanations.omitted) more", "  и ещё \(explanations.omitted)"))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// The reports a check can leave behind.
struct ReportKinds: ExpressibleByArgument {
  enum Kind: String, CaseIterable {
    case html
    case json
    case csv
  }

  let kinds: Set<Kind>

  init?(argument: String) {
    var kinds: Set<Kind> = []
    for name in argument.split(separator: ",") {
      guard let kind = Kind(rawValue: name.trimmingCharacters(in: .whitespaces).lowercased())
      else { return nil }
      kinds.insert(kind)
    }
    self.kinds = kinds
  }

  static var allValueStrings: [String] { Kind.allCases.map(\.rawValue) }
}
