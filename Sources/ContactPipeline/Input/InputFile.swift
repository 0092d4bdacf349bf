import ContactFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open file, or standard input, read in chunks.
///
/// Calls block; see ``BatchStream``.
struct InputFile: ~Copyable {
  /// How many bytes are read at a time.
  static let chunkSize = 128 * 1024

  private let name: String
  private let descriptor: Int32
  /// Bytes kept in a temporary file, which are read instead, and how far.
  private let spool: TemporaryFile?
  private var place = 0
  private var buffer = [UInt8](repeating: 0, count: InputFile.chunkSize)

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - name: The file as the user named it, `-` for standard input.
  ///   - path: Where its bytes are, if elsewhere.
  /// - Throws: ``InputError`` if it is missing, a folder, or may not be read.
  init(_ name: String, path: String? = nil) throws(InputError) {
    self.name = name
    spool = nil
    let path = path ?? name
    if path == "-" {
      descriptor = STDIN_FILENO
      return
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.error(name, errno) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      // The end of the value's life closes it.
      throw InputError(file: name, cause: .isFolder)
    }
  }

  /// Reads bytes that were kept in a temporary file, under the name of the file they came from.
  init(_ name: String, bytes: TemporaryFile) {
    self.name = name
    spool = bytes
    descriptor = STDIN_FILENO
  }

  /// Whether a name leads to something whose bytes stay after they have been read.
  ///
  /// A pipe may not even be opened for a look: its writer would be told that nobody reads.
  static func canBeReadTwice(_ name: String) -> Bool {
    var status = stat()
    guard name != "-", stat(name, &status) == 0 else { return name != "-" }
    return status.st_mode & S_IFMT == S_IFREG || status.st_mode & S_IFMT == S_IFDIR
  }

  deinit {
    if descriptor != STDIN_FILENO { close(descriptor) }
  }

  /// Reads the next chunk and hands it over; returns `false` at the end of the file.
  mutating func readChunk(_ body: (Span<UInt8>) -> Void) throws(InputError) -> Bool {
    if let spool { return try readChunk(of: spool, body) }
    var count = 0
    repeat {
      count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw Self.error(name, errno) }
    guard count > 0 else { return false }
    body(buffer.span.extracting(0..<count))
    return true
  }

  private mutating func readChunk(
    of spool: TemporaryFile, _ body: (Span<UInt8>) -> Void
  ) throws(InputError) -> Bool {
    let end = min(spool.count, place + Self.chunkSize)
    guard place < end else { return false }
    do throws(FormatError) {
      try spool.read(place..<end, into: &buffer)
    } catch {
      throw InputError(file: name, cause: .format(error))
    }
    place = end
    body(buffer.span)
    return true
  }

  private static func error(_ name: String, _ code: Int32) -> InputError {
    switch code {
    case ENOENT, ENOTDIR: InputError(file: name, cause: .missing)
    case EISDIR: InputError(file: name, cause: .isFolder)
    case EACCES, EPERM: InputError(file: name, cause: .notPermitted)
    default:
      InputError(file: name, cause: .failed(code: code, text: String(cString: strerror(code))))
    }
  }
}
