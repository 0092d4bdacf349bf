import GRDB

/// Why a journal, or what ferry remembers about journals, cannot be created, read or written.
///
/// It stops the run: without a journal nothing is sent.
package struct JournalError: Error, Equatable, Sendable {
  /// What is wrong.
  package enum Code: String, Sendable, CaseIterable {
    case diskFull = "journal.disk-full"
    case readOnly = "journal.read-only"
    case damaged = "journal.damaged"
    case outdated = "journal.outdated"
    case busy = "journal.busy"
    case notAJournal = "journal.not-a-journal"
    case newerVersion = "journal.newer-version"
    case olderVersion = "journal.older-version"
    case damagedEntry = "journal.damaged-entry"
    case damagedIndex = "journal.damaged-index"
    case unknownRun = "journal.unknown-run"
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
  /// The file it is about: a journal, a registry's entry, a lock or an index.
  package let path: String
  /// What the system or SQLite says, in English; never a value of the data.
  package let reason: String?
  /// Who holds the account's lock, where that is why the journal is busy.
  package let holder: LockHolder?

  /// An error of a kind.
  package init(_ code: Code, path: String, reason: String? = nil, holder: LockHolder? = nil) {
    self.code = code
    self.path = path
    self.reason = reason
    self.holder = holder
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
