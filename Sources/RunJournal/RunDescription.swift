/// What a run set out to do: everything needed to continue it, and nothing secret.
///
/// The key that opens the CRM is not part of it; whoever resumes a run brings it again.
package struct RunDescription: Sendable, Equatable {
  /// The run's name.
  package var id: RunID
  /// When it began, as text in ISO 8601.
  package var startedAt: String
  /// The files it reads, in the order of the command line.
  package var sourceFiles: [SourceFile]
  /// The mapping it uses, as it was written.
  package var mappingText: String
  /// The CRM's address.
  package var server: String
  /// The account's login.
  package var login: String
  /// Names what ferry keeps about this account on this server.
  package var account: AccountID
  /// The server variant that was detected.
  package var variant: String
  /// The greatest identifier of a contact that there was before anything was sent.
  ///
  /// What is stored by the run has a greater one, also what a resume stores: hence the first counts.
  package var watermark: Int
  /// The version of ferry that began it.
  package var ferryVersion: String
  /// Everything else a resumed run needs to read the same rows from the same bytes.
  package var settings: [String: String]

  /// A description of a run that begins.
  package init(
    id: RunID, startedAt: String, sourceFiles: [SourceFile], mappingText: String, server: String,
    login: String, account: AccountID, variant: String, watermark: Int,
    ferryVersion: String, settings: [String: String]
  ) {
    self.id = id
    self.startedAt = startedAt
    self.sourceFiles = sourceFiles
    self.mappingText = mappingText
    self.server = server
    self.login = login
    self.account = account
    self.variant = variant
    self.watermark = watermark
    self.ferryVersion = ferryVersion
    self.settings = settings
  }

  /// One file of a run, and what it held when the run began.
  ///
  /// A run is resumed only with the same bytes: record numbers mean nothing in another file.
  package struct SourceFile: Sendable, Equatable {
    /// The file as the user named it.
    package var name: String
    /// Its length in bytes.
    package var size: Int
    /// Its SHA-256 in hexadecimal.
    package var sha256: String

    /// A file as it was found.
    package init(name: String, size: Int, sha256: String) {
      self.name = name
      self.size = size
      self.sha256 = sha256
    }
  }
}

/// How a run ended, as far as its journal knows.
package enum RunStatus: String, Sendable, CaseIterable {
  /// It has not ended: it is running, or it was killed.
  case open
  /// Every record was attempted.
  case complete
  /// ferry stopped it: the server was gone, the disk full, too many rejects.
  case stopped
  /// The user interrupted it.
  case interrupted
  /// What it created was deleted again.
  case undone

  /// Whether `resume` would have something to do.
  package var isResumable: Bool {
    switch self {
    case .open, .stopped, .interrupted: true
    case .complete, .undone: false
    }
  }
}
