package import ContactModel
import Foundation

/// Why a file cannot be written.
///
/// Whatever stood under its name before is untouched.
package struct OutputError: Error, Sendable, Equatable {
  /// What is wrong.
  package enum Code: String, Sendable, CaseIterable {
    case diskFull = "output.disk-full"
    case notPermitted = "output.not-permitted"
    case isDirectory = "output.is-directory"
    case missingFolder = "output.missing-folder"
    /// The path is to be a folder, and something else has its name.
    case notDirectory = "output.not-directory"
    /// Whoever read the output stopped reading, as `head` does. Not a failure of the run.
    case brokenPipe = "output.broken-pipe"
    case nameTooLong = "output.name-too-long"
    case inputOutput = "output.disk-failed"
    case unexpected = "output.failed"
  }

  /// What is wrong.
  package let code: Code
  /// The file as the user named it; `-` for standard output.
  package let path: String
  /// What the system says, in English.
  package let reason: String?

  /// An error of a kind.
  package init(_ code: Code, path: String, reason: String? = nil) {
    self.code = code
    self.path = path
    self.reason = reason
  }

  /// An error number of the system in words that lead to a cure.
  package init(systemError number: Int32, path: String) {
    let code: Code =
      switch number {
      case ENOSPC, EDQUOT, EFBIG: .diskFull
      case EACCES, EPERM, EROFS: .notPermitted
      case EISDIR: .isDirectory
      case ENOENT, ENOTDIR: .missingFolder
      case EPIPE: .brokenPipe
      case ENAMETOOLONG: .nameTooLong
      case EIO: .inputOutput
      default: .unexpected
      }
    self.init(code, path: path, reason: String(cString: strerror(number)))
  }

  /// The sentence for a person: what is wrong, then what to do.
  package func message(in language: Language) -> String {
    let path =
      self.path == "-" ? language.pick("standard output", "стандартный вывод") : self.path
    let because = reason.map { " (\($0))" } ?? ""
    return switch code {
    case .diskFull:
      language.pick(
        "no space left to write \(path); free some space on this disk",
        "не хватает места, чтобы записать \(path); освободите место на этом диске")
    case .notPermitted:
      language.pick(
        "\(path) cannot be written\(because); check the rights of its folder or choose another one",
        "нельзя записать \(path)\(because); проверьте права на папку или выберите другую")
    case .isDirectory:
      language.pick(
        "\(path) is a folder; name a file inside it",
        "\(path) — это папка; укажите файл внутри неё")
    case .notDirectory:
      language.pick(
        "\(path) has to be a folder, and something else has this name; remove or rename that",
        "\(path) должна быть папкой, а это имя занято другим; удалите или переименуйте его")
    case .missingFolder:
      language.pick(
        "the folder of \(path) does not exist; create it first",
        "папки для \(path) нет; сначала создайте её")
    case .brokenPipe:
      language.pick(
        "the program that read the output has ended; nothing needs to be done",
        "программа, читавшая вывод, завершилась; ничего делать не нужно")
    case .nameTooLong:
      language.pick(
        "the name \(path) is too long; choose a shorter one",
        "имя \(path) слишком длинное; выберите короче")
    case .inputOutput:
      language.pick(
        "the disk failed while \(path) was written\(because); check the disk",
        "ошибка диска при записи \(path)\(because); проверьте диск")
    case .unexpected:
      language.pick(
        "\(path) cannot be written\(because); try another place",
        "не удалось записать \(path)\(because); попробуйте другое место")
    }
  }
}
