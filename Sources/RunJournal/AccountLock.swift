import Foundation

/// Keeps two runs from working with the same account at once, whatever they read and wherever they
/// write.
///
/// Which contacts of a server are new, and whose they are, can only be told while nobody else here
/// adds any. The lock is a ``RunLock``, so it ends with the process. Who holds it stands in the file;
/// that text may outlive its writer, the lock does not.
package final class AccountLock: Sendable {
  /// The process that was killed while it held the lock; `nil` after an orderly end.
  package let staleHolder: LockHolder?
  private let lock: RunLock

  /// Takes the lock, or fails at once.
  ///
  /// - Parameters:
  ///   - stateFolder: Where ferry keeps what it remembers.
  ///   - account: The account.
  ///   - run: The run that takes it; `nil` for work that belongs to none.
  ///   - since: The time, as text in ISO 8601.
  /// - Throws: ``JournalError``; ``JournalError/Code/busy`` with its ``JournalError/holder`` while
  ///   another process, or another lock of this one, holds it.
  package init(
    stateFolder: String, account: AccountID, run: RunID?, since: String
  ) throws(JournalError) {
    let path = Self.path(stateFolder: stateFolder, account: account)
    lock = try Self.take(path)
    staleHolder = (try? JournalFile.bytes(of: path)).flatMap(LockHolder.init(decoding:))
    let holder = LockHolder(
      process: ProcessInfo.processInfo.processIdentifier, run: run, since: since)
    try lock.write(holder.encoded())
  }

  deinit { try? lock.write([]) }

  /// Who holds the lock of an account now; `nil` if nobody does.
  ///
  /// - Returns: The holder; with nothing known about it if its text cannot be read.
  package static func holder(stateFolder: String, account: AccountID) -> LockHolder? {
    let path = path(stateFolder: stateFolder, account: account)
    guard RunLock.isHeld(at: path) else { return nil }
    return read(path)
  }

  private static func path(stateFolder: String, account: AccountID) -> String {
    "\(stateFolder)/\(account.text)/lock"
  }

  private static func read(_ path: String) -> LockHolder {
    let bytes = (try? JournalFile.bytes(of: path)) ?? []
    return LockHolder(decoding: bytes) ?? LockHolder(process: nil, run: nil, since: nil)
  }

  private static func take(_ path: String) throws(JournalError) -> RunLock {
    // `isHeld` of another process holds the lock for a moment; that is no run.
    var attempts = 0
    while true {
      do {
        return try RunLock(at: path)
      } catch let error where error.code == .busy {
        attempts += 1
        guard attempts == 5 else {
          usleep(10_000)
          continue
        }
        throw JournalError(.busy, path: path, holder: read(path))
      }
    }
  }
}

/// Who holds the lock of an account.
package struct LockHolder: Sendable, Equatable {
  /// The process; `nil` if nobody knows.
  package var process: Int32?
  /// The run it works on.
  package var run: RunID?
  /// Since when, as text in ISO 8601.
  package var since: String?

  /// A holder as far as it is known.
  package init(process: Int32?, run: RunID?, since: String?) {
    self.process = process
    self.run = run
    self.since = since
  }

  func encoded() -> [UInt8] {
    let lines = [
      process.map { "process \($0)" }, run.map { "run \($0.text)" }, since.map { "since \($0)" },
    ]
    return Array(lines.compactMap(\.self).map { $0 + "\n" }.joined().utf8)
  }

  /// `nil` if the text does not name a process.
  init?(decoding bytes: [UInt8]) {
    self.init(process: nil, run: nil, since: nil)
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "process": process = Int32(parts[1])
      case "run": run = RunID(String(parts[1]))
      case "since": since = Self.time(parts[1])
      default: continue
      }
    }
    if process == nil { return nil }
  }

  /// A time that may be shown on a terminal.
  private static func time(_ text: Substring) -> String? {
    let isTime = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || "-:.+TZ".utf8.contains(byte)
    }
    return isTime && text.utf8.count <= 32 ? String(text) : nil
  }
}
