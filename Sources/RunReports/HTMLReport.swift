package import ContactModel

/// A run's summary as one HTML file that needs nothing else: no scripts, no pictures, no network.
///
/// It can be mailed, printed and opened in years to come. Everything that comes from files or the
/// server is escaped, and a content security policy forbids the browser whatever the report does
/// not need, should that ever fail.
package struct HTMLReport: Sendable {
  let summary: RunSummary
  let words: SummaryText
  let language: Language

  /// A report of a summary, in a language.
  package init(_ summary: RunSummary, in language: Language) {
    self.summary = summary
    self.language = language
    words = SummaryText(summary: summary, language: language)
  }

  /// The document.
  package var text: String {
    """
    <!doctype html>
    <html lang="\(language.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" \
    content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <meta name="referrer" content="no-referrer">
    <title>\(PlainText.html(documentTitle))</title>
    <style>
    \(Self.style)
    </style>
    </head>
    <body>
    <main>
    \(sections.filter { !$0.isEmpty }.joined(separator: "\n"))
    </main>
    </body>
    </html>

    """
  }

  private var sections: [String] {
    [
      heading, warnings, outcomes, nextSteps, doubled, readBack, issues, foretelling, sources,
      unmapped,
      footer,
    ]
  }

  private var documentTitle: String {
    ["ferry", words.title, summary.runID].compactMap { $0 }.joined(separator: " ")
  }

  private var heading: String {
    let facts = [summary.runID, words.place, summary.startedAt].compactMap { $0 }
    return "<header>\n<h1>\(PlainText.html(words.title))</h1>\n"
      + "<p class=\"facts\">\(facts.map(PlainText.html).joined(separator: " · "))</p>\n</header>"
  }

  private var warnings: String {
    words.warnings.map { "<p class=\"alert\">\(PlainText.html($0))</p>" }
      .joined(separator: "\n")
  }

  private var foretelling: String {
    words.foretelling.map { "<p class=\"facts\">\(PlainText.html($0))</p>" } ?? ""
  }

  private var outcomes: String {
    let kinds = words.outcomeKinds
    let cards = kinds.map { kind in
      """
      <div class="card \(Self.style(of: kind, sends: summary.kind.sends))">\
      <b>\(words.number(summary.outcomes[kind]))</b>\
      <span>\(PlainText.html(words.name(of: kind)))</span></div>
      """
    }
    return """
      <section>
      \(bar(of: kinds))
      <div class="cards">
      \(cards.joined(separator: "\n"))
      <div class="card total"><b>\(words.number(summary.outcomes.total))</b>\
      <span>\(language.pick("total", "всего"))</span></div>
      </div>
      </section>
      """
  }

  /// A bar whose parts are as wide as the outcomes are frequent; the cards say the same in figures.
  private func bar(of kinds: [OutcomeKind]) -> String {
    let parts = kinds.filter { summary.outcomes[$0] > 0 }.map { kind in
      "<i class=\"\(Self.style(of: kind, sends: summary.kind.sends))\" "
        + "style=\"flex-grow:\(summary.outcomes[kind])\"></i>"
    }
    return "<div class=\"bar\" aria-hidden=\"true\">\(parts.joined())</div>"
  }

  private var nextSteps: String {
    let steps = words.nextSteps
    guard !steps.isEmpty else { return "" }
    return "<section>\n<h2>\(language.pick("What to do next", "Что дальше"))</h2>\n<ol>\n"
      + steps.map { "<li>\(PlainText.html($0))</li>" }.joined(separator: "\n")
      + "\n</ol>\n</section>"
  }

  private var sources: String {
    table(
      title: language.pick("Files", "Файлы"),
      head: [
        language.pick("File", "Файл"), language.pick("Format", "Формат"),
        language.pick("Records", "Записей"),
      ],
      rows: summary.files.map {
        [$0.name, words.description(of: $0.profile), words.number($0.recordCount)]
      })
  }

  private var unmapped: String {
    table(
      title: language.pick("Columns that go nowhere", "Столбцы, которые никуда не переносятся"),
      head: [
        language.pick("File", "Файл"), language.pick("Column", "Столбец"),
        language.pick("Values", "Значений"),
      ],
      rows: summary.files.flatMap { file in
        file.unmapped.map { [file.name, $0.name, words.number($0.valueCount)] }
      })
  }

  /// A table whose last column holds numbers.
  func table(title: String, head: [String], rows: [[String]]) -> String {
    guard !rows.isEmpty else { return "" }
    func line(_ cells: [String], _ tag: String) -> String {
      let cells = cells.enumerated().map { index, cell in
        let number = index == cells.count - 1 ? " class=\"number\"" : ""
        return "<\(tag)\(number)>\(PlainText.html(cell))</\(tag)>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    return "<section>\n<h2>\(PlainText.html(title))</h2>\n<table>\n<thead>\(line(head, "th"))"
      + "</thead>\n<tbody>\n\(rows.map { line($0, "td") }.joined(separator: "\n"))"
      + "\n</tbody>\n</table>\n</section>"
  }

  private var footer: String {
    "<footer>\(PlainText.html(words.effort)) · ferry \(PlainText.html(summary.ferryVersion))</footer>"
  }

  // MARK: - Issues

  private var issues: String {
    let codes = summary.issues.codes
    guard !codes.isEmpty else { return "" }
    return "<section>\n<h2>\(language.pick("What was noticed", "Что замечено"))</h2>\n"
      + codes.map(issue).joined(separator: "\n") + "\n</section>"
  }

  private func issue(_ code: IssueCode) -> String {
    var lines = [
      """
      <article class="\(code.severity.rawValue)">
      <h3><span class="severity">\(IssueText.name(of: code.severity, in: language))</span> \
      \(PlainText.html(IssueText.message(for: code, in: language))) \
      <span class="count">\(words.number(summary.issues[code]))</span></h3>
      <p class="facts"><code>\(code.identifier)</code>\
      \(words.columns(of: code).map { " · " + PlainText.html($0) } ?? "")</p>
      """
    ]
    if let hint = IssueText.hint(for: code, in: language) {
      lines.append("<p>\(PlainText.html(hint))</p>")
    }
    let examples = summary.issues.examples(of: code)
    if !examples.isEmpty {
      lines.append("<ul>\n\(examples.map(item).joined(separator: "\n"))\n</ul>")
    }
    lines.append("</article>")
    return lines.joined(separator: "\n")
  }

  private func item(_ example: IssueTally.Example) -> String {
    let message = IssueText.message(for: example.issue, in: language)
    let value = example.value.map { " <q>\(PlainText.html($0))</q>" } ?? ""
    let stored =
      example.storedText.map { "; " + PlainText.html(IssueText.stored($0, in: language)) } ?? ""
    return "<li>\(PlainText.html(words.place(of: example.location))): "
      + "\(PlainText.html(message))\(value)\(stored)</li>"
  }
}
