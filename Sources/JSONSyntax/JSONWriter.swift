/// Writes JSON text into bytes, compact or indented.
///
/// ```swift
/// var writer = JSONWriter(style: .pretty)
/// writer.beginObject()
/// writer.key("created")
/// writer.int(75)
/// writer.endObject()
/// ```
///
/// Text stays literal UTF-8 and slashes stay as they are; quotes, backslashes and control characters
/// are escaped, so a compact document never holds a line break. Commas and indentation come by
/// themselves; that keys and values alternate is the caller's duty.
package struct JSONWriter: Sendable {
  /// How the text looks.
  package enum Style: Sendable {
    /// No white space at all.
    case compact
    /// Two spaces a level, one member or element a line.
    case pretty
  }

  /// What has been written so far.
  package private(set) var bytes: [UInt8] = []

  private let style: Style
  /// For every open bracket, whether something stands inside it already.
  private var hasContent: [Bool] = []
  private var isAfterKey = false

  package init(style: Style = .compact) { self.style = style }

  /// Opens an object.
  package mutating func beginObject() { open(Byte.openBrace) }
  /// Closes the innermost object.
  package mutating func endObject() { close(Byte.closeBrace) }
  /// Opens an array.
  package mutating func beginArray() { open(Byte.openBracket) }
  /// Closes the innermost array.
  package mutating func endArray() { close(Byte.closeBracket) }

  /// Writes a member's key; its value comes next.
  package mutating func key(_ name: String) {
    string(name)
    bytes.append(Byte.colon)
    if style == .pretty { bytes.append(0x20) }
    isAfterKey = true
  }

  /// Writes a string.
  package mutating func string(_ text: String) {
    var text = text
    text.withUTF8 { buffer in
      beginValue()
      Self.append(buffer.span, to: &bytes)
    }
  }

  /// Writes a string given as valid UTF-8.
  package mutating func string(_ text: Span<UInt8>) {
    beginValue()
    Self.append(text, to: &bytes)
  }

  /// Writes a whole number.
  package mutating func int(_ value: Int) { number("\(value)") }

  /// Writes a number given as its text.
  ///
  /// - Precondition: The text is a JSON number.
  package mutating func number(_ text: String) {
    beginValue()
    bytes.append(contentsOf: text.utf8)
  }

  /// Writes `true` or `false`.
  package mutating func bool(_ value: Bool) {
    beginValue()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// Writes `null`.
  package mutating func null() {
    beginValue()
    bytes.append(contentsOf: "null".utf8)
  }

  /// Writes a tree.
  package mutating func value(_ value: JSONValue) {
    switch value {
    case .string(let text): string(text)
    case .number(let text): number(text)
    case .bool(let flag): bool(flag)
    case .null: null()
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members {
        key(member.key)
        self.value(member.value)
      }
      endObject()
    }
  }

  /// Ends the line, as a text file and a record of JSON lines do.
  package mutating func endLine() { bytes.append(Byte.lineFeed) }

  /// Takes what has been written, leaving the writer empty for more.
  package mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  private mutating func open(_ bracket: UInt8) {
    beginValue()
    bytes.append(bracket)
    hasContent.append(false)
  }

  private mutating func close(_ bracket: UInt8) {
    if hasContent.removeLast() { breakLine() }
    bytes.append(bracket)
  }

  /// Writes what has to stand before a key, a value or an opening bracket.
  private mutating func beginValue() {
    if isAfterKey {
      isAfterKey = false
      return
    }
    guard let last = hasContent.indices.last else { return }
    if hasContent[last] { bytes.append(Byte.comma) }
    hasContent[last] = true
    breakLine()
  }

  private mutating func breakLine() {
    guard style == .pretty else { return }
    bytes.append(Byte.lineFeed)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * hasContent.count))
  }
}
