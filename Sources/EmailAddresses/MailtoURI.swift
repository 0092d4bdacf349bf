/// Reads the address of a `mailto:` URI (RFC 6068).
enum MailtoURI {
  /// The first address behind the scheme, without the query and with percent-encoding undone.
  static func address(in text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    var rest = text
    // A slip of those who know other URIs.
    if rest.starts(with: ["/", "/"]) { rest = rest.dropFirst(2) }
    // Before the `@` a question mark may belong to the address.
    let at = rest.firstIndex(of: "@") ?? rest.startIndex
    if let query = rest[at...].firstIndex(of: "?") { rest = rest[..<query] }
    return decoded(rest)[...]
  }

  /// The text with its octets in place of `%` and two digits, or as it is if that is no UTF-8.
  private static func decoded(_ text: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
    guard text.contains("%") else { return Array(text) }
    let bytes = Array(String(String.UnicodeScalarView(text)).utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    let scalars = Array(String(decoding: decoded, as: UTF8.self).unicodeScalars)
    return scalars.contains("\u{FFFD}") ? Array(text) : scalars
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 0x30
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 0x37
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 0x57
    default: nil
    }
  }
}
