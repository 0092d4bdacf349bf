import ContactFormats
import Foundation

/// An open file whose bytes are read at any place.
///
/// Reads block; see ``BlockingExecutor``.
final class FileBytes: RandomAccessBytes {
  let count: Int
  private let descriptor: Int32

  /// - Throws: `FormatError` if it cannot be opened.
  init(path: String) throws(FormatError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FormatError(.unreadable, found: String(cString: strerror(errno)))
    }
    var status = stat()
    count = fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  deinit { close(descriptor) }

  func read(_ range: Range<Int>, into bytes: inout [UInt8]) throws(FormatError) {
    try Self.read(descriptor, range, into: &bytes)
  }

  /// Replaces `bytes` by a range of a file's.
  static func read(
    _ descriptor: Int32, _ range: Range<Int>, into bytes: inout [UInt8]
  ) throws(FormatError) {
    var failure: Int32 = 0
    bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
      while filled < range.count {
        let result = pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), range.count - filled,
          off_t(range.lowerBound + filled))
        if result < 0, errno == EINTR { continue }
        guard result > 0 else {
          // The file has become shorter, or cannot be read.
          failure = result < 0 ? errno : EIO
          return
        }
        filled += result
      }
    }
    guard failure == 0 else {
      throw FormatError(.unreadable, found: String(cString: strerror(failure)))
    }
  }
}
