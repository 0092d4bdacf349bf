import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Keeps two processes from working on the same run.
///
/// The lock is the system's (`flock`), on a file of its own beside the journal: it ends with the
/// process however that ends, so a killed run never has to be unlocked by hand. The file stays.
///
/// The journal itself cannot serve: SQLite's own locks on it are lost when the process opens and
/// closes it a second time.
package final class RunLock: Sendable {
  /// The lock's file.
  package let path: String
  private let descriptor: Int32

  /// Takes the lock, or fails at once.
  ///
  /// - Parameter path: The lock's file; it is made (mode 0600, in a folder of mode 0700) if missing.
  /// - Throws: ``JournalError``; ``JournalError/Code/busy`` while another process, or another lock of
  ///   this one, holds it.
  package init(at path: String) throws(JournalError) {
    try JournalFile.makeFolder(of: path)
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw JournalFile.systemError(path: path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let isHeld = errno == EWOULDBLOCK
      let error = JournalFile.systemError(path: path)
      close(descriptor)
      throw isHeld ? JournalError(.busy, path: path) : error
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit {
    // Said aloud: a process that is just being started holds a copy of the descriptor for a moment.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Replaces what the lock's file says.
  func write(_ bytes: [UInt8]) throws(JournalError) {
    guard ftruncate(descriptor, 0) == 0 else { throw JournalFile.systemError(path: path) }
    let written = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    guard written == bytes.count else { throw JournalFile.systemError(path: path) }
  }

  /// Whether somebody holds the lock now; it is taken for a moment to find out.
  static func isHeld(at path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }
}
