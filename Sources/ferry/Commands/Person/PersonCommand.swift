import ArgumentParser

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
