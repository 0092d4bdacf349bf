import Crypto
import RunReports

/// Writes the contacts of an export so that the next one can be compared with them.
///
/// A snapshot is a file of ferry's own, numbers least byte first: a mark, which export it is of, how many columns
/// there are and their names, then pages of contacts in the order of `pid` (how many values, how many bytes, where each value
/// ends, the values), a page without values, how many contacts there are, and the SHA-256 of all that.
/// ``SnapshotReader`` reads it. Calls block.
final class SnapshotWriter {
  /// What every snapshot begins with.
  static let mark = Array("ferry contacts 1\n".utf8)

  private let file: OutputFile
  private let width: Int
  private var hash = SHA256()
  private var contacts = 0

  /// Begins a snapshot.
  ///
  /// - Parameters:
  ///   - path: Where it is to be; what stands there stays until ``commit()``.
  ///   - export: What tells this export from others.
  ///   - columns: The names of the contacts' columns.
  /// - Throws: `OutputError` if it cannot be written.
  init(path: String, export: String, columns: [String]) throws(OutputError) {
    file = try OutputFile(path: path, isHashed: false)
    width = columns.count
    try append(Self.mark)
    try append(export)
    try append(Self.bytes(of: UInt32(columns.count)))
    for column in columns { try append(column) }
  }

  /// Appends the contacts of a page.
  func append(_ page: RecordSpool.Page) throws(OutputError) {
    guard !page.valueEnds.isEmpty else { return }
    contacts += page.valueEnds.count / width
    try append(Self.bytes(of: UInt32(page.valueEnds.count)))
    try append(Self.bytes(of: UInt32(page.bytes.count)))
    var ends: [UInt8] = []
    ends.reserveCapacity(page.valueEnds.count * 4)
    for end in page.valueEnds { ends += Self.bytes(of: end) }
    try append(ends)
    try append(page.bytes)
  }

  /// Ends the snapshot and flushes it to the disk.
  func seal() throws(OutputError) {
    try append(Self.bytes(of: UInt32(0)))
    try append(Self.bytes(of: UInt64(contacts)))
    try file.append(Array(hash.finalize()))
    try file.seal()
  }

  /// Gives the snapshot its name.
  func commit() throws(OutputError) { try file.commit() }

  private func append(_ text: String) throws(OutputError) {
    let bytes = Array(text.utf8)
    try append(Self.bytes(of: UInt32(bytes.count)))
    try append(bytes)
  }

  private func append(_ bytes: [UInt8]) throws(OutputError) {
    hash.update(data: bytes)
    try file.append(bytes)
  }

  private static func bytes(of number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
