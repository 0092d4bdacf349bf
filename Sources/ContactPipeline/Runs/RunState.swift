package import ContactModel
import RunJournal

/// How a run stands, as far as can be seen from outside.
package enum RunState: String, Sendable, CaseIterable {
  /// A process works on it.
  case running
  /// It never ended, and no process works on it: it was killed.
  case unfinished
  /// ferry stopped it.
  case stopped
  /// The user interrupted it.
  case interrupted
  /// Every record was attempted.
  case complete
  /// What it created was deleted again.
  case undone
  /// Its journal is not where it was.
  case missing

  /// How a run stands.
  ///
  /// - Parameters:
  ///   - status: How it ended, as far as its journal or its entry knows.
  ///   - isLocked: Whether a process works on it.
  ///   - isMissing: Whether its journal is not there.
  init(_ status: RunStatus, isLocked: Bool, isMissing: Bool = false) {
    self =
      switch status {
      case _ where isMissing: .missing
      case _ where isLocked: .running
      case .open: .unfinished
      case .stopped: .stopped
      case .interrupted: .interrupted
      case .complete: .complete
      case .undone: .undone
      }
  }

  /// Whether `resume` would go on with it.
  package var isResumable: Bool {
    switch self {
    case .unfinished, .stopped, .interrupted: true
    case .running, .complete, .undone, .missing: false
    }
  }

  /// The state's name for a person.
  package func name(in language: Language) -> String {
    switch self {
    case .running: language.pick("running", "идёт")
    case .unfinished: language.pick("unfinished", "не завершён")
    case .stopped: language.pick("stopped", "остановлен")
    case .interrupted: language.pick("interrupted", "прерван")
    case .complete: language.pick("complete", "завершён")
    case .undone: language.pick("undone", "отменён")
    case .missing: language.pick("journal missing", "нет журнала")
    }
  }
}
