import ContactFormats
import ContactModel
import Foundation

/// A list of what reading back showed, whole, in the run's folder: `differences.csv`, `doubled.csv`.
///
/// UTF-8, commas, LF, with a header. A list without rows is not made, and one of an earlier attempt
/// does not stay. The calls block: not for the cooperative thread pool.
package final class FindingsFile {
  /// What a list is about.
  package enum Kind: String, Sendable, CaseIterable {
    /// Values that are not stored as foretold: `file,record,pid,field,expected,found`.
    case differences
    /// Rows that are stored twice: `file,record,pid,later_pid`.
    case doubled

    /// The file's name in the run's folder.
    package var fileName: String { rawValue + ".csv" }

    fileprivate var header: [String] {
      switch self {
      case .differences: ["file", "record", "pid", "field", "expected", "found"]
      case .doubled: ["file", "record", "pid", "later_pid"]
      }
    }
  }

  private let kind: Kind
  private let path: String
  private let mode: UInt16
  private var file: OutputFile?
  private var writer = CSVWriter(dialect: CSVDialect())
  private var rowCount = 0

  /// Prepares a list; nothing is made before its first row.
  ///
  /// - Parameters:
  ///   - kind: What it is about.
  ///   - folder: The run's folder, which exists.
  ///   - mode: The file's rights.
  package init(_ kind: Kind, folder: String, mode: UInt16 = 0o600) {
    self.kind = kind
    self.mode = mode
    path = "\(folder)/\(kind.fileName)"
  }

  /// Appends a value that is not stored as foretold.
  package func append(_ difference: StoredDifference) throws(OutputError) {
    try append([
      difference.file, String(difference.record), String(difference.pid), difference.field.name,
      difference.expected, difference.found,
    ])
  }

  /// Appends a row that is stored twice.
  package func append(_ contact: DoubledContact) throws(OutputError) {
    try append([
      contact.file, String(contact.record), String(contact.pid), String(contact.laterPID),
    ])
  }

  /// Gives the file its name.
  ///
  /// - Returns: What the manifest says of it; `nil` where there was nothing to list.
  /// - Throws: ``OutputError``; then there is no such file.
  package func commit() throws(OutputError) -> Manifest.Entry? {
    guard let file else {
      unlink(path)
      return nil
    }
    try file.append(writer.takeBytes())
    self.file = nil
    return Manifest.Entry(name: kind.fileName, rowCount: rowCount, written: try file.commit())
  }

  /// Gives the list up; an earlier one stays.
  package func discard() {
    file?.discard()
    file = nil
  }

  private func append(_ cells: [String]) throws(OutputError) {
    let file = try begun()
    write(cells)
    rowCount += 1
    if writer.count >= 1 << 16 { try file.append(writer.takeBytes()) }
  }

  /// The file, which the first row begins.
  private func begun() throws(OutputError) -> OutputFile {
    if let file { return file }
    let file = try OutputFile(path: path, mode: mode)
    self.file = file
    write(kind.header)
    return file
  }

  private func write(_ cells: [String]) {
    for cell in cells { writer.append(cell) }
    writer.endRecord()
  }
}
