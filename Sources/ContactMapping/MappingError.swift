package import ContactModel

/// A mapping that cannot be used: what is wrong, where, and what to do.
///
/// A mistake in a mapping stops the run before anything is sent (DESIGN, law 6).
package struct MappingError: Error, Sendable, Equatable {
  /// What is wrong.
  package let problem: MappingProblem
  /// The mapping's file as the user named it; empty for a mapping that was not read from one.
  package let file: String
  /// The line, from 1; 0 where the problem has no place.
  package let line: Int
  /// The column in that line in Unicode scalars, from 1; 0 where the problem has no place.
  package let column: Int
  /// The line itself with a caret under the place; empty where there is none.
  package let snippet: String

  init(_ problem: MappingProblem, in text: MappingText, at place: MappingPlace?) {
    self.problem = problem
    self.file = text.fileName
    self.line = place?.line ?? 0
    self.column = place?.column ?? 0
    self.snippet = place.map { text.snippet(at: $0) } ?? ""
  }

  /// The problem's identifier, such as `mapping.unknown-field`.
  package var code: String { problem.code }

  /// The message a person reads: place, problem, the line with a caret, a hint.
  ///
  /// ```
  /// mappings/acme.yaml:12:3: error: unknown field 'teel'
  ///   teel: Телефон
  ///   ^
  ///   hint: did you mean 'tel'?
  /// ```
  package func message(in language: Language) -> String {
    var message = language.pick("error: ", "ошибка: ") + problem.sentence(in: language)
    if line > 0 { message = "\(line):\(column): " + message }
    if !file.isEmpty { message = "\(file):" + (line > 0 ? "" : " ") + message }
    if !snippet.isEmpty { message += "\n" + snippet }
    if let hint = problem.hint(in: language) {
      message += "\n  " + language.pick("hint: ", "подсказка: ") + hint
    }
    return message
  }
}
