import ArgumentParser
import ContactModel
import ContactPipeline
import Foundation
import RunJournal

/// `ferry runs`: what has been imported from this machine, and where its journals are.
struct RunsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "Lists the runs of this user, or removes old ones.",
    discussion: """
      Journals hold people's data, and are needed to continue a run, to take it back, and to know its \
      contacts when a file is imported again. --purge removes runs that are complete or undone, with \
      their folders.

      Example: ferry runs --purge --older-than 90
      """)

  @Flag(help: "Print the list as JSON.")
  var json = false

  @Flag(help: "Remove runs that are complete or undone: their folders, journals and reports.")
  var purge = false

  @Option(
    help: ArgumentHelp("With --purge: only runs older than so many days.", valueName: "days"))
  var olderThan: Int?

  @Option(
    help: ArgumentHelp("Take a run off the list whose journal is gone.", valueName: "run"))
  var forget: String?

  @Flag(help: "Do not ask before runs are removed.")
  var yes = false

  @OptionGroup var runs: RunOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let olderThan, olderThan < 0 {
      throw ValidationError.outOfRange("--older-than", olderThan, least: 0)
    }
    if olderThan != nil, !purge {
      throw ValidationError(
        "--older-than means nothing without --purge", "--older-than ничего не значит без --purge")
    }
    if json, purge || forget != nil {
      throw ValidationError(
        "--json is for the list; leave it out here", "--json — для списка; здесь уберите его")
    }
    if purge, forget != nil {
      throw ValidationError(
        "--purge and --forget are two things; give one of them",
        "--purge и --forget — разные действия; укажите одно из них")
    }
  }

  func run() async throws {
    let language = common.language
    if purge { return try await remove(language: language) }
    if let forget {
      let found = try await runs.find(forget, for: .forget)
      try await RunsPurge.forget(found)
      Terminal.say(
        language.pick("\(found.id.text) is forgotten", "\(found.id.text): забыт"))
      return
    }
    let listing = try await RunsListing.read(stateFolder: RunOptions.stateFolder)
    if json {
      try Terminal.output(listing.json())
    } else {
      try Terminal.output(listing.text(in: language))
    }
  }

  private func remove(language: Language) async throws {
    let purge = RunsPurge(
      stateFolder: RunOptions.stateFolder, olderThan: olderThan, now: Date())
    let plan = try await purge.plan()
    if !plan.runs.isEmpty {
      let interruption = Interruption(language: language, manner: .atOnce())
      defer { interruption.stop() }
      let confirmation = Confirmation(
        isGiven: yes, interrupted: interruption.flag, language: language)
      guard await confirmation.ask(plan.question(in: language)) else { throw RunError.declined }
    }
    let result = await purge.run(plan)
    try Terminal.output(result.text(in: language))
    if !result.failures.isEmpty { throw Finished(status: .stopped) }
  }
}
