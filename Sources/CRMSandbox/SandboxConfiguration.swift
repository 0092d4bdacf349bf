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
  /// The clock, as seconds since 1970.
  package var now: @Sendable () -> Int

  /// Makes a configuration; the defaults are a loopback server with PHP's stock limits.
  package init(
    host: String = "127.0.0.1", port: Int = 0, database: String? = nil,
    maxInputVars: Int? = 1000, postMaxSize: Int = 8 << 20, timeZoneOffset: Int = 10_800,
    activeFields: Set<String> = SandboxConfiguration.allFields,
    seedsContacts: Bool = false,
    now: @escaping @Sendable () -> Int = SandboxClock.now
  ) {
    self.host = host
    self.port = port
    self.database = database
    self.maxInputVars = maxInputVars
    self.postMaxSize = postMaxSize
    self.timeZoneOffset = timeZoneOffset
    self.activeFields = activeFields
    self.seedsContacts = seedsContacts
    self.now = now
  }

  /// Every field an administrator can switch on.
  package static let allFields = Set(
    PersonColumn.allCases.filter { !$0.isAlwaysActive }.map(\.rawValue))

  /// The fields that are on in the documentation's example of `fields`.
  package static let documentedFields = allFields.subtracting((2...10).map { "input\($0)" })
}
