package import ContactModel
package import PersonAPI
package import RunJournal

/// How an import is to be done.
package struct ImportOptions: Sendable {
  /// The folder that runs' folders are made in.
  package var runsFolder: String
  /// The user's folder of what ferry knows about accounts: locks, runs, what was created.
  package var stateFolder: String
  /// Which versions of the API will do.
  package var api: APIChoice
  /// At most so many rows in a request; `nil` for what suits the server.
  package var batchSize: Int?
  /// Whether entries that the guide `clientpath` lacks are made in the CRM.
  package var createsGuides: Bool
  /// How many requests may be under way at once.
  package var maxInFlight: Int
  /// At most so many rows a second; `nil` for as many as the server takes.
  package var rate: Double?
  /// How long the CRM has to bring nothing new of a lost request before its rows are taken for absent;
  /// `nil` for what the run was begun with, or a minute.
  package var settle: Duration?
  /// How long a server that is down is waited for; `nil` for what the run was begun with, or five
  /// minutes.
  package var wait: Duration?
  /// The field that carries an import key; `nil` for none.
  package var keyField: PersonField?
  /// Whether rows that an earlier run created are sent all the same.
  package var sendsAgain: Bool
  /// How many records at the beginning of each file are left out.
  package var skip: Int
  /// At most so many records of each file behind those are sent.
  package var limit: Int?
  /// How many records may be rejected before nothing is sent at all.
  package var maxRejects: RejectLimit?
  /// Whether contacts are compared with what was foretold of them; `nil` for those that are read back
  /// anyway.
  package var verifies: Bool?
  /// The language of reasons in result files.
  package var language: Language
  /// The access rights of the files.
  package var mode: UInt16
  /// Whether examples in reports may hold people's data.
  package var showsValues: Bool
  /// ferry's version, for the journal and the report.
  package var version: String
  /// The time the run goes by.
  package var clock: RunClock
  /// What stands between the run and its journal: nothing, but for tests.
  package var journaling: @Sendable (Journal) -> any ImportJournal

  package init(
    runsFolder: String = "ferry-runs", stateFolder: String, api: APIChoice = .auto,
    batchSize: Int? = nil, createsGuides: Bool = false, maxInFlight: Int = 4, rate: Double? = nil,
    settle: Duration? = nil, wait: Duration? = nil, keyField: PersonField? = nil,
    sendsAgain: Bool = false, skip: Int = 0, limit: Int? = nil, maxRejects: RejectLimit? = nil,
    verifies: Bool? = nil, language: Language = .english, mode: UInt16 = 0o600,
    showsValues: Bool = false, version: String = "", clock: RunClock = .system,
    journaling: @escaping @Sendable (Journal) -> any ImportJournal = { $0 }
  ) {
    self.runsFolder = runsFolder
    self.stateFolder = stateFolder
    self.api = api
    self.batchSize = batchSize
    self.createsGuides = createsGuides
    self.maxInFlight = maxInFlight
    self.rate = rate
    self.settle = settle
    self.wait = wait
    self.keyField = keyField
    self.sendsAgain = sendsAgain
    self.skip = skip
    self.limit = limit
    self.maxRejects = maxRejects
    self.verifies = verifies
    self.language = language
    self.mode = mode
    self.showsValues = showsValues
    self.version = version
    self.clock = clock
    self.journaling = journaling
  }
}

extension ImportOptions {
  /// How large a request to a server may become.
  func limits(for variant: Variant) -> AddListLimits {
    var limits = variant.limits
    if let batchSize { limits.maximumRows = batchSize }
    return limits
  }

  /// ``settle``, where nothing was said about it.
  static let usualSettle = Duration.seconds(60)
  /// ``wait``, where nothing was said about it.
  package static let usualWait = Duration.seconds(300)

  /// How long a lost request is given.
  var settlingTime: Duration { settle ?? Self.usualSettle }
  /// How long a server is waited for.
  var waitingTime: Duration { wait ?? Self.usualWait }

  /// Whether a record is one of those to be sent.
  ///
  /// - Parameter number: The record's number in its file, from 1.
  /// - Returns: Whether it lies behind those to be skipped and within the limit.
  func sends(record number: Int) -> Bool {
    number > skip && limit.map { number - skip <= $0 } ?? true
  }
}

/// How many records may be rejected (`--max-rejects`).
package enum RejectLimit: Sendable, Equatable {
  /// So many.
  case records(Int)
  /// So many of a hundred.
  case percent(Double)

  /// Whether so many are too many.
  package func isExceeded(rejected: Int, of records: Int) -> Bool {
    switch self {
    case .records(let most): rejected > most
    case .percent(let most): Double(rejected) * 100 > most * Double(records)
    }
  }
}

/// How far an import is.
package struct ImportProgress: Sendable {
  /// How many records have their outcome.
  package var records = 0
  /// How many ended in which.
  package var outcomes = OutcomeCounts()
}
