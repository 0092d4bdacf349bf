package import ContactModel

/// An export that cannot be written as it was asked for.
package enum ExportError: Error, Sendable, Equatable {
  /// The field by which the file is to be divided has more values than files may be open.
  case tooManyFiles(Int)
  /// Several files cannot go to standard output, a pipe or a device.
  case cannotBeDivided(String)
  /// Another export into the same file is at work.
  case underWay(String)
  /// What an interrupted export left is of another selection, of other fields or another account.
  case otherPartial(String)
  /// The folder of `--state` is another export's.
  case otherState(String)
  /// What the folder of `--state` remembers cannot be read: the system says why, or it is not whole.
  case damagedState(String, reason: String?)
  /// Far fewer contacts are there than before.
  case shrunk(missing: Int, of: Int)
  /// A manifest cannot be read, or is none.
  case noManifest(String, reason: String)

  /// Whether the export was begun as it may be, and could not come to its end.
  package var endsRun: Bool {
    switch self {
    case .shrunk, .damagedState: true
    case .tooManyFiles, .cannotBeDivided, .underWay, .otherPartial, .otherState,
      .noManifest:
      false
    }
  }

  /// The sentence for a person, with place and cure, without `error:`.
  package func message(in language: Language) -> String {
    switch self {
    case .tooManyFiles(let most):
      language.pick(
        "--split-by would make more than \(most) files; divide by another field or by a number of contacts",
        "--split-by создал бы больше \(most) файлов; делите по другому полю или по числу контактов")
    case .cannotBeDivided(let path):
      language.pick(
        "\(path): several files cannot go there; name a file, or leave --split-by and --state out",
        "\(path): сюда нельзя записать несколько файлов; укажите имя файла или уберите --split-by и --state"
      )
    case .underWay(let path):
      language.pick(
        "\(path): another export into this file is under way; wait until it has ended",
        "\(path): в этот файл уже идёт другая выгрузка; дождитесь её конца")
    case .otherPartial(let path):
      language.pick(
        "\(path): the export that was interrupted has another selection, other fields or another account; leave --resume out to begin anew",
        "\(path): у прерванной выгрузки другой отбор, другие поля или другая учётная запись; уберите --resume, чтобы начать заново"
      )
    case .otherState(let folder):
      language.pick(
        "\(folder): this state is another export's (another CRM, account or selection); give each export a folder of its own with --state",
        "\(folder): это состояние другой выгрузки (другая CRM, учётная запись или отбор); дайте каждой выгрузке свою папку через --state"
      )
    case .damagedState(let path, let reason):
      language.pick(
        "\(path): \(reason ?? "it is damaged"); remove it, and the next export will list all contacts as added",
        "\(path): \(reason ?? "файл повреждён"); удалите его, и следующая выгрузка покажет все контакты как добавленные"
      )
    case .shrunk(let missing, let previous):
      language.pick(
        "the CRM shows \(previous - missing) of the \(previous) contacts there were, so the last export was left as it is; look whether that is right, and allow it once with a greater --max-shrink",
        "CRM показывает \(previous - missing) из \(previous) прежних контактов, поэтому последняя выгрузка оставлена; проверьте, так ли это, и один раз увеличьте --max-shrink"
      )
    case .noManifest(let path, let reason):
      language.pick(
        "\(path): \(reason); name the .manifest.json that 'ferry export' wrote, or the manifest.json of a run",
        "\(path): \(reason); укажите .manifest.json, записанный «ferry export», или manifest.json запуска"
      )
    }
  }
}
