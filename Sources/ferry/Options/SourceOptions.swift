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
    help: ArgumentHelp(
      "The mapping: which column goes into which field (not needed for address books).",
      valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var mapping: String?

  @OptionGroup var reading: ReadingOptions

  /// The source these flags and the mapping describe.
  func request(language: Language) throws -> SourceRequest {
    guard let mapping else {
      return SourceRequest(
        file: file, settings: reading.settings(ReaderSettings()), mapping: nil)
    }
    let (read, text) = try MappingFile.read(mapping, language: language)
    return SourceRequest(
      file: file, settings: reading.settings(ReaderSettings(mapping: read.source)), mapping: read,
      mappingText: text)
  }
}
