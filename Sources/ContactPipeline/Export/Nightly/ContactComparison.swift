import ContactFormats
import ContactModel
import RunReports

/// Tells an export from the one before, contact by contact, while it is written.
///
/// Both come in the order of `pid`, so a page of each is all that is in memory. What is in the new one only is
/// added, what differs in a column that both have is changed. What is in the old one only is missing: whether
/// it was deleted or has only become invisible the CRM has to be asked. Calls block.
final class ContactComparison {
  /// The columns of the file of changes.
  private static let changeColumns = ["pid", "field", "old", "new"]

  private let added: RecordFile
  private let changed: RecordFile
  private let addedLayout: ContactLayout
  private let columns: [PersonField]
  private let pidColumn: Int
  /// Columns that both exports have: where each has it.
  private let common: [(new: Int, old: Int)]
  private let oldColumns: [PersonField]
  private let old: SnapshotReader?
  private var oldCursor: ContactCursor
  private var missing: RecordSpool
  private var missingPage = RecordSpool.Page(bytes: [], valueEnds: [])

  /// The identifiers of contacts that are not there any more, rising.
  private(set) var missingPIDs: [Int] = []
  /// How many contacts there were before.
  let previousCount: Int

  /// - Parameters:
  ///   - old: The export before; `nil` for none: then all contacts are added.
  ///   - columns: The columns of the new one.
  ///   - request: How its files are written.
  ///   - folder: Where temporary files are made.
  /// - Throws: `OutputError` if a file cannot be written.
  init(
    with old: SnapshotReader?, columns: [PersonField], request: ExportRequest,
    folder: String
  ) throws(OutputError) {
    self.columns = columns
    pidColumn = columns.firstIndex(of: .pid) ?? 0
    oldColumns = old?.columns.compactMap { PersonField(rawValue: $0) } ?? []
    previousCount = old?.count ?? 0
    let oldFields = oldColumns
    common = columns.enumerated().compactMap { new, field in
      oldFields.firstIndex(of: field).map { (new, $0) }
    }
    oldCursor = ContactCursor(
      width: max(1, oldColumns.count), pidColumn: oldColumns.firstIndex(of: .pid) ?? 0)
    self.old = old
    let names = ExportNames(path: request.path)
    addedLayout = ContactLayout(columns, in: request.output.format)
    added = try RecordFile(
      path: names.difference("added"), mode: request.mode, settings: request.output,
      header: addedLayout.header)
    var settings = request.output
    let isCards = settings.format == .vCard || settings.format == .xCard
    if isCards { settings.format = .csv }
    changed = try RecordFile(
      path: names.difference("changed", ending: isCards ? ".csv" : nil), mode: request.mode,
      settings: settings, header: Self.changeColumns)
    missing = try RecordSpool(folder: folder)
  }

  private var changedContacts = 0

  /// Compares the contacts of a page, which follow those of the page before.
  func take(_ page: RecordSpool.Page) throws {
    var new = ContactCursor(width: columns.count, pidColumn: pidColumn)
    new.enter(page)
    var addedPage = RecordSpool.Page(bytes: [], valueEnds: [])
    var changes = RecordSpool.Page(bytes: [], valueEnds: [])
    while let pid = new.pid {
      while let oldPID = try standingPID(), oldPID < pid { try lose(oldPID) }
      if try standingPID() == pid {
        note(new, pid, in: &changes)
        oldCursor.advance()
      } else {
        new.copy(to: &addedPage)
      }
      new.advance()
    }
    try write(addedPage)
    try write(changes: changes)
  }

  /// Ends the comparison: what is left of the old export is missing.
  func end() throws {
    while let pid = try standingPID() { try lose(pid) }
    try missing.append(missingPage)
    missingPage = RecordSpool.Page(bytes: [], valueEnds: [])
  }

  /// Writes what is missing, and flushes all files to the disk.
  ///
  /// - Parameters:
  ///   - hidden: Those that are in the CRM all the same.
  ///   - request: How the files are written.
  /// - Returns: The files, which have not got their names yet, and how much stands in them.
  /// - Throws: `OutputError` if one cannot be written.
  func seal(hidden: Set<Int>, request: ExportRequest) throws -> Sealed {
    let names = ExportNames(path: request.path)
    let fields = oldColumns.isEmpty ? columns : oldColumns
    let layout = ContactLayout(fields, in: request.output.format)
    let file = { (name: String) in
      try RecordFile(
        path: names.difference(name), mode: request.mode, settings: request.output,
        header: layout.header)
    }
    let (gone, unseen) = (try file("deleted"), try file("hidden"))
    var cursor = ContactCursor(
      width: fields.count, pidColumn: fields.firstIndex(of: .pid) ?? 0)
    var failure: (any Error)?
    try missing.readAll { page in
      guard failure == nil, !page.valueEnds.isEmpty else { return }
      var isHidden: [Bool] = []
      cursor.enter(page)
      while let pid = cursor.pid {
        isHidden.append(hidden.contains(pid))
        cursor.advance()
      }
      let records = layout.records(
        bytes: page.bytes, valueEnds: page.valueEnds,
        lines: Array(repeating: 1, count: isHidden.count), firstRecord: 1)
      do {
        try gone.append(records) { !isHidden[$0] }
        try unseen.append(records) { isHidden[$0] }
      } catch { failure = error }
    }
    if let failure { throw failure }
    let all = [added, changed, gone, unseen]
    return Sealed(
      files: all.map(\.file), entries: try all.map { try $0.seal() },
      counts: ExportChanges(
        added: added.count, changed: changedContacts, deleted: gone.count, hidden: unseen.count))
  }

  /// The files of differences, on the disk and without their names.
  struct Sealed {
    let files: [OutputFile]
    /// What a manifest says of them.
    let entries: [Manifest.Entry]
    let counts: ExportChanges
  }

  /// The identifier that the old export stands at; `nil` at its end.
  private func standingPID() throws -> Int? {
    while oldCursor.pid == nil {
      guard let page = try old?.next() else { return nil }
      oldCursor.enter(page)
    }
    return oldCursor.pid
  }

  private func lose(_ pid: Int) throws {
    missingPIDs.append(pid)
    oldCursor.copy(to: &missingPage)
    oldCursor.advance()
    if missingPage.bytes.count > 1 << 18 {
      try missing.append(missingPage)
      missingPage = RecordSpool.Page(bytes: [], valueEnds: [])
    }
  }

  /// Notes each column in which a contact differs.
  private func note(
    _ new: ContactCursor, _ pid: Int, in changes: inout RecordSpool.Page
  ) {
    var isChanged = false
    for (newColumn, oldColumn) in common {
      let (value, before) = (new.value(newColumn), oldCursor.value(oldColumn))
      guard value != before else { continue }
      isChanged = true
      let row = [
        Array("\(pid)".utf8)[...], Array(columns[newColumn].name.utf8)[...], before, value,
      ]
      for field in row {
        changes.bytes += field
        changes.valueEnds.append(UInt32(changes.bytes.count))
      }
    }
    if isChanged { changedContacts += 1 }
  }

  private func write(_ page: RecordSpool.Page) throws(OutputError) {
    guard !page.valueEnds.isEmpty else { return }
    let count = page.valueEnds.count / columns.count
    try added.append(
      addedLayout.records(
        bytes: page.bytes, valueEnds: page.valueEnds, lines: Array(repeating: 1, count: count),
        firstRecord: added.count + 1))
  }

  private func write(changes page: RecordSpool.Page) throws(OutputError) {
    guard !page.valueEnds.isEmpty else { return }
    let width = Self.changeColumns.count
    let count = page.valueEnds.count / width
    try changed.append(
      RecordBatch(
        bytes: page.bytes, fieldEnds: page.valueEnds,
        recordEnds: (1...count).map { UInt32($0 * width) },
        lines: Array(repeating: 1, count: count), firstRecord: changed.count + 1,
        header: Self.changeColumns, hasFieldLines: false))
  }
}
