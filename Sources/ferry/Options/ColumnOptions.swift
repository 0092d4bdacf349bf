import ArgumentParser
import ContactFormats
import ContactModel
import ContactPipeline

/// Flags about the columns of an export: which, called what, in which order and form.
struct ColumnOptions: ParsableArguments {
  @Flag(help: "With --fields: the eight social contacts as well.")
  var socials = false

  @Option(
    help: ArgumentHelp(
      "What columns are called: api, or titles, the names that people of the account see.",
      valueName: "names"))
  var columnNames = ColumnNames.api

  @Option(
    help: ArgumentHelp(
      "The order of the contacts: a field, such as person or date_create (default: pid).",
      valueName: "field"))
  var order: String?

  @Flag(help: "With --order: from the last to the first.")
  var descending = false

  @Option(
    help: ArgumentHelp(
      "Write phones anew: crm, e164, international or national; cells with anything else stay.",
      valueName: "form"))
  var phones: String?

  @Option(
    help: ArgumentHelp(
      "With --phones: the country of numbers without one (default: RU).", valueName: "code"))
  var region: String?

  /// What columns are called.
  enum ColumnNames: String, ExpressibleByArgument, CaseIterable {
    case api
    case titles
  }

  /// The columns of `--fields`, each once, with those of `--socials`.
  func columns(_ fields: String?) throws -> [PersonField] {
    let columns = try FieldList.parse(fields)
    if let field = columns.indices.first(where: { columns[..<$0].contains(columns[$0]) }) {
      throw ValidationError(
        "--fields names '\(columns[field].name)' twice",
        "--fields называет '\(columns[field].name)' дважды")
    }
    guard socials else { return columns }
    guard fields != nil else {
      throw ValidationError(
        "--socials needs --fields; without it all fields of the CRM are written",
        "для --socials нужен --fields: без него пишутся все поля CRM")
    }
    return columns + PersonField.socials.filter { !columns.contains($0) }
  }

  /// Puts what the flags say into a request.
  func apply(to request: inout ExportRequest) throws {
    if columnNames == .titles {
      let isCards = request.output.format == .vCard || request.output.format == .xCard
      guard !isCards else {
        throw ValidationError(
          "--column-names titles means nothing for cards; leave it out",
          "--column-names titles ничего не значит для карточек; уберите его")
      }
      request.usesTitles = true
    }
    if descending, order == nil {
      throw ValidationError(
        "--descending needs --order", "для --descending нужен --order")
    }
    request.order = try order.map {
      ExportOrder(field: try FieldName.parse($0), isDescending: descending)
    }
    request.phones = try phones.map { text in
      guard let form = PhoneForm(rawValue: text.lowercased()) else {
        throw ValidationError.unknown(
          "--phones", text, use: "crm, e164, international or national",
          "crm, e164, international, national")
      }
      return PhoneSettings(region: (region ?? "RU").uppercased(), format: form)
    }
    if region != nil, phones == nil {
      throw ValidationError("--region needs --phones", "для --region нужен --phones")
    }
  }
}
