import ContactModel
import Foundation
import RunReports

/// Keeps the contacts of pages on the disk until their order is known.
///
/// Pages come last first and a file is written first to last, so what has been read is kept in a temporary
/// file, and memory stays the same however long the list is. One with a name outlives the process: what is
/// whole of it can be read again; see ``SpoolPart``. Calls block.
final class RecordSpool {
  /// The values of some contacts, all with the same columns.
  struct Page: Sendable, Equatable {
    /// All values, one after the other.
    var bytes: [UInt8]
    /// Where each ends.
    var valueEnds: [UInt32]

    init(bytes: [UInt8] = [], valueEnds: [UInt32] = []) {
      self.bytes = bytes
      self.valueEnds = valueEnds
    }
  }

  private let path: String
  private let handle: FileHandle
  /// Whether parts are written so that another process can tell which of them are whole.
  private let isLasting: Bool
  /// Pages that came last first.
  private var before: [SpoolPart] = []
  /// Pages that came behind them, first to last.
  private var behind: [SpoolPart] = []
  private var end = 0

  /// Makes a spool without a name, which leaves nothing.
  ///
  /// - Parameter folder: Where the temporary file is made.
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
    isLasting = false
  }

  /// Opens a spool with a name, and makes it if there is none.
  ///
  /// Behind the last part that is whole, what is there is cut off.
  ///
  /// - Parameter path: The file.
  /// - Throws: `OutputError` if it cannot be read or written.
  init(lastingAt path: String) throws(OutputError) {
    self.path = path
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw OutputError(systemError: errno, path: path) }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    isLasting = true
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw OutputError(systemError: errno, path: path)
    }
    while let part = nextWholePart(within: Int(status.st_size)) { note(part) }
    guard ftruncate(descriptor, off_t(end)) == 0 else {
      throw OutputError(systemError: errno, path: path)
    }
  }

  /// How far the walk had come when the last page was kept; `nil` without a page.
  private(set) var position: PageWalk.Position?

  /// How many values the pages have.
  var valueCount: Int { (before + behind).reduce(0) { $0 + $1.valueCount } }

  /// Keeps a page that stands before all others.
  func prepend(_ page: Page, at position: PageWalk.Position? = nil) throws(OutputError) {
    note(try write(page, isBehind: false, position))
  }

  /// Keeps a page that stands behind all others.
  func append(_ page: Page, at position: PageWalk.Position? = nil) throws(OutputError) {
    note(try write(page, isBehind: true, position))
  }

  /// How many pages there are.
  var pageCount: Int { before.count + behind.count }

  /// A page, by its place in the order.
  func page(_ index: Int) throws(OutputError) -> Page {
    try read(
      index < before.count ? before[before.count - 1 - index] : behind[index - before.count])
  }

  /// Hands over all pages in their order, one at a time.
  func readAll(_ body: (Page) throws(OutputError) -> Void) throws(OutputError) {
    for index in 0..<pageCount { try body(try page(index)) }
  }

  private func note(_ part: SpoolPart) {
    if part.isBehind { behind.append(part) } else { before.append(part) }
    end = part.end
    position = part.position ?? position
  }

  /// The part that begins where the last one ends; `nil` if there is no whole one.
  private func nextWholePart(within size: Int) -> SpoolPart? {
    guard let head = try? read(UInt64.self, SpoolPart.headWords, at: end),
      let part = SpoolPart(head: head, offset: end), part.end <= size,
      let page = try? read(part), part.checks(page, head: head)
    else { return nil }
    return part
  }

  /// Keeps a page that stands nowhere among the others; whoever has its part reads it back.
  func write(_ page: Page) throws(OutputError) -> SpoolPart {
    let part = try write(page, isBehind: true, nil)
    end = part.end
    return part
  }

  private func write(
    _ page: Page, isBehind: Bool, _ position: PageWalk.Position?
  ) throws(OutputError) -> SpoolPart {
    let part = SpoolPart(
      offset: end, valueCount: page.valueEnds.count, byteCount: page.bytes.count,
      isBehind: isBehind, position: position)
    var code = page.valueEnds.withUnsafeBytes { write($0, at: part.endsOffset) }
    if code == 0 { code = page.bytes.withUnsafeBytes { write($0, at: part.bytesOffset) } }
    // The head comes last, and says whether all behind it has come to the disk.
    if code == 0, isLasting {
      code = part.head(of: page).withUnsafeBytes { write($0, at: part.offset) }
    }
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
  func read(_ part: SpoolPart) throws(OutputError) -> Page {
    Page(
      bytes: try read(UInt8.self, part.byteCount, at: part.bytesOffset),
      valueEnds: try read(UInt32.self, part.valueCount, at: part.endsOffset))
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
    var page = RecordSpool.Page()
    for record in records {
      for field in batch.fieldIndexes(ofRecord: record) {
        page.bytes += batch.bytes[batch.fieldRange(at: field)]
        page.valueEnds.append(UInt32(page.bytes.count))
      }
    }
    return page
  }
}
