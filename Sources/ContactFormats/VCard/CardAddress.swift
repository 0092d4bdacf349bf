/// Numbers and addresses that are written as URIs, which version 4.0 likes: `tel:+7-342-255-00-00`.
enum CardAddress: Sendable {
  /// RFC 3966.
  case phone
  /// RFC 6068.
  case email

  /// The scheme that values of a property may have without its being part of them.
  init?(property name: String) {
    switch name {
    case "TEL": self = .phone
    case "EMAIL": self = .email
    default: return nil
    }
  }

  /// The letter that a URI begins with, in lower case.
  var firstLetter: UInt8 { self == .phone ? UInt8(ascii: "t") : UInt8(ascii: "m") }

  private var scheme: StaticString {
    switch self {
    case .phone: "tel:"
    case .email: "mailto:"
    }
  }

  /// The number or address in a URI: percent-decoded, `;ext=12` as ` ext. 12`, without what follows
  /// a `?`; `nil` for any other text.
  ///
  /// Other parameters of a number stay, since it means something else without them.
  func text(of value: Span<UInt8>) -> [UInt8]? {
    let count = scheme.utf8CodeUnitCount
    guard value.count > count else { return nil }
    let isURI = scheme.withUTF8Buffer { letters in
      for index in 0..<count {
        let byte = value[index]
        let lower = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        guard lower == letters[index] else { return false }
      }
      return true
    }
    return isURI ? plainText(value, from: count) : nil
  }

  /// Whether a reader takes anything off a value, so that it does not come back as it was.
  func changes(_ value: Span<UInt8>) -> Bool {
    guard let text = text(of: value) else { return false }
    return value.withUnsafeBufferPointer { !$0.elementsEqual(text) }
  }

  private func plainText(_ value: Span<UInt8>, from start: Int) -> [UInt8] {
    let extensionMark = Array(";ext=".utf8)
    var text: [UInt8] = []
    var index = start
    while index < value.count {
      let byte = value[index]
      if byte == UInt8(ascii: "%"), index + 2 < value.count,
        let high = HexDigit.value(of: value[index + 1]),
        let low = HexDigit.value(of: value[index + 2])
      {
        text.append(high << 4 | low)
        index += 3
      } else if self == .email, byte == UInt8(ascii: "?") {
        break
      } else if self == .phone, byte == UInt8(ascii: ";"),
        extensionMark.indices.allSatisfy({
          index + $0 < value.count && value[index + $0] | 0x20 == extensionMark[$0] | 0x20
        })
      {
        text.append(contentsOf: " ext. ".utf8)
        index += extensionMark.count
      } else {
        text.append(byte)
        index += 1
      }
    }
    // Percent signs may hide bytes that are no text.
    if text.withUnsafeBufferPointer(UTF8Scanner.isValid) { return text }
    return value.withUnsafeBufferPointer { Array($0) }
  }
}
