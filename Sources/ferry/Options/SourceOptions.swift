import ArgumentParser
import ContactModel
import ContactPipeline

/// Flags about a file of contacts and how it maps to the CRM.
struct SourceOptions: ParsableArguments {
  @Argument(help: "The file of contacts; - reads standard input.", completion: .file())
  var file: String

  @OptionGroup var mapping: MappingOptions

  /// The source these flags and the mapping describe.
  func request(language: Language) throws -> SourceRequest {
    try mapping.requests(for: [file], language: language)[0]
  }
}
