/// The variables of a request or of one row of it, read as PHP code reads them.
struct RequestParameters: Sendable {
  let array: PHPArray

  /// A text: `nil` where the variable was not sent; of an array its texts, joined by `, `.
  func text(_ name: StaticString) -> String? { Self.text(array[name]) }

  /// The same by a computed name.
  func text(named name: String) -> String? { Self.text(array[PHPKey(Array(name.utf8))]) }

  /// A text without blanks around it; the empty text where the variable was not sent.
  func word(_ name: StaticString) -> String { Self.trimmed(text(name) ?? "") }

  /// An array; `nil` where the variable was not sent or is plain.
  func array(_ name: StaticString) -> PHPArray? {
    if case .array(let inner)? = array[name] { inner } else { nil }
  }

  /// The whole number a text begins with, as PHP's `intval` reads it; 0 where there is none.
  static func number(_ text: String) -> Int {
    var digits = text.utf8.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    var value = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit), value < Int.max / 100 else {
        break
      }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return isNegative ? -value : value
  }

  /// The text without white space and NUL at its ends.
  static func trimmed(_ text: String) -> String {
    let isBlank = { (byte: UInt8) in
      byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0B || byte == 0x0D
    }
    guard let first = text.utf8.firstIndex(where: { !isBlank($0) }),
      let last = text.utf8.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(text[first...last])
  }

  static func text(_ value: PHPValue?) -> String? {
    switch value {
    case nil: nil
    case .bytes(let bytes): decoded(bytes)
    case .array(let array): array.values.compactMap { text($0) }.joined(separator: ", ")
    case let value?: decoded(value.string)
    }
  }

  /// The bytes as text: NUL bytes go, a byte that is not UTF-8 becomes `?`, as in the database.
  private static func decoded(_ bytes: [UInt8]) -> String {
    if !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = String.UnicodeScalarView()
    var decoder = UTF8()
    var input = bytes.filter { $0 != 0 }.makeIterator()
    while true {
      switch decoder.decode(&input) {
      case .scalarValue(let scalar): text.append(scalar)
      case .error: text.append("?")
      case .emptyInput: return String(text)
      }
    }
  }
}
