package import CRMClient
import ContactModel
import Foundation
import PersonAPI
import RunReports

/// Reads the contacts a user may see and writes them to a file that is complete or absent.
package struct ExportPipeline: Sendable {
  private let request: ExportRequest
  private let client: CRMClient

  package init(request: ExportRequest, client: CRMClient) {
    self.request = request
    self.client = client
  }

  /// Exports.
  ///
  /// - Parameters:
  ///   - isInterrupted: Is asked between pages; once it says yes the export is given up.
  ///   - progress: Is told how many contacts have come, of how many.
  /// - Returns: What the file holds.
  /// - Throws: `CRMError`, `OutputError` or `CancellationError`; then the file is as it was before.
  package func run(
    isInterrupted: @Sendable () -> Bool = { false },
    progress: (_ contacts: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws -> ExportResult {
    let columns = try await exportedColumns()
    // `pid` is needed to tell contacts apart, also where the user does not want the column.
    let read = columns.contains(.pid) ? columns : [.pid] + columns
    var requests = 1
    for _ in 1...Self.attempts {
      var walk = PageWalk(client: client, selection: request.selection, columns: read)
      let output = ExportOutput(
        request: request,
        writer: ContactWriter(
          request: request, columns: columns, firstField: read.count - columns.count))
      try await output.open()
      let contacts = try await self.walk(
        &walk, into: output, isInterrupted: isInterrupted, progress: progress)
      requests += walk.requests
      guard contacts >= walk.total else { continue }
      return ExportResult(
        contacts: contacts, requests: requests, columns: columns,
        byteCount: try await output.commit())
    }
    throw CRMError(.list, server: client.server, cause: .listKeepsChanging)
  }

  /// How often a list that changes in its middle is walked again.
  private static let attempts = 3

  /// Writes every contact of a walk; returns how many there were.
  private func walk(
    _ walk: inout PageWalk, into output: ExportOutput, isInterrupted: @Sendable () -> Bool,
    progress: (_ contacts: Int, _ total: Int) -> Void
  ) async throws -> Int {
    var contacts = 0
    while let page = try await walk.nextBackward() {
      try await output.spool(page)
      contacts += page.records.count
      progress(contacts, walk.total)
      if isInterrupted() { throw CancellationError() }
    }
    while let page = try await walk.nextForward() {
      try await output.append(page)
      contacts += page.records.count
      progress(contacts, walk.total)
      if isInterrupted() { throw CancellationError() }
    }
    return contacts
  }

  /// The columns asked for, or all that the server has.
  private func exportedColumns() async throws(CRMError) -> [PersonField] {
    let available = try await client.fields().compactMap(\.field)
    guard request.columns.isEmpty else { return request.columns }
    var columns = Set(available).union([.pid])
    // `list` adds the names of what it shows by number.
    if columns.contains(.clid) { columns.insert(.client) }
    if columns.remove(.iduser) != nil { columns.insert(.user) }
    return PersonField.allCases.filter(columns.contains)
  }
}

/// The file to be written and the pages that wait for it, on a thread of its own.
///
/// Nothing goes into the file before all pages are there: what has been written to standard output
/// or a pipe cannot be taken back when a walk breaks off or has to be made again.
private actor ExportOutput {
  private struct Open: ~Copyable {
    let file: OutputFile
    /// Pages that came last first.
    var spool: PageSpool
    /// Pages that came behind them, first to last.
    var added: PageSpool
  }

  private let request: ExportRequest
  private var writer: ContactWriter
  private var output: Open?
  private let executor = BlockingExecutor(label: "ferry.export")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(request: ExportRequest, writer: ContactWriter) {
    self.request = request
    self.writer = writer
  }

  /// Begins the file.
  func open() throws(OutputError) {
    output = Open(
      file: try OutputFile(path: request.path, mode: request.mode),
      spool: try PageSpool(folder: spoolFolder), added: try PageSpool(folder: spoolFolder))
  }

  /// Keeps a page until those before it have come.
  func spool(_ page: PageWalk.Page) throws(OutputError) {
    try output?.spool.append(text(of: page))
  }

  /// Keeps a page that stands behind all others.
  func append(_ page: PageWalk.Page) throws(OutputError) {
    try output?.added.append(text(of: page))
  }

  private func text(of page: PageWalk.Page) -> [UInt8] {
    var page = page
    if !request.keepsImportKeys { page.batch = page.batch.withoutImportKeys() }
    return writer.text(of: page)
  }

  /// Writes all pages in their order, gives the file its name and returns its length.
  func commit() throws(OutputError) -> Int {
    guard let file = output?.file else { return 0 }
    try file.append(writer.header())
    while let text = try output?.spool.popLast() { try file.append(text) }
    try output?.added.takeAll { (text) throws(OutputError) in try file.append(text) }
    return try file.commit().byteCount
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
