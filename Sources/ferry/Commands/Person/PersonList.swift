import ArgumentParser
import CRMClient
import ContactFormats
import ContactModel
import ContactPipeline
import JSONSyntax
import PersonAPI
import RunReports

/// The command `ferry person list`.
struct PersonList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Shows a page of contacts.",
    discussion: "A page has 200 contacts. For all of them, and in a file, use 'ferry export'.")

  @Option(help: "The page, from 0.")
  var page = 0

  @Option(help: "The field to sort by (default: date_create).")
  var order: String?

  @Option(help: "new for the newest first, old for the oldest.")
  var first: String?

  @Option(help: ArgumentHelp("Only contacts created after this date.", valueName: "date"))
  var dateStart: String?

  @Option(help: ArgumentHelp("Only contacts created before this date.", valueName: "date"))
  var dateEnd: String?

  @Flag(help: "With the social contacts.")
  var socials = false

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var options: PersonOptions
  var common: CommonOptions { options.common }

  func run() async throws {
    let request = try listRequest()
    let (list, columns) = try await Connection.with(
      options.connection, findsVariant: !request.filter.isEmpty, language: common.language
    ) { client -> (ListPage, [PersonField]) in
      try await request.checkFilter(for: client)
      let shown = try await self.columns(of: client)
      return (try await client.list(request, columns: shown), shown)
    }
    if options.json { try printJSON(list, columns) } else { try printTable(list, columns) }
    Terminal.say(
      common.language.pick(
        "\(list.records.count) of \(list.total) contacts",
        "контактов: \(list.records.count) из \(list.total)"))
  }

  func validate() throws { _ = try listRequest() }

  private func listRequest() throws -> ListRequest {
    guard page >= 0 else {
      throw ValidationError.outOfRange("--page", page, least: 0)
    }
    var direction: ListRequest.Direction?
    if let first {
      guard let known = ListRequest.Direction(rawValue: first) else {
        throw ValidationError.unknown("--first", first, use: "new or old", "new, old")
      }
      direction = known
    }
    return ListRequest(
      page: page, order: order, first: direction, user: selection.user, dateStart: dateStart,
      dateEnd: dateEnd, word: selection.word, fields: try FieldList.parse(selection.fields),
      wantsSocials: socials,
      filter: try selection.conditions())
  }

  /// The fields asked for, or those the server has.
  private func columns(of client: CRMClient) async throws -> [PersonField] {
    let asked = try FieldList.parse(selection.fields)
    guard asked.isEmpty else { return asked }
    var available = Set(try await client.fields().compactMap(\.field)).union([.pid, .client, .user])
    if !socials { available.subtract(PersonField.socials) }
    return PersonField.allCases.filter(available.contains)
  }

  private func printTable(_ list: ListPage, _ columns: [PersonField]) throws {
    var writer = CSVWriter(dialect: CSVDialect())
    for column in columns { writer.append(column.name) }
    writer.endRecord()
    for record in 0..<list.records.count {
      for field in columns.indices {
        let text = list.records.text(record: record, field: field)
        writer.append(Terminal.isOutputInteractive ? PlainText.shown(text) : text)
      }
      writer.endRecord()
    }
    try Terminal.output(writer.takeBytes())
  }

  private func printJSON(_ list: ListPage, _ columns: [PersonField]) throws {
    try PersonOutput.print { json in
      json.beginObject()
      json.key("count")
      json.int(list.total)
      json.key("data")
      json.beginArray()
      for record in 0..<list.records.count {
        json.beginObject()
        for (index, field) in columns.enumerated() {
          json.key(field.name)
          json.string(list.records.text(record: record, field: index))
        }
        json.endObject()
      }
      json.endArray()
      json.endObject()
    }
  }
}
