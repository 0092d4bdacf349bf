import ArgumentParser
import ContactFormats
import ContactMapping
import ContactModel
import ContactPipeline

/// Flags about a file of contacts and how it maps to the CRM.
struct SourceOptions: ParsableArguments {
  @Argument(help: "The file of contacts; - reads standard input.", completion: .file())
  var file: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The mapping: which column goes into which field.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var mapping: String

  @Option(help: "The file's encoding: utf-8 or windows-1251 (default: found out).")
  var encoding: String?

  @Option(help: "The delimiter: comma, semicolon, tab, pipe or a character (default: found out).")
  var delimiter: String?

  /// The source these flags and the mapping describe.
  func request(language: Language) throws -> SourceRequest {
    let (mapping, text) = try MappingFile.read(mapping, language: language)
    var settings = ReaderSettings(mapping: mapping.source)
    if let encoding { settings.encoding = TextEncoding(name: encoding) }
    if let delimiter { settings.delimiter = Self.delimiter(named: delimiter) }
    return SourceRequest(file: file, settings: settings, mapping: mapping, mappingText: text)
  }

  func validate() throws {
    if let encoding, TextEncoding(name: encoding) == nil {
      throw ValidationError.unknown(
        "--encoding", encoding, use: "utf-8 or windows-1251", "utf-8, windows-1251")
    }
    if let delimiter, Self.delimiter(named: delimiter) == nil {
      throw ValidationError.delimiter(delimiter)
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
}
