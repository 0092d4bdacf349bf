package import ContactModel

/// Why a schema cannot be interpreted.
package struct ContactNormalizerError: Error, Sendable, Equatable {
  /// The region that the phones' setting names and that is none.
  package let unknownRegion: String

  /// The error as a sentence.
  package func message(in language: Language) -> String {
    language.pick(
      "region '\(unknownRegion)' is no ISO 3166 country code with telephone numbers, such as RU",
      "регион «\(unknownRegion)» не является кодом страны ISO 3166 с телефонными номерами, "
        + "например RU")
  }
}
