import ContactModel
import JSONSyntax
import PersonAPI
import RunReports

/// How `ferry person` shows what the server answered.
enum PersonOutput {
  /// Prints a JSON document.
  static func print(_ body: (inout JSONWriter) -> Void) throws {
    var json = JSONWriter(style: .pretty)
    body(&json)
    try Terminal.output(json.bytes + [0x0A])
  }

  /// Prints two columns: names, and what they stand for.
  static func print(rows: [[String]]) throws {
    let width = rows.map { $0[0].count }.max() ?? 0
    for row in rows {
      let name = PlainText.shown(row[0]).padding(to: width)
      try Terminal.output("\(name)  \(PlainText.shown(row[1]))\n")
    }
  }

  /// Prints what became of a change; returns the exit status that goes with it.
  static func print(
    _ outcome: MutationOutcome, json wantsJSON: Bool, language: Language
  ) throws -> ExitStatus {
    let answer: MutationAnswer
    let status: ExitStatus
    switch outcome {
    case .done(let done): (answer, status) = (done, .success)
    case .refused(let refused): (answer, status) = (refused, .rows)
    case .unknown:
      Terminal.say(
        language.pick(
          "the server's answer does not tell whether this was done; look at the contact in the CRM",
          "по ответу сервера не понять, сделано ли это; посмотрите контакт в CRM"))
      return .uncertain
    }
    let parts = [answer.result, answer.social, answer.error].filter { !$0.isEmpty }
    if wantsJSON {
      try print { json in
        json.beginObject()
        json.key("pid")
        if let pid = answer.pid { json.int(pid) } else { json.null() }
        for (name, text) in [
          ("result", answer.result), ("social", answer.social), ("error", answer.error),
        ] where !text.isEmpty {
          json.key(name)
          json.string(text)
        }
        json.endObject()
      }
    } else {
      let pid = answer.pid.map { "\($0)  " } ?? ""
      try Terminal.output(pid + PlainText.shown(parts.joined(separator: "; ")) + "\n")
    }
    return status
  }
}

extension String {
  /// The text, filled up with blanks to a width.
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
