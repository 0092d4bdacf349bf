import Crypto
import Foundation
import Synchronization

/// Writes a file that appears complete or not at all.
///
/// The bytes go to a temporary name in the same folder; ``commit()`` flushes them to the disk and
/// gives them their name in one step. Until then whatever stood there stays as it was, and an
/// output file that is given up (``discard()``, an error, the last reference) leaves nothing.
///
/// ```swift
/// let file = try OutputFile(path: "rejected.csv")
/// try file.append(bytes)
/// let written = try file.commit()          // its size and SHA-256
/// ```
///
/// The path `-` is standard output; a device or a pipe is written to directly as well. There,
/// nothing can be taken back.
///
/// The calls block: not for the cooperative thread pool. One task at a time may use an output file.
package final class OutputFile {
  /// The file as the user named it.
  package let path: String
  /// How many bytes have been appended.
  package private(set) var byteCount = 0

  private let descriptor: Int32
  /// Where the bytes are until the commit, and where they go; `nil` for what is written directly.
  private let names: (temporary: String, final: String)?
  private let ownsDescriptor: Bool
  private var buffer: [UInt8] = []
  /// `nil` where nobody asks for it: it takes longer than most of what is written takes to make.
  private var hash: SHA256?
  private var isOpen = true
  /// What has been written, once it is on the disk.
  private var sealed: WrittenFile?
  private var isSealed: Bool { sealed != nil }

  private static let bufferSize = 1 << 16

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - path: Where the file is to be; `-` is standard output.
  ///   - mode: The rights it gets, whatever the umask says; nobody but the owner by default.
  ///   - isHashed: Whether ``WrittenFile/sha256`` is wanted, for a manifest.
  /// - Throws: ``OutputError`` if the file could not be written later.
  package init(path: String, mode: UInt16 = 0o600, isHashed: Bool = true) throws(OutputError) {
    self.path = path
    hash = isHashed ? SHA256() : nil
    switch try OutputTarget(path: path) {
    case .standardOutput:
      names = nil
      descriptor = STDOUT_FILENO
      ownsDescriptor = false
    case .stream(let number):
      names = nil
      descriptor = number
      ownsDescriptor = false
    case .direct:
      names = nil
      descriptor = try Self.openFile(path, O_WRONLY | O_CLOEXEC, mode: 0, for: path)
      ownsDescriptor = true
    case .file(let final):
      let temporary = Self.temporaryName(beside: final)
      descriptor = try Self.openFile(
        temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode: mode_t(mode), for: path)
      names = (temporary, final)
      Self.unfinished.withLock { _ = $0.insert(temporary) }
      ownsDescriptor = true
      // The umask has taken its part of the mode; the user asked for all of it.
      _ = fchmod(descriptor, mode_t(mode))
    }
  }

  deinit { discard() }

  /// Appends bytes.
  package func append(_ bytes: [UInt8]) throws(OutputError) { try append(bytes.span) }

  /// Appends bytes.
  ///
  /// - Throws: ``OutputError``; then the file is discarded.
  package func append(_ bytes: Span<UInt8>) throws(OutputError) {
    precondition(isOpen && !isSealed, "nothing is appended after the end")
    byteCount += bytes.count
    bytes.withUnsafeBufferPointer { part in
      hash?.update(bufferPointer: UnsafeRawBufferPointer(part))
      buffer.append(contentsOf: part)
    }
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Appends text.
  package func append(_ text: String) throws(OutputError) { try append(Array(text.utf8)) }

  /// Whether the file takes another's place in one step; a device, a pipe and standard output do not.
  package var isReplacing: Bool { names != nil }

  /// Flushes the file to the disk, so that ``commit()`` has only its name left to give.
  ///
  /// Of files that belong together all are sealed before the first gets its name. A file that is sealed
  /// takes neither a descriptor nor memory.
  ///
  /// - Returns: What has been written.
  /// - Throws: ``OutputError``; then the file is discarded.
  @discardableResult
  package func seal() throws(OutputError) -> WrittenFile {
    if let sealed { return sealed }
    try flush()
    let written = WrittenFile(
      path: path, byteCount: byteCount, sha256: hash.map { Hexadecimal.text(of: $0.finalize()) })
    guard let names else { return written }
    try check(fsync(descriptor))
    sealed = written
    buffer = []
    // A network file system may report a full disk only here.
    guard close(descriptor) == 0 else {
      let error = OutputError(systemError: errno, path: path)
      isOpen = false
      Self.removeUnfinished(names.temporary)
      throw error
    }
    return written
  }

  /// Ends the file: flushed to the disk, then under its name, then the name flushed to the disk.
  ///
  /// - Returns: What has been written.
  /// - Throws: ``OutputError``; then the file is discarded.
  @discardableResult
  package func commit() throws(OutputError) -> WrittenFile {
    precondition(isOpen, "a file ends once")
    let written = try seal()
    isOpen = false
    if let names {
      guard rename(names.temporary, names.final) == 0 else {
        let error = OutputError(systemError: errno, path: path)
        Self.removeUnfinished(names.temporary)
        throw error
      }
      Self.unfinished.withLock { _ = $0.remove(names.temporary) }
      try Self.flushFolder(of: names.final, for: path)
    } else if ownsDescriptor, close(descriptor) != 0 {
      throw OutputError(systemError: errno, path: path)
    }
    return written
  }

  /// Gives the file up; what stood under its name before stays.
  package func discard() {
    guard isOpen else { return }
    isOpen = false
    buffer = []
    if ownsDescriptor, !isSealed { close(descriptor) }
    if let names { Self.removeUnfinished(names.temporary) }
  }

  /// The temporary files of this process that have not got their names.
  private static let unfinished = Mutex<Set<String>>([])

  /// Removes all files that are not complete, for a process that ends at once: they hold people's
  /// data, and nobody would look for them.
  package static func removeUnfinished() {
    unfinished.withLock { names in
      for name in names { unlink(name) }
      names = []
    }
  }

  private static func removeUnfinished(_ name: String) {
    unfinished.withLock { _ = $0.remove(name) }
    unlink(name)
  }

  /// Writes the buffer, however many calls the system needs for it.
  private func flush() throws(OutputError) {
    var position = 0
    while position < buffer.count {
      let written = buffer.withUnsafeBytes { bytes in
        write(descriptor, bytes.baseAddress?.advanced(by: position), bytes.count - position)
      }
      if written < 0 {
        if errno == EINTR { continue }
        try check(-1)
      }
      position += max(0, written)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func check(_ result: Int32) throws(OutputError) {
    guard result != 0 else { return }
    let error = OutputError(systemError: errno, path: path)
    discard()
    throw error
  }

  private static func openFile(
    _ name: String, _ flags: Int32, mode: mode_t, for path: String
  ) throws(OutputError) -> Int32 {
    let descriptor = open(name, flags, mode)
    guard descriptor >= 0 else { throw OutputError(systemError: errno, path: path) }
    return descriptor
  }

  /// Removes what a process that was killed has left of files in a folder.
  ///
  /// - Precondition: Nobody writes a file there.
  package static func removeLeftovers(in folder: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasPrefix(temporaryPrefix) && name.hasSuffix(temporarySuffix) {
      unlink("\(folder)/\(name)")
    }
  }

  private static let temporaryPrefix = ".ferry-"
  private static let temporarySuffix = ".part"

  /// A name of its own in the same folder: renaming works only inside one file system.
  ///
  /// The file's own name is not part of it, since a long one would become too long.
  private static func temporaryName(beside path: String) -> String {
    let folder = OutputTarget.folder(of: path)
    let random = String(UInt64.random(in: .min ... .max), radix: 36)
    return (folder == "/" ? "" : folder) + "/\(temporaryPrefix)\(random)\(temporarySuffix)"
  }

  private static func flushFolder(of path: String, for name: String) throws(OutputError) {
    let descriptor = open(OutputTarget.folder(of: path), O_RDONLY | O_CLOEXEC)
    // A folder one may write to and not read; the file has its name, and no more can be done.
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    // Some file systems cannot flush a folder and say EINVAL; there is nothing better to do.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw OutputError(systemError: errno, path: name)
    }
  }
}

/// A file that is complete.
package struct WrittenFile: Sendable, Equatable {
  /// The file as the user named it.
  package let path: String
  /// Its length.
  package let byteCount: Int
  /// Its SHA-256 in hexadecimal, where it was asked for.
  package let sha256: String?

  /// A file from what is known of it.
  package init(path: String, byteCount: Int, sha256: String?) {
    self.path = path
    self.byteCount = byteCount
    self.sha256 = sha256
  }
}
