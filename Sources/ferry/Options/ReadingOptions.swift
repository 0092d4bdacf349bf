import ArgumentParser
import ContactFormats

/// Flags about how a file is written, for when what ferry finds out is wrong.
struct ReadingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The file's format: csv, jsonl, vcf, xml or xlsx (default: found out).", valueName: "format"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "The file's encoding, such as utf-8, windows-1251 or koi8-r (default: found out).",
      valueName: "name"))
  var encoding: String?

  @Option(help: "The delimiter: comma, semicolon, tab, pipe or a character (default: found out).")
  var delimiter: String?

  @Option(
    help: ArgumentHelp(
      "Where a table names its columns: auto, yes, no, or the number of a line.",
      valueName: "place"))
  var header: String?

  @Option(
    help: ArgumentHelp(
      "The sheet of a workbook, by name or number (default: the first).", valueName: "sheet"))
  var sheet: String?

  /// The settings, where the flags do not say otherwise as given.
  func settings(_ given: ReaderSettings) -> ReaderSettings {
    var settings = given
    if let from { settings.format = FileFormat(rawValue: from.lowercased()) }
    if let encoding { settings.encoding = TextEncoding(name: encoding) }
    if let delimiter { settings.delimiter = Self.delimiter(named: delimiter) }
    if let choice = header.flatMap(Self.header) { settings.header = choice }
    if let sheet { settings.sheet = sheet }
    return settings
  }

  func validate() throws {
    if let from, FileFormat(rawValue: from.lowercased()) == nil {
      throw ValidationError.unknown(
        "--from", from, use: "csv, jsonl, vcf, xml or xlsx", "csv, jsonl, vcf, xml, xlsx")
    }
    if let encoding, TextEncoding(name: encoding) == nil {
      let names = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError.unknown("--encoding", encoding, use: "one of \(names)", names)
    }
    if let delimiter, Self.delimiter(named: delimiter) == nil {
      throw ValidationError.delimiter(delimiter)
    }
    if let header, Self.header(header) == nil {
      throw ValidationError.unknown(
        "--header", header, use: "auto, yes, no or the number of a line",
        "auto, yes, no или номер строки")
    }
  }

  /// The byte that a delimiter's name, or a character itself, stands for.
  static func delimiter(named name: String) -> UInt8? {
    switch name.lowercased() {
    case "comma": return UInt8(ascii: ",")
    case "semicolon": return UInt8(ascii: ";")
    case "tab", "\\t": return UInt8(ascii: "\t")
    case "pipe": return UInt8(ascii: "|")
    default:
      let bytes = Array(name.utf8)
      guard bytes.count == 1, (0x20..<0x7F).contains(bytes[0]), bytes[0] != 0x22 else { return nil }
      return bytes[0]
    }
  }

  private static func header(_ text: String) -> HeaderChoice? {
    switch text.lowercased() {
    case "auto": .auto
    case "yes": .first
    case "no": HeaderChoice.none
    default: Int(text).flatMap { $0 > 0 ? .line($0) : nil }
    }
  }
}
