package import ContactModel

/// One thing the doctor found out: what is so, what follows from it, and what to do.
package struct DoctorFinding: Sendable, Equatable {
  /// How much it matters.
  package enum Level: String, Sendable, CaseIterable {
    /// All is well.
    case ok
    /// Something to know.
    case note
    /// Something that may go wrong.
    case warning
    /// Something that will go wrong.
    case problem

    /// The level's name for people.
    package func name(in language: Language) -> String {
      switch self {
      case .ok: language.pick("ok", "хорошо")
      case .note: language.pick("note", "заметка")
      case .warning: language.pick("warning", "внимание")
      case .problem: language.pick("problem", "проблема")
      }
    }
  }

  /// What it is about, for machines: `variables`, `fields`.
  package let subject: String
  /// How much it matters.
  package let level: Level
  /// What is so.
  package let statement: String
  /// What follows; empty where nothing does.
  package let consequence: String
  /// What to do; empty where nothing has to be done.
  package let cure: String

  init(
    _ subject: String, _ level: Level, _ statement: String, consequence: String = "",
    cure: String = ""
  ) {
    self.subject = subject
    self.level = level
    self.statement = statement
    self.consequence = consequence
    self.cure = cure
  }
}
