import ArgumentParser
import CRMClient
import ContactModel
import JSONSyntax
import PersonAPI

/// The command `ferry person info`.
struct PersonInfo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Shows one contact.")

  @Argument(help: "The contact's number.")
  var pid: Int

  @Option(help: ArgumentHelp("Only these fields, separated by commas.", valueName: "names"))
  var fields: String?

  @OptionGroup var options: PersonOptions
  var common: CommonOptions { options.common }

  func validate() throws { _ = try FieldList.parse(fields) }

  func run() async throws {
    let language = common.language
    let request = InfoRequest(pid: pid, fields: try FieldList.parse(fields))
    let found = try await Connection.with(options.connection, language: language) {
      try await $0.info(request)
    }
    guard let found else {
      throw Failure(
        language.pick(
          "there is no contact \(pid), or you may not see it",
          "контакта \(pid) нет, или он вам не виден"),
        status: .rows)
    }
    let values = PersonField.allCases.compactMap { field in
      found.values[field].map { (field, $0) }
    }
    if options.json {
      try PersonOutput.print { json in
        json.beginObject()
        for (field, value) in values {
          json.key(field.name)
          json.string(value)
        }
        json.endObject()
      }
    } else {
      try PersonOutput.print(rows: values.map { [$0.0.name, $0.1] })
    }
  }
}
