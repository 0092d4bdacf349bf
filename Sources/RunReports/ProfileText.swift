import ContactFormats
import ContactModel

/// What was found out about a source, in words.
struct ProfileText {
  let profile: SourceProfile
  let language: Language

  /// In a line, such as `CSV, windows-1251, delimiter semicolon, 12 columns`.
  var brief: String {
    var parts = [profile.format.name]
    if profile.isCompressed { parts.append("gzip") }
    if profile.format == .csv {
      parts.append(profile.encoding.rawValue)
      parts.append(language.pick("delimiter ", "разделитель ") + delimiterInWords)
    }
    if let sheet = profile.sheet {
      let name = PlainText.shown(sheet)
      parts.append(language.pick("sheet \(name)", "лист \(name)"))
    }
    if profile.header.isEmpty {
      parts.append(language.pick("no header", "без заголовка"))
    } else {
      let count = profile.header.count
      parts.append(
        language.pick(
          Plural.english(count, "column", "columns"),
          Plural.russian(count, "столбец", "столбца", "столбцов")))
    }
    return parts.joined(separator: ", ")
  }

  /// Everything, a finding a line, each with the setting that would fix it.
  var lines: [String] {
    var rows = [["format", profile.format.rawValue]]
    if profile.isCompressed { rows.append(["compression", "gzip"]) }
    if profile.format != .xlsx {
      let mark =
        profile.hasByteOrderMark
        ? language.pick(" (with a byte order mark)", " (с меткой порядка байтов)") : ""
      rows.append(["encoding", profile.encoding.rawValue + mark])
    }
    if let sheet = profile.sheet { rows.append(["sheet", PlainText.shown(sheet)]) }
    if profile.format == .csv { rows += dialect }
    if !profile.header.isEmpty {
      let names = profile.header.map { $0.isEmpty ? "—" : PlainText.shown($0) }
      rows.append([language.pick("columns", "столбцы"), names.joined(separator: " | ")])
    }
    return TextTable(rows, indent: 2).lines
  }

  private var dialect: [[String]] {
    let dialect = profile.dialect
    var rows = [["delimiter", delimiter], ["quote", String(UnicodeScalar(dialect.quote))]]
    if let escape = dialect.escape { rows.append(["escape", String(UnicodeScalar(escape))]) }
    rows.append([language.pick("line ends", "концы строк"), dialect.lineEnd.rawValue])
    if dialect.hasSeparatorLine {
      rows.append([language.pick("first line", "первая строка"), "sep="])
    }
    let header =
      dialect.hasHeader
      ? language.pick(
        "line \(dialect.preambleLines + 1)", "строка \(dialect.preambleLines + 1)")
      : language.pick("none", "нет")
    rows.append(["header", header])
    if dialect.hasTrailingDelimiter {
      rows.append([
        language.pick("trailing delimiter", "разделитель в конце"), language.pick("yes", "есть"),
      ])
    }
    return rows
  }

  /// The delimiter where a sign of its own would be lost among others.
  private var delimiterInWords: String {
    switch delimiter {
    case ",": language.pick("comma", "запятая")
    case ";": language.pick("semicolon", "точка с запятой")
    case "|": language.pick("pipe", "вертикальная черта")
    case "tab": language.pick("tab", "табуляция")
    default: "'\(delimiter)'"
    }
  }

  private var delimiter: String { PlainText.shown(profile.dialect.delimiterName) }
}
