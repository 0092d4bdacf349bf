import ContactModel

extension HTMLReport {
  /// Contacts that are stored twice, with both their pids.
  var doubled: String {
    let contacts = summary.readBack.doubled
    let table = table(
      title: language.pick("Stored twice", "Сохранено дважды"),
      head: [
        language.pick("File", "Файл"), language.pick("Record", "Запись"), "pid",
        language.pick("Later pid", "Более поздний pid"),
      ],
      rows: contacts.map {
        [$0.file, words.number($0.record), String($0.pid), String($0.laterPID)]
      })
    guard let further = words.furtherDoubled(beyond: contacts.count) else { return table }
    return table + "\n<p class=\"facts\">\(PlainText.html(further))</p>"
  }

  /// What reading back showed, and the first values that are not as foretold.
  var readBack: String {
    let sentences = words.readBack
    guard !sentences.isEmpty else { return "" }
    let differences = summary.readBack.differences
    var lines = sentences.map { "<p>\(PlainText.html($0))</p>" }
    if let fields = words.differingFields {
      lines.append("<p class=\"facts\">\(PlainText.html(fields))</p>")
    }
    if !differences.examples.isEmpty {
      lines.append("<ul>\n\(differences.examples.map(item).joined(separator: "\n"))\n</ul>")
    }
    let title = language.pick("Read back", "Прочитано из CRM")
    return "<section>\n<h2>\(title)</h2>\n" + lines.joined(separator: "\n") + "\n</section>"
  }

  private func item(_ example: StoredDifference) -> String {
    let place = PlainText.html(words.place(of: example))
    guard summary.readBack.differences.showsValues else { return "<li>\(place)</li>" }
    let (expected, found) = (PlainText.html(example.expected), PlainText.html(example.found))
    return "<li>\(place): <q>\(expected)</q> → <q>\(found)</q></li>"
  }
}
