import ContactModel
import PersonAPI
import RunJournal

/// Contacts above a run's first watermark that no journal here owns, found by what they hold.
///
/// Most are those of colleagues. Others are rows of the run: a request that began too late, or one that
/// the journal does not know, since it lost its end with the disk or was put back from a copy.
struct StrayContacts: Sendable {
  private var byMark: [UInt64: [SeenContact]] = [:]
  private var byKey: [ImportKey: [Int]] = [:]
  private let run: String
  private let isKeyed: Bool

  /// - Parameters:
  ///   - contacts: The contacts.
  ///   - run: The run.
  ///   - isKeyed: Whether its rows carry import keys. Then a contact without one is not of the run, however
  ///     alike it is.
  init(_ contacts: some Sequence<SeenContact>, run: RunID, isKeyed: Bool) {
    self.run = ImportKey.token(run.text)
    self.isKeyed = isKeyed
    for contact in contacts {
      if let key = contact.key {
        byKey[key, default: []].append(contact.pid)
      } else if !isKeyed {
        for mark in Set([contact.stored, contact.storedWithOwner]) {
          byMark[mark, default: []].append(contact)
        }
      }
    }
  }

  /// Whether there are none.
  var isEmpty: Bool { byMark.isEmpty && byKey.isEmpty }

  /// Takes out everything that is a copy of a row; each contact is one of one row at most.
  ///
  /// - Parameters:
  ///   - mark: The hash of what the row is stored as.
  ///   - file: The index of its file in the run's list.
  ///   - record: The record's number in the file.
  /// - Returns: The copies' pids.
  mutating func takeCopies(mark: UInt64, file: Int, record: Int) -> [Int] {
    if isKeyed {
      return byKey.removeValue(forKey: ImportKey(run: run, file: file, record: record)) ?? []
    }
    // All of them: a row may have come late several times, and rows that are alike share theirs.
    let found = byMark[mark] ?? []
    for contact in found { remove(contact) }
    return found.map(\.pid)
  }

  /// Takes out the oldest contact that is a row which has none yet.
  ///
  /// - Parameters:
  ///   - mark: The hash of what the row is stored as.
  ///   - file: The index of its file in the run's list.
  ///   - record: The record's number in the file.
  /// - Returns: The row's outcome, and how it is known; `nil` if it has no contact.
  mutating func takeOldest(mark: UInt64, file: Int, record: Int) -> SettledRow? {
    if isKeyed {
      let key = ImportKey(run: run, file: file, record: record)
      guard let pids = byKey[key], let pid = pids.min() else { return nil }
      byKey[key] = pids.filter { $0 != pid }
      return SettledRow(.created(pid: pid), evidence: .importKey)
    }
    guard let oldest = byMark[mark]?.min(by: { $0.pid < $1.pid }) else { return nil }
    remove(oldest)
    return SettledRow(.created(pid: oldest.pid), evidence: .values)
  }

  private mutating func remove(_ contact: SeenContact) {
    for mark in Set([contact.stored, contact.storedWithOwner]) {
      byMark[mark]?.removeAll { $0.pid == contact.pid }
    }
  }
}
