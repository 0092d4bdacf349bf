import ContactModel
import RunReports

/// Writes what a run leaves in its folder besides the journal, on a thread of its own.
actor RunFolderWriter {
  private let folder: String
  private let options: ImportOptions
  private let executor = BlockingExecutor(label: "ferry.reports")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(folder: String, options: ImportOptions) {
    self.folder = folder
    self.options = options
  }

  /// Removes what an earlier session of the run, killed, has left of its files.
  ///
  /// - Precondition: No file of the run is being written.
  func removeLeftovers() { OutputFile.removeLeftovers(in: folder) }

  /// Names the result files, then writes the reports and, last of all, the manifest.
  ///
  /// - Parameters:
  ///   - summary: The run's figures; the result files are added.
  ///   - results: The result files.
  ///   - findings: What reading back has shown.
  ///   - madeAt: Now, as text in ISO 8601.
  /// - Throws: `OutputError`, also where a result file had to be given up; the others are there.
  func finish(
    _ summary: inout RunSummary, results: [ResultWriter], findings: RunFindings, madeAt: String
  ) async throws {
    var failures: [OutputError] = []
    for result in results {
      let committed = await result.commit()
      summary.resultFiles += committed.files
      failures += committed.failures
    }
    let lists = [try list(findings.differences), try list(findings.doubled)]
    let reports =
      lists.compactMap { $0 } + [
        try write(JSONReport(summary, in: options.language).bytes, as: "report.json"),
        try write(Array(HTMLReport(summary, in: options.language).text.utf8), as: "report.html"),
      ]
    _ = try write(
      Manifest(summary, madeAt: madeAt, reports: reports).bytes, as: "manifest.json")
    if let failure = failures.first { throw failure }
  }

  private func list(_ contacts: [[StoredDifference]]) throws(OutputError) -> Manifest.Entry? {
    let file = FindingsFile(.differences, folder: folder, mode: options.mode)
    for differences in contacts {
      for difference in differences { try file.append(difference) }
    }
    return try file.commit()
  }

  private func list(_ contacts: [DoubledContact]) throws(OutputError) -> Manifest.Entry? {
    let file = FindingsFile(.doubled, folder: folder, mode: options.mode)
    for contact in contacts { try file.append(contact) }
    return try file.commit()
  }

  private func write(_ bytes: [UInt8], as name: String) throws(OutputError) -> Manifest.Entry {
    let file = try OutputFile(path: "\(folder)/\(name)", mode: options.mode)
    try file.append(bytes)
    return Manifest.Entry(name: name, written: try file.commit())
  }
}
