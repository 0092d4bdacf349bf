/// The file of the CRM's API that runs, as its stack traces name it.
struct ObservedScript: Sendable {
  let api: Entrance.API

  /// The script of contacts.
  static func person(_ api: Entrance.API) -> ObservedScript { ObservedScript(api: api) }

  /// The script's file, and the line in it that does what a line of v2's does.
  ///
  /// v3 has the same lines behind a shorter beginning.
  func place(v2 line: Int) -> (String, Int) {
    switch api {
    case .v2: ("developer/v2/person.php", line)
    case .v3: ("developer/v3/methods/person.php", line - 152)
    }
  }

  /// Who called the script: nobody in v2, v3's index.
  ///
  /// - Parameters:
  ///   - version: PHP 8 does not print what it includes.
  ///   - isInnermost: Whether the script itself threw.
  func callers(_ version: PHPVersion, isInnermost: Bool = false) -> [PHPCall] {
    guard api == .v3 else { return [] }
    let argument =
      switch version {
      case .php74: "'/srv/crm/develo...'"
      case .php82: isInnermost ? "" : "'...'"
      }
    return [PHPCall("developer/v3/index.php", 171, "include_once(\(argument))")]
  }
}
