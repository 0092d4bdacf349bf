package import ContactModel

/// Reads a sheet of a workbook into batches of records.
///
/// Unlike the formats read from front to back, a workbook is a package with its table of contents at
/// the end, so the reader asks for the bytes it needs. Memory does not depend on the size of the
/// workbook: the sheet is streamed, and shared texts beyond 32 MB move to a temporary file.
///
/// ```swift
/// var reader = try XLSXReader(file, settings: settings) { try TemporaryFile() }
/// while let batch = try reader.nextBatch() { use(batch) }
/// ```
///
/// Follows ECMA-376 (transitional and strict) as far as values go, with these rules:
/// - A cell reads as the format "General" shows it: numbers with up to 15 digits and without an
///   exponent, so that phones and identifiers stay whole; truth values as `TRUE` and `FALSE`.
/// - A number in a format for dates reads as `YYYY-MM-DD`, with ` HH:MM:SS` behind it if it has a time
///   of day, or as the time alone; a duration as hours, minutes and seconds.
/// - A formula is its value when the workbook was saved; a merged cell stands where it begins.
/// - Blank rows are skipped. A record's line is its row's number in the sheet.
/// - Records are padded to the header's width, since a sheet leaves out empty cells.
/// - A table ends where more than 256 columns are empty in a row and in all rows above it, so that a
///   cell far off does not make every record thousands of fields wide. What stands beyond is left out
///   with an issue (`record.too-many-columns`), and names no column.
/// - A record is too long with more than 1 MB, or with a cell of more than 256 KB.
package struct XLSXReader: ~Copyable {
  /// How many rows are looked at to find the header.
  private static let sampleSize = 100

  /// What was found out about the source.
  package let profile: SourceProfile
  private var sheet: SheetReader
  /// The rows that came with the header, and how many of them are no records.
  private var beginning: (rows: SheetRows, dropped: Int)?
  private var nextRecord = 1

  /// Opens a workbook and finds its sheet and header.
  ///
  /// - Parameters:
  ///   - file: The workbook's bytes.
  ///   - settings: What the user fixed. Without a sheet, the first visible one with a row is read; a
  ///     sheet is told by its name, or by its number from 1 among the worksheets.
  ///   - spill: Makes a temporary file; asked for one at most, for shared texts beyond 32 MB.
  /// - Throws: ``FormatError`` if this is no workbook, if it is damaged, has a password or unpacks to
  ///   far more than it should, if it has no such sheet, or if there is no row.
  package init(
    _ file: any RandomAccessBytes, settings: ReaderSettings,
    spill: () throws(FormatError) -> any SpillStore
  ) throws(FormatError) {
    if let format = settings.format, format != .xlsx {
      throw FormatError(.otherFormat, found: "\(FileFormat.xlsx.name), not \(format.name)")
    }
    let workbook = try Workbook(file)
    var strings = try workbook.sharedStrings(spill)
    var tried: Set<String> = []
    for sheet in try Self.candidates(in: workbook, settings: settings) {
      // Thousands of sheets may lead to one part, and it does not fill while others are read.
      guard tried.insert(ZipMember.key(of: sheet.path)).inserted else { continue }
      var reader = try SheetReader(sheet, of: workbook, strings: strings)
      strings = SharedStrings()
      if let found = try Self.beginning(of: &reader, settings: settings) {
        profile = SourceProfile(format: .xlsx, header: found.header, sheet: sheet.name)
        beginning = (found.rows, found.dropped)
        self.sheet = reader
        return
      }
      strings = reader.takeStrings()
    }
    throw FormatError(.empty)
  }

  /// The next batch of records; `nil` at the end of the sheet.
  ///
  /// - Throws: ``FormatError`` where the sheet cannot be read any further; the batches before have
  ///   been handed over.
  package mutating func nextBatch() throws(FormatError) -> RecordBatch? {
    while true {
      var (rows, dropped) = (SheetRows(), 0)
      if let first = beginning.take() {
        (rows, dropped) = first
      } else if let next = try sheet.nextRows() {
        rows = next
      } else {
        return nil
      }
      // A header may stand alone in its rows.
      if let batch = rows.batch(from: dropped, header: profile.header, firstRecord: nextRecord) {
        nextRecord += batch.count
        return batch
      }
    }
  }

  /// The sheets that may be meant, the likeliest first.
  private static func candidates(
    in workbook: Workbook, settings: ReaderSettings
  ) throws(FormatError) -> [Workbook.Sheet] {
    let sheets = workbook.sheets
    guard let wanted = settings.sheet else { return sheets.filter(\.isVisible) }
    if let sheet = sheets.first(where: { $0.name == wanted })
      ?? sheets.first(where: { $0.name.lowercased() == wanted.lowercased() })
    {
      return [sheet]
    }
    if let number = Int(wanted), sheets.indices.contains(number - 1) { return [sheets[number - 1]] }
    throw FormatError(.noSuchSheet, found: sheets.map(\.name).joined(separator: ", "))
  }

  private struct Beginning {
    var header: [String]
    var rows: SheetRows
    /// How many of the rows are no records: the header and what stands above.
    var dropped: Int
  }

  /// Reads up to the header; `nil` if the sheet has no row where the header may be.
  private static func beginning(
    of reader: inout SheetReader, settings: ReaderSettings
  ) throws(FormatError) -> Beginning? {
    while let rows = try reader.nextRows() {
      switch settings.header {
      case .none: return Beginning(header: [], rows: rows, dropped: 0)
      case .first: return Beginning(header: rows.texts(ofRow: 0), rows: rows, dropped: 1)
      case .line(let line):
        guard let row = (0..<rows.count).first(where: { rows.line(ofRow: $0) >= line }) else {
          continue
        }
        return Beginning(header: rows.texts(ofRow: row), rows: rows, dropped: row + 1)
      case .auto:
        let sample = (0..<min(rows.count, sampleSize)).map { rows.texts(ofRow: $0) }
        let finding = HeaderFinder.find(in: sample)
        return Beginning(
          header: finding.header.map { sample[$0] } ?? [], rows: rows,
          dropped: min(finding.firstDataRow, rows.count))
      }
    }
    return nil
  }
}
