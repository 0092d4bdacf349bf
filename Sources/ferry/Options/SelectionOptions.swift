import ArgumentParser
import PersonAPI

/// Flags about which contacts of the CRM are wanted.
struct SelectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only these fields, separated by commas.", valueName: "names"))
  var fields: String?

  @Option(help: ArgumentHelp("Only contacts of this owner.", valueName: "login"))
  var user: String?

  @Option(
    help: ArgumentHelp(
      "Only contacts with this text in name, title, phone or mail.", valueName: "text"))
  var word: String?

  @Option(
    help: ArgumentHelp(
      "Only contacts whose field contains the text; may be repeated for other fields.",
      valueName: "field=text"))
  var filter: [String] = []

  /// The conditions of `--filter`.
  func conditions() throws -> [ListRequest.Condition] { try Condition.parseAll(filter) }

  /// Refuses empty texts, which mean everything to the CRM, and come from a variable that is not set.
  func refuseEmpty() throws {
    for (name, value) in [("--fields", fields), ("--user", user), ("--word", word)]
    where value?.allSatisfy(\.isWhitespace) == true {
      throw ValidationError(
        "\(name) is empty; leave it out for everything",
        "значение \(name) пусто; чтобы взять всё, уберите этот флаг")
    }
  }
}
