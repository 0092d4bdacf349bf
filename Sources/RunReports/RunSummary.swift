package import ContactFormats
package import ContactModel

/// What a run did, in figures: what every report is made from.
package struct RunSummary: Sendable, Equatable {
  /// What the run was for.
  package enum Kind: String, Sendable, CaseIterable {
    /// Read and judged, without a server.
    case check
    /// Compared with the server, nothing written.
    case dryRun = "dry-run"
    case `import`
    case resume
    /// Copied from one file to another.
    case convert

    /// Whether rows were to be sent.
    package var sends: Bool { self == .import || self == .resume }
  }

  /// What the run was for.
  package var kind: Kind
  /// The run's name; a check has none.
  package var runID: String?
  /// When it began, as text in ISO 8601.
  package var startedAt: String
  /// How long it took.
  package var duration: Duration
  /// The version of ferry.
  package var ferryVersion: String
  /// The CRM's address, where there was one.
  package var server: String?
  /// The server variant, detected or assumed.
  package var variant: String?
  /// The files read, in order.
  package var files: [SourceSummary]
  /// What became of the records.
  ///
  /// A check counts records that would be sent as not attempted.
  package var outcomes: OutcomeCounts
  /// Contacts that were found stored twice by the closing sweep.
  package var doubledCount: Int
  /// What reading contacts back showed.
  package var readBack: ReadBackSummary
  /// What was noticed about the records.
  package var issues: IssueTally
  /// How many requests went to the server.
  package var requestCount: Int
  /// The result files, where there are any.
  package var resultFiles: [ResultFile]
  /// Why the run ended before its end, as a sentence in the user's language.
  package var stopReason: String?
  /// Whether `ferry resume` can go on with the run.
  package var isResumable: Bool
  /// How much of the time nothing could be sent.
  package var waits: RunWaits

  /// A summary; what a kind of run does not have is left out.
  package init(
    kind: Kind, runID: String? = nil, startedAt: String, duration: Duration, ferryVersion: String,
    server: String? = nil, variant: String? = nil, files: [SourceSummary],
    outcomes: OutcomeCounts, doubledCount: Int = 0, readBack: ReadBackSummary = ReadBackSummary(),
    issues: IssueTally = IssueTally(), requestCount: Int = 0, resultFiles: [ResultFile] = [],
    stopReason: String? = nil, isResumable: Bool = false, waits: RunWaits = RunWaits()
  ) {
    self.kind = kind
    self.runID = runID
    self.startedAt = startedAt
    self.duration = duration
    self.ferryVersion = ferryVersion
    self.server = server
    self.variant = variant
    self.files = files
    self.outcomes = outcomes
    self.doubledCount = doubledCount
    self.readBack = readBack
    self.issues = issues
    self.requestCount = requestCount
    self.resultFiles = resultFiles
    self.stopReason = stopReason
    self.isResumable = isResumable
    self.waits = waits
  }

  /// The summary of this run and of another of its kind, made one after the other.
  ///
  /// - Parameter other: A run over other files, against the same server.
  /// - Returns: One summary with the figures of both; what names a single run is this one's.
  package func appending(_ other: RunSummary) -> RunSummary {
    var whole = self
    whole.duration += other.duration
    whole.files += other.files
    for kind in OutcomeKind.allCases { whole.outcomes[kind] += other.outcomes[kind] }
    whole.issues.merge(other.issues)
    whole.requestCount += other.requestCount
    return whole
  }

  /// How many records the files have.
  package var recordCount: Int { files.reduce(0) { $0 + $1.recordCount } }

  /// Whether every record ended in exactly one outcome (DESIGN, law 1).
  package var isBalanced: Bool { outcomes.total == recordCount }

  /// The run's length in seconds.
  package var seconds: Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  /// How many records a second went through; 0 if the run took no time.
  package var recordsPerSecond: Int {
    seconds > 0 ? Int((Double(recordCount) / seconds).rounded()) : 0
  }

  /// The result file of a kind of outcome, if it has rows.
  package func resultFiles(for outcome: OutcomeKind) -> [ResultFile] {
    guard let kind = ResultKind(of: outcome) else { return [] }
    return resultFiles.filter { $0.kind == kind }
  }
}

/// How long a run could send nothing.
package struct RunWaits: Sendable, Equatable {
  /// Until requests without an answer had settled.
  package var settling: Duration
  /// Until a server that was down answered again.
  package var server: Duration

  /// The two waits.
  package init(settling: Duration = .zero, server: Duration = .zero) {
    self.settling = settling
    self.server = server
  }
}

/// What was found in a file.
package struct SourceSummary: Sendable, Equatable {
  /// The file as the user named it.
  package var name: String
  /// Its length.
  package var byteCount: Int
  /// How it is written.
  package var profile: SourceProfile
  /// How many records it has.
  package var recordCount: Int
  /// Its columns with values that go nowhere, and how many values.
  package var unmapped: [UnmappedColumn]

  /// What was found in a file.
  package init(
    name: String, byteCount: Int, profile: SourceProfile, recordCount: Int,
    unmapped: [UnmappedColumn] = []
  ) {
    self.name = name
    self.byteCount = byteCount
    self.profile = profile
    self.recordCount = recordCount
    self.unmapped = unmapped
  }

  /// A column whose values go nowhere.
  package struct UnmappedColumn: Sendable, Equatable {
    /// Its name.
    package var name: String
    /// How many of its fields are not empty.
    package var valueCount: Int

    /// A column and how many values it has.
    package init(name: String, valueCount: Int) {
      self.name = name
      self.valueCount = valueCount
    }
  }
}
