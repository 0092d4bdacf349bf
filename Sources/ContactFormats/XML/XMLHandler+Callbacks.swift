import CLibXML2

/// What the functions in ``XMLHandler/callbacks`` do; nothing else calls these.
extension XMLHandler where Self: ~Copyable {
  /// Passes on the beginning of an element.
  static func receiveStart(
    _ data: UnsafeMutableRawPointer?, _ local: UnsafePointer<UInt8>?,
    _ namespace: UnsafePointer<UInt8>?, _ attributeCount: Int32,
    _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    guard let state = data?.assumingMemoryBound(to: XMLParserState.self), let local else { return }
    let tag = XMLStartTag(
      name: XMLName(local: local, namespace: namespace), attributeCount: Int(attributeCount),
      attributes: attributes, context: state.pointee.context)
    do throws(FormatError) {
      try state.pointee.descend(attributeCount: tag.attributeCount)
      try handler(of: state).pointee.start(tag)
    } catch {
      state.pointee.stop(error)
    }
  }

  /// Passes on the end of an element.
  static func receiveEnd(
    _ data: UnsafeMutableRawPointer?, _ local: UnsafePointer<UInt8>?,
    _ namespace: UnsafePointer<UInt8>?
  ) {
    guard let state = data?.assumingMemoryBound(to: XMLParserState.self), let local else { return }
    state.pointee.depth -= 1
    do throws(FormatError) {
      try handler(of: state).pointee.end(XMLName(local: local, namespace: namespace))
    } catch {
      state.pointee.stop(error)
    }
  }

  /// Passes on a piece of text.
  static func receiveText(
    _ data: UnsafeMutableRawPointer?, _ start: UnsafePointer<UInt8>?, _ count: Int32
  ) {
    guard let state = data?.assumingMemoryBound(to: XMLParserState.self), count > 0 else { return }
    do throws(FormatError) {
      try handler(of: state).pointee.text(UnsafeBufferPointer(start: start, count: Int(count)))
    } catch {
      state.pointee.stop(error)
    }
  }

  private static func handler(
    of state: UnsafeMutablePointer<XMLParserState>
  ) -> UnsafeMutablePointer<Self> {
    state.pointee.handler.assumingMemoryBound(to: Self.self)
  }
}
