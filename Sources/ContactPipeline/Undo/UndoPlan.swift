package import ContactModel
package import RunJournal
import RunReports

/// What an undo is about to do.
package struct UndoPlan: Sendable, Equatable {
  /// The run.
  package let run: RunID
  /// The CRM's address.
  package let server: String
  /// The account.
  package let login: String
  /// How many contacts the run created that are not known to be gone.
  package let created: Int
  /// How many later contacts of doubled rows are not known to be gone.
  package let doubled: Int
  /// Whether only the doubled ones go.
  package let isDoubledOnly: Bool
  /// Whether edited ones go, too.
  package let isForced: Bool

  /// What is about to be done.
  package init(
    run: RunID, server: String, login: String, created: Int, doubled: Int, isDoubledOnly: Bool,
    isForced: Bool
  ) {
    self.run = run
    self.server = server
    self.login = login
    self.created = created
    self.doubled = doubled
    self.isDoubledOnly = isDoubledOnly
    self.isForced = isForced
  }

  /// How many contacts are looked at.
  package var total: Int { isDoubledOnly ? doubled : created + doubled }

  /// What a person has to agree to; the lines have no last line end.
  package func question(in language: Language) -> String {
    let contacts = language.pick(
      Plural.english(total, "contact", "contacts"),
      Plural.russian(total, "контакт", "контакта", "контактов"))
    let head =
      isDoubledOnly
      ? language.pick(
        "\(contacts) that stand twice will be deleted from \(server)",
        "из \(server) будет удалено лишнее из сохранённого дважды: \(contacts)")
      : language.pick(
        "\(contacts) that run \(run) created will be deleted from \(server)",
        "из \(server) будет удалено созданное запуском \(run): \(contacts)")
    let guarding =
      isForced
      ? language.pick(
        "also those that were edited since", "в том числе изменённые после импорта")
      : language.pick(
        "those that were edited since stay, and so do those with deals",
        "изменённые после импорта и те, у которых есть сделки, останутся")
    return [head, guarding, UndoLimits.sentence(in: language)].joined(separator: "\n")
  }
}

/// What no undo takes back.
enum UndoLimits {
  /// The sentence for a person.
  static func sentence(in language: Language) -> String {
    language.pick(
      "guide entries that the import made, main contacts that it set for clients, and mails and webhooks that went out stay as they are",
      "записи справочников, созданные импортом, назначенные клиентам основные контакты, отправленные письма и вызовы (webhooks) остаются как есть"
    )
  }
}
