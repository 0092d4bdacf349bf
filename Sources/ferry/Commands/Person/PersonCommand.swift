import ArgumentParser
import CRMClient
import ContactModel
import ContactPipeline
import PersonAPI

/// `ferry person`: one request of the API, typed in and out.
struct PersonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person",
    abstract: "Makes one request of the CRM's person method.",
    discussion: """
      For a look at the server, and for scripts: every action prints text, or JSON with --json.

      Example: ferry person list --word Иванов --json
      """,
    subcommands: [
      PersonFields.self, PersonList.self, PersonInfo.self, PersonAdd.self, PersonAddList.self,
      PersonUpdate.self, PersonDelete.self,
    ])
}

/// Flags that every action takes.
struct PersonOptions: ParsableArguments {
  @OptionGroup var connection: ConnectionOptions

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var common: CommonOptions
}

extension PersonCommand {
  /// Refuses contacts that would do harm on the server they are for, before anything is sent.
  static func check(
    _ rows: [[FieldValue]], for client: CRMClient, language: Language
  ) async throws {
    do {
      try await TypedValues(rows).check(for: client)
    } catch let problem as ContactUpdate.Problem {
      throw Failure(problem.message(in: language), status: .usage)
    }
  }
}
