import ContactModel

/// Reads xCard (RFC 6351) into records, with the columns that the equal vCards would have.
///
/// libxml2 decodes by the document's own declaration or byte order mark, unless an encoding is told.
/// Accepted beyond the RFC: elements without the namespace or with a prefix, a single `<vcard>` as the
/// root, parameters behind values, types without `<text>` around them.
///
/// A property of the card's own namespace is read whether or not the RFC knows it. Whatever else
/// stands in a card is left out, which its record says once (`xcard.element-left-out`).
struct XCardReader: FormatReader, ~Copyable {
  /// How many bytes are parsed before the question whether a batch is full.
  private static let pieceSize = 16 * 1024

  private var parser: XMLPushParser<XCardHandler>
  /// Decodes the told encoding; otherwise libxml2 decodes.
  private var decoder: TextDecoder?

  /// - Parameters:
  ///   - encoding: The encoding told by the user, which overrides what the document says of itself.
  ///   - recordsPerBatch: How many records fill a batch; there may be more, for what was parsed stays.
  init(encoding: TextEncoding?, recordsPerBatch: Int = 512) {
    parser = XMLPushParser(
      handler: XCardHandler(recordsPerBatch: recordsPerBatch), isDecoded: encoding != nil)
    decoder = encoding.map { TextDecoder(encoding: $0) }
  }

  var isBatchFull: Bool { parser.handler.builder.isBatchFull }
  var header: [String] { parser.handler.builder.header }

  mutating func read(_ chunk: Span<UInt8>, from start: Int) throws(FormatError) -> Int {
    var place = start
    while place < chunk.count, !isBatchFull {
      let end = min(place + Self.pieceSize, chunk.count)
      try push(chunk.extracting(place..<end))
      place = end
    }
    return place - start
  }

  mutating func finish() throws(FormatError) {
    if decoder != nil {
      var text: [UInt8] = []
      decoder?.finish(into: &text)
      try pushDecoded(text)
    }
    try parser.finish()
  }

  mutating func takeBatch() -> RecordBatch? { parser.handler.builder.takeBatch() }

  private mutating func push(_ piece: Span<UInt8>) throws(FormatError) {
    guard decoder != nil else { return try parser.push(piece) }
    var text: [UInt8] = []
    decoder?.decode(piece, into: &text)
    try pushDecoded(text)
  }

  /// Whether any bytes could not be decoded so far.
  private var holdsReplacements: Bool {
    switch decoder {
    case .some(let decoder): decoder.replacementCount > 0
    case .none: false
    }
  }

  private mutating func pushDecoded(_ text: [UInt8]) throws(FormatError) {
    if holdsReplacements { parser.handler.mayHoldReplacements = true }
    try parser.push(text.span)
  }
}
