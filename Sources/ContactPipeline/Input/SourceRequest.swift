package import ContactFormats
package import ContactMapping
package import ContactModel
package import PersonAPI

/// A source to be read and the mapping to read it with.
package struct SourceRequest: Sendable {
  /// The file as the user named it; `-` for standard input.
  package var file: String
  /// Where its bytes are kept, if elsewhere: those of standard input in a run's folder.
  package var path: String?
  /// What is fixed about it, by flags or by the mapping.
  package var settings: ReaderSettings
  /// What its columns are; `nil` for the usual ones of an address book, if it is one.
  package var mapping: Mapping?
  /// The mapping as it was written, for the journal.
  package var mappingText: String

  package init(
    file: String, settings: ReaderSettings, mapping: Mapping?, mappingText: String = ""
  ) {
    self.file = file
    self.settings = settings
    self.mapping = mapping
    self.mappingText = mappingText
  }

  /// Opens the source and meets its header with the mapping.
  ///
  /// - Parameter variant: The kind of server whose treatment of values is to be foretold, if any.
  /// - Returns: The source, nothing of it read but its beginning.
  /// - Throws: ``InputError`` for the file, `MappingError` or ``PlanningError`` for the mapping.
  package func open(foretelling variant: Variant? = nil) async throws -> OpenSource {
    try mapping?.checkHeader()
    let stream = try await BatchStream(file: file, path: path, settings: settings)
    let profile = await stream.profile
    guard let mapping = try mapping ?? Mapping.usual(for: profile.format) else {
      throw PlanningError.mappingNeeded(profile.format)
    }
    let preparation = try Preparation(
      mapping: mapping, header: profile.header, hasOpenColumns: profile.format.hasOpenColumns,
      foretelling: variant)
    return OpenSource(
      stream: stream, profile: profile, mapping: mapping, preparation: preparation)
  }
}

/// A source that has been opened, with everything known that its records need.
package struct OpenSource: Sendable {
  /// Where its batches come from.
  package let stream: BatchStream
  /// How it is written, as far as its beginning shows.
  package let profile: SourceProfile
  /// The mapping it is read with.
  package let mapping: Mapping
  /// What makes contacts of its records.
  package let preparation: Preparation

  /// The source met with another mapping of the same columns.
  ///
  /// - Precondition: No batch has been read.
  func remapped(to mapping: Mapping) throws -> OpenSource {
    OpenSource(
      stream: stream, profile: profile, mapping: mapping,
      preparation: try Preparation(
        mapping: mapping, header: profile.header, hasOpenColumns: profile.format.hasOpenColumns))
  }

  /// What the contacts' columns are.
  package var schema: ContactSchema { preparation.schema }

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
      delimiter: source.delimiter, quote: source.quote, escape: source.escape,
      header: HeaderChoice(source.header), sheet: source.sheet)
  }
}

extension Mapping {
  /// The mapping of a format whose columns mean the same in every file: cards.
  package static func usual(for format: FileFormat) throws(MappingError) -> Mapping? {
    format == .vCard || format == .xCard ? try Mapping.cards : nil
  }
}

extension HeaderChoice {
  /// What a mapping says about the header, in the readers' words.
  fileprivate init(_ setting: HeaderSetting) {
    switch setting {
    case .auto: self = .auto
    case .yes: self = .first
    case .no: self = .none
    case .line(let line): self = .line(line)
    }
  }
}
