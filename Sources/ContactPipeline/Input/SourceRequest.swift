package import ContactFormats
package import ContactMapping
import ContactModel
import ContactNormalization

/// A source to be read and the mapping to read it with.
package struct SourceRequest: Sendable {
  /// The file as the user named it; `-` for standard input.
  package var file: String
  /// What is fixed about it, by flags or by the mapping.
  package var settings: ReaderSettings
  /// What its columns are.
  package var mapping: Mapping
  /// The mapping as it was written, for the journal.
  package var mappingText: String

  package init(
    file: String, settings: ReaderSettings, mapping: Mapping, mappingText: String
  ) {
    self.file = file
    self.settings = settings
    self.mapping = mapping
    self.mappingText = mappingText
  }

  /// Opens the source and meets its header with the mapping.
  ///
  /// - Throws: ``InputError`` for the file, `MappingError` or ``PlanningError`` for the mapping.
  package func open() async throws -> OpenSource {
    try mapping.checkHeader()
    let stream = try await BatchStream(file: file, settings: settings)
    let profile = await stream.profile
    let plan = try MappingPlan(
      mapping, header: profile.header, hasOpenColumns: profile.format.hasOpenColumns)
    let preparation = Preparation(
      plan: plan, normalizer: try ContactNormalizer(schema: plan.schema))
    return OpenSource(stream: stream, profile: profile, plan: plan, preparation: preparation)
  }
}

/// A source that has been opened, with everything known that its records need.
package struct OpenSource: Sendable {
  /// Where its batches come from.
  package let stream: BatchStream
  /// How it is written.
  package let profile: SourceProfile
  /// The mapping, with names turned into column numbers.
  package let plan: MappingPlan
  /// What makes contacts of its records.
  package let preparation: Preparation

  /// Its batches, prepared on all cores, in order.
  package var batches: OrderedBatches {
    OrderedBatches(stream: stream, preparation: preparation)
  }
}

extension ReaderSettings {
  /// What a mapping's `source:` fixes.
  package init(mapping source: SourceSettings) {
    self.init(
      format: source.format.flatMap { FileFormat(rawValue: $0.rawValue) },
      encoding: source.encoding.flatMap { TextEncoding(rawValue: $0.rawValue) },
      delimiter: source.delimiter, hasHeader: source.header != .no)
  }
}
