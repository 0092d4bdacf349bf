import ContactFormats
import ContactModel
import JSONSyntax

/// One of PapaParse's cases.
struct PapaParseCase {
  private let value: JSONValue
  private let config: [JSONMember]

  init(_ value: JSONValue) {
    self.value = value
    config = value["config"]?.members ?? []
  }

  var name: String { value["description"]?.string ?? "" }
  var isWriting: Bool { value["suite"]?.string == "UNPARSE_TESTS" }

  private func option(_ key: String) -> JSONValue? { value["config"]?[key] }

  /// Why the case is about something ferry's dialects do not have; `nil` if they do.
  func reasonToLeaveOut(_ otherKeys: [String: String]) -> String? {
    for member in config {
      if let reason = otherKeys[member.key] { return "\(member.key): \(reason)" }
    }
    if let delimiter = option("delimiter")?.string,
      delimiter.utf8.count > 1 || delimiter == "\n"
    {
      return "delimiter: a line end, or more than one byte"
    }
    if option("newline")?.string == "$" { return "newline: a letter" }
    if option("skipEmptyLines")?.string == "greedy" {
      return "skipEmptyLines: greedy, which skips records of blanks"
    }
    if option("skipFirstNLines") != nil, option("header")?.bool != true {
      return "skipFirstNLines: without a header"
    }
    if isWriting { return nil }
    let data = value["expected"]?["data"]?.elements ?? []
    if option("header")?.bool == true, case .array? = data.first {
      return "header: new names for columns named twice"
    }
    return nil
  }
}

// MARK: - Reading

extension PapaParseCase {
  private var settings: ReaderSettings {
    var settings = ReaderSettings(format: .csv, encoding: .utf8, header: .none)
    settings.delimiter = option("delimiter")?.string?.utf8.first
    settings.quote = option("quoteChar")?.string?.utf8.first
    settings.escape = option("escapeChar")?.string?.utf8.first
    if option("header")?.bool == true { settings.header = .first }
    if let skipped = option("skipFirstNLines")?.integer, skipped > 0 {
      settings.header = .line(skipped + 1)
    }
    return settings
  }

  private var input: [UInt8] { Array((value["input"]?.string ?? "").utf8) }

  /// What differs in what ferry reads, if anything does.
  var readingProblem: String? {
    let table: CSVTable
    do {
      table = try CSVTable(input, settings: settings)
    } catch {
      return expectedRows.isEmpty && error.code == .empty ? nil : "\(error)"
    }
    if isMalformed { return malformedProblem(table) }
    guard table.rows == expectedRows else { return "\(table.rows), not \(expectedRows)" }
    return settings.header != .first || table.header.starts(with: expectedNames)
      ? nil : "header \(table.header)"
  }

  /// The rows, without those that a blank line makes.
  private var expectedRows: [[String]] {
    (value["expected"]?["data"]?.elements ?? []).map(Self.texts).filter { $0 != [""] }
  }

  /// The header's names as the first object has them, without fields too many.
  private var expectedNames: [String] {
    let first = value["expected"]?["data"]?.elements?.first
    return (first?.members ?? []).map(\.key).filter { $0 != "__parsed_extra" }
  }

  /// A row's cells: of an array, or of an object in the header's order.
  private static func texts(of row: JSONValue) -> [String] {
    if let members = row.members {
      return members.flatMap { $0.value.elements.map { $0.map(text) } ?? [text(of: $0.value)] }
    }
    return (row.elements ?? []).map(text)
  }

  private static func text(of cell: JSONValue) -> String {
    if case .number(let text) = cell { return text }
    return cell.string ?? ""
  }

  /// Whether PapaParse itself says that the input's quotes are malformed.
  private var isMalformed: Bool {
    value["expected"]?["errors"]?.elements?.contains { $0["type"]?.string == "Quotes" } ?? false
  }

  private func malformedProblem(_ table: CSVTable) -> String? {
    let isReported = table.codes.joined().contains {
      $0 == .strayQuote || $0 == .unterminatedQuote
    }
    let letters = table.allRows.joined().joined().filter(\.isLetter)
    let expected = String(decoding: input, as: UTF8.self).filter(\.isLetter)
    return isReported && letters == expected ? nil : "\(table.rows) \(table.codes)"
  }
}

// MARK: - Writing

extension PapaParseCase {
  private var dialect: CSVDialect {
    var dialect = CSVDialect(lineEnd: .carriageReturnLineFeed)
    dialect.delimiter = option("delimiter")?.string?.utf8.first ?? dialect.delimiter
    dialect.quote = option("quoteChar")?.string?.utf8.first ?? dialect.quote
    let escape = option("escapeChar")?.string?.utf8.first
    dialect.escape = escape == dialect.quote ? nil : escape
    switch option("newline")?.string {
    case "\n": dialect.lineEnd = .lineFeed
    case "\r": dialect.lineEnd = .carriageReturn
    default: break
    }
    return dialect
  }

  /// What differs in what ferry writes, if anything does.
  var writingProblem: String? {
    var writer = CSVWriter(
      dialect: dialect, isExcelSafe: option("escapeFormulae")?.bool ?? false)
    let (header, rows) = table
    if option("header")?.bool != false { writer.begin(header: header) }
    for row in rows {
      if row.isEmpty, option("skipEmptyLines")?.bool == true { continue }
      for cell in row { writer.append(cell) }
      writer.endRecord()
    }
    let lineEnd = String(decoding: dialect.lineEnd.bytes, as: UTF8.self)
    let found = String(decoding: writer.takeBytes(), as: UTF8.self)
    let expected = value["expected"]?.string ?? ""
    return found == expected + (expected.isEmpty ? "" : lineEnd) ? nil : "\(found), not \(expected)"
  }

  /// The columns' names, where the case has any, and the cells to be written.
  private var table: (header: [String], rows: [[String]]) {
    let input = value["input"]
    let data = input?["data"]?.elements ?? input?.elements ?? []
    if let fields = input?["fields"]?.elements {
      return (fields.map(Self.text), data.map(Self.texts))
    }
    // A plain list of texts is one row.
    if case .string? = data.first { return ([], [data.map(Self.text)]) }
    guard let first = data.first?.members else { return ([], data.map(Self.texts)) }
    let names = first.map(\.key)
    let rows = data.map { object in
      object.members?.isEmpty == true ? [] : names.map { Self.text(of: object[$0] ?? .null) }
    }
    return (names, rows)
  }
}
