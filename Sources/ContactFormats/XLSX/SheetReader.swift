/// Reads a worksheet's rows from its package, some hundreds at a time.
struct SheetReader: ~Copyable {
  /// How many bytes of XML are parsed before it is asked whether the rows are enough.
  ///
  /// A cell of some 20 bytes can refer to a text of ``EscapedText/longestText``, and libxml2 can be
  /// stopped for good only. So a piece is small: however the texts are used, it adds to a full batch
  /// no more than a few dozen of them. Larger pieces are not parsed any faster.
  private static let pieceSize = 1024

  private let path: String
  private var member: ZipMemberReader
  private var parser: XMLPushParser<SheetHandler>
  private var piece: [UInt8] = []
  private var place = 0
  private var isEnded = false
  private var failure: FormatError?

  /// - Parameters:
  ///   - sheet: Which sheet.
  ///   - workbook: The workbook that has it.
  ///   - strings: The workbook's shared texts.
  /// - Throws: ``FormatError`` if the package has no such part.
  init(
    _ sheet: Workbook.Sheet, of workbook: Workbook, strings: consuming SharedStrings
  ) throws(FormatError) {
    guard let part = workbook.archive.member(sheet.path) else {
      throw FormatError(.brokenPackage, found: "\(sheet.path) is missing")
    }
    let member = try ZipMemberReader(
      part, of: workbook.archive.file, limit: Workbook.largePartLimit)
    self.init(
      path: sheet.path, member: member,
      handler: SheetHandler(strings: strings, formats: workbook.formats, epoch: workbook.epoch))
  }

  private init(
    path: String, member: consuming ZipMemberReader, handler: consuming SheetHandler
  ) {
    self.path = path
    self.member = member
    parser = XMLPushParser(handler: handler)
  }

  /// The next rows, at least as many as a batch has if there are so many; `nil` at the end.
  ///
  /// - Throws: ``FormatError`` where the sheet cannot be read any further; the rows before have been
  ///   handed over.
  mutating func nextRows() throws(FormatError) -> SheetRows? {
    if failure == nil, !isEnded {
      do throws(FormatError) {
        while !parser.handler.rows.isFull {
          guard try parseOn() else { break }
        }
      } catch {
        failure = error.inPart(path)
      }
    }
    var rows = SheetRows()
    swap(&rows, &parser.handler.rows)
    if rows.count > 0 { return rows }
    if let failure { throw failure }
    return nil
  }

  /// Parses a piece; returns `false` at the end of the sheet.
  private mutating func parseOn() throws(FormatError) -> Bool {
    if place == piece.count {
      place = 0
      guard try member.read(into: &piece) else {
        isEnded = true
        try parser.finish()
        return false
      }
    }
    let end = min(piece.count, place + Self.pieceSize)
    let waiting = piece
    let start = place
    place = end
    try parser.push(waiting.span.extracting(start..<end))
    return true
  }

  /// Gives back the shared texts, for another sheet.
  consuming func takeStrings() -> SharedStrings {
    var strings = SharedStrings()
    swap(&strings, &parser.handler.strings)
    return strings
  }
}
