import ArgumentParser
import ContactModel
import Foundation

/// Flags that every command takes.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Language of messages: en or ru (default: from LANG).", valueName: "code"))
  var lang: String?

  /// The language of this run: `--lang`, then the first of LC_ALL, LC_MESSAGES and LANG that is set.
  var language: Language {
    if let lang { return Language(rawValue: String(lang.prefix(2)).lowercased()) ?? .english }
    return Self.environmentLanguage
  }

  /// The language that arguments ask for, known before they are parsed: errors need it too.
  static func language(of arguments: [String]) -> Language {
    for (index, argument) in arguments.enumerated() {
      if argument == "--lang", index + 1 < arguments.count {
        return Language(rawValue: String(arguments[index + 1].prefix(2)).lowercased()) ?? .english
      }
      if argument.hasPrefix("--lang=") {
        return Language(rawValue: String(argument.dropFirst(7).prefix(2)).lowercased()) ?? .english
      }
    }
    return environmentLanguage
  }

  static var environmentLanguage: Language {
    let environment = ProcessInfo.processInfo.environment
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty }
    return locale?.hasPrefix("ru") == true ? .russian : .english
  }

  func validate() throws {
    if let lang, Language(rawValue: String(lang.prefix(2)).lowercased()) == nil {
      throw ValidationError.unknown("--lang", lang, use: "en or ru", "en, ru")
    }
  }
}
