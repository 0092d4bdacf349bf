package import ContactModel

/// An export that cannot be written as it was asked for.
package enum ExportError: Error, Sendable, Equatable {
  /// The field by which the file is to be divided has more values than files may be open.
  case tooManyFiles(Int)
  /// Several files cannot go to standard output, a pipe or a device.
  case cannotBeDivided(String)
  /// A manifest cannot be read, or is none.
  case noManifest(String, reason: String)

  /// The sentence for a person, with place and cure, without `error:`.
  package func message(in language: Language) -> String {
    switch self {
    case .tooManyFiles(let most):
      language.pick(
        "--split-by would make more than \(most) files; divide by another field or by a number of contacts",
        "--split-by создал бы больше \(most) файлов; делите по другому полю или по числу контактов")
    case .cannotBeDivided(let path):
      language.pick(
        "\(path): several files cannot go there; name a file, or leave --split-by out",
        "\(path): сюда нельзя записать несколько файлов; укажите имя файла или уберите --split-by")
    case .noManifest(let path, let reason):
      language.pick(
        "\(path): \(reason); name the .manifest.json that 'ferry export' wrote, or the manifest.json of a run",
        "\(path): \(reason); укажите .manifest.json, записанный «ferry export», или manifest.json запуска"
      )
    }
  }
}
