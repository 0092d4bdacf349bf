/// The place in the API's scripts from which a contact is written, as a stack trace names it.
struct ScriptPlace: Sendable {
  /// What the script was asked for.
  enum Action: Sendable { case add, row, update }

  let api: Entrance.API
  let action: Action
  let version: PHPVersion

  /// The script.
  var file: String {
    switch api {
    case .v2: "developer/v2/person.php"
    case .v3: "developer/v3/methods/person.php"
    }
  }

  /// The line in which the script itself looks up a login, or the client of a contact.
  var lookupLine: Int { line(v2: action == .update ? 502 : 488) }

  /// The line in which the script hands over to the class of contacts.
  var callLine: Int {
    switch action {
    case .add: line(v2: 479)
    case .row: line(v2: 491)
    case .update: line(v2: 508)
    }
  }

  /// The v3 script does the same further up.
  private func line(v2 line: Int) -> Int { api == .v2 ? line : line - 152 }

  /// The calls around the script's own lines, for an exception that one of them threw.
  var innermost: [PHPCall] { including(nil) }

  /// The calls around a function that one of the script's lines called.
  func calling(_ line: Int, _ function: String) -> [PHPCall] {
    [PHPCall(file, line, function)] + including(version == .php74 ? "/srv/crm/develo..." : "...")
  }

  /// The calls around a line of the method of the class of contacts.
  var inMethod: [PHPCall] {
    calling(callLine, "Salesman\\Person->\(action == .update ? "fullupdate" : "edit")()")
  }

  /// A v3 script is itself included, by a call whose argument is only known further in.
  private func including(_ file: String?) -> [PHPCall] {
    guard api == .v3 else { return [] }
    let argument = file.map { "'\($0)'" } ?? ""
    return [PHPCall("developer/v3/index.php", 171, "include_once(\(argument))")]
  }
}
