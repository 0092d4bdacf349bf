/// A name and a value of an HTTP message's head.
package struct HeaderField: Sendable, Equatable {
  /// The name as it is written.
  package var name: String
  /// The value.
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A POST as it goes over the wire, but for the server it goes to.
///
/// Headers and body hold the key and people's data, so neither shows in a description.
package struct WireRequest: Sendable, Equatable {
  /// The path under the CRM's root, without a leading slash.
  package var path: String
  /// The value of `Content-Type`, to be sent exactly so.
  package var contentType: String
  /// Further headers, to be sent with exactly these names.
  package var headers: [HeaderField]
  /// The body.
  package var body: [UInt8]

  package init(path: String, contentType: String, headers: [HeaderField] = [], body: [UInt8]) {
    self.path = path
    self.contentType = contentType
    self.headers = headers
    self.body = body
  }
}

extension WireRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The path and the size.
  package var description: String { "POST \(path) (\(body.count) bytes)" }
  /// The path and the size.
  package var debugDescription: String { description }
  /// A mirror without headers and body.
  package var customMirror: Mirror { Mirror(self, children: ["path": path]) }
}
