import Foundation

/// A request or a reply as it went over the wire.
struct Message: Sendable {
  /// Head and body.
  let bytes: [UInt8]
  /// How long the head is, with the empty line behind it.
  let headLength: Int

  /// Takes the first message of some bytes; `nil` where it is not whole.
  init?(next buffer: [UInt8]) {
    guard let length = Self.length(of: buffer), length <= buffer.count,
      let head = buffer.firstRange(of: Self.headEnd)
    else { return nil }
    bytes = Array(buffer[..<length])
    headLength = head.upperBound
  }

  private static let headEnd = Array("\r\n\r\n".utf8)

  /// How long the first message is, as far as its bytes tell.
  static func length(of buffer: [UInt8]) -> Int? {
    guard let end = buffer.firstRange(of: headEnd) else { return nil }
    let head = String(decoding: buffer[..<end.lowerBound], as: UTF8.self).lowercased()
    if head.contains("\r\ntransfer-encoding: chunked") {
      return buffer[end.upperBound...].firstRange(of: Array("0\r\n\r\n".utf8))?.upperBound
    }
    guard let field = head.firstMatch(of: /\r\ncontent-length: *([0-9]+)/),
      let count = Int(field.1)
    else { return end.upperBound }
    return end.upperBound + count
  }

  /// A reply with a body of JSON.
  static func reply(_ body: [UInt8]) -> [UInt8] {
    Array(
      """
      HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n\
      Content-Length: \(body.count)\r\n\r\n
      """.utf8) + body
  }

  /// What a request asks, without its head's fields: the line of the request and the body.
  var question: [UInt8] {
    let line = bytes.firstIndex(of: UInt8(ascii: "\r")) ?? 0
    return Array(bytes[..<line] + bytes[headLength...])
  }

  /// How many contacts a request wants to be stored; in each, `person` comes once.
  var rows: Int { Self.count(Self.formRow, in: bytes) + Self.count(Self.jsonRow, in: bytes) }

  private static let formRow = Array("][person]=".utf8)
  private static let jsonRow = Array(#"{"person":""#.utf8)

  private static func count(_ pattern: [UInt8], in bytes: [UInt8]) -> Int {
    bytes.withUnsafeBytes { bytes in
      guard var place = UnsafeRawPointer(bytes.baseAddress) else { return 0 }
      let end = place + bytes.count
      var count = 0
      while let found = memchr(place, Int32(pattern[0]), end - place) {
        place = UnsafeRawPointer(found) + 1
        guard end - place >= pattern.count - 1 else { break }
        if memcmp(found, pattern, pattern.count) == 0 { count += 1 }
      }
      return count
    }
  }
}
