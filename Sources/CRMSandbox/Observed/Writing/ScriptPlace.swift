/// The place in the API's script from which a contact is written, as a stack trace names it.
struct ScriptPlace: Sendable {
  /// What the script was asked for.
  enum Action: Sendable { case add, row, update }

  let script: ObservedScript
  let action: Action
  let version: PHPVersion

  /// The line in which the script itself looks up a login, or the client of a contact.
  var lookup: (file: String, line: Int) { script.place(v2: action == .update ? 502 : 488) }

  /// The line in which the script hands over to the class of contacts.
  var handover: (file: String, line: Int) {
    switch action {
    case .add: script.place(v2: 479)
    case .row: script.place(v2: 491)
    case .update: script.place(v2: 508)
    }
  }

  /// The calls around the script's own lines, for an exception that one of them threw.
  var innermost: [PHPCall] { script.callers(version, isInnermost: true) }

  /// The calls around a function that the script calls to look something up.
  func lookingUp(through function: String) -> [PHPCall] {
    [PHPCall(lookup.file, lookup.line, function)] + script.callers(version)
  }

  /// The calls around a line of the method of the class of contacts.
  var inMethod: [PHPCall] {
    let method = "Salesman\\Person->\(action == .update ? "fullupdate" : "edit")()"
    return [PHPCall(handover.file, handover.line, method)] + script.callers(version)
  }
}
