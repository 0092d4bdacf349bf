import Crypto
import Foundation

/// Says that a ``DuplicateIndex``'s file is as ferry left it: a SHA-256 of its bytes, in a file beside
/// it.
struct IndexSeal {
  private let path: String
  private let sealPath: String

  /// Raised with every change of the tables or of what goes into them.
  private static let version = 1

  init(path: String) {
    self.path = path
    sealPath = path + ".seal"
  }

  /// Whether the file has its seal and no transaction was broken off.
  func matches() throws(JournalError) -> Bool {
    guard JournalFile.exists(at: sealPath), !JournalFile.exists(at: path + "-journal") else {
      return false
    }
    return try JournalFile.bytes(of: sealPath) == text()
  }

  /// Seals the file as it is now.
  func write() throws(JournalError) {
    try JournalFile.replace(sealPath, with: text())
  }

  /// Makes the next run build the index anew.
  func `break`() throws(JournalError) { try JournalFile.remove(sealPath) }

  /// Removes the file and all that belongs to it, the seal first.
  func removeAll() throws(JournalError) {
    for suffix in [".seal", "-journal", "-wal", "-shm", ""] {
      try JournalFile.remove(path + suffix)
    }
  }

  private func text() throws(JournalError) -> [UInt8] {
    var hash = SHA256()
    try JournalFile.read(path) { hash.update(bufferPointer: $0) }
    let digits = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return Array("\(Self.version) \(digits.joined())\n".utf8)
  }
}
