/// How a sandbox is served: where it listens, where it keeps its data, what it limits.
package struct SandboxConfiguration: Sendable {
  /// The address to listen at; anything but loopback has to be asked for here.
  package var host: String
  /// The port to listen at; 0 lets the system choose.
  package var port: Int
  /// The SQLite file, made on first use; `nil` keeps everything in memory.
  package var database: String?
  /// How many variables PHP takes from a request, its `max_input_vars`.
  ///
  /// Those beyond it are dropped silently. `nil` switches the limit off.
  package var maxInputVars: Int?
  /// PHP's `post_max_size` in bytes: a longer body is dropped silently.
  package var postMaxSize: Int
  /// The account's time zone as seconds east of Greenwich, used for every date on the wire.
  package var timeZoneOffset: Int
  /// The fields switched on, by their names in the API.
  ///
  /// The others are neither written, read nor listed.
  package var activeFields: Set<String>
  /// Whether a fresh database holds a contact with a deal; otherwise it has no contacts.
  package var seedsContacts: Bool
  /// The kind of server to be.
  package var profile: SandboxProfile
  /// What stands in a fresh database.
  package var fixture: SandboxFixture
  /// What the observed server does with the errors of its PHP.
  package var errorDisplay: SandboxErrorDisplay
  /// Whether the observed server's database refuses what it otherwise cuts and replaces.
  package var isStrictSQL: Bool
  /// Whether the observed server's duplicates module is switched on.
  package var findsDuplicates: Bool
  /// Whether the observed server can write the log of its requests.
  package var isLogWritable: Bool
  /// How long the observed server waits behind every row that it stored.
  ///
  /// The CRM calls itself after each row; one that cannot waits five seconds.
  package var selfCallDelay: Duration
  /// Whether the observed server's database runs.
  package var isDatabaseUp: Bool
  /// What goes wrong on purpose.
  package var faults: [SandboxFault]
  /// Decides what faults leave to chance.
  package var faultSeed: UInt64
  /// The clock, as seconds since 1970.
  package var now: @Sendable () -> Int
  /// Waits as long as the CRM waits for itself; ends early where its task is cancelled.
  package var sleep: @Sendable (Duration) async -> Void

  /// Makes a configuration; the defaults are a loopback server with PHP's stock limits.
  ///
  /// The time zone and the active fields are the fixture's where they are not given.
  package init(
    host: String = "127.0.0.1", port: Int = 0, database: String? = nil,
    maxInputVars: Int? = 1000, postMaxSize: Int = 8 << 20, timeZoneOffset: Int? = nil,
    activeFields: Set<String>? = nil, seedsContacts: Bool = false,
    profile: SandboxProfile = .documented, fixture: SandboxFixture = .standard,
    errorDisplay: SandboxErrorDisplay = .stock, isStrictSQL: Bool = false,
    findsDuplicates: Bool = false, isLogWritable: Bool = true,
    selfCallDelay: Duration = .zero, isDatabaseUp: Bool = true,
    faults: [SandboxFault] = [], faultSeed: UInt64 = 1,
    now: @escaping @Sendable () -> Int = SandboxClock.now,
    sleep: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
  ) {
    self.host = host
    self.port = port
    self.database = database
    self.maxInputVars = maxInputVars
    self.postMaxSize = postMaxSize
    self.timeZoneOffset = timeZoneOffset ?? fixture.timeZoneOffset
    self.activeFields = activeFields ?? fixture.activeFields
    self.seedsContacts = seedsContacts
    self.profile = profile
    self.fixture = fixture
    self.errorDisplay = errorDisplay
    self.isStrictSQL = isStrictSQL
    self.findsDuplicates = findsDuplicates
    self.isLogWritable = isLogWritable
    self.selfCallDelay = selfCallDelay
    self.isDatabaseUp = isDatabaseUp
    self.faults = faults
    self.faultSeed = faultSeed
    self.now = now
    self.sleep = sleep
  }

  /// Every field an administrator can switch on.
  package static let allFields = Set(
    PersonColumn.allCases.filter { !$0.isAlwaysActive }.map(\.rawValue))

  /// The fields that are on in the documentation's example of `fields`.
  package static let documentedFields = allFields.subtracting((2...10).map { "input\($0)" })
}

/// What a PHP does with its errors and warnings.
package enum SandboxErrorDisplay: String, Sendable, CaseIterable {
  /// As installed: the CRM shows what kills it, and no warnings.
  case stock
  /// Everything is shown, warnings in front of the answer.
  case shown
  /// The administrator hides everything: what kills PHP is a status 500 without a body.
  case hidden
}
