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
    isInterrupted: @escaping @Sendable () -> Bool = { false },
    progress: (_ contacts: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws -> ExportResult {
    let start = ContinuousClock.now
    let asking = PacedClient(client: client, limits: request.limits, isInterrupted: isInterrupted)
    if isInterrupted() { throw CancellationError() }
    let (columns, titles) = try await exportedColumns(asking)
    let read = readColumns(for: columns)
    // Two exports into one folder would each take the other's contacts for the ones before.
    let lock = try request.state.map { try RunLock(at: $0.lockPath) }
    defer { withExtendedLifetime(lock) {} }
    for attempt in 1...Self.attempts {
      let output = ExportOutput(
        request: request, columns: columns, read: read, name: name, titles: titles)
      do {
        guard
          let reading = try await self.read(
            read, into: output, asking, attempt: attempt, isInterrupted: isInterrupted,
            progress: progress)
        else {
          await output.discard()
          continue
        }
        return try await finish(
          reading, output, asking, columns: columns, start: start, isInterrupted: isInterrupted)
      } catch {
        if Self.canGoOn(after: error) || Self.isAnother(error) {
          await output.leave()
        } else {
          await output.discard()
        }
        throw isInterrupted() ? CancellationError() : error
      }
    }
    throw CRMError(.list, server: client.server, cause: .listKeepsChanging)
  }

  /// Whether an export to this file was interrupted and may be gone on with (`--resume`).
  ///
  /// - Parameters:
  ///   - path: The file of the export.
  ///   - error: How it ended.
  /// - Returns: Whether it left something, and was not one that found another at work.
  package static func canResume(_ path: String, after error: any Error) -> Bool {
    canGoOn(after: error) && PartialExport.isLeft(of: path)
  }

  /// Whether what is there was left by an export of something else.
  private static func isAnother(_ error: any Error) -> Bool {
    if case .otherPartial? = error as? ExportError { true } else { false }
  }

  /// Whether what has been read is kept for an export that goes on (`--resume`).
  private static func canGoOn(after error: any Error) -> Bool {
    switch error {
    case let error as CRMError:
      if case .transport = error.cause { true } else { error.isServerDown }
    // A full disk among them: what has been read is not read again once there is room.
    case is CancellationError, is OutputError: true
    default: false
    }
  }

  /// What was read.
  private struct Reading {
    /// When it began, as text in ISO 8601.
    var from: String
    var contacts: Int
    /// How many of them an interrupted export had read.
    var resumed = 0
    /// Contacts that are there and were not shown.
    var forbidden = 0
  }

  /// Reads everything that is asked for.
  ///
  /// - Returns: What was read; `nil` where something may have been missed.
  private func read(
    _ columns: [PersonField], into output: ExportOutput, _ asking: PacedClient, attempt: Int,
    isInterrupted: @Sendable () -> Bool, progress: (_ contacts: Int, _ total: Int) -> Void
  ) async throws -> Reading? {
    try await output.open()
    let ask: OrderedList.Ask = { request, columns async throws(CRMError) in
      try await asking.page(request, columns: columns)
    }
    let (selection, count) = (request.selection, attempt == 1 ? request.maxInFlight : 1)
    let begun = try await output.begin(
      identity: "\(name)\n\(columns.map(\.name)) \(request.keepsImportKeys)",
      now: Date().iso8601, resumes: attempt == 1 && request.resumes
    ) {
      count < 2
        ? nil
        : try await DateWindow.divide(into: count, selection, server: asking.server, ask: ask)
    }
    let lists = begun.beginning.windows.map { window in
      OrderedList(
        server: asking.server, selection: window?.part(of: selection) ?? selection,
        columns: columns,
        fetch: { request, columns async throws(CRMError) in
          try await asking.fetch(request, columns: columns)
        }, ask: ask)
    }
    var reading = ListReading(
      lists: lists, columns: columns, positions: begun.positions, contacts: begun.contacts)
    try await client.whereRepliesComeIn {
      try await reading.run(into: output, isInterrupted: isInterrupted, progress: progress)
    }
    guard reading.contacts >= reading.total else { return nil }
    var result = Reading(
      from: begun.beginning.from, contacts: reading.contacts, resumed: begun.contacts)
    // A page is one look at the list; only between several of them something can move.
    if reading.total > ListRequest.pageSize {
      let whole = OrderedList(
        server: asking.server, selection: selection, columns: columns, ask: ask)
      let numbers = OrderedList(
        server: asking.server, selection: selection, columns: [.pid], ask: ask)
      var missed = 0
      let places = try await output.addPlaces(MissedContacts.steps.count)
      let known = try await output.known()
      let isComplete = try await client.whereRepliesComeIn {
        try await MissedContacts(numbers: numbers, list: whole).find(beside: known) { page, step in
          try await output.prepend(page, in: places + step)
          missed += page.records.count
        }
      }
      guard isComplete else { return nil }
      if missed > 0 || lists.count > 1 { result.contacts = try await output.known().contacts }
    }
    guard request.includesInvisible else { return result }
    let known = try await output.known()
    let place = try await output.addPlaces(1)
    var scan = InvisibleContacts(client: asking, columns: columns)
    try await scan.scan(gaps: known.gaps, above: known.highest) { page, asked in
      try await output.append(page, in: place)
      result.contacts += page.records.count
      progress(asked, known.gaps.reduce(InvisibleContacts.absentInARow) { $0 + $1.count })
    }
    result.forbidden = scan.forbidden
    return result
  }

  /// Writes the files, and gives them their names.
  private func finish(
    _ reading: Reading, _ output: ExportOutput, _ asking: PacedClient, columns: [PersonField],
    start: ContinuousClock.Instant, isInterrupted: @Sendable () -> Bool
  ) async throws -> ExportResult {
    let until = Date().iso8601
    let missing = try await output.write()
    let hidden = try await hidden(of: missing, asking, isInterrupted: isInterrupted)
    let manifest = ExportManifest(
      ferryVersion: request.version, server: client.server, login: client.credentials.login,
      from: reading.from, until: until, duration: ContinuousClock.now - start,
      selection: request.selection.described,
      columns: request.mapping?.columns.map(\.name) ?? columns.map(\.name),
      contacts: reading.contacts,
      requests: asking.requests, files: [])
    let written = try await output.commit(hidden: hidden) { written in
      var manifest = manifest
      manifest.files = written.files
      manifest.changes = written.changes.map { $0.described }
      return manifest
    }
    // Of standard output there is no manifest; what it would say is the summary.
    var said = manifest
    (said.files, said.changes) = (written.files, written.changes.map { $0.described })
    var issues = written.issues
    issues[.unreadableValue] = asking.unreadable == 0 ? nil : asking.unreadable
    issues[.contactNotShown] = reading.forbidden == 0 ? nil : reading.forbidden
    return ExportResult(
      contacts: reading.contacts, requests: asking.requests, columns: columns,
      files: written.files, changes: written.changes, issues: issues, from: reading.from,
      until: until, manifest: said, keptPhones: written.keptPhones,
      resumedContacts: reading.resumed, archiveFailure: written.archiveFailure)
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
    of missing: ExportOutput.Missing, _ asking: PacedClient,
    isInterrupted: @Sendable () -> Bool
  ) async throws -> Set<Int> {
    guard let state = request.state else { return [] }
    let share = Double(missing.pids.count) / Double(max(1, missing.previousCount))
    guard share <= state.maxShrink else {
      throw ExportError.shrunk(missing: missing.pids.count, of: missing.previousCount)
    }
    var hidden: Set<Int> = []
    for pid in missing.pids {
      if isInterrupted() { throw CancellationError() }
      do {
        if try await asking.contact(InfoRequest(pid: pid)) != nil { hidden.insert(pid) }
      } catch {
        // Refused is not gone.
        guard error.isForbidden else { throw error }
        hidden.insert(pid)
      }
    }
    return hidden
  }

  /// How often a list that changes in its middle is walked again.
  private static let attempts = 3

  /// What is asked for: besides the file's columns the `pid`, which tells contacts apart, and the field
  /// that says which file they go to.
  private func readColumns(for columns: [PersonField]) -> [PersonField] {
    var read = columns
    if case .field(let field)? = request.split, !read.contains(field) { read.append(field) }
    if let field = request.order?.field, !read.contains(field) { read.append(field) }
    return read.contains(.pid) ? read : [.pid] + read
  }

  /// The columns asked for, those the mapping writes, or all that the server has; and what they are called.
  private func exportedColumns(_ asking: PacedClient) async throws(CRMError) -> (
    [PersonField], titles: [PersonField: String]
  ) {
    let entries = try await asking.fields()
    var titles: [PersonField: String] = [:]
    if request.usesTitles {
      for entry in entries where !entry.title.isEmpty {
        if let field = entry.field { titles[field] = entry.title }
      }
    }
    if let mapping = request.mapping { return (mapping.fields, [:]) }
    guard request.columns.isEmpty else { return (request.columns, titles) }
    var columns = Set(entries.compactMap(\.field)).union([.pid])
    // `list` adds the names of what it shows by number.
    if columns.contains(.clid) { columns.insert(.client) }
    if columns.remove(.iduser) != nil {
      columns.insert(.user)
      titles[.user] = titles[.iduser]
    }
    return (PersonField.allCases.filter(columns.contains), titles)
  }
}
