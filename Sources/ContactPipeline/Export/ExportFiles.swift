import ContactFormats
import ContactModel
import RunReports

/// The files of an export, which get their names when all of them are on the disk.
///
/// Calls block.
final class ExportFiles {
  private let request: ExportRequest
  private let layout: any RecordLayout
  /// Where in a page's contacts the file's columns stand; `nil` where they are all there is.
  private let projection: [Int]?
  /// Where in a page's contacts the value stands that says which file they go to.
  private let keyColumn: Int?
  private let width: Int
  private var names: ExportNames
  private var parts: [RecordFile] = []
  private var partsByKey: [String: RecordFile] = [:]
  private var contacts = 0
  /// How many values could not be written as they are, by kind.
  private(set) var issues: [IssueCode: Int] = [:]
  /// What writes telephone numbers in another form; `nil` where they stay as they are.
  private var phones: PhoneColumns?
  /// How many of them stay as they are all the same.
  var keptPhones: Int { phones?.kept ?? 0 }

  /// How many files may be written side by side.
  ///
  /// Some systems give a process 256 descriptors.
  static let mostKeys = 200

  /// Begins the files; what cannot be written is found out before the work.
  ///
  /// - Parameters:
  ///   - request: What is written, and how.
  ///   - columns: The columns of the file.
  ///   - read: The columns of the pages.
  ///   - titles: What columns are called instead of their API names.
  /// - Throws: `OutputError` if the file could not be written later; `ContactNormalizerError` if the region
  ///   of telephone numbers is not known.
  init(
    request: ExportRequest, columns: [PersonField], read: [PersonField],
    titles: [PersonField: String] = [:]
  ) throws {
    self.request = request
    phones = try request.phones.map { try PhoneColumns(read, $0) }
    if let mapping = request.mapping {
      layout = ReversedLayout(mapping, read: read)
      projection = nil
    } else {
      layout = ContactLayout(columns, in: request.output.format, titles: titles)
      let places = columns.compactMap { read.firstIndex(of: $0) }
      projection = places == Array(read.indices) ? nil : places
    }
    width = read.count
    names = ExportNames(path: request.path)
    if case .field(let field)? = request.split {
      keyColumn = read.firstIndex(of: field)
    } else {
      keyColumn = nil
    }
    let first = try OutputFile(path: request.path, mode: request.mode)
    // Of a divided export nothing has this name; it was a trial.
    if request.split == nil || !first.isReplacing { parts = [part(first)] }
  }

  /// Writes the contacts of a page.
  ///
  /// - Throws: `OutputError`; ``ExportError`` for too many files.
  func append(_ page: RecordSpool.Page) throws {
    let page = phones?.rewritten(page) ?? page
    let count = page.valueEnds.count / width
    let written = projected(page, count: count)
    let records = layout.records(
      bytes: written.bytes, valueEnds: written.valueEnds, lines: Array(repeating: 1, count: count),
      firstRecord: contacts + 1)
    contacts += count
    if let keyColumn {
      let keys = (0..<count).map { Self.value(of: page, at: $0 * width + keyColumn) }
      var written: Set<String> = []
      for key in keys where written.insert(key).inserted {
        try write(records, to: try part(key: key)) { keys[$0] == key }
      }
    } else if case .count(let most)? = request.split {
      var next = 0
      while next < count {
        if parts.last.map({ $0.count == most }) ?? true {
          try parts.last?.seal()
          parts.append(part(try file(names.part(number: parts.count + 1))))
        }
        let last = parts[parts.count - 1]
        let range = next..<min(count, next + most - last.count)
        try write(records, to: last) { range.contains($0) }
        next = range.upperBound
      }
    } else {
      try write(records, to: parts[0]) { _ in true }
    }
  }

  /// Flushes all files to the disk; nothing is left to do but to give them their names.
  ///
  /// - Returns: The files, and how many contacts each holds.
  func seal() throws(OutputError) -> [Manifest.Entry] {
    if parts.isEmpty {
      // Without a contact there is a file with the columns all the same.
      let name = keyColumn == nil ? names.part(number: 1) : names.part(value: "")
      parts = [part(try file(name))]
    }
    var entries: [Manifest.Entry] = []
    for part in parts { entries.append(try part.seal()) }
    return entries
  }

  /// Gives all files their names.
  func commit() throws(OutputError) {
    for part in parts { try part.file.commit() }
  }

  /// Whether there is a place beside the files for a manifest.
  var areReplacing: Bool { parts.allSatisfy(\.file.isReplacing) }

  /// The last part of a path.
  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  // MARK: - One file

  private func write(
    _ records: RecordBatch, to part: RecordFile, where isWritten: (Int) -> Bool
  ) throws(OutputError) {
    for issue in try part.append(records, where: isWritten) { issues[issue.code, default: 0] += 1 }
  }

  private func part(key: String) throws -> RecordFile {
    if let known = partsByKey[key] { return known }
    guard parts.count < Self.mostKeys else { throw ExportError.tooManyFiles(Self.mostKeys) }
    let new = part(try file(names.part(value: key)))
    parts.append(new)
    partsByKey[key] = new
    return new
  }

  private func file(_ path: String) throws(OutputError) -> OutputFile {
    try OutputFile(path: path, mode: request.mode)
  }

  private func part(_ file: OutputFile) -> RecordFile {
    RecordFile(file, settings: request.output, header: layout.header)
  }

  // MARK: - Values

  private func projected(_ page: RecordSpool.Page, count: Int) -> RecordSpool.Page {
    guard let projection else { return page }
    var result = RecordSpool.Page(bytes: [], valueEnds: [])
    result.bytes.reserveCapacity(page.bytes.count)
    result.valueEnds.reserveCapacity(count * projection.count)
    for contact in 0..<count {
      for column in projection {
        result.bytes += page.bytes[page.range(ofValue: contact * width + column)]
        result.valueEnds.append(UInt32(result.bytes.count))
      }
    }
    return result
  }

  private static func value(of page: RecordSpool.Page, at value: Int) -> String {
    String(decoding: page.bytes[page.range(ofValue: value)], as: UTF8.self)
  }
}
