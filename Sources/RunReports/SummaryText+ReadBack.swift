import ContactModel

extension SummaryText {
  /// Sentences about what reading back showed; empty where it showed nothing worth saying.
  var readBack: [String] {
    let found = summary.readBack
    var lines: [String] = []
    if found.foundByKey > 0 {
      lines.append(
        language.pick(
          "\(contacts(found.foundByKey)) of lost requests found by import key",
          "найдено по ключу импорта из потерянных запросов: \(contacts(found.foundByKey))"))
    }
    if found.foundByValues > 0 {
      lines.append(
        language.pick(
          "\(contacts(found.foundByValues)) of lost requests found by values",
          "найдено по значениям из потерянных запросов: \(contacts(found.foundByValues))"))
    }
    if found.comparedCount > 0 { lines.append(comparison) }
    if found.unreadCount > 0 {
      lines.append(
        language.pick(
          "\(contacts(found.unreadCount)) could not be read back, and so not compared",
          "не удалось прочитать, а потому и сравнить: \(contacts(found.unreadCount))"))
    }
    return lines
  }

  /// The differences by field: `mail 2, tel 1`; `nil` where there are none.
  var differingFields: String? {
    let fields = summary.readBack.differences.fields
    guard !fields.isEmpty else { return nil }
    return fields.map { "\($0.field.name) \(number($0.count))" }.joined(separator: ", ")
  }

  /// Where a difference is: `people.csv, record 17, pid 1204, mail`.
  func place(of difference: StoredDifference) -> String {
    "\(row(difference.file, difference.record)), pid \(difference.pid), \(difference.field.name)"
  }

  /// A doubled row with both its contacts.
  func sentence(for contact: DoubledContact) -> String {
    let row = row(contact.file, contact.record)
    return language.pick(
      "\(row): pid \(contact.pid) and, later, \(contact.laterPID)",
      "\(row): pid \(contact.pid) и, позже, \(contact.laterPID)")
  }

  /// How many doubled contacts are not among the examples, as a sentence; `nil` where all are.
  func furtherDoubled(beyond shown: Int) -> String? {
    let rest = summary.doubledCount - shown
    guard shown > 0, rest > 0 else { return nil }
    let list = FindingsFile.Kind.doubled.fileName
    return language.pick(
      "and \(number(rest)) more; all are in \(list)", "и ещё \(number(rest)); все — в \(list)")
  }

  private var comparison: String {
    let differences = summary.readBack.differences
    let compared = contacts(summary.readBack.comparedCount)
    guard differences.total > 0 else {
      return language.pick(
        "\(compared) compared with what was sent: all as foretold",
        "сравнено с отправленным: \(compared), всё как предсказано")
    }
    let list = FindingsFile.Kind.differences.fileName
    return language.pick(
      "\(compared) compared with what was sent: \(number(differences.contactCount)) differ in "
        + "\(values(differences.total)) (\(list))",
      "сравнено с отправленным: \(compared), отличается: \(number(differences.contactCount)), "
        + "\(values(differences.total)) (\(list))")
  }

  private func contacts(_ count: Int) -> String {
    language.pick(
      Plural.english(count, "contact", "contacts"),
      Plural.russian(count, "контакт", "контакта", "контактов"))
  }

  private func row(_ file: String, _ record: Int) -> String {
    PlainText.shown(file) + language.pick(", record \(record)", ", запись \(record)")
  }
}
