import ContactModel
import Dispatch
import Foundation

/// Asks a person before something is done that cannot be taken back.
struct Confirmation: Sendable {
  /// Whether everything is agreed to beforehand (`--yes`).
  let isGiven: Bool
  /// Gives the question up once it is set.
  let interrupted: Interruption.Flag
  let language: Language

  /// Whether it is given, or somebody is there to give it.
  var canBeHad: Bool { isGiven || (Terminal.isInteractive && isatty(STDIN_FILENO) == 1) }

  /// Asks a question and waits for the answer.
  ///
  /// - Parameter question: What is going to be done, as sentences.
  /// - Returns: Whether it may be done. Where nobody can be asked it may not, and it is said that
  ///   `--yes` is missing.
  func ask(_ question: String) async -> Bool {
    if isGiven { return true }
    Terminal.say(question)
    guard canBeHad else {
      Terminal.say(
        language.pick(
          "nobody can be asked here; add --yes if this is meant",
          "спросить некого; добавьте --yes, если это действительно нужно"))
      return false
    }
    Terminal.prompt(language.pick("go on? [y/N] ", "продолжить? [y/N] "))
    let answer = await Self.answer(unless: interrupted)
    return ["y", "yes", "д", "да"].contains(answer.lowercased())
  }

  /// The line that is typed in; empty once the run is interrupted.
  ///
  /// The thread that waits is not one of the cooperative pool.
  private static func answer(unless interrupted: Interruption.Flag) async -> String {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "ferry.question").async {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while poll(&input, 1, 200) == 0 {
          guard !interrupted.isSet else { return continuation.resume(returning: "") }
        }
        let line = interrupted.isSet ? nil : readLine()
        continuation.resume(returning: (line ?? "").trimmingCharacters(in: .whitespaces))
      }
    }
  }
}
