/// JSON written as the CRM writes it.
///
/// PHP's `json_encode` with the CRM's twist: slashes are escaped, the Russian letters stay, and
/// every other character beyond ASCII becomes `\uXXXX`.
struct PHPJSONWriter {
  /// How the Russian letters come to stay.
  enum RussianLetters: Sendable {
    /// They are written as they are.
    case kept
    /// They are put back into the finished text, where a stored `\u0410` is mistaken for one.
    case restored
  }

  private let russianLetters: RussianLetters
  private(set) var bytes: [UInt8] = []
  /// Whether the next member or element of the innermost container needs a comma before it.
  private var needsComma = false

  init(capacity: Int = 256, russianLetters: RussianLetters = .kept) {
    self.russianLetters = russianLetters
    bytes.reserveCapacity(capacity)
  }

  mutating func beginObject() { begin("{") }
  mutating func endObject() { end("}") }
  mutating func beginArray() { begin("[") }
  mutating func endArray() { end("]") }

  /// Writes the name of the next member.
  mutating func key(_ name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  mutating func bool(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  mutating func number(_ value: Int) {
    separate()
    bytes.append(contentsOf: String(value).utf8)
  }

  mutating func string(_ text: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    if russianLetters == .restored, text.utf8.contains(UInt8(ascii: "\\")) {
      appendMistaken(text)
    } else {
      for scalar in text.unicodeScalars { append(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func string(_ text: String?) {
    if let text { string(text) } else { null() }
  }

  private mutating func begin(_ bracket: Unicode.Scalar) {
    separate()
    bytes.append(UInt8(ascii: bracket))
    needsComma = false
  }

  private mutating func end(_ bracket: Unicode.Scalar) {
    bytes.append(UInt8(ascii: bracket))
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  /// Appends a text in which a backslash may stand before `u0410`: doubled, it begins an escape to
  /// whoever looks for escapes without looking at what stands before them.
  private mutating func appendMistaken(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var place = 0
    while place < scalars.count {
      if scalars[place] == "\\", let letter = Self.russianLetter(scalars[place...].prefix(6)) {
        bytes.append(UInt8(ascii: "\\"))
        append(letter)
        place += 6
      } else {
        append(scalars[place])
        place += 1
      }
    }
  }

  /// The Russian letter of an escape as PHP writes it, with small hexadecimal digits.
  private static func russianLetter(_ escape: ArraySlice<Unicode.Scalar>) -> Unicode.Scalar? {
    let text = String(String.UnicodeScalarView(escape))
    guard text.hasPrefix("\\u04"), text == text.lowercased(), text.utf8.count == 6,
      let code = UInt32(text.dropFirst(2), radix: 16), let letter = Unicode.Scalar(code)
    else { return nil }
    switch code {
    case 0x0410...0x044F, 0x0401, 0x0451: return letter
    default: return nil
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x22, 0x5C, 0x2F:
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(UInt8(truncatingIfNeeded: scalar.value))
    case 0x20..<0x80: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
    case 0x08: bytes.append(contentsOf: "\\b".utf8)
    case 0x09: bytes.append(contentsOf: "\\t".utf8)
    case 0x0A: bytes.append(contentsOf: "\\n".utf8)
    case 0x0C: bytes.append(contentsOf: "\\f".utf8)
    case 0x0D: bytes.append(contentsOf: "\\r".utf8)
    case 0x0410...0x044F, 0x0401, 0x0451:
      bytes.append(0xC0 | UInt8(truncatingIfNeeded: scalar.value >> 6))
      bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar.value & 0x3F))
    default:
      for unit in UTF16.encode(scalar).map(Array.init) ?? [] { appendEscape(unit) }
    }
  }

  private mutating func appendEscape(_ unit: UInt16) {
    bytes.append(UInt8(ascii: "\\"))
    bytes.append(UInt8(ascii: "u"))
    for shift in stride(from: 12, through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: (unit >> UInt16(shift)) & 0xF)
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
