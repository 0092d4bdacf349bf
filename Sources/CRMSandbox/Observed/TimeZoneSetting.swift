/// How the CRM tells its database the account's time zone.
///
/// Hours are put behind a plus as they are: half hours are refused at every call. Whoever needs
/// the zone a second time does so without looking at the sign; see ``careless``.
struct TimeZoneSetting: Sendable {
  private let site: ObservedSite

  init(_ site: ObservedSite) { self.site = site }

  /// The zone as the start of every call sets it.
  var value: String { (site.timeZoneOffset < 0 ? "" : "+") + hours + ":00" }

  /// The zone with a plus before it in any case.
  var careless: String { "+" + hours + ":00" }

  /// What every call dies of; `nil` where the hours are whole.
  func fatal(_ api: Entrance.API) -> PHPFatal? {
    guard site.timeZoneOffset % 3600 != 0 else { return nil }
    let argument =
      switch site.version {
      case .php74: "'/srv/crm/inc/se...'"
      case .php82: "'...'"
      }
    let script = api == .v2 ? ("developer/v2/person.php", 115) : ("developer/v3/index.php", 68)
    return site.sql.refusal(
      of: "SET time_zone = '\(value)'", "Unknown or incorrect time zone: '\(value)'",
      through: .query, at: ("inc/settings.php", 951),
      calledBy: [PHPCall(script.0, script.1, "require_once(\(argument))")])
  }

  private var hours: String {
    let number = PHPValue.decimal(Double(site.timeZoneOffset) / 3600)
    return String(decoding: number.string, as: UTF8.self)
  }
}
