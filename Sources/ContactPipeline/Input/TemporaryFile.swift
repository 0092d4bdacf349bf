import ContactFormats
import Foundation
import Synchronization

/// A file without a name, for what is too large to be kept in memory.
///
/// It is removed from its folder as soon as it is made, so that neither a crash nor a kill leaves
/// people's data behind. Reads and writes block; see ``BlockingExecutor``.
final class TemporaryFile: SpillStore {
  private let descriptor: Int32
  private let length = Mutex(0)

  /// - Throws: `FormatError` if there is no place for it.
  init() throws(FormatError) {
    let folder = FileManager.default.temporaryDirectory.path
    var template = Array("\(folder)/.ferry-XXXXXX".utf8CString)
    descriptor = template.withUnsafeMutableBufferPointer { name in
      name.baseAddress.map { mkstemp($0) } ?? -1
    }
    guard descriptor >= 0 else { throw FormatError(.spillFailed, found: Self.reason()) }
    template.withUnsafeBufferPointer { name in _ = name.baseAddress.map { unlink($0) } }
  }

  deinit { close(descriptor) }

  var count: Int { length.withLock { $0 } }

  func append(_ bytes: Span<UInt8>) throws(FormatError) {
    var written = 0
    while written < bytes.count {
      let result = bytes.withUnsafeBytes { buffer in
        pwrite(
          descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written,
          off_t(count + written))
      }
      if result < 0 {
        if errno == EINTR { continue }
        throw FormatError(.spillFailed, found: Self.reason())
      }
      written += result
    }
    length.withLock { $0 += written }
  }

  func read(_ range: Range<Int>, into bytes: inout [UInt8]) throws(FormatError) {
    try FileBytes.read(descriptor, range, into: &bytes)
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}
