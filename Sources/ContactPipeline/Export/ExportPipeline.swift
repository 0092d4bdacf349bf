package import CRMClient
import ContactMapping
import ContactModel
import Foundation
import PersonAPI
import RunJournal
import RunReports

/// Reads the contacts a user may see and writes them to files that are complete or absent.
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
  /// - Throws: `CRMError`, `OutputError`, ``ExportError`` or `CancellationError`; then the file is as it was
  ///   before.
  package func run(
    isInterrupted: @Sendable () -> Bool = { false },
    progress: (_ contacts: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws -> ExportResult {
    let (from, start) = (Date(), ContinuousClock.now)
    let columns = try await exportedColumns()
    let read = readColumns(for: columns)
    // Two exports into one folder would each take the other's contacts for the ones before.
    let lock = try request.state.map { try RunLock(at: $0.lockPath) }
    defer { withExtendedLifetime(lock) {} }
    var requests = 1
    for _ in 1...Self.attempts {
      var walk = PageWalk(client: client, selection: request.selection, columns: read)
      let output = ExportOutput(request: request, columns: columns, read: read, name: name)
      try await output.open()
      let contacts = try await self.walk(
        &walk, into: output, isInterrupted: isInterrupted, progress: progress)
      requests += walk.requests
      guard contacts >= walk.total else { continue }
      let until = Date()
      let hidden = try await hidden(of: try await output.write(), isInterrupted: isInterrupted)
      let manifest = ExportManifest(
        ferryVersion: request.version, server: client.server, login: client.credentials.login,
        from: from.iso8601, until: until.iso8601,
        duration: ContinuousClock.now - start,
        selection: request.selection.described,
        columns: request.mapping?.columns.map(\.name) ?? columns.map(\.name), contacts: contacts,
        requests: requests, files: [])
      let written = try await output.commit(hidden: hidden) { written in
        var manifest = manifest
        manifest.files = written.files
        manifest.changes = written.changes.map { $0.described }
        return manifest
      }
      return ExportResult(
        contacts: contacts, requests: requests, columns: columns, files: written.files,
        changes: written.changes, issues: written.issues, from: from, until: until)
    }
    throw CRMError(.list, server: client.server, cause: .listKeepsChanging)
  }

  /// What tells this export from others.
  private var name: String {
    let selection = request.selection.described.map { "\($0.name)=\($0.value)" }
    return ([client.server, client.credentials.login] + selection).joined(separator: "\n")
  }

  /// Those of the missing contacts that the CRM has all the same.
  ///
  /// - Throws: ``ExportError/shrunk(missing:of:)``; `CRMError` where the CRM cannot be asked.
  private func hidden(
    of missing: ExportOutput.Missing, isInterrupted: @Sendable () -> Bool
  ) async throws -> Set<Int> {
    guard let state = request.state else { return [] }
    let share = Double(missing.pids.count) / Double(max(1, missing.previousCount))
    guard share <= state.maxShrink else {
      throw ExportError.shrunk(missing: missing.pids.count, of: missing.previousCount)
    }
    var hidden: Set<Int> = []
    for pid in missing.pids {
      if isInterrupted() { throw CancellationError() }
      if try await client.info(InfoRequest(pid: pid)) != nil { hidden.insert(pid) }
    }
    return hidden
  }

  /// How often a list that changes in its middle is walked again.
  private static let attempts = 3
  /// How often contacts are looked for that have come meanwhile; where they come without an end the rest is
  /// younger than the export, which does not promise it.
  private static let mostAdditions = 8

  /// Keeps every contact of a walk; returns how many there were.
  private func walk(
    _ walk: inout PageWalk, into output: ExportOutput, isInterrupted: @Sendable () -> Bool,
    progress: (_ contacts: Int, _ total: Int) -> Void
  ) async throws -> Int {
    var contacts = 0
    while let page = try await walk.nextBackward() {
      try await output.prepend(page)
      contacts += page.records.count
      progress(contacts, walk.total)
      if isInterrupted() { throw CancellationError() }
    }
    for _ in 0..<Self.mostAdditions {
      guard let page = try await walk.nextForward() else { break }
      try await output.append(page)
      contacts += page.records.count
      progress(contacts, walk.total)
      if isInterrupted() { throw CancellationError() }
    }
    return contacts
  }

  /// What is asked for: besides the file's columns the `pid`, which tells contacts apart, and the field
  /// that says which file they go to.
  private func readColumns(for columns: [PersonField]) -> [PersonField] {
    var read = columns
    if case .field(let field)? = request.split, !read.contains(field) { read.append(field) }
    return read.contains(.pid) ? read : [.pid] + read
  }

  /// The columns asked for, those the mapping writes, or all that the server has.
  private func exportedColumns() async throws(CRMError) -> [PersonField] {
    let available = try await client.fields().compactMap(\.field)
    if let mapping = request.mapping { return mapping.fields }
    guard request.columns.isEmpty else { return request.columns }
    var columns = Set(available).union([.pid])
    // `list` adds the names of what it shows by number.
    if columns.contains(.clid) { columns.insert(.client) }
    if columns.remove(.iduser) != nil { columns.insert(.user) }
    return PersonField.allCases.filter(columns.contains)
  }
}

extension ExportChanges {
  /// The counts by their names in a manifest.
  fileprivate var described: [(name: String, count: Int)] {
    [("added", added), ("changed", changed), ("deleted", deleted), ("hidden", hidden)]
  }
}

extension ListRequest {
  /// What is asked for, by the names of the API's parameters.
  fileprivate var described: [(name: String, value: String)] {
    let texts: [(String, String?)] = [
      ("user", user), ("dateStart", dateStart), ("dateEnd", dateEnd), ("word", word),
    ]
    return texts.compactMap { name, value in value.map { (name, $0) } }
      + filter.map { ("filter[\($0.field)]", $0.value) }
  }
}
