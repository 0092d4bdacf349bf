import Crypto
import Foundation

/// Reads a snapshot of an earlier export, page by page; see ``SnapshotWriter``.
///
/// All of it is read once when it is opened, so that nothing is compared with a file that is not whole.
/// Memory is that of a page. Calls block.
final class SnapshotReader {
  /// A snapshot that cannot be used.
  enum Problem: Error, Equatable {
    /// The system says why.
    case unreadable(String)
    /// It is not whole, or no snapshot.
    case damaged

    /// What the system says.
    var reason: String? { if case .unreadable(let reason) = self { reason } else { nil } }
  }

  /// What tells the export from others.
  let export: String
  /// The names of the contacts' columns.
  let columns: [String]
  /// How many contacts there are.
  let count: Int
  private let handle: FileHandle
  private var left: Int

  /// Opens a snapshot; `nil` if there is none.
  init?(path: String) throws(Problem) {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw .unreadable(String(cString: strerror(errno)))
    }
    self.handle = handle
    do {
      let length = Int(try handle.seekToEnd())
      let content = length - SHA256.byteCount
      guard content > SnapshotWriter.mark.count else { throw Problem.damaged }
      try handle.seek(toOffset: 0)
      var hash = SHA256()
      var rest = content
      while rest > 0, let piece = try handle.read(upToCount: min(rest, 1 << 20)), !piece.isEmpty {
        hash.update(data: piece)
        rest -= piece.count
      }
      guard rest == 0, try handle.readToEnd().map(Array.init) == Array(hash.finalize()) else {
        throw Problem.damaged
      }
      try handle.seek(toOffset: UInt64(content - 8))
      count = Int(try Self.number(UInt64.self, from: handle))
      try handle.seek(toOffset: 0)
      guard try Self.bytes(SnapshotWriter.mark.count, from: handle) == SnapshotWriter.mark else {
        throw Problem.damaged
      }
      export = try Self.text(from: handle)
      var columns: [String] = []
      for _ in 0..<(try Self.number(UInt32.self, from: handle)) {
        columns.append(try Self.text(from: handle))
      }
      self.columns = columns
      left = count
    } catch let problem as Problem {
      throw problem
    } catch {
      throw .unreadable((error as NSError).localizedDescription)
    }
  }

  /// The next page; `nil` behind the last.
  func next() throws(Problem) -> RecordSpool.Page? {
    guard left > 0 else { return nil }
    do {
      let valueCount = Int(try Self.number(UInt32.self, from: handle))
      guard valueCount > 0, valueCount % columns.count == 0 else { throw Problem.damaged }
      left -= valueCount / columns.count
      let byteCount = Int(try Self.number(UInt32.self, from: handle))
      let ends = try Self.bytes(valueCount * 4, from: handle)
      let valueEnds = stride(from: 0, to: ends.count, by: 4).map { index in
        UInt32(ends[index]) | UInt32(ends[index + 1]) << 8 | UInt32(ends[index + 2]) << 16
          | UInt32(ends[index + 3]) << 24
      }
      return RecordSpool.Page(
        bytes: try Self.bytes(byteCount, from: handle), valueEnds: valueEnds)
    } catch let problem as Problem {
      throw problem
    } catch {
      throw .unreadable((error as NSError).localizedDescription)
    }
  }

  private static func bytes(_ count: Int, from handle: FileHandle) throws -> [UInt8] {
    guard count > 0 else { return [] }
    let data = try handle.read(upToCount: count) ?? Data()
    guard data.count == count else { throw Problem.damaged }
    return Array(data)
  }

  private static func text(from handle: FileHandle) throws -> String {
    let count = Int(try number(UInt32.self, from: handle))
    return String(decoding: try bytes(count, from: handle), as: UTF8.self)
  }

  private static func number<Number: FixedWidthInteger>(
    _ type: Number.Type, from handle: FileHandle
  ) throws -> Number {
    try bytes(MemoryLayout<Number>.size, from: handle).reversed().reduce(0) {
      $0 << 8 | Number($1)
    }
  }
}
