import ContactFormats
import ContactModel
import Foundation
import RunReports

/// The files to be written and the contacts that wait for them, on a thread of its own.
///
/// Nothing goes into a file before all pages are there: what has been written to standard output
/// or a pipe cannot be taken back when a walk breaks off or has to be made again.
actor ExportOutput: ListReading.Keeper {
  private final class Open {
    let files: ExportFiles
    /// One for each window of dates, and the contacts that no list shows behind them.
    var spools: [RecordSpool] = []
    /// Where the spools are that outlive the process; `nil` where the file has no place beside it.
    var partial: PartialExport?
    var comparison: ContactComparison?
    var snapshot: SnapshotWriter?

    init(_ files: ExportFiles) { self.files = files }
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
    var issues: [IssueCode: Int] = [:]
    /// How many cells of telephone numbers stayed as they are.
    var keptPhones = 0
    /// Why the export could not be kept beside the last ones.
    var archiveFailure: OutputError?
  }

  private let request: ExportRequest
  private let columns: [PersonField]
  private let read: [PersonField]
  private let name: String
  private let titles: [PersonField: String]
  private var output: Open?
  private let executor = BlockingExecutor(label: "ferry.export")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// - Parameters:
  ///   - request: What is written, and how.
  ///   - columns: The columns of the file.
  ///   - read: The columns of the pages.
  ///   - name: What tells the export from others.
  ///   - titles: What columns are called instead of their API names.
  init(
    request: ExportRequest, columns: [PersonField], read: [PersonField], name: String,
    titles: [PersonField: String] = [:]
  ) {
    self.titles = titles
    self.name = name
    self.request = request
    self.columns = columns
    self.read = read
  }

  /// Begins the files.
  ///
  /// - Throws: `OutputError`; ``ExportError`` where several files cannot be.
  func open() throws {
    let files = try ExportFiles(
      request: request, columns: columns, read: read, titles: titles)
    if request.split != nil, !files.areReplacing {
      throw ExportError.cannotBeDivided(request.path)
    }
    let open = Open(files)
    if open.files.areReplacing { open.partial = try PartialExport(of: request.path) }
    output = open
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
  }

  /// Prepares the spools.
  ///
  /// - Parameters:
  ///   - identity: What tells the reading from others.
  ///   - now: When it begins, as text in ISO 8601.
  ///   - resumes: Whether to go on with what another one left.
  ///   - windows: Says how the list is to be divided; not asked where the reading goes on.
  /// - Returns: What is read, and how far it is.
  /// - Throws: `OutputError`; ``ExportError`` where what is left is another export's; what `windows` throws.
  func begin(
    identity: String, now: String, resumes: Bool,
    windows: @Sendable () async throws -> [DateWindow]?
  ) async throws -> Progress {
    if resumes, output?.partial?.isOther(than: identity) == true {
      throw ExportError.otherPartial(request.path)
    }
    let left = resumes ? output?.partial?.beginning(of: identity) : nil
    if let left, left.isYoung, let spools = try output?.partial?.spools(left) {
      output?.spools = spools
      return Progress(
        beginning: left, positions: spools.map { $0.position ?? PageWalk.Position() },
        contacts: spools.reduce(0) { $0 + $1.valueCount } / max(1, read.count))
    }
    let divided = try await windows()
    let beginning = PartialExport.Beginning(
      identity: identity, from: now, windows: divided ?? [nil])
    if let spools = try output?.partial?.begin(beginning) {
      output?.spools = spools
    } else {
      output?.spools = try beginning.windows.map { _ throws(OutputError) in
        try RecordSpool(folder: spoolFolder)
      }
    }
    return Progress(
      beginning: beginning, positions: beginning.windows.map { _ in PageWalk.Position() })
  }

  /// What is read, and how far it is.
  struct Progress: Sendable {
    var beginning: PartialExport.Beginning
    /// Of each window.
    var positions: [PageWalk.Position]
    var contacts = 0
  }

  /// Keeps a page that stands before all others of its window.
  func prepend(
    _ page: PageWalk.Page, window: Int, at position: PageWalk.Position
  ) throws(OutputError) {
    try output?.spools[window].prepend(kept(page).values, at: position)
  }

  /// Keeps a page that stands behind all others of its window.
  func append(
    _ page: PageWalk.Page, window: Int, at position: PageWalk.Position
  ) throws(OutputError) {
    try output?.spools[window].append(kept(page).values, at: position)
  }

  /// Makes places for contacts that are found beside the list.
  ///
  /// - Returns: The first one's number.
  func addPlaces(_ count: Int) throws(OutputError) -> Int {
    let first = output?.spools.count ?? 0
    for _ in 0..<count { output?.spools.append(try RecordSpool(folder: spoolFolder)) }
    return first
  }

  /// Keeps contacts in a place of ``addPlaces(_:)``, in falling order.
  func prepend(_ page: PageWalk.Page, in place: Int) throws(OutputError) {
    try output?.spools[place].prepend(kept(page).values)
  }

  /// Keeps contacts in a place of ``addPlaces(_:)``, in rising order.
  func append(_ page: PageWalk.Page, in place: Int) throws(OutputError) {
    guard !page.records.isEmpty else { return }
    try output?.spools[place].append(kept(page).values)
  }

  /// Which numbers the contacts have that have been read.
  func known() throws(OutputError) -> KnownNumbers {
    var result = KnownNumbers()
    var merge = merge()
    var cursor = cursor()
    while let page = try merge.next() {
      cursor.enter(page)
      while let pid = cursor.pid {
        if pid > result.highest + 1 { result.gaps.append((result.highest + 1)..<pid) }
        result.highest = pid
        result.contacts += 1
        cursor.advance()
      }
    }
    return result
  }

  /// Keeps what has been read, for an export that goes on.
  func leave() {
    if let open = output, !open.spools.isEmpty, open.spools.allSatisfy({ $0.pageCount == 0 }) {
      open.partial?.remove()
    }
    output?.partial?.removeIfEmpty()
    output = nil
  }

  /// Removes what has been read.
  func discard() {
    output?.partial?.remove()
    output = nil
  }

  private func merge() -> SpoolMerge {
    SpoolMerge(
      output?.spools ?? [], width: read.count, pidColumn: read.firstIndex(of: .pid) ?? 0)
  }

  private func cursor() -> ContactCursor {
    ContactCursor(width: read.count, pidColumn: read.firstIndex(of: .pid) ?? 0)
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
    var merge = merge()
    guard let open = output else { return Missing() }
    var sort = try request.order.map { order throws(OutputError) in
      try RecordSort(order: order, columns: read, folder: spoolFolder)
    }
    while let page = try merge.next() {
      if let sort { try sort.append(page) } else { try open.files.append(page) }
      try open.snapshot?.append(page)
      try open.comparison?.take(page)
    }
    try open.comparison?.end()
    try sort?.readAll { page in try open.files.append(page) }
    sort = nil
    let missing = Missing(
      pids: open.comparison?.missingPIDs ?? [],
      previousCount: open.comparison?.previousCount ?? 0)
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
    guard let open = output else { return Written(files: []) }
    var written = Written(
      files: try open.files.seal(), issues: open.files.issues,
      keptPhones: open.files.keptPhones)
    guard open.files.areReplacing else {
      try open.files.commit()
      return written
    }
    let changes = try open.comparison?.seal(hidden: hidden, request: request)
    written.changes = changes?.counts
    written.files += changes?.entries ?? []
    let names = ExportNames(path: request.path)
    let earlier = try? ManifestFile(path: names.manifest)
    let file = try OutputFile(path: names.manifest, mode: request.mode)
    let said = manifest(written)
    try file.append(said.bytes)
    try file.seal()
    try open.snapshot?.seal()
    // Everything is on the disk. The snapshot comes last: without it the next export says once more what is
    // different, which does no harm.
    try open.files.commit()
    for change in changes?.files ?? [] { try change.commit() }
    try file.commit()
    try open.snapshot?.commit()
    open.partial?.remove()
    removeParts(of: earlier, besides: written.files, names)
    if let keep = request.keep {
      // The export is where it belongs, whatever becomes of this.
      do throws(OutputError) {
        try ExportArchive(path: request.path, most: keep).keep(written.files, at: said.until)
      } catch { written.archiveFailure = error }
    }
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
