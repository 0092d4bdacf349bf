/// The languages ferry speaks to people.
///
/// Modules that produce sentences take a language and return the sentence; which language a run
/// uses is decided once, by the command line (`--lang`, then `LANG`).
package enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case russian = "ru"

  /// Picks one of two sentences.
  ///
  /// The two stand side by side in the code, so that whoever changes one sees the other.
  package func pick(_ english: @autoclosure () -> String, _ russian: @autoclosure () -> String)
    -> String
  {
    switch self {
    case .english: english()
    case .russian: russian()
    }
  }
}
