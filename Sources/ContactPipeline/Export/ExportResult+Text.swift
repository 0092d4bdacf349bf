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
    let told = changes?.text(in: language) ?? ""
    guard files.first?.name != ExportFiles.name(of: target) else {
      return "\(counted) → \(target)\(told)"
    }
    return "\(counted) → "
      + language.pick(
        Plural.english(parts, "file", "files"),
        Plural.russian(parts, "файл", "файла", "файлов"))
      + ", \(ExportNames(path: target).manifest)\(told)"
  }

  /// How many files the contacts are in, besides those that tell what has changed.
  private var parts: Int { files.count - (changes == nil ? 0 : ExportChanges.fileCount) }

  /// What is to be known besides: how much the files promise, and which phones stayed as they are.
  package func remarkLines(in language: Language) -> [String] {
    let promise = language.pick(
      "every visible contact that existed from \(from) to \(until)",
      "все видимые контакты, существовавшие с \(from) по \(until)")
    var lines = [promise]
    if resumedContacts > 0 {
      let count = Plural.grouped(resumedContacts, in: language)
      lines.append(
        language.pick(
          "note: contacts that the interrupted export had read and this one has not read again: \(count)",
          "заметка: контактов, прочитанных прерванной выгрузкой и не запрошенных снова: \(count)"))
    }
    if keptPhones > 0 {
      let count = Plural.grouped(keptPhones, in: language)
      lines.append(
        language.pick(
          "note: telephone cells that stay as they are, with more in them than numbers: \(count)",
          "заметка: ячеек с телефонами, в которых не только номера и которые оставлены как есть: \(count)"
        ))
    }
    return lines
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
