import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The journal as a file: made private, and made to survive.
enum JournalFile {
  /// Makes the empty file, mode 0600, and its folder, mode 0700, where missing.
  ///
  /// SQLite gives `-wal` and `-shm` the mode of the file they belong to, so the file must exist
  /// with the right one before SQLite opens it.
  static func create(at path: String) throws(JournalError) {
    try makeFolder(of: path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw systemError(path: path) }
    // The mode above is subject to the umask, which may take rights away but never adds any.
    close(descriptor)
  }

  static func exists(at path: String) -> Bool { access(path, F_OK) == 0 }

  /// Flushes the folder that holds the file and the folder that holds that folder.
  static func makeNameDurable(of path: String) throws(JournalError) {
    let folder = folder(of: path)
    try flush(folder, for: path)
    try flush(Self.folder(of: folder), for: path)
  }

  /// Puts bytes in a file's place.
  ///
  /// The file is the old one or the new one, whatever happens, and on disk when this returns. Its
  /// mode is 0600; its folder is made where missing.
  static func replace(_ path: String, with bytes: [UInt8]) throws(JournalError) {
    try makeFolder(of: path)
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw systemError(path: path) }
    do throws(JournalError) {
      defer { close(descriptor) }
      try write(bytes, to: descriptor, for: path)
      guard fsync(descriptor) == 0 else { throw systemError(path: path) }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let error = systemError(path: path)
      unlink(temporary)
      throw error
    }
    try makeNameDurable(of: path)
  }

  /// The bytes of a small file.
  static func bytes(of path: String) throws(JournalError) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(path) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Reads a file part by part.
  static func read(
    _ path: String, part use: (UnsafeRawBufferPointer) -> Void
  ) throws(JournalError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemError(path: path) }
    defer { close(descriptor) }
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = part.withUnsafeMutableBytes {
        Foundation.read(descriptor, $0.baseAddress, $0.count)
      }
      if count == 0 { return }
      if count > 0 {
        part.withUnsafeBytes { use(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      } else if errno != EINTR {
        throw systemError(path: path)
      }
    }
  }

  /// Removes a file that may be gone already.
  static func remove(_ path: String) throws(JournalError) {
    guard unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR else {
      throw systemError(path: path)
    }
  }

  /// The names in a folder, in order; none if there is no such folder.
  static func names(in folder: String) throws(JournalError) -> [String] {
    guard let stream = opendir(folder) else {
      if errno == ENOENT { return [] }
      throw systemError(path: folder)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func write(
    _ bytes: [UInt8], to descriptor: Int32, for path: String
  ) throws(JournalError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw systemError(path: path)
      }
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes the folder of a file, mode 0700, and what is missing above it, and puts their names on
  /// disk.
  static func makeFolder(of path: String) throws(JournalError) {
    try makeFolder(folder(of: path), for: path)
  }

  private static func makeFolder(_ folder: String, for path: String) throws(JournalError) {
    if access(folder, F_OK) == 0 { return }
    let parent = Self.folder(of: folder)
    if parent != folder { try makeFolder(parent, for: path) }
    // Another process may have been faster.
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw systemError(path: path) }
    try flush(parent, for: path)
  }

  private static func flush(_ folder: String, for path: String) throws(JournalError) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemError(path: path) }
    defer { close(descriptor) }
    // Some file systems cannot flush a folder and say EINVAL; there is nothing better to do.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw systemError(path: path) }
  }

  /// What the last failed call means for the journal.
  static func systemError(path: String) -> JournalError {
    let number = errno
    let code: JournalError.Code =
      switch number {
      case EEXIST: .exists
      case ENOSPC, EDQUOT: .diskFull
      case EACCES, EPERM, EROFS: .readOnly
      case EIO: .inputOutput
      default: .cannotCreate
      }
    return JournalError(code, path: path, reason: String(cString: strerror(number)))
  }
}
