import ArgumentParser
import ContactModel
import ContactPipeline
import Foundation
import RunJournal

/// Flags about where runs are kept.
struct RunOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder in which each run gets its own.", valueName: "folder"))
  var runsDir = "ferry-runs"

  /// The folder in which the user's runs are registered, whatever folder they are in.
  static var stateFolder: String {
    RunRegistry.defaultStateFolder(environment: ProcessInfo.processInfo.environment)
  }

  /// The run that a command is about.
  ///
  /// - Parameters:
  ///   - text: What stands on the command line; `nil` for the newest that suits.
  ///   - purpose: What is to be done with it.
  /// - Returns: Where it is.
  /// - Throws: `RunError`.
  func find(_ text: String?, for purpose: RunReference.Purpose) async throws -> FoundRun {
    try await RunReference(text, runsFolder: runsDir, stateFolder: Self.stateFolder)
      .find(for: purpose)
  }

  /// The flags of the server that a run went to: a sandbox needs not be named again.
  func connection(_ given: ConnectionOptions, for run: FoundRun) async throws -> ConnectionOptions {
    var connection = given
    if connection.sandbox == nil {
      connection.sandbox = Sandbox.file(ofServer: try await RunResults.read(run).run.server)
    }
    return connection
  }
}
