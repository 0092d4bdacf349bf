/// Decodes `multipart/form-data` as PHP does: files are no variables.
struct PHPMultipartDecoder: Sendable {
  /// The body of a part and the name it goes under.
  struct Part: Equatable {
    var name: [UInt8]
    var value: [UInt8]
  }

  private let boundary: [UInt8]

  /// Reads the boundary from a content type; `nil` where there is none.
  init?(contentType: String) {
    guard let start = contentType.lowercased().firstRange(of: "boundary=") else { return nil }
    let offset = contentType.utf8.distance(from: contentType.startIndex, to: start.upperBound)
    let rest = contentType.utf8.dropFirst(offset)
    let value =
      if rest.first == UInt8(ascii: "\"") {
        rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
      } else {
        rest.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") && $0 != 0x20 }
      }
    guard !value.isEmpty else { return nil }
    boundary = Array("--".utf8) + value
  }

  /// The parts of a body that are variables, in order.
  func parts(of body: [UInt8]) -> [Part] {
    var result: [Part] = []
    guard var start = Self.find(boundary, in: body, from: 0) else { return [] }
    let closing = Array("\r\n".utf8) + boundary
    while true {
      start += boundary.count
      guard !body[start...].starts(with: "--".utf8),
        let head = Self.find(Array("\r\n\r\n".utf8), in: body, from: start)
      else { return result }
      let end = Self.find(closing, in: body, from: head + 2) ?? body.count
      let value = body[min(head + 4, end)..<end]
      if let name = Self.name(in: body[start..<head]) {
        result.append(Part(name: name, value: Array(value)))
      }
      guard end < body.count else { return result }
      start = end + 2
    }
  }

  /// The name in a part's header; `nil` where it is a file or has none.
  private static func name(in head: ArraySlice<UInt8>) -> [UInt8]? {
    for line in head.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      guard text.lowercased().hasPrefix("content-disposition:") else { continue }
      guard text.firstRange(of: "filename=") == nil, let start = text.firstRange(of: "name=") else {
        return nil
      }
      let rest = text[start.upperBound...].utf8
      if rest.first == UInt8(ascii: "\"") {
        return Array(rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") })
      }
      return Array(rest.prefix { $0 != UInt8(ascii: ";") && $0 > 0x20 })
    }
    return nil
  }

  private static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
    var place = start
    while place <= bytes.count - wanted.count {
      if bytes[place] == first, bytes[place...].starts(with: wanted) { return place }
      place += 1
    }
    return nil
  }
}
