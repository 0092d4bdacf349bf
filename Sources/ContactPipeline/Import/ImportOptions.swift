package import ContactModel
package import PersonAPI

/// How an import is to be done.
package struct ImportOptions: Sendable {
  /// The folder that runs' folders are made in.
  package var runsFolder: String
  /// Which versions of the API will do.
  package var api: APIChoice
  /// At most so many rows in a request; `nil` for what suits the server.
  package var batchSize: Int?
  /// Whether entries that the guide `clientpath` lacks are made in the CRM.
  package var createsGuides: Bool
  /// How many requests may be under way at once.
  package var maxInFlight: Int
  /// The language of reasons in result files.
  package var language: Language
  /// The access rights of the files.
  package var mode: UInt16
  /// Whether examples in reports may hold people's data.
  package var showsValues: Bool
  /// ferry's version, for the journal and the report.
  package var version: String

  package init(
    runsFolder: String = "ferry-runs", api: APIChoice = .auto, batchSize: Int? = nil,
    createsGuides: Bool = false, maxInFlight: Int = 4, language: Language = .english,
    mode: UInt16 = 0o600,
    showsValues: Bool = false, version: String = ""
  ) {
    self.runsFolder = runsFolder
    self.api = api
    self.batchSize = batchSize
    self.createsGuides = createsGuides
    self.maxInFlight = maxInFlight
    self.language = language
    self.mode = mode
    self.showsValues = showsValues
    self.version = version
  }
}

extension ImportOptions {
  /// How large a request to a server may become.
  func limits(for variant: Variant) -> AddListLimits {
    var limits = variant.limits
    if let batchSize { limits.maximumRows = batchSize }
    return limits
  }
}

/// How far an import is.
package struct ImportProgress: Sendable {
  /// How many records have their outcome.
  package var records = 0
  /// How many ended in which.
  package var outcomes = OutcomeCounts()
}
