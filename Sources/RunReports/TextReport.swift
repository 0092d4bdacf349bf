package import ContactModel

/// A run's summary as plain text, for a person at a terminal.
///
/// Figures come first, then what was noticed with examples of where, then what to do next. The text
/// holds no control characters but line breaks, whatever the files hold.
package struct TextReport: Sendable {
  /// How many examples of a kind of issue are shown.
  package static let exampleCount = 3

  private let summary: RunSummary
  private let words: SummaryText
  private let language: Language
  private let isVerbose: Bool

  /// A report of a summary, in a language.
  ///
  /// - Parameters:
  ///   - summary: The figures.
  ///   - language: The language.
  ///   - isVerbose: Whether everything that was found out about the files is listed.
  package init(_ summary: RunSummary, in language: Language, isVerbose: Bool = false) {
    self.summary = summary
    self.language = language
    self.isVerbose = isVerbose
    words = SummaryText(summary: summary, language: language)
  }

  /// The report; every line is ended.
  package var text: String {
    let sections = [
      heading, sources, findings, outcomes, warnings, doubled, readBack, issues, foretelling,
      unmapped,
      nextSteps, [words.effort],
    ]
    return sections.filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  /// A line with the figures of a conversion, and what went wrong.
  ///
  /// - Parameter target: The file that was written; `nil` for standard output.
  /// - Returns: Lines without a last line end.
  package func brief(target: String?) -> String {
    let written = words.records(summary.outcomes[.notAttempted])
    let leftOut = summary.outcomes[.rejected]
    var line = language.pick("\(written) written", "записано: \(written)")
    if let target { line += " → \(PlainText.shown(target))" }
    if leftOut > 0 { line += language.pick(", \(leftOut) left out", ", пропущено: \(leftOut)") }
    let problems = issues(from: .warning)
    return ([line] + problems).joined(separator: "\n")
  }

  private var heading: [String] {
    let parts = [words.title, summary.runID, words.place].compactMap { $0 }
    return [PlainText.shown(parts.joined(separator: "  "))]
  }

  private var sources: [String] {
    TextTable(
      summary.files.map { file in
        [
          PlainText.shown(file.name), words.records(file.recordCount),
          words.description(of: file.profile),
        ]
      }, alignedRight: [1]
    ).lines
  }

  private var findings: [String] {
    guard isVerbose else { return [] }
    return summary.files.flatMap { file in
      [PlainText.shown(file.name)] + ProfileText(profile: file.profile, language: language).lines
    }
  }

  private var outcomes: [String] {
    var rows = words.outcomeKinds.map { kind in
      [
        words.name(of: kind), words.number(summary.outcomes[kind]),
        summary.resultFiles(for: kind).map { PlainText.shown($0.name) }.joined(separator: ", "),
      ]
    }
    rows.append([language.pick("total", "всего"), words.number(summary.outcomes.total), ""])
    return TextTable(rows, alignedRight: [1], indent: 2).lines
  }

  private var warnings: [String] {
    words.warnings.map { language.pick("warning: ", "внимание: ") + $0 }
  }

  private var doubled: [String] {
    let shown = summary.readBack.doubled.prefix(Self.exampleCount)
    guard !shown.isEmpty else { return [] }
    return [language.pick("stored twice", "сохранено дважды")]
      + (shown.map(words.sentence) + [words.furtherDoubled(beyond: shown.count)].compactMap { $0 })
      .map { "  " + $0 }
  }

  private var readBack: [String] {
    let sentences = words.readBack
    guard !sentences.isEmpty else { return [] }
    var lines = [language.pick("read back", "прочитано из CRM")] + sentences.map { "  " + $0 }
    if let fields = words.differingFields {
      lines.append("  " + language.pick("in ", "в полях: ") + fields)
    }
    let differences = summary.readBack.differences
    for example in differences.examples.prefix(Self.exampleCount) {
      lines.append("    " + words.place(of: example))
      guard differences.showsValues else { continue }
      lines.append(
        language.pick("      foretold: ", "      предсказано: ")
          + PlainText.shown(example.expected))
      lines.append(
        language.pick("      found: ", "      найдено: ") + PlainText.shown(example.found))
    }
    return lines
  }

  private var issues: [String] { issues(from: .note) }

  /// What was noticed, from a severity up.
  private func issues(from least: IssueSeverity) -> [String] {
    let codes = summary.issues.codes.filter { $0.severity >= least }
    let heads = TextTable(
      codes.map { code in
        [
          IssueText.name(of: code.severity, in: language), code.identifier,
          words.number(summary.issues[code]), IssueText.message(for: code, in: language),
        ]
      }, alignedRight: [2]
    ).lines
    return zip(codes, heads).flatMap { code, head in [head] + details(of: code) }
  }

  private func details(of code: IssueCode) -> [String] {
    var lines: [String] = []
    if let columns = words.columns(of: code) {
      lines.append("  " + language.pick("in ", "в столбцах: ") + columns)
    }
    // Notes need no attention, so they are not worth lines of their own.
    guard code.severity > .note else { return lines }
    for example in summary.issues.examples(of: code).prefix(Self.exampleCount) {
      let message = IssueText.message(for: example.issue, in: language)
      lines.append("  \(words.place(of: example.location)): \(message)")
      if let value = example.value {
        lines.append("    " + language.pick("value: ", "значение: ") + PlainText.shown(value))
      }
      if let text = example.storedText {
        lines.append("    " + PlainText.shown(IssueText.stored(text, in: language)))
      }
    }
    if let hint = IssueText.hint(for: code, in: language) {
      lines.append("  " + language.pick("hint: ", "совет: ") + hint)
    }
    return lines
  }

  private var foretelling: [String] { words.foretelling.map { [$0] } ?? [] }

  private var unmapped: [String] {
    let rows = summary.files.flatMap { file in
      file.unmapped.map { column in
        [PlainText.shown(file.name), PlainText.shown(column.name), words.values(column.valueCount)]
      }
    }
    guard !rows.isEmpty else { return [] }
    return [language.pick("columns that go nowhere", "столбцы, которые никуда не переносятся")]
      + TextTable(rows, alignedRight: [2], indent: 2).lines
  }

  private var nextSteps: [String] {
    let steps = words.nextSteps
    guard !steps.isEmpty else { return [] }
    return [language.pick("next", "что дальше")] + steps.map { "- " + $0 }
  }
}
