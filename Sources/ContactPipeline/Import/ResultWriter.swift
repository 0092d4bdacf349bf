import ContactFormats
import ContactModel
import RunReports

/// Writes result files on a thread of its own.
actor ResultWriter {
  private let files: ResultFiles
  private let executor = BlockingExecutor(label: "ferry.results")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(folder: String, prefix: String, profile: SourceProfile, options: ImportOptions) {
    files = ResultFiles(
      folder: folder, prefix: prefix, profile: profile, language: options.language,
      mode: options.mode)
  }

  /// Appends a batch's rows to the files of their outcomes.
  func append(_ settled: OpenBatches.Settled) throws(OutputError) {
    try files.append(
      settled.batch.source, outcomes: settled.outcomes,
      issues: settled.batch.issues + settled.issues, remarks: settled.remarks)
  }

  /// Gives the files their names; says why some had to be given up.
  func commit() -> (files: [ResultFile], failures: [OutputError]) {
    let committed = files.commit()
    return (committed, files.failures)
  }
}
