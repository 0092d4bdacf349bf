import ContactFormats
import ContactMapping
import ContactModel

/// The records of a conversion, ready to be written.
struct ConvertSource {
  /// Where they come from.
  let stream: BatchStream
  /// The output's columns, as far as they are known beforehand.
  let columns: [String]
  private let request: ConvertRequest
  private let profile: SourceProfile
  private let preparation: Preparation?

  /// A batch to be written, and what has been noticed about it.
  struct Batch: Sendable {
    /// The records as they are written; record *i* belongs to record *i* of the source.
    let records: RecordBatch
    /// The source's records, with issues, and which of them are left out.
    let prepared: PreparedBatch
  }

  /// Opens the source; reads it once to its end first, if its columns have to be known.
  init(_ request: ConvertRequest) async throws {
    self.request = request
    let needsHeader =
      request.mapping == nil && request.columns.isEmpty && !request.output.format.hasOpenColumns
    var stream = try await BatchStream(
      file: request.file, spool: nil, settings: request.settings, keepsBytes: needsHeader)
    if needsHeader, await stream.profile.format.hasOpenColumns {
      var used = UsedColumns()
      while let batch = try await stream.next() { used.add(batch) }
      let header = used.names(in: await stream.profile.header)
      stream = try await BatchStream(
        file: request.file, spool: await stream.keptBytes, settings: request.settings)
      columns = header
      preparation = nil
    } else if let mapping = request.mapping {
      try mapping.refuseLookups()
      let preparation = try Preparation(
        mapping: mapping, header: await stream.profile.header,
        hasOpenColumns: await stream.profile.format.hasOpenColumns)
      columns = ContactLayout(preparation.schema, in: request.output.format).header
      self.preparation = preparation
    } else {
      columns = request.columns.isEmpty ? await stream.profile.header : request.columns
      preparation = nil
    }
    self.stream = stream
    profile = await stream.profile
    if !profile.format.hasOpenColumns, preparation == nil {
      try ColumnSelection(columns, isExact: false).check(in: profile.header)
    }
  }

  /// Hands every batch to `body`, in input order, until it returns `false`.
  func deliver(to body: (Batch) async throws -> Bool) async throws {
    guard let preparation else { return try await copy(to: body) }
    let layout = ContactLayout(preparation.schema, in: request.output.format)
    try await OrderedBatches(stream: stream, preparation: preparation).deliver { prepared in
      try await body(Batch(records: layout.records(of: prepared), prepared: prepared))
    }
  }

  /// Hands the records over as they stand.
  private func copy(to body: (Batch) async throws -> Bool) async throws {
    var numbered = NumberedColumns()
    let selects =
      !request.columns.isEmpty || (profile.format.hasOpenColumns && !columns.isEmpty)
    var selection = ColumnSelection(columns, isExact: profile.format.hasOpenColumns)
    var index = 0
    while let source = try await stream.next() {
      var isRejected = [Bool](repeating: false, count: source.count)
      for issue in source.issues where issue.severity == .error {
        isRejected[Int(issue.record)] = true
      }
      let records =
        selects
        ? selection.apply(to: source)
        : request.output.format.hasOpenColumns ? numbered.apply(to: source) : source
      let prepared = PreparedBatch(
        index: index, source: source, contacts: ContactBatch(columnCount: 0),
        issues: source.issues, isRejected: isRejected, unmapped: [], nameColumns: [], predictor: nil
      )
      index += 1
      guard try await body(Batch(records: records, prepared: prepared)) else { return }
    }
    // A source that names its columns as it goes has named them all by now.
    if !request.columns.isEmpty { try selection.check(in: await stream.profile.header) }
  }
}

/// Which columns of a source have values that are going to be written.
private struct UsedColumns {
  /// The column in which a reader keeps the text of what it could not read.
  private static let brokenText = "ferry.raw"
  private var hasBrokenText = false

  /// Looks at a batch; a record that is left out does not count.
  mutating func add(_ batch: RecordBatch) {
    guard !hasBrokenText, let column = batch.header.firstIndex(of: Self.brokenText) else { return }
    let leftOut = Set(batch.issues.filter { $0.severity == .error }.map { Int($0.record) })
    hasBrokenText = (0..<batch.count).contains {
      !leftOut.contains($0) && !batch.fieldRange(record: $0, field: column).isEmpty
    }
  }

  /// The columns to be written, of all that were named.
  func names(in header: [String]) -> [String] {
    hasBrokenText ? header : header.filter { $0 != Self.brokenText }
  }
}
