import ContactFormats
import ContactModel

/// The words that the text and the HTML report share.
struct SummaryText {
  let summary: RunSummary
  let language: Language

  var title: String {
    switch summary.kind {
    case .check: language.pick("Check", "Проверка")
    case .dryRun: language.pick("Dry run", "Пробный запуск")
    case .import: language.pick("Import", "Импорт")
    case .resume: language.pick("Resumed import", "Продолжение импорта")
    case .convert: language.pick("Conversion", "Преобразование")
    }
  }

  /// Where the rows went, or would go.
  var place: String? {
    guard let server = summary.server else { return nil }
    return server + (summary.variant.map { " (\($0))" } ?? "")
  }

  /// What the foretold values rest on, where a check without a server foretold any.
  var foretelling: String? {
    guard summary.kind == .check, let variant = summary.variant,
      summary.issues.codes.contains(where: { $0.identifier.hasPrefix("stored.") })
    else { return nil }
    return language.pick(
      "what is stored is foretold for a CRM of the kind '\(variant)' with all its fields switched on; 'ferry import --dry-run' asks yours",
      "что будет сохранено, предсказано для CRM вида '\(variant)' со всеми включёнными полями; 'ferry import --dry-run' спросит вашу"
    )
  }

  /// The kinds of outcome worth a line: those that occurred, and the one that all hope for.
  var outcomeKinds: [OutcomeKind] {
    OutcomeKind.allCases.filter { kind in
      summary.outcomes[kind] > 0 || kind == (summary.kind.sends ? .created : .notAttempted)
    }
  }

  func name(of kind: OutcomeKind) -> String {
    if summary.kind == .convert {
      if kind == .notAttempted { return language.pick("written", "записано") }
      if kind == .rejected { return language.pick("left out", "не записано") }
    }
    guard kind == .notAttempted, !summary.kind.sends else {
      return OutcomeText.name(of: kind, in: language)
    }
    return language.pick("ready to import", "готово к импорту")
  }

  func number(_ number: Int) -> String { Plural.grouped(number, in: language) }

  /// How a file is written, in a line.
  func description(of profile: SourceProfile) -> String {
    ProfileText(profile: profile, language: language).brief
  }

  func records(_ count: Int) -> String {
    language.pick(
      Plural.english(count, "record", "records"),
      Plural.russian(count, "запись", "записи", "записей"))
  }

  func values(_ count: Int) -> String {
    language.pick(
      Plural.english(count, "value", "values"),
      Plural.russian(count, "значение", "значения", "значений"))
  }

  /// What the run took, such as `14 requests, 3.2 s, 325 records/s`.
  var effort: String {
    var parts: [String] = []
    if summary.requestCount > 0, summary.kind == .dryRun {
      parts.append(
        language.pick(
          "to be sent: " + Plural.english(summary.requestCount, "request", "requests"),
          "к отправке: " + Plural.russian(summary.requestCount, "запрос", "запроса", "запросов")))
    } else if summary.requestCount > 0 {
      parts.append(
        language.pick(
          Plural.english(summary.requestCount, "request", "requests"),
          Plural.russian(summary.requestCount, "запрос", "запроса", "запросов")))
    }
    parts.append(time + waits)
    if summary.recordsPerSecond > 0 {
      parts.append(
        number(summary.recordsPerSecond) + language.pick(" records/s", " записей/с"))
    }
    return parts.joined(separator: ", ")
  }

  /// How much of the time nothing could be sent, in brackets; empty where it was less than a second.
  private var waits: String {
    var parts: [String] = []
    if summary.waits.settling >= .seconds(1) {
      let time = time(of: summary.waits.settling)
      parts.append(
        language.pick("\(time) to settle lost requests", "\(time) ради потерянных запросов"))
    }
    if summary.waits.server >= .seconds(1) {
      let time = time(of: summary.waits.server)
      parts.append(language.pick("\(time) for the server", "\(time) ради сервера"))
    }
    guard !parts.isEmpty else { return "" }
    return language.pick(" (waited ", " (ожидание: ") + parts.joined(separator: ", ") + ")"
  }

  /// How long the run took.
  var time: String { time(of: summary.duration) }

  /// `0.3 s`, `1 min 05 s`, `2 h 03 min`.
  private func time(of duration: Duration) -> String {
    let exact =
      Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    let tenths = Int((exact * 10).rounded())
    let seconds = Int(exact.rounded())
    switch seconds {
    case ..<60:
      return "\(tenths / 10)\(language.pick(".", ","))\(tenths % 10) " + language.pick("s", "с")
    case ..<3600:
      return "\(seconds / 60) \(language.pick("min", "мин")) "
        + "\(Self.twoDigits(seconds % 60)) \(language.pick("s", "с"))"
    default:
      return "\(seconds / 3600) \(language.pick("h", "ч")) "
        + "\(Self.twoDigits(seconds / 60 % 60)) \(language.pick("min", "мин"))"
    }
  }

  /// `Телефон 40, Моб. 1`; `nil` where whole records are meant.
  func columns(of code: IssueCode) -> String? {
    let columns = summary.issues.columns(of: code)
    let named = columns.compactMap { column, count in
      column.map { "\(PlainText.shown($0)) \(number(count))" }
    }
    return named.isEmpty ? nil : named.joined(separator: ", ")
  }

  /// A place in a file, such as `contacts.csv:17, record 16, Телефон`.
  func place(of location: SourceLocation) -> String {
    var text = PlainText.shown(location.description)
    if let record = location.record {
      text += language.pick(", record \(record)", ", запись \(record)")
    }
    if let column = location.column { text += ", " + PlainText.shown(column) }
    return text
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
