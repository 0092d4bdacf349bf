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
    var walk = PageWalk(client: client, selection: request.selection, columns: read)
    let output = try ExportOutput(
      request: request,
      writer: ContactWriter(
        request: request, columns: columns, firstField: read.count - columns.count))
    var contacts = 0
    while let page = try await walk.nextBackward() {
      try await output.spool(page)
      contacts += page.records.count
      progress(contacts, walk.total)
      if isInterrupted() { throw CancellationError() }
    }
    try await output.writeSpooled()
    while let page = try await walk.nextForward() {
      try await output.append(page)
      contacts += page.records.count
      progress(contacts, walk.total)
    }
    let byteCount = try await output.commit()
    return ExportResult(
      contacts: contacts, requests: walk.requests + 1, columns: columns, byteCount: byteCount)
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

/// The file being written, with the pages that wait for their turn; on a thread of its own.
private actor ExportOutput {
  private let file: OutputFile
  private var spool: PageSpool
  private var writer: ContactWriter
  private let executor = BlockingExecutor(label: "ferry.export")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(request: ExportRequest, writer: ContactWriter) throws(OutputError) {
    file = try OutputFile(path: request.path, mode: request.mode)
    let folder =
      request.path == "-"
      ? FileManager.default.temporaryDirectory.path
      : URL(fileURLWithPath: request.path).deletingLastPathComponent().path
    spool = try PageSpool(folder: folder)
    var writer = writer
    try file.append(writer.header())
    self.writer = writer
  }

  func spool(_ page: PageWalk.Page) throws(OutputError) {
    try spool.append(writer.text(of: page))
  }

  func writeSpooled() throws(OutputError) {
    while let text = try spool.popLast() { try file.append(text) }
  }

  func append(_ page: PageWalk.Page) throws(OutputError) {
    try file.append(writer.text(of: page))
  }

  func commit() throws(OutputError) -> Int { try file.commit().byteCount }
}
