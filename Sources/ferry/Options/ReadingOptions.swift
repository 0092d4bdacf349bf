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
      "The quote around a table's fields: double, single or a character (default: found out).",
      valueName: "quote"))
  var quote: String?

  @Option(
    help: ArgumentHelp(
      "How a quote inside quotes is written: doubled or backslash (default: found out).",
      valueName: "way"))
  var escape: String?

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
    if let quote { settings.quote = Self.quote(named: quote) }
    if let escape { settings.escape = Self.escape(named: escape, quote: settings.quote) }
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
    if let quote, Self.quote(named: quote) == nil {
      throw ValidationError.unknown(
        "--quote", quote, use: "double, single or one character",
        "double, single или один знак")
    }
    if let escape, Self.escape(named: escape, quote: nil) == nil {
      throw ValidationError.unknown(
        "--escape", escape, use: "doubled or backslash", "doubled, backslash")
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
      guard bytes.count == 1, (0x20..<0x7F).contains(bytes[0]) || bytes[0] == 0x09,
        bytes[0] != 0x22
      else { return nil }
      return bytes[0]
    }
  }

  /// The byte that a quote's name, or a character itself, stands for.
  private static func quote(named name: String) -> UInt8? {
    switch name.lowercased() {
    case "double": return UInt8(ascii: "\"")
    case "single": return UInt8(ascii: "'")
    default:
      let bytes = Array(name.utf8)
      return bytes.count == 1 && (0x21..<0x7F).contains(bytes[0]) ? bytes[0] : nil
    }
  }

  /// The byte before a quote that is meant as a letter.
  private static func escape(named name: String, quote: UInt8?) -> UInt8? {
    switch name.lowercased() {
    case "doubled": quote ?? UInt8(ascii: "\"")
    case "backslash", "\\": UInt8(ascii: "\\")
    default: nil
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
