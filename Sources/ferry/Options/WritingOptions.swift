import ArgumentParser
import ContactFormats
import ContactMapping

/// Flags about how a file is to be written.
struct WritingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The result's format: csv, jsonl, vcf, xml or xlsx (default: from its name).",
      valueName: "format"))
  var to: String?

  @Option(
    help: ArgumentHelp(
      "The encoding of a CSV result, such as windows-1251 (default: utf-8).", valueName: "name"))
  var toEncoding: String?

  @Option(
    help: ArgumentHelp(
      "The delimiter of a CSV result: comma (default), semicolon, tab, pipe or a character.",
      valueName: "delimiter"))
  var toDelimiter: String?

  @Flag(help: "Begin a CSV result with a byte order mark, so that Excel recognizes UTF-8.")
  var bom = false

  @Flag(help: "Write CSV lines with CRLF.")
  var crlf = false

  @Flag(help: "Put an apostrophe before CSV cells that a spreadsheet would run as a formula.")
  var excelSafe = false

  @Option(
    help: ArgumentHelp("The version of vCard: 3.0 (default) or 4.0.", valueName: "version"))
  var vcardVersion: String?

  /// How to write a file of this name.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is standard output.
  ///   - usual: The format where neither the name nor a flag says one, for standard output only.
  ///   - source: How a mapping will read the file, for what no flag says otherwise.
  /// - Returns: The settings.
  /// - Throws: `ValidationError` if nothing says its format.
  func settings(
    for path: String, usual: FileFormat? = nil, readAs source: SourceSettings? = nil
  ) throws -> WriterSettings {
    let name = path.lowercased()
    let isCompressed = name.hasSuffix(".gz")
    let plainName = isCompressed ? String(path.dropLast(3)) : path
    let isTabbed = plainName.lowercased().hasSuffix(".tsv")
    let usual = source?.format.flatMap { FileFormat(rawValue: $0.rawValue) } ?? usual
    let format =
      try path == "-" && to == nil ? usual ?? format(of: plainName) : format(of: plainName)
    // Whatever a mapping says about tables is for tables only.
    let table = format == .csv ? source : nil
    let encoding = try encoding(default: table?.encoding)
    try checkFit(of: format, isCompressed: isCompressed)
    return WriterSettings(
      // Programs take UTF-16 for something else without the mark.
      format: format, encoding: encoding, hasByteOrderMark: bom || encoding.isWide,
      dialect: CSVDialect(
        delimiter: try delimiter(default: isTabbed ? "tab" : "comma", readAs: table?.delimiter),
        quote: table?.quote ?? UInt8(ascii: "\""), escape: table?.backslash,
        lineEnd: crlf ? .carriageReturnLineFeed : .lineFeed),
      isExcelSafe: excelSafe, cardVersion: try cardVersion(), isCompressed: isCompressed)
  }

  /// Refuses what would do nothing, or make a file that nobody can open.
  private func checkFit(of format: FileFormat, isCompressed: Bool) throws {
    if format == .xlsx, isCompressed {
      throw ValidationError(
        "a workbook is compressed already, and no program opens one in gzip; leave .gz out",
        "книга уже сжата, и внутри gzip её не откроет ни одна программа; уберите .gz")
    }
    let forTables = [
      ("--to-encoding", toEncoding != nil), ("--to-delimiter", toDelimiter != nil), ("--bom", bom),
      ("--crlf", crlf), ("--excel-safe", excelSafe),
    ]
    let forCards = [("--vcard-version", vcardVersion != nil)]
    let unfit = (format == .csv ? [] : forTables) + (format == .vCard ? [] : forCards)
    if let flag = unfit.first(where: { $0.1 })?.0 {
      throw ValidationError(
        "\(flag) means nothing for \(format.name); leave it out",
        "\(flag) ничего не значит для \(format.name); уберите его")
    }
  }

  private func format(of name: String) throws -> FileFormat {
    if let to {
      guard let known = FileFormat(rawValue: to.lowercased()) else {
        throw ValidationError.unknown(
          "--to", to, use: "csv, jsonl, vcf, xml or xlsx", "csv, jsonl, vcf, xml, xlsx")
      }
      return known
    }
    guard let known = FileFormat(fileName: name) else {
      throw ValidationError(
        "'\(name)' does not say what to write; add --to csv, jsonl, vcf, xml or xlsx",
        "'\(name)' не говорит, что писать; добавьте --to csv, jsonl, vcf, xml или xlsx")
    }
    return known
  }

  private func encoding(default usual: SourceEncoding?) throws -> TextEncoding {
    guard let toEncoding else {
      return usual.flatMap { TextEncoding(rawValue: $0.rawValue) } ?? .utf8
    }
    // Readers take it for UTF-8; a file that was asked for in ASCII must not hold anything else.
    guard !toEncoding.lowercased().contains("ascii") else {
      throw ValidationError(
        "--to-encoding \(toEncoding) has no Russian letters; use utf-8 or windows-1251",
        "в --to-encoding \(toEncoding) нет русских букв; используйте utf-8 или windows-1251")
    }
    guard let known = TextEncoding(name: toEncoding) else {
      let names = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError.unknown("--to-encoding", toEncoding, use: "one of \(names)", names)
    }
    return known
  }

  private func delimiter(default name: String, readAs byte: UInt8?) throws -> UInt8 {
    if toDelimiter == nil, let byte { return byte }
    guard let byte = ReadingOptions.delimiter(named: toDelimiter ?? name) else {
      throw ValidationError.unknown(
        "--to-delimiter", toDelimiter ?? name,
        use: "comma, semicolon, tab, pipe or one character",
        "comma, semicolon, tab, pipe или один знак")
    }
    return byte
  }

  private func cardVersion() throws -> CardVersion {
    guard let vcardVersion else { return .v3 }
    guard let known = CardVersion(rawValue: vcardVersion) else {
      throw ValidationError.unknown(
        "--vcard-version", vcardVersion, use: "3.0 or 4.0", "3.0, 4.0")
    }
    return known
  }
}

extension SourceSettings {
  /// The escape of a table in which quotes are not doubled.
  fileprivate var backslash: UInt8? { escape == UInt8(ascii: "\\") ? escape : nil }
}
