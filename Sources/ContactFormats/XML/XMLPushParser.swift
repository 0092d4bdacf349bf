import CLibXML2

/// Reads XML one chunk at a time and tells a handler of its elements and texts.
///
/// A wrapper of libxml2's push parser with SAX2 callbacks: it owns no file, never waits and builds no
/// tree. The document's own declaration or byte order mark says how it is encoded; the handler gets
/// UTF-8.
///
/// ```swift
/// var parser = XMLPushParser(handler: RowHandler())
/// try parser.push(chunk.span)
/// try parser.finish()
/// use(parser.handler.rows)
/// ```
///
/// Nothing is expanded but character references and the five entities of XML itself, and nothing is
/// loaded: a document that declares anything in its DOCTYPE (entities, attributes and their values,
/// elements, notations), or that names an external subset, is refused there and then
/// (``FormatError/Code/entities``), whether or not it would use it. A DOCTYPE that only names the root
/// does no harm.
///
/// Elements may be nested 256 deep; a tag may have 256 KB, 256 attributes and as many namespaces. What
/// else is kept whole, such as a comment, ends at libxml2's own limit of 10 MB. It writes nothing to
/// standard error.
struct XMLPushParser<Handler: XMLHandler & ~Copyable>: ~Copyable {
  /// How many bytes libxml2 gets before it is asked how it fares; a tag is checked no later.
  private static var pieceSize: Int { 64 * 1024 }

  /// What libxml2's callbacks get as their user data, which is why neither may move.
  private let state: UnsafeMutablePointer<XMLParserState>
  private let handlerPlace: UnsafeMutablePointer<Handler>

  /// - Parameters:
  ///   - handler: What is told of the elements.
  ///   - isDecoded: Whether the bytes are UTF-8 whatever the document says of itself.
  init(handler: consuming Handler, isDecoded: Bool = false) {
    handlerPlace = .allocate(capacity: 1)
    handlerPlace.initialize(to: handler)
    state = .allocate(capacity: 1)
    state.initialize(
      to: XMLParserState(
        callbacks: Handler.callbacks, handler: handlerPlace, data: state, isDecoded: isDecoded))
  }

  deinit {
    state.pointee.free()
    state.deinitialize(count: 1)
    state.deallocate()
    handlerPlace.deinitialize(count: 1)
    handlerPlace.deallocate()
  }

  /// The handler, with what it has gathered so far.
  var handler: Handler {
    _read { yield handlerPlace.pointee }
    _modify { yield &handlerPlace.pointee }
  }

  /// Parses the next bytes of the document.
  ///
  /// - Throws: What the handler throws; ``FormatError/Code/brokenXML`` or
  ///   ``FormatError/Code/entities`` with the line. What came before has been told to the handler.
  ///   After an error nothing more can be parsed; the same error is thrown again.
  mutating func push(_ bytes: Span<UInt8>) throws(FormatError) {
    try state.pointee.check()
    for start in stride(from: 0, to: bytes.count, by: Self.pieceSize) {
      let piece = bytes.extracting(start..<min(start + Self.pieceSize, bytes.count))
      piece.withUnsafeBytes { state.pointee.parse($0) }
      try state.pointee.check()
    }
  }

  /// Ends the document.
  ///
  /// - Throws: As ``push(_:)`` does, also if the document breaks off.
  mutating func finish() throws(FormatError) {
    try state.pointee.check()
    state.pointee.parseEnd()
    try state.pointee.check()
  }
}
