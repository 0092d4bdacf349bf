import ArgumentParser
import ContactFormats

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
  /// - Throws: `ValidationError` if neither the name nor a flag says its format.
  func settings(for path: String) throws -> WriterSettings {
    let name = path.lowercased()
    let isCompressed = name.hasSuffix(".gz")
    let plainName = isCompressed ? String(path.dropLast(3)) : path
    let isTabbed = plainName.lowercased().hasSuffix(".tsv")
    return WriterSettings(
      format: try format(of: plainName), encoding: try encoding(), hasByteOrderMark: bom,
      dialect: CSVDialect(
        delimiter: try delimiter(default: isTabbed ? "tab" : "comma"),
        lineEnd: crlf ? .carriageReturnLineFeed : .lineFeed),
      isExcelSafe: excelSafe, cardVersion: try cardVersion(), isCompressed: isCompressed)
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

  private func encoding() throws -> TextEncoding {
    guard let toEncoding else { return .utf8 }
    guard let known = TextEncoding(name: toEncoding) else {
      let names = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError.unknown("--to-encoding", toEncoding, use: "one of \(names)", names)
    }
    return known
  }

  private func delimiter(default name: String) throws -> UInt8 {
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
