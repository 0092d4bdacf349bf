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
  /// The longest tag; libxml2 would keep 10 MB, and read a tag with many `>` in its values anew with
  /// every piece.
  private static let longestTag = 256 * 1024
  /// The most attributes a tag may have, and the most namespaces that may be declared for it: libxml2
  /// compares each to all the others.
  private static let mostAttributes = 256
  /// How much of a CDATA section may wait to be handed over.
  private static let longestWait = 4 * 1024

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
    // Declared elements and notations do no harm by themselves, but no contact needs them either.
    functions.elementDecl = { data, _, _, _ in XMLParserState.refuseEntities(data) }
    functions.notationDecl = { data, _, _, _ in XMLParserState.refuseEntities(data) }
    functions.attributeDecl = { data, _, _, _, _, _, values in
      // The list of values is handed over; libxml2's own function would keep it.
      xmlFreeEnumeration(values)
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
  func parse(_ bytes: UnsafeRawBufferPointer) { listening { feed(bytes) } }

  private func feed(_ bytes: UnsafeRawBufferPointer) {
    xmlParseChunk(
      context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), 0)
    // A CDATA section comes 300 bytes a call. What waits would be searched for its end each time.
    var waiting = waitingCount
    while context.pointee.instate == XML_PARSER_CDATA_SECTION, waiting > Self.longestWait {
      xmlParseChunk(context, nil, 0, 0)
      guard waitingCount < waiting else { break }
      waiting = waitingCount
    }
  }

  /// How many bytes libxml2 has not parsed yet, since it waits for others.
  private var waitingCount: Int {
    guard let input = context.pointee.input, let start = input.pointee.cur,
      let end = input.pointee.end
    else { return 0 }
    return end - start
  }

  /// Tells libxml2 that nothing more comes.
  mutating func parseEnd() {
    listening { xmlParseChunk(context, nil, 0, 1) }
    // libxml2 takes a document whose bytes it could not decode for one that ends there.
    if failure == nil, depth != 0 {
      failure = FormatError(.brokenXML, found: "the document breaks off", line: line)
    }
  }

  /// Listens to what libxml2 tells nobody in particular: that bytes cannot be decoded.
  ///
  /// It would write that to standard error, leave out all that follows, and be content.
  private func listening(_ body: () -> Void) {
    xmlSetStructuredErrorFunc(context.pointee.userData) { data, error in
      guard let state = data?.assumingMemoryBound(to: XMLParserState.self), let error
      else { return }
      let domains = [XML_FROM_I18N, XML_FROM_IO].map { Int32($0.rawValue) }
      guard domains.contains(error.pointee.domain) else { return }
      // libxml2 is in the midst of its own buffers, and must not be stopped there.
      guard state.pointee.failure == nil else { return }
      state.pointee.failure = .undecodable(line: state.pointee.line)
    }
    body()
    xmlSetStructuredErrorFunc(nil, nil)
  }

  /// The physical line that has been reached, from 1.
  var line: Int { Int(xmlSAX2GetLineNumber(UnsafeMutableRawPointer(context))) }

  /// Throws what stopped the parser, if anything did.
  mutating func check() throws(FormatError) {
    if failure == nil, context.pointee.wellFormed == 0 {
      failure = FormatError(.brokenXML, line: line)
    }
    if failure == nil, context.pointee.instate == XML_PARSER_START_TAG,
      waitingCount > Self.longestTag
    {
      stop(FormatError(.brokenXML, found: "a tag longer than 256 KB", line: line))
    }
    if failure == nil, context.pointee.input?.pointee.buf?.pointee.error ?? 0 != 0 {
      failure = .undecodable(line: line)
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
  mutating func descend(attributeCount: Int) throws(FormatError) {
    depth += 1
    guard depth <= Self.deepest else {
      throw FormatError(.brokenXML, found: "elements nested too deep", line: line)
    }
    // A namespace takes two places in libxml2's table.
    guard attributeCount <= Self.mostAttributes,
      context.pointee.nsNr <= 2 * Self.mostAttributes
    else { throw FormatError(.brokenXML, found: "a tag with too many attributes", line: line) }
  }

  /// Refuses declarations, which no contact needs.
  ///
  /// Entities can grow without end or read files. Attributes that have values by declaration are
  /// added to every element.
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

extension FormatError {
  /// A document of which some bytes are no text in the encoding that it names.
  fileprivate static func undecodable(line: Int) -> FormatError {
    FormatError(
      .brokenXML, found: "bytes that are no text in the encoding it names; see --encoding",
      line: line)
  }
}
