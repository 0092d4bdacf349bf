import ContactModel
import Foundation
import RunReports

/// Keeps the contacts of pages on the disk until their order is known.
///
/// Pages come last first and a file is written first to last, so what has been read is kept in an
/// unnamed temporary file, and memory stays the same however long the list is. Calls block.
struct RecordSpool: ~Copyable {
  /// The values of some contacts, all with the same columns.
  struct Page: Sendable, Equatable {
    /// All values, one after the other.
    var bytes: [UInt8]
    /// Where each ends.
    var valueEnds: [UInt32]
  }

  /// Where a page is kept.
  struct Part: Sendable {
    var offset: Int
    var valueCount: Int
    var byteCount: Int
  }

  private let path: String
  private let handle: FileHandle
  /// Pages that came last first.
  private var before: [Part] = []
  /// Pages that came behind them, first to last.
  private var behind: [Part] = []
  private var end = 0

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

  /// Keeps a page that stands before all others.
  mutating func prepend(_ page: Page) throws(OutputError) { before.append(try write(page)) }

  /// Keeps a page that stands behind all others.
  mutating func append(_ page: Page) throws(OutputError) { behind.append(try write(page)) }

  /// Hands over all pages in their order, one at a time.
  func readAll(_ body: (Page) throws(OutputError) -> Void) throws(OutputError) {
    for part in before.reversed() { try body(try read(part)) }
    for part in behind { try body(try read(part)) }
  }

  /// Keeps a page that stands nowhere among the others; whoever has its part reads it back.
  mutating func write(_ page: Page) throws(OutputError) -> Part {
    let part = Part(
      offset: end, valueCount: page.valueEnds.count, byteCount: page.bytes.count)
    var code = page.valueEnds.withUnsafeBytes { write($0, at: end) }
    end += page.valueEnds.count * MemoryLayout<UInt32>.stride
    if code == 0 { code = page.bytes.withUnsafeBytes { write($0, at: end) } }
    end += page.bytes.count
    guard code == 0 else { throw OutputError(systemError: code, path: path) }
    return part
  }

  /// Writes bytes; returns the system's error, or 0.
  private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int32 {
    Self.move(bytes.count) { done in
      pwrite(
        handle.fileDescriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done,
        off_t(offset + done))
    }
  }

  /// Repeats a call of the system until all bytes have moved; returns its error, or 0.
  private static func move(_ count: Int, _ call: (_ done: Int) -> Int) -> Int32 {
    var done = 0
    while done < count {
      let moved = call(done)
      if moved > 0 {
        done += moved
      } else if moved == 0 || errno != EINTR {
        return moved < 0 ? errno : EIO
      }
    }
    return 0
  }

  /// Reads a page back.
  func read(_ part: Part) throws(OutputError) -> Page {
    let ends = part.valueCount * MemoryLayout<UInt32>.stride
    return Page(
      bytes: try read(UInt8.self, part.byteCount, at: part.offset + ends),
      valueEnds: try read(UInt32.self, part.valueCount, at: part.offset))
  }

  private func read<Element: BitwiseCopyable & ExpressibleByIntegerLiteral>(
    _ type: Element.Type, _ count: Int, at offset: Int
  ) throws(OutputError) -> [Element] {
    var elements = [Element](repeating: 0, count: count)
    let code = elements.withUnsafeMutableBytes { buffer in
      Self.move(buffer.count) { done in
        pread(
          handle.fileDescriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done,
          off_t(offset + done))
      }
    }
    guard code == 0 else { throw OutputError(systemError: code, path: path) }
    return elements
  }
}

extension PageWalk.Page {
  /// The contacts that are new, as a spool keeps them.
  var values: RecordSpool.Page {
    guard records.count < batch.count else {
      return RecordSpool.Page(bytes: batch.bytes, valueEnds: batch.fieldEnds)
    }
    var page = RecordSpool.Page(bytes: [], valueEnds: [])
    for record in records {
      for field in batch.fieldIndexes(ofRecord: record) {
        page.bytes += batch.bytes[batch.fieldRange(at: field)]
        page.valueEnds.append(UInt32(page.bytes.count))
      }
    }
    return page
  }
}
