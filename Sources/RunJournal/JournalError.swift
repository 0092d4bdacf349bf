package import ContactModel
import GRDB

/// Why a journal cannot be created, read or written.
///
/// It stops the run: without a journal nothing is sent.
package struct JournalError: Error, Equatable, Sendable {
  /// What is wrong.
  package enum Code: String, Sendable, CaseIterable {
    case diskFull = "journal.disk-full"
    case readOnly = "journal.read-only"
    case damaged = "journal.damaged"
    case busy = "journal.busy"
    case notAJournal = "journal.not-a-journal"
    case newerVersion = "journal.newer-version"
    case exists = "journal.exists"
    case missing = "journal.missing"
    case cannotCreate = "journal.cannot-create"
    case inputOutput = "journal.input-output"
    case unknownBatch = "journal.unknown-batch"
    case repeatedBatch = "journal.repeated-batch"
    case unexpected = "journal.unexpected"
  }

  /// What is wrong.
  package let code: Code
  /// The journal's file.
  package let path: String
  /// What the system or SQLite says, in English; never a value of the data.
  package let reason: String?

  /// An error of a kind.
  package init(_ code: Code, path: String, reason: String? = nil) {
    self.code = code
    self.path = path
    self.reason = reason
  }

  /// What GRDB or a blob's reader threw, in the journal's words.
  init(_ error: any Error, path: String) {
    switch error {
    case let error as JournalError: self = error
    case is JournalBlobError:
      self.init(.damaged, path: path, reason: "a batch does not match its checksum")
    case let error as DatabaseError:
      let reason = error.message ?? "\(error.extendedResultCode)"
      self.init(Self.code(for: error.resultCode), path: path, reason: reason)
    default: self.init(.unexpected, path: path)
    }
  }

  private static func code(for result: ResultCode) -> Code {
    switch result {
    case .SQLITE_FULL: .diskFull
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: .readOnly
    case .SQLITE_CORRUPT: .damaged
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
    case .SQLITE_NOTADB: .notAJournal
    case .SQLITE_CANTOPEN: .cannotCreate
    case .SQLITE_IOERR: .inputOutput
    case .SQLITE_CONSTRAINT: .repeatedBatch
    default: .unexpected
    }
  }
}

extension JournalError {
  /// The sentence for a person: what is wrong, then what to do.
  package func message(in language: Language) -> String {
    "\(problem(in: language)); \(cure(in: language))"
  }

  private func problem(in language: Language) -> String {
    let because = reason.map { ": \($0)" } ?? ""
    return switch code {
    case .diskFull:
      language.pick(
        "no space left for the journal \(path)", "нет места на диске для журнала \(path)")
    case .readOnly:
      language.pick(
        "the journal \(path) cannot be written\(because)",
        "журнал \(path) недоступен для записи\(because)")
    case .damaged:
      language.pick(
        "the journal \(path) is damaged\(because)", "журнал \(path) повреждён\(because)")
    case .busy:
      language.pick(
        "the journal \(path) is in use by another process",
        "журнал \(path) занят другим процессом")
    case .notAJournal:
      language.pick("\(path) is not a journal of ferry", "\(path) не является журналом ferry")
    case .newerVersion:
      language.pick(
        "the journal \(path) was written by a newer ferry",
        "журнал \(path) записан более новой версией ferry")
    case .exists:
      language.pick("there is already a journal \(path)", "журнал \(path) уже существует")
    case .missing:
      language.pick("there is no journal \(path)", "журнала \(path) нет")
    case .cannotCreate:
      language.pick(
        "the journal \(path) cannot be opened or created\(because)",
        "журнал \(path) не удалось открыть или создать\(because)")
    case .inputOutput:
      language.pick(
        "the disk failed under the journal \(path)\(because)",
        "ошибка диска при работе с журналом \(path)\(because)")
    case .unknownBatch:
      language.pick(
        "an outcome came for a batch that the journal \(path) does not have",
        "получен итог пакета, которого нет в журнале \(path)")
    case .repeatedBatch:
      language.pick(
        "a batch was to be written to the journal \(path) twice",
        "пакет дважды записывается в журнал \(path)")
    case .unexpected:
      language.pick(
        "the journal \(path) failed\(because)", "сбой журнала \(path)\(because)")
    }
  }

  private func cure(in language: Language) -> String {
    switch code {
    case .diskFull:
      language.pick(
        "free some space, then import what was not attempted",
        "освободите место и импортируйте то, что не отправлено")
    case .readOnly, .cannotCreate:
      language.pick(
        "check the rights of the folder, or choose another one for the run",
        "проверьте права на папку или выберите для запуска другую")
    case .damaged, .inputOutput:
      language.pick(
        "check the disk; export the contacts of the CRM and compare before importing again",
        "проверьте диск; перед повторным импортом выгрузите контакты из CRM и сравните")
    case .busy:
      language.pick(
        "wait until the other ferry has ended, or stop it",
        "дождитесь завершения другого ferry или остановите его")
    case .notAJournal, .missing:
      language.pick(
        "name the journal.sqlite in a run's folder", "укажите journal.sqlite в папке запуска")
    case .newerVersion:
      language.pick("use the ferry that wrote it", "используйте ту версию ferry, что его записала")
    case .exists:
      language.pick(
        "give this run another folder with --runs-dir",
        "укажите для этого запуска другую папку через --runs-dir")
    case .unknownBatch, .repeatedBatch, .unexpected:
      language.pick(
        "this is a mistake in ferry: please report it with the run's report.json",
        "это ошибка в ferry: сообщите о ней, приложив report.json запуска")
    }
  }
}
