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
    var tally = SourceTally(file: request.file, showsValues: showsValues)
    for name in try await output.open(profile: await source.stream.profile) {
      tally.add(.unencodableName, ofColumn: name)
    }
    try await source.deliver { batch in
      let late = try await output.append(batch)
      tally.add(batch.prepared)
      tally.addLate(late, of: batch.records)
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
  /// Refuses to write a file that is being read or written already: it is replaced only at the end,
  /// but a mistake is likelier than a wish.
  fileprivate func checkNames() throws(ConvertError) {
    var known: Set<String> = file == "-" ? [] : [Self.real(file)]
    for written in [path, rejectsPath].compactMap({ $0 }) {
      // Devices such as /dev/null take as many streams as one likes.
      guard !written.hasPrefix("/dev/") || written == "/dev/stdout" else { continue }
      guard known.insert(Self.real(written)).inserted else { throw .sameFile(written) }
    }
  }

  private static func real(_ path: String) -> String {
    guard path != "-", path != "/dev/stdout" else { return "-" }
    return URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }
}
