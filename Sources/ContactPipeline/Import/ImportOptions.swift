package import ContactModel
package import PersonAPI

/// How an import is to be done.
package struct ImportOptions: Sendable {
  /// The folder that runs' folders are made in.
  package var runsFolder: String
  /// How large a request may become.
  package var limits: AddListLimits
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
    runsFolder: String = "ferry-runs", limits: AddListLimits = AddListLimits(),
    maxInFlight: Int = 4, language: Language = .english, mode: UInt16 = 0o600,
    showsValues: Bool = false, version: String = ""
  ) {
    self.runsFolder = runsFolder
    self.limits = limits
    self.maxInFlight = maxInFlight
    self.language = language
    self.mode = mode
    self.showsValues = showsValues
    self.version = version
  }
}

/// How far an import is.
package struct ImportProgress: Sendable {
  /// How many records have their outcome.
  package var records = 0
  /// How many ended in which.
  package var outcomes = OutcomeCounts()
}
