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
  }

  private let request: ExportRequest
  private let columns: [PersonField]
  private let read: [PersonField]
  private var output: Open?
  private let executor = BlockingExecutor(label: "ferry.export")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// - Parameters:
  ///   - request: What is written, and how.
  ///   - columns: The columns of the file.
  ///   - read: The columns of the pages.
  init(request: ExportRequest, columns: [PersonField], read: [PersonField]) {
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
    output = Open(files: files, spool: try RecordSpool(folder: spoolFolder))
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

  /// Writes all contacts in their order and gives the files their names.
  ///
  /// - Parameter manifest: Makes the manifest of the files that were written.
  /// - Returns: The files, and how many values could not be written as they are.
  /// - Throws: `OutputError`; ``ExportError`` for too many files.
  func commit(
    manifest: @Sendable ([Manifest.Entry]) -> ExportManifest
  ) throws -> (files: [Manifest.Entry], issues: [IssueCode: Int]) {
    guard var open = output.take() else { return ([], [:]) }
    // Pages are handed over where only errors of one type may pass.
    var failure: (any Error)?
    try open.spool.readAll { page in
      guard failure == nil else { return }
      do { try open.files.append(page) } catch { failure = error }
    }
    if let failure { throw failure }
    let names = ExportNames(path: request.path)
    let files = try open.files.seal()
    guard open.files.areReplacing else {
      try open.files.commit()
      return (files, open.files.issues)
    }
    // Everything is on the disk before the first file gets its name.
    let earlier = try? ManifestFile(path: names.manifest)
    let file = try OutputFile(path: names.manifest, mode: request.mode)
    try file.append(manifest(files).bytes)
    try file.seal()
    try open.files.commit()
    try file.commit()
    removeParts(of: earlier, besides: files, names)
    return (files, open.files.issues)
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
