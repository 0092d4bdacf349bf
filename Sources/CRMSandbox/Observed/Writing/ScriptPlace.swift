/// The place in the API's scripts from which a contact is written, as a stack trace names it.
struct ScriptPlace: Sendable {
  /// What the script was asked for.
  enum Action: Sendable { case add, row, update }

  let api: Entrance.API
  let action: Action
  let version: PHPVersion

  /// The script.
  var file: String { script.place(v2: 0).0 }

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

  private var script: ObservedScript { .person(api) }

  private func line(v2 line: Int) -> Int { script.place(v2: line).1 }

  /// The calls around the script's own lines, for an exception that one of them threw.
  var innermost: [PHPCall] { script.callers(version, isInnermost: true) }

  /// The calls around a function that one of the script's lines called.
  func calling(_ line: Int, _ function: String) -> [PHPCall] {
    [PHPCall(file, line, function)] + script.callers(version)
  }

  /// The calls around a line of the method of the class of contacts.
  var inMethod: [PHPCall] {
    calling(callLine, "Salesman\\Person->\(action == .update ? "fullupdate" : "edit")()")
  }
}
