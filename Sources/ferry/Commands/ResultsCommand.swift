import ArgumentParser
import ContactModel
import ContactPipeline

/// `ferry results`: what became of a run, also of one that was killed.
struct ResultsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results",
    abstract: "Shows what became of a run, from its journal.",
    discussion: """
      Works for runs that were killed and left no report. Without a run, the newest is meant.

      Example: ferry results 20261123T165301Z-k7pq --json
      """)

  @Argument(
    help: ArgumentHelp(
      "The run: its name, the beginning or end of it, or its folder.", valueName: "run"))
  var name: String?

  @Flag(help: "Print the results as JSON.")
  var json = false

  @OptionGroup var runs: RunOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let results = try await RunResults.read(try await runs.find(name, for: .results))
    if json {
      try Terminal.output(results.json())
    } else {
      try Terminal.output(results.text(in: common.language))
    }
  }
}
