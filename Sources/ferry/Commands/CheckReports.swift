import ContactModel
import ContactPipeline
import Foundation
import RunReports

/// The files `ferry check --report` writes, each complete or absent.
actor CheckReports {
  private let kinds: Set<ReportKinds.Kind>
  private let base: String
  private let source: String
  private let language: Language
  private var listing: IssueListing
  private var listingFile: OutputFile?
  private let executor = BlockingExecutor(label: "ferry.check-reports")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(
    kinds: Set<ReportKinds.Kind>, folder: String, source: String, showsValues: Bool,
    language: Language
  ) {
    self.kinds = kinds
    self.source = source
    self.language = language
    let name =
      source == "-"
      ? "stdin" : URL(fileURLWithPath: source).deletingPathExtension().lastPathComponent
    base = "\(folder)/\(name).check"
    listing = IssueListing(in: language, showsValues: showsValues)
  }

  /// Begins the listing of issues, if one is wanted, so that a folder that cannot be written is
  /// found out before the work.
  func open() throws(OutputError) {
    if kinds.contains(.csv) { listingFile = try OutputFile(path: "\(base).csv") }
  }

  /// Appends a batch's issues to the listing.
  func add(_ batch: PreparedBatch) throws(OutputError) {
    guard let listingFile else { return }
    listing.append(
      batch.issues, of: batch.source, file: source, storedText: batch.storedText)
    try listingFile.append(listing.takeBytes())
  }

  /// Writes the reports and returns their names.
  func finish(_ summary: RunSummary) throws(OutputError) -> [String] {
    var names: [String] = []
    if let listingFile {
      try listingFile.append(listing.takeBytes())
      names.append(try listingFile.commit().path)
    }
    if kinds.contains(.json) {
      names.append(try write(JSONReport(summary, in: language).bytes, as: "json"))
    }
    if kinds.contains(.html) {
      names.append(try write(Array(HTMLReport(summary, in: language).text.utf8), as: "html"))
    }
    return names
  }

  private func write(_ bytes: [UInt8], as kind: String) throws(OutputError) -> String {
    let file = try OutputFile(path: "\(base).\(kind)")
    try file.append(bytes)
    return try file.commit().path
  }
}
