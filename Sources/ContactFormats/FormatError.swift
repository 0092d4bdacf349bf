package import ContactModel

/// A file that cannot be read at all.
///
/// Bad records are ``ContactModel/Issue``s instead.
package struct FormatError: Error, Sendable, Equatable {
  /// Why a file cannot be read.
  package enum Code: String, Sendable {
    /// There is not a single byte, or nothing but blanks.
    case empty = "file.empty"
    /// The bytes are not text.
    case binary = "file.binary"
    /// Text in an encoding this version does not read.
    case unsupportedEncoding = "file.encoding"
    /// The first record does not end where a header would.
    case endlessHeader = "file.header"
    /// A format this version does not read.
    case unsupportedFormat = "file.format"
  }

  /// What is wrong.
  package let code: Code
  /// What was found instead, such as a format's name.
  package let found: String

  package init(_ code: Code, found: String = "") {
    self.code = code
    self.found = found
  }

  /// The sentence for a person: what is wrong, then what to do.
  package func message(in language: Language) -> String {
    switch code {
    case .empty:
      language.pick(
        "the file is empty; export it again with at least a header row",
        "файл пуст; выгрузите его ещё раз, хотя бы со строкой заголовков")
    case .binary:
      language.pick(
        "this is not a text file\(looksLike); save the table as CSV and use that file",
        "это не текстовый файл\(looksLike); сохраните таблицу как CSV и укажите тот файл")
    case .unsupportedEncoding:
      language.pick(
        "the text is in \(found), which is not read yet; save it as UTF-8 or windows-1251",
        "текст в кодировке \(found), которая пока не читается; сохраните его в UTF-8 или windows-1251"
      )
    case .endlessHeader:
      language.pick(
        "the first row does not end within 64 KB, so it is no header; look for a quote that is not closed",
        "первая строка не кончается в пределах 64 КБ, так что это не заголовок; поищите незакрытую кавычку"
      )
    case .unsupportedFormat:
      language.pick(
        "\(found) files are not read yet; export the contacts as CSV",
        "файлы \(found) пока не читаются; выгрузите контакты в CSV")
    }
  }

  private var looksLike: String { found.isEmpty ? "" : " (\(found))" }
}
