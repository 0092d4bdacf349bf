import Foundation
import RunReports

/// Keeps the text of pages on the disk until their order is known.
///
/// Pages come last first and the file is written first to last, so what has been read is kept in
/// an unnamed temporary file, and memory stays the same however long the list is. Calls block.
struct PageSpool: ~Copyable {
  private let path: String
  private let handle: FileHandle
  private var parts: [(offset: UInt64, count: Int)] = []
  private var end: UInt64 = 0

  /// - Parameter folder: Where the temporary file is made; it has no name and leaves nothing.
  /// - Throws: `OutputError` if it cannot be made.
  init(folder: String) throws(OutputError) {
    var template = Array("\(folder)/.ferry-spool-XXXXXX".utf8CString)
    let descriptor = template.withUnsafeMutableBufferPointer { name in
      name.baseAddress.map { mkstemp($0) } ?? -1
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else { throw OutputError(systemError: errno, path: path) }
    unlink(path)
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Appends the text of a page.
  mutating func append(_ bytes: [UInt8]) throws(OutputError) {
    do {
      try handle.seek(toOffset: end)
      try handle.write(contentsOf: bytes)
    } catch {
      throw OutputError(systemError: errno, path: path)
    }
    parts.append((end, bytes.count))
    end += UInt64(bytes.count)
  }

  /// Takes back the page that was appended last; `nil` when there are no more.
  mutating func popLast() throws(OutputError) -> [UInt8]? {
    guard let part = parts.popLast() else { return nil }
    return try read(part)
  }

  /// The texts that have not been taken back, in the order they were appended.
  mutating func takeAll(_ body: ([UInt8]) throws(OutputError) -> Void) throws(OutputError) {
    for part in parts { try body(try read(part)) }
    parts = []
  }

  private func read(_ part: (offset: UInt64, count: Int)) throws(OutputError) -> [UInt8] {
    do {
      try handle.seek(toOffset: part.offset)
      let data = try handle.read(upToCount: part.count) ?? Data()
      guard data.count == part.count else { throw OutputError(systemError: EIO, path: path) }
      return Array(data)
    } catch let error as OutputError {
      throw error
    } catch {
      throw OutputError(systemError: errno, path: path)
    }
  }
}
