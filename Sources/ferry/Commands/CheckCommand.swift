import ArgumentParser
import ContactModel
import ContactPipeline
import Foundation
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

  @Flag(help: "Show the values in question. They are people's data.")
  var showValues = false

  @Flag(help: "List everything that was found out about the file.")
  var verbose = false

  @Flag(help: "Print the summary as JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

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
      request: request, startedAt: Date().iso8601, version: Version.text, showsValues: showValues)
    let interruption = Interruption(language: language)
    defer { interruption.stop() }
    var records = 0
    let summary = try await check.run { batch in
      records += batch.source.count
      progress.show(language.pick("\(records) records", "записей: \(records)"))
      try await reports.add(batch)
      if interruption.flag.isSet { throw CancellationError() }
    }
    progress.clear()
    let files = try await reports.finish(summary)
    if json {
      try Terminal.output(JSONReport(summary, in: language).bytes)
    } else {
      try Terminal.output(TextReport(summary, in: language, isVerbose: verbose).text)
    }
    for file in files { Terminal.say(language.pick("wrote \(file)", "записан \(file)")) }
    if summary.outcomes[.rejected] > 0 { throw Finished(status: .rows) }
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
