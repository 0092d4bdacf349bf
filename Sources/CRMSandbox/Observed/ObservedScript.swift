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
  ///   - version: How much of what is included the PHP prints.
  ///   - isInnermost: Whether the script itself threw; then nothing of it is printed.
  /// - Returns: The outermost lines of a stack trace.
  func callers(_ version: PHPVersion, isInnermost: Bool = false) -> [PHPCall] {
    guard api == .v3 else { return [] }
    let included = version == .php74 ? "'/srv/crm/develo...'" : "'...'"
    let argument = isInnermost ? "" : included
    return [PHPCall("developer/v3/index.php", 171, "include_once(\(argument))")]
  }
}
