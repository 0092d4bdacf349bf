import ContactModel

/// A format's reader with the text that waits for it.
///
/// A class, so that one ``RecordReader`` can hold readers of different types; it is called once a
/// chunk, never in a loop over bytes.
protocol ReadingStage: AnyObject {
  /// Whether a batch waits to be taken.
  var isBatchFull: Bool { get }
  /// The columns known so far.
  var header: [String] { get }
  /// The encoding told or found.
  var encoding: TextEncoding { get }

  /// Takes unpacked bytes of the file; everything before has been read.
  func take(_ bytes: [UInt8])

  /// Reads what waits until a batch is full; returns `false` when nothing waits.
  func readOn() throws(FormatError) -> Bool

  /// Says that no more bytes will come; what the decoder kept back waits to be read then.
  func end()

  /// Ends the file, when everything has been read.
  func finish() throws(FormatError)

  /// The records completed so far, if any.
  func takeBatch() -> RecordBatch?
}

/// A reader of text that has to be decoded first.
final class DecodingStage<Reader: FormatReader & ~Copyable>: ReadingStage {
  private var reader: Reader
  private var decoder: TextDecoder
  private var text: [UInt8]
  private var place: Int

  /// - Parameters:
  ///   - reader: The format's reader.
  ///   - decoder: The decoder, which has decoded `text`.
  ///   - text: The beginning of the file, decoded.
  ///   - place: How much of it the reader has read already.
  init(_ reader: consuming Reader, decoder: consuming TextDecoder, text: [UInt8], place: Int) {
    self.reader = reader
    self.decoder = decoder
    self.text = text
    self.place = place
  }

  var isBatchFull: Bool { reader.isBatchFull }
  var header: [String] { reader.header }
  var encoding: TextEncoding { decoder.encoding ?? .utf8 }

  func take(_ bytes: [UInt8]) {
    text.removeAll(keepingCapacity: true)
    place = 0
    decoder.decode(bytes.span, into: &text)
  }

  func readOn() throws(FormatError) -> Bool {
    guard place < text.count else { return false }
    let waiting = text
    place += try reader.read(waiting.span, from: place)
    return true
  }

  func end() {
    text.removeAll(keepingCapacity: true)
    place = 0
    decoder.finish(into: &text)
  }

  func finish() throws(FormatError) { try reader.finish() }

  func takeBatch() -> RecordBatch? {
    guard let batch = reader.takeBatch() else { return nil }
    return decoder.replacementCount == 0 ? batch : batch.notingReplacements()
  }
}

/// A reader that takes the file's bytes as they are, since the format says how to decode them.
final class RawStage<Reader: FormatReader & ~Copyable>: ReadingStage {
  private var reader: Reader
  private var bytes: [UInt8]
  private var place = 0
  let encoding: TextEncoding

  init(_ reader: consuming Reader, bytes: [UInt8], encoding: TextEncoding) {
    self.reader = reader
    self.bytes = bytes
    self.encoding = encoding
  }

  var isBatchFull: Bool { reader.isBatchFull }
  var header: [String] { reader.header }

  func take(_ bytes: [UInt8]) {
    self.bytes = bytes
    place = 0
  }

  func readOn() throws(FormatError) -> Bool {
    guard place < bytes.count else { return false }
    let waiting = bytes
    place += try reader.read(waiting.span, from: place)
    return true
  }

  func end() {}

  func finish() throws(FormatError) { try reader.finish() }

  func takeBatch() -> RecordBatch? { reader.takeBatch() }
}

extension RecordBatch {
  /// The batch with an issue for every field that holds U+FFFD: bytes that could not be decoded.
  fileprivate func notingReplacements() -> RecordBatch {
    var found: [Issue] = issues
    for record in 0..<count {
      for (column, index) in fieldIndexes(ofRecord: record).enumerated() {
        let field = bytes[fieldRange(at: index)]
        guard field.contains(TextDecoder.replacement[0]) else { continue }
        let count = field.indices.dropLast(2).count {
          field[$0...].starts(with: TextDecoder.replacement)
        }
        if count > 0 {
          found.append(
            Issue(.undecodableBytes, record: record, sourceColumn: column, detail: count))
        }
      }
    }
    return RecordBatch(
      bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds, lines: lines,
      firstRecord: firstRecord, issues: found.sorted { $0.record < $1.record }, header: header,
      hasFieldLines: hasFieldLines)
  }
}
