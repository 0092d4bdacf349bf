import CLibXML2

/// What an XML document's elements and texts are told to, in the order they stand there.
///
/// The parser calls it from C, where a function cannot be generic. So each handler names the three
/// functions for its own type, which costs nothing per call:
///
/// ```swift
/// struct RowHandler: XMLHandler {
///   static let callbacks = XMLCallbacks(
///     start: { Self.receiveStart($0, $1, $3, $6, $8) },
///     end: { Self.receiveEnd($0, $1, $3) },
///     text: { Self.receiveText($0, $1, $2) })
///   …
/// }
/// ```
///
/// Pointers handed over are valid during the call only, except for those in an ``XMLName``.
protocol XMLHandler: ~Copyable {
  /// The functions libxml2 calls for this type, always written as above.
  static var callbacks: XMLCallbacks { get }

  /// An element begins.
  ///
  /// - Throws: To stop the parser, which throws the same error.
  mutating func start(_ tag: XMLStartTag) throws(FormatError)

  /// The element begun last that is still open ends.
  ///
  /// - Throws: To stop the parser.
  mutating func end(_ name: XMLName) throws(FormatError)

  /// Text stands inside the open element, or a part of it: one text may come in many pieces, cut
  /// anywhere but inside a character. Blanks between elements come too; character references and
  /// CDATA sections come decoded.
  ///
  /// - Parameter bytes: UTF-8, not empty.
  /// - Throws: To stop the parser.
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(FormatError)
}

/// The functions that libxml2 calls for one type of handler; see ``XMLHandler``.
struct XMLCallbacks: Sendable {
  let start: startElementNsSAX2Func
  let end: endElementNsSAX2Func
  let text: charactersSAXFunc
}

/// The name of an element: a local name and the namespace it is in.
///
/// libxml2 keeps one copy of every name for as long as the parser lives, so that equal names have
/// equal addresses, and an address is a key that ``XMLNameTable`` looks up in one step.
struct XMLName {
  /// The local name, ended by a NUL byte.
  let local: UnsafePointer<UInt8>
  /// The namespace, ended by a NUL byte, or `nil` if there is none.
  let namespace: UnsafePointer<UInt8>?

  /// Whether the local name is the one given.
  func isLocal(_ name: StaticString) -> Bool { local.isText(name) }

  /// The local name's bytes.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: local, count: Int(xmlStrlen(local)))
  }

  /// The local name, for messages.
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The beginning of an element, valid while the handler is being told of it.
struct XMLStartTag {
  /// The element's name.
  let name: XMLName
  /// How many attributes the element has; namespace declarations are none.
  let attributeCount: Int
  /// Five pointers an attribute: local name, prefix, namespace, value, value's end.
  private let attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  private let context: xmlParserCtxtPtr

  init(
    name: XMLName, attributeCount: Int,
    attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, context: xmlParserCtxtPtr
  ) {
    self.name = name
    self.attributeCount = attributeCount
    self.attributes = attributes
    self.context = context
  }

  /// The physical line, from 1, on which the tag ends.
  var line: Int { Int(xmlSAX2GetLineNumber(UnsafeMutableRawPointer(context))) }

  /// The value of an attribute by its local name, or `nil` if the element has none.
  ///
  /// The bytes are as libxml2 hands them over: an ampersand is still written `&#38;`, which only
  /// ``attributeText(_:)`` decodes. Values without one, such as numbers and cell references, can be
  /// read in place.
  func attribute(_ local: StaticString) -> UnsafeBufferPointer<UInt8>? {
    guard let attributes else { return nil }
    for index in 0..<attributeCount {
      let parts = attributes + index * 5
      guard let name = parts[0], name.isText(local), let start = parts[3], let end = parts[4]
      else { continue }
      return UnsafeBufferPointer(start: start, count: end - start)
    }
    return nil
  }

  /// The value of an attribute by its local name as decoded UTF-8, or `nil` if there is none.
  func attributeText(_ local: StaticString) -> [UInt8]? {
    attribute(local).map { Self.decodingAmpersands(in: $0) }
  }

  /// Without `XML_PARSE_NOENT`, libxml2 leaves every ampersand of an attribute as `&#38;`.
  private static func decodingAmpersands(in value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let ampersand = Array("&#38;".utf8)
    var result: [UInt8] = []
    result.reserveCapacity(value.count)
    var rest = value[...]
    while let byte = rest.first {
      result.append(byte)
      rest = rest.dropFirst(rest.starts(with: ampersand) ? ampersand.count : 1)
    }
    return result
  }
}

extension UnsafePointer<UInt8> {
  /// Whether the bytes up to the first NUL are the text given.
  fileprivate func isText(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { expected in
      for index in expected.indices where self[index] != expected[index] { return false }
      return self[expected.count] == 0
    }
  }
}
