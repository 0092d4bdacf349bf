import ArgumentParser
import ContactFormats
import ContactMapping
import ContactModel
import ContactPipeline

/// Flags about how files map to the CRM, and how they are written.
struct MappingOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The mapping: which column goes into which field (not needed for address books).",
      valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var mapping: String?

  @OptionGroup var reading: ReadingOptions

  /// The sources these flags and the mapping describe.
  ///
  /// - Parameters:
  ///   - files: The files, in order; `-` is standard input.
  ///   - language: The language of messages.
  /// - Returns: A request for each file; all have the same mapping.
  /// - Throws: ``Failure`` or `MappingError` where the mapping is not there or not well-formed.
  func requests(for files: [String], language: Language) throws -> [SourceRequest] {
    guard let mapping else {
      let settings = reading.settings(ReaderSettings())
      return files.map { SourceRequest(file: $0, settings: settings, mapping: nil) }
    }
    let (read, text) = try MappingFile.read(mapping, language: language)
    let settings = reading.settings(ReaderSettings(mapping: read.source))
    return files.map {
      SourceRequest(file: $0, settings: settings, mapping: read, mappingText: text)
    }
  }
}
