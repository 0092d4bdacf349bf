import ContactFormats
import ContactModel
import Foundation
import RunReports

/// The files to be written and the contacts that wait for them, on a thread of its own.
///
/// Nothing goes into a file before all pages are there: what has been written to standard output
/// or a pipe cannot be taken back when a walk breaks off or has to be made again.
actor ExportOutput {
  private struct Open: ~Copyable {
    var files: ExportFiles
    var spool: RecordSpool
    var comparison: ContactComparison?
    var snapshot: SnapshotWriter?
  }

  /// What is not shown any more of the export before.
  struct Missing: Sendable {
    /// The identifiers, rising.
    var pids: [Int] = []
    /// How many contacts there were.
    var previousCount = 0
  }

  /// What was written.
  struct Written: Sendable {
    var files: [Manifest.Entry]
    var changes: ExportChanges?
    /// How many values could not be written as they are, by kind.
    var issues: [IssueCode: Int]
  }

  private let request: ExportRequest
  private let columns: [PersonField]
  private let read: [PersonField]
  private let name: String
  private var output: Open?
  private let executor = BlockingExecutor(label: "ferry.export")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// - Parameters:
  ///   - request: What is written, and how.
  ///   - columns: The columns of the file.
  ///   - read: The columns of the pages.
  ///   - name: What tells the export from others.
  init(
    request: ExportRequest, columns: [PersonField], read: [PersonField], name: String
  ) {
    self.name = name
    self.request = request
    self.columns = columns
    self.read = read
  }

  /// Begins the files.
  ///
  /// - Throws: `OutputError`; ``ExportError`` where several files cannot be.
  func open() throws {
    let files = try ExportFiles(request: request, columns: columns, read: read)
    if request.split != nil, !files.areReplacing {
      throw ExportError.cannotBeDivided(request.path)
    }
    var open = Open(files: files, spool: try RecordSpool(folder: spoolFolder))
    if let state = request.state {
      guard open.files.areReplacing else { throw ExportError.cannotBeDivided(request.path) }
      let old: SnapshotReader?
      do throws(SnapshotReader.Problem) {
        old = try SnapshotReader(path: state.snapshotPath)
      } catch {
        throw ExportError.damagedState(state.snapshotPath, reason: error.reason)
      }
      if let export = old?.export, export != name { throw ExportError.otherState(state.folder) }
      guard old?.columns.allSatisfy({ PersonField(rawValue: $0) != nil }) ?? true else {
        throw ExportError.damagedState(state.snapshotPath, reason: nil)
      }
      open.comparison = try ContactComparison(
        with: old, columns: read, request: request, folder: spoolFolder)
      open.snapshot = try SnapshotWriter(
        path: state.snapshotPath, export: name, columns: read.map(\.name))
    }
    output = .some(consume open)
  }

  /// Keeps a page that stands before all others.
  func prepend(_ page: PageWalk.Page) throws(OutputError) {
    try output?.spool.prepend(kept(page).values)
  }

  /// Keeps a page that stands behind all others.
  func append(_ page: PageWalk.Page) throws(OutputError) {
    try output?.spool.append(kept(page).values)
  }

  private func kept(_ page: PageWalk.Page) -> PageWalk.Page {
    guard !request.keepsImportKeys else { return page }
    var page = page
    page.batch = page.batch.withoutImportKeys()
    return page
  }

  /// Writes all contacts in their order.
  ///
  /// - Returns: Those of the export before that are not among them.
  /// - Throws: `OutputError`; ``ExportError`` for too many files.
  func write() throws -> Missing {
    // Pages are handed over where only errors of one type may pass.
    var failure: (any Error)?
    guard var open = output.take() else { return Missing() }
    try open.spool.readAll { page in
      guard failure == nil, !page.valueEnds.isEmpty else { return }
      do {
        try open.files.append(page)
        try open.snapshot?.append(page)
        try open.comparison?.take(page)
      } catch { failure = error }
    }
    if let failure { throw failure }
    try open.comparison?.end()
    let missing = Missing(
      pids: open.comparison?.missingPIDs ?? [],
      previousCount: open.comparison?.previousCount ?? 0)
    output = .some(consume open)
    return missing
  }

  /// Flushes all files to the disk, and then gives them their names.
  ///
  /// - Parameters:
  ///   - hidden: Missing contacts that the CRM has all the same.
  ///   - manifest: Makes the manifest of the files that were written.
  /// - Returns: What was written.
  /// - Throws: `OutputError`.
  func commit(
    hidden: Set<Int> = [], manifest: @Sendable (Written) -> ExportManifest
  ) throws -> Written {
    guard var open = output.take() else { return Written(files: [], issues: [:]) }
    var written = Written(files: try open.files.seal(), issues: open.files.issues)
    guard open.files.areReplacing else {
      try open.files.commit()
      return written
    }
    var changes: [RecordFile] = []
    if let counts = open.comparison?.counts {
      changes = try open.comparison?.seal(hidden: hidden, request: request) ?? []
      written.changes = ExportChanges(
        added: counts.added, changed: counts.changed, deleted: changes[2].count,
        hidden: changes[3].count)
      for file in changes { written.files.append(try file.seal()) }
    }
    let names = ExportNames(path: request.path)
    let earlier = try? ManifestFile(path: names.manifest)
    let file = try OutputFile(path: names.manifest, mode: request.mode)
    try file.append(manifest(written).bytes)
    try file.seal()
    try open.snapshot?.seal()
    // Everything is on the disk. The snapshot comes last: without it the next export says once more what is
    // different, which does no harm.
    try open.files.commit()
    for change in changes { try change.file.commit() }
    try file.commit()
    try open.snapshot?.commit()
    removeParts(of: earlier, besides: written.files, names)
    return written
  }

  /// Removes the parts of the export before that are none of this one: they would be taken for it.
  ///
  /// What somebody has changed since stays.
  private func removeParts(
    of earlier: ManifestFile?, besides files: [Manifest.Entry], _ names: ExportNames
  ) {
    guard let earlier else { return }
    // Where capitals do not count, the file by the other name is the new one.
    let kept = Set(files.map { $0.name.lowercased() })
    let folder = URL(fileURLWithPath: request.path).deletingLastPathComponent()
    for file in earlier.files
    where names.isPart(file.name) && !kept.contains(file.name.lowercased())
      && earlier.check(file) == .intact
    {
      unlink(folder.appending(path: file.name).path)
    }
  }

  /// Beside the file, where there is room for it anyway; a device or a pipe has no such place.
  private var spoolFolder: String {
    var isFolder: ObjCBool = false
    let folder = URL(fileURLWithPath: request.path).deletingLastPathComponent().path
    let isDevice =
      FileManager.default.fileExists(atPath: request.path, isDirectory: &isFolder)
      && (try? FileManager.default.attributesOfItem(atPath: request.path)[.type]
        as? FileAttributeType)
        != .typeRegular
    return request.path == "-" || isDevice || folder.hasPrefix("/dev")
      ? FileManager.default.temporaryDirectory.path : folder
  }
}
