/// What distinguishes one installation of the real CRM from another, as far as it shows.
struct ObservedSite: Sendable {
  /// The PHP it runs on.
  let version: PHPVersion
  /// The fields switched on, in the administrator's order.
  let active: [PersonColumn]
  /// Whether the database refuses what it otherwise cuts and replaces.
  let isStrictSQL: Bool
  /// Whether the duplicates module is switched on.
  let findsDuplicates: Bool
  /// The number stored for a contact without a source.
  let defaultClientpath: Int
  /// The account's time zone, as seconds east of Greenwich.
  let timeZoneOffset: Int
  /// The clock, as seconds since 1970.
  let now: @Sendable () -> Int
  /// How long it waits behind every row that it stored.
  let selfCallDelay: Duration
  /// Waits that long.
  let sleep: @Sendable (Duration) async -> Void
  /// The address it is served at.
  let host: String

  /// Makes the installation that a configuration describes.
  init(_ configuration: SandboxConfiguration, version: PHPVersion) {
    self.version = version
    active = Self.order.filter {
      $0.isAlwaysActive || configuration.activeFields.contains($0.rawValue)
    }
    isStrictSQL = configuration.isStrictSQL
    findsDuplicates = configuration.findsDuplicates
    defaultClientpath = configuration.fixture.defaultClientpath
    timeZoneOffset = configuration.timeZoneOffset
    now = configuration.now
    selfCallDelay = configuration.selfCallDelay
    sleep = configuration.sleep
    host = configuration.host
  }

  /// The fields in the order in which the CRM numbers them: the last three came later.
  private static let order =
    PersonColumn.allCases.filter { !late.contains($0) } + [.input8, .input9, .input10]
  private static let late: [PersonColumn] = [.input8, .input9, .input10]

  /// Whether an administrator has switched a field on.
  func isActive(_ column: PersonColumn) -> Bool { active.contains(column) }

  /// Now, as the table keeps it.
  var storedNow: String { CRMDate.text(secondsSince1970: now(), offset: 0) }

  /// Now, as the account shows it.
  var shownNow: String { CRMDate.text(secondsSince1970: now(), offset: timeZoneOffset) }

  /// The database layer.
  var sql: SafeMySQL { SafeMySQL(version: version) }
}
