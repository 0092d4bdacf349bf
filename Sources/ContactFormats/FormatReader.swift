import ContactModel

/// What the readers of all formats that are read from front to back have in common.
///
/// A reader is a push parser: it owns no file and never waits, and what it makes of a text does not
/// depend on where the chunks end.
///
/// ```swift
/// var place = 0
/// while place < chunk.count {
///   place += try reader.read(chunk.span, from: place)
///   if reader.isBatchFull, let batch = reader.takeBatch() { use(batch) }
/// }
/// try reader.finish()                   // at the end of the text
/// while let batch = reader.takeBatch() { use(batch) }
/// ```
protocol FormatReader: ~Copyable {
  /// Whether enough records are complete; reading stops until they are taken.
  var isBatchFull: Bool { get }

  /// The columns known so far, in order; a name keeps its place once it has one.
  var header: [String] { get }

  /// Reads from a chunk until it ends or a batch is full.
  ///
  /// - Parameters:
  ///   - chunk: The next bytes of the text, in order.
  ///   - start: Where in the chunk to begin.
  /// - Returns: How many bytes were consumed.
  /// - Throws: ``FormatError`` where nothing behind this place can be read. Records completed
  ///   before can still be taken.
  mutating func read(_ chunk: Span<UInt8>, from start: Int) throws(FormatError) -> Int

  /// Ends the text: completes what was begun, or says that it broke off.
  mutating func finish() throws(FormatError)

  /// Takes the records completed so far, or `nil` where there are none.
  mutating func takeBatch() -> RecordBatch?
}
