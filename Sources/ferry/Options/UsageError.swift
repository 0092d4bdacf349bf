import ArgumentParser
import ContactModel

/// What is wrong with the arguments, in the language they ask for.
extension ValidationError {
  /// A mistake in both languages.
  init(_ english: @autoclosure () -> String, _ russian: @autoclosure () -> String) {
    self.init(CommonOptions.language(of: CommandLine.arguments).pick(english(), russian()))
  }

  /// A number that an option does not take.
  static func outOfRange(_ option: String, _ value: Int, least: Int, most: Int? = nil) -> Self {
    if let most {
      return Self(
        "'\(option) \(value)' is out of range; use \(least) to \(most)",
        "'\(option) \(value)' вне пределов; допустимо от \(least) до \(most)")
    }
    return Self(
      "'\(option) \(value)' is out of range; use \(least) or more",
      "'\(option) \(value)' вне пределов; допустимо от \(least)")
  }

  /// A word that an option does not take.
  static func unknown(_ option: String, _ value: String, use: String, _ russianUse: String) -> Self
  {
    Self(
      "'\(option) \(value)' is not known; use \(use)",
      "'\(option) \(value)' — такого нет; допустимо: \(russianUse)")
  }

  /// A delimiter that is none.
  static func delimiter(_ value: String) -> Self {
    unknown(
      "--delimiter", value, use: "comma, semicolon, tab, pipe or one character",
      "comma, semicolon, tab, pipe или один знак")
  }
}
