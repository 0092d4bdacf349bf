import CLibXML2

/// What libxml2's callbacks reach through their user data: the parser, its handler, what went wrong.
struct XMLParserState {
  /// libxml2's own state.
  let context: xmlParserCtxtPtr
  /// The handler, whose type the functions in ``XMLCallbacks`` know.
  let handler: UnsafeMutableRawPointer
  /// How many elements are open.
  var depth = 0
  /// Why parsing stopped, if it did.
  private(set) var failure: FormatError?

  /// The most elements that may be open; libxml2 limits this only where it builds a tree.
  private static let deepest = 256

  /// - Parameters:
  ///   - callbacks: The functions for the handler's type.
  ///   - handler: Where the handler stands.
  ///   - data: Where this state is going to stand.
  ///   - isDecoded: Whether the bytes are UTF-8 whatever the document says of itself.
  init(
    callbacks: XMLCallbacks, handler: UnsafeMutableRawPointer,
    data: UnsafeMutablePointer<XMLParserState>, isDecoded: Bool
  ) {
    Self.startLibrary
    var functions = xmlSAXHandler()
    functions.initialized = UInt32(XML_SAX2_MAGIC)
    functions.startElementNs = callbacks.start
    functions.endElementNs = callbacks.end
    functions.characters = callbacks.text
    functions.cdataBlock = callbacks.text
    // The same function for both spares libxml2 the question whether a text is all blanks.
    functions.ignorableWhitespace = callbacks.text
    functions.internalSubset = { data, _, publicIdentifier, systemIdentifier in
      guard publicIdentifier != nil || systemIdentifier != nil else { return }
      XMLParserState.refuseEntities(data)
    }
    functions.entityDecl = { data, _, _, _, _, _ in XMLParserState.refuseEntities(data) }
    functions.unparsedEntityDecl = { data, _, _, _, _ in XMLParserState.refuseEntities(data) }
    functions.serror = { data, error in
      guard let error else { return }
      XMLParserState.report(data, error.pointee)
    }
    guard let context = xmlCreatePushParserCtxt(&functions, data, nil, 0, nil) else {
      preconditionFailure("there is no memory for libxml2's parser")
    }
    var options = XML_PARSE_NONET.rawValue | XML_PARSE_BIG_LINES.rawValue
    if isDecoded { options |= XML_PARSE_IGNORE_ENC.rawValue }
    xmlCtxtUseOptions(context, Int32(options))
    self.context = context
    self.handler = handler
  }

  /// libxml2 wants to be set up once, by one thread.
  private static let startLibrary: Void = xmlInitParser()

  /// Frees what libxml2 holds.
  func free() {
    // A tree begun for the declarations in a DOCTYPE does not belong to the parser.
    if let tree = context.pointee.myDoc { xmlFreeDoc(tree) }
    xmlFreeParserCtxt(context)
  }

  /// Parses bytes, at most 2 GB of them.
  func parse(_ bytes: UnsafeRawBufferPointer) {
    xmlParseChunk(
      context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), 0)
  }

  /// Tells libxml2 that nothing more comes.
  func parseEnd() { xmlParseChunk(context, nil, 0, 1) }

  /// The physical line that has been reached, from 1.
  var line: Int { Int(xmlSAX2GetLineNumber(UnsafeMutableRawPointer(context))) }

  /// Throws what stopped the parser, if anything did.
  mutating func check() throws(FormatError) {
    if failure == nil, context.pointee.wellFormed == 0 {
      failure = FormatError(.brokenXML, line: line)
    }
    if let failure { throw failure }
  }

  /// Stops the parser; only the first failure counts, as libxml2 reports what follows from it too.
  mutating func stop(_ failure: FormatError) {
    guard self.failure == nil else { return }
    self.failure = failure
    xmlStopParser(context)
  }

  /// Counts an element that begins.
  mutating func descend() throws(FormatError) {
    depth += 1
    guard depth <= Self.deepest else {
      throw FormatError(.brokenXML, found: "elements nested too deep", line: line)
    }
  }

  /// Entities can grow without end or read files, and no contact needs them.
  private static func refuseEntities(_ data: UnsafeMutableRawPointer?) {
    guard let state = data?.assumingMemoryBound(to: Self.self) else { return }
    state.pointee.stop(FormatError(.entities, line: state.pointee.line))
  }

  /// Takes an error of libxml2; those that are not fatal, such as an undeclared prefix, do no harm.
  private static func report(_ data: UnsafeMutableRawPointer?, _ error: xmlError) {
    guard let state = data?.assumingMemoryBound(to: Self.self), error.level == XML_ERR_FATAL,
      state.pointee.failure == nil
    else { return }
    let text = error.message.map { String(cString: $0) } ?? ""
    // Longer messages quote the bytes they stumbled over in further lines.
    let reason = text.prefix { $0 != "\n" }.prefix(100)
    state.pointee.failure = FormatError(
      .brokenXML, found: String(reason), line: error.line > 0 ? Int(error.line) : nil)
  }
}
