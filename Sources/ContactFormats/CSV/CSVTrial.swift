import ContactModel

/// One candidate dialect, and what it makes of the beginning of a text.
struct CSVTrial {
  /// How many records are looked at: all that the sample has, since what tells two dialects apart may
  /// stand in one of them only.
  private static let recordLimit = RecordReader.sampleSize
  /// How many of them are looked at for a header, cell by cell.
  private static let headerRecordLimit = 40

  /// The candidate, with what follows from it: header, preamble, trailing delimiter.
  private(set) var dialect: CSVDialect
  /// The share of records that have as many fields as the table's first and no issue.
  private var share = 0.0
  /// How many fields the table's first record has.
  private var width = 0

  /// - Parameters:
  ///   - candidate: Delimiter, quote and escape.
  ///   - text: The beginning of the text, without a `sep=` line.
  ///   - isWhole: Whether it is the whole text.
  ///   - header: Where the user says that the columns are named.
  init(_ candidate: CSVDialect, text: [UInt8], isWhole: Bool, header: HeaderChoice) {
    dialect = candidate
    dialect.hasHeader = header != .none
    guard let batch = Self.firstRecords(of: text, isWhole: isWhole, dialect: candidate) else {
      return
    }
    let rows = (0..<min(batch.count, Self.headerRecordLimit)).map { record in
      (0..<batch.fieldCount(ofRecord: record)).map { batch.text(record: record, field: $0) }
    }
    let finding = Self.finding(in: rows, lines: batch.lines, header: header)
    dialect.hasHeader = finding.isHeader
    if finding.firstRow > 0 { dialect.preambleLines = batch.lines[finding.firstRow] - 1 }
    judge(batch, from: finding.firstRow)
  }

  /// Whether this dialect splits the table, and does so better than another that comes before it.
  ///
  /// Where all else is equal, commas give way: they stand in titles and addresses, as often in each
  /// row as not, while nothing but a delimiter puts a semicolon or tab between the names of columns.
  func isBetter(than other: CSVTrial?) -> Bool {
    guard width > 1 else { return false }
    return other.map { (share, rank, width) > ($0.share, $0.rank, $0.width) } ?? true
  }

  private var rank: Int { dialect.delimiter == UInt8(ascii: ",") ? 0 : 1 }

  private static func firstRecords(
    of text: [UInt8], isWhole: Bool, dialect: CSVDialect
  ) -> RecordBatch? {
    var reader = CSVReader(dialect: dialect, recordsPerBatch: recordLimit)
    _ = reader.read(text.span, from: 0)
    if isWhole { reader.finish() }
    return reader.takeBatch()
  }

  private static func finding(
    in rows: [[String]], lines: [Int], header: HeaderChoice
  ) -> HeaderFinding {
    switch header {
    case .auto: HeaderFinder.find(in: rows)
    case .first: HeaderFinding(firstRow: 0, isHeader: true)
    case .none: HeaderFinding(firstRow: 0, isHeader: false)
    case .line(let number):
      HeaderFinding(firstRow: lines.firstIndex { $0 >= number } ?? 0, isHeader: true)
    }
  }

  private mutating func judge(_ batch: RecordBatch, from firstRow: Int) {
    let table = firstRow..<batch.count
    let broken = Set(batch.issues.map { Int($0.record) })
    width = batch.fieldCount(ofRecord: firstRow)
    let agreeing = table.count { record in
      batch.fieldCount(ofRecord: record) == width && !broken.contains(record)
    }
    share = Double(agreeing) / Double(table.count)
    dialect.hasTrailingDelimiter =
      dialect.hasHeader && hasTrailingDelimiter(batch, from: firstRow)
  }

  /// Whether nothing ever stands behind the delimiter at the end of the header, neither a name nor a
  /// value, while there are values before it.
  private func hasTrailingDelimiter(_ batch: RecordBatch, from header: Int) -> Bool {
    guard width > 1, batch.fieldRange(record: header, field: width - 1).isEmpty else {
      return false
    }
    var hasValue = false
    for record in (header + 1)..<batch.count {
      for field in 0..<batch.fieldCount(ofRecord: record)
      where !batch.fieldRange(record: record, field: field).isEmpty {
        if field >= width - 1 { return false }
        hasValue = true
      }
    }
    return hasValue
  }
}
