import ArgumentParser
import CRMClient
import JSONSyntax
import PersonAPI

/// The command `ferry person fields`.
struct PersonFields: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fields", abstract: "Lists the fields that are switched on.")

  @OptionGroup var options: PersonOptions
  var common: CommonOptions { options.common }

  func run() async throws {
    let fields = try await Connection.with(options.connection, language: common.language) {
      try await $0.fields()
    }
    if options.json {
      try PersonOutput.print { json in
        json.beginObject()
        for field in fields {
          json.key(field.name)
          json.string(field.title)
        }
        json.endObject()
      }
    } else {
      try PersonOutput.print(rows: fields.map { [$0.name, $0.title] })
    }
  }
}
