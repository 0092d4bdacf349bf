import ContactFormats
import ContactMapping
import ContactModel
import Foundation
import RunReports

/// Copies the records of a file into a file of any format, batch by batch.
///
/// Without a mapping every value is copied as it stands. A record with an error (a torn row, a line
/// that is no JSON) is left out and counted; it goes to ``ConvertRequest/rejectsPath`` if there is
/// one. Memory does not depend on the file's size: where a table has to be made of a source that
/// names its columns as they come, the source is read twice, and a pipe is kept in a temporary file
/// for that.
package struct ConvertPipeline: Sendable {
  private let request: ConvertRequest
  private let startedAt: String
  private let version: String
  private let showsValues: Bool

  /// - Parameters:
  ///   - request: What to convert.
  ///   - startedAt: Now, as text in ISO 8601.
  ///   - version: ferry's version, for the report.
  ///   - showsValues: Whether examples may hold people's data.
  package init(
    request: ConvertRequest, startedAt: String, version: String, showsValues: Bool = false
  ) {
    self.request = request
    self.startedAt = startedAt
    self.version = version
    self.showsValues = showsValues
  }

  /// Converts the whole file.
  ///
  /// - Parameters:
  ///   - isInterrupted: Is asked between batches; once it says yes the conversion is given up.
  ///   - progress: Is told how many records have been written.
  /// - Returns: The figures, and the output's columns.
  /// - Throws: ``InputError``, ``ConvertError``, `MappingError`, `OutputError` or
  ///   `CancellationError`; then the output is as it was before.
  package func run(
    isInterrupted: @Sendable () -> Bool = { false }, progress: (_ records: Int) -> Void = { _ in }
  ) async throws -> ConvertResult {
    try request.checkNames()
    let clock = ContinuousClock()
    let start = clock.now
    let source = try await ConvertSource(request)
    let output = ConvertOutput(request: request, columns: source.columns)
    try await output.open(profile: await source.stream.profile)
    var tally = SourceTally(file: request.file, showsValues: showsValues)
    try await source.deliver { batch in
      let late = try await output.append(batch)
      tally.add(batch.prepared)
      tally.addLate(late, of: batch.prepared)
      progress(tally.records)
      if isInterrupted() { throw CancellationError() }
      return true
    }
    try await output.commit()
    var outcomes = OutcomeCounts()
    outcomes[.rejected] = tally.rejected
    outcomes[.notAttempted] = tally.records - tally.rejected
    let summary = tally.summary(
      byteCount: await source.stream.byteCount, profile: await source.stream.profile)
    return ConvertResult(
      summary: RunSummary(
        kind: .convert, startedAt: startedAt, duration: clock.now - start, ferryVersion: version,
        files: [summary], outcomes: outcomes, issues: tally.issues),
      columns: source.columns)
  }
}

extension ConvertRequest {
  /// Refuses to write the file that is being read: it is replaced only at the end, but a mistake is
  /// likelier than a wish.
  fileprivate func checkNames() throws(ConvertError) {
    guard file != "-", path != "-" else { return }
    let real = { (path: String) in URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    if real(file) == real(path) { throw .sameFile(path) }
  }
}
