package import ContactModel

extension ConvertError {
  /// The sentence for a person: what is wrong, then what to do.
  package func message(in language: Language) -> String {
    switch self {
    case .unknownColumn(let name, nil):
      language.pick(
        "the file has no column '\(name)'; 'ferry convert' without --columns shows them all",
        "в файле нет столбца '\(name)'; все столбцы покажет 'ferry convert' без --columns")
    case .unknownColumn(let name, let nearest?):
      language.pick(
        "the file has no column '\(name)'; did you mean '\(nearest)'?",
        "в файле нет столбца '\(name)'; может быть, '\(nearest)'?")
    case .sameFile(let path):
      language.pick(
        "\(path): input, result and rejects must be different files; choose another name",
        "\(path): исходный файл, результат и отклонённые записи — разные файлы; назовите иначе")
    }
  }
}
