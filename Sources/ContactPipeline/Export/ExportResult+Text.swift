package import ContactModel
import Foundation
package import RunReports

extension ExportResult {
  /// What was written, in one line for a person.
  ///
  /// - Parameters:
  ///   - target: The file as the user named it; `-` for standard output.
  ///   - language: The language.
  /// - Returns: How many contacts and fields went where.
  package func line(target: String, in language: Language) -> String {
    let counted = language.pick(
      "\(Plural.english(contacts, "contact", "contacts")), "
        + "\(Plural.english(columns.count, "field", "fields"))",
      "\(Plural.russian(contacts, "контакт", "контакта", "контактов")), "
        + "\(Plural.russian(columns.count, "поле", "поля", "полей"))")
    guard target != "-" else { return counted }
    if let changes { return "\(counted) → \(target)\(changes.text(in: language))" }
    guard files.count != 1 || files[0].name != ExportFiles.name(of: target) else {
      return "\(counted) → \(target)"
    }
    return "\(counted) → "
      + language.pick(
        Plural.english(files.count, "file", "files"),
        Plural.russian(files.count, "файл", "файла", "файлов"))
      + ", \(ExportNames(path: target).manifest)"
  }

  /// What is to be known besides: how much the files promise, and which phones stayed as they are.
  package func remarkLines(in language: Language) -> [String] {
    let promise = language.pick(
      "every visible contact that existed from \(from) to \(until)",
      "все видимые контакты, существовавшие с \(from) по \(until)")
    guard keptPhones > 0 else { return [promise] }
    let count = Plural.grouped(keptPhones, in: language)
    return [
      promise,
      language.pick(
        "note: telephone cells that stay as they are, with more in them than numbers: \(count)",
        "заметка: ячеек с телефонами, в которых не только номера и которые оставлены как есть: \(count)"
      ),
    ]
  }

  /// The manifest with what could not be written as it is, for programs.
  package var summary: ExportManifest {
    var summary = manifest
    summary.issues = issues.sorted { $0.key.rawValue < $1.key.rawValue }.map {
      ($0.key.rawValue, $0.value)
    }
    return summary
  }

  /// What could not be written as it is, a line for each kind.
  package func issueLines(in language: Language) -> [String] {
    issues.sorted { $0.key.rawValue < $1.key.rawValue }.map { code, count in
      language.pick("warning: ", "внимание: ")
        + "\(Plural.grouped(count, in: language)) × \(code.rawValue): "
        + IssueText.message(for: code, in: language)
    }
  }
}

extension ExportChanges {
  /// The counts for a person, behind the line about the export.
  fileprivate func text(in language: Language) -> String {
    let counts = [
      (added, language.pick("added", "новых")), (changed, language.pick("changed", "изменённых")),
      (deleted, language.pick("deleted", "удалённых")),
      (hidden, language.pick("hidden", "скрытых")),
    ]
    return counts.map { "; \(Plural.grouped($0.0, in: language)) \($0.1)" }.joined()
  }
}
