package import ContactFormats
package import ContactModel

/// A source that cannot be opened or read.
package struct InputError: Error, Sendable {
  /// Why a source cannot be used.
  package enum Cause: Sendable {
    case missing
    case isFolder
    case notPermitted
    /// Reading stopped with this system error.
    case failed(code: Int32, text: String)
    /// It was read and is not a file of contacts.
    case format(FormatError)
  }

  /// The file as the user named it.
  package let file: String
  /// What is wrong with it.
  package let cause: Cause

  /// Whether not the source but the temporary file beside it is what failed: a full disk, mostly.
  package var isTemporaryFile: Bool {
    if case .format(let error) = cause { error.code == .spillFailed } else { false }
  }

  package init(file: String, cause: Cause) {
    self.file = file
    self.cause = cause
  }

  /// The sentence for a person: what is wrong, then what to do.
  package func message(in language: Language) -> String {
    let sentence =
      switch cause {
      case .missing:
        language.pick(
          "there is no such file; check the name and the folder",
          "такого файла нет; проверьте имя и папку")
      case .isFolder:
        language.pick("this is a folder; name a file in it", "это папка; укажите файл в ней")
      case .notPermitted:
        language.pick(
          "you may not read this file; ask its owner for the right to",
          "нет права читать этот файл; попросите его у владельца")
      case .failed(let code, let text):
        language.pick(
          "reading stopped: \(text) (\(code)); copy the file to a local disk and try again",
          "чтение прервалось: \(text) (\(code)); скопируйте файл на локальный диск и повторите")
      case .format(let error): error.message(in: language)
      }
    return "\(file): \(sentence)"
  }
}
