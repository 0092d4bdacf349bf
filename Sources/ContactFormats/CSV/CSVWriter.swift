/// Writes records as delimited text, into a buffer the caller empties.
///
/// A field is quoted where RFC 4180 asks for it: if it holds the delimiter, a quote, CR or LF; also
/// if it begins or ends with a blank, which readers like to trim, and if it is the only field of
/// its record and empty, since that would be a blank line.
package struct CSVWriter: Sendable {
  /// How the text is written.
  package let dialect: CSVDialect
  private var bytes: [UInt8] = []
  private var fieldsInRecord = 0
  /// Whether the current record has written anything, also what has been taken since.
  private var hasText = false
  private let special: SpecialBytes

  package init(dialect: CSVDialect) {
    self.dialect = dialect
    special = SpecialBytes(delimiter: dialect.delimiter, quote: dialect.quote)
  }

  /// How many bytes wait to be taken.
  package var count: Int { bytes.count }

  /// Appends a field to the current record.
  ///
  /// - Parameter field: Its text in UTF-8.
  package mutating func append(_ field: Span<UInt8>) {
    if fieldsInRecord > 0 { bytes.append(dialect.delimiter) }
    hasText = hasText || fieldsInRecord > 0 || !field.isEmpty
    fieldsInRecord += 1
    field.withUnsafeBufferPointer { text in
      if needsQuotes(text) {
        appendQuoted(text)
      } else {
        bytes.append(contentsOf: text)
      }
    }
  }

  /// Appends a field given as text.
  package mutating func append(_ field: String) {
    append(Array(field.utf8).span)
  }

  /// Ends the current record.
  package mutating func endRecord() {
    if fieldsInRecord == 1, !hasText {
      bytes.append(contentsOf: [dialect.quote, dialect.quote])
    }
    bytes.append(contentsOf: dialect.lineEnd.bytes)
    fieldsInRecord = 0
    hasText = false
  }

  /// Takes what has been written so far, for a file or an encoder.
  package mutating func takeBytes() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  private func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    if first == Byte.space || last == Byte.space { return true }
    let raw = UnsafeRawBufferPointer(text)
    var index = 0
    while index + 8 <= raw.count {
      if special.matches(in: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) != 0 {
        return true
      }
      index += 8
    }
    while index < raw.count {
      if special.contains(raw[index]) { return true }
      index += 1
    }
    return false
  }

  private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(dialect.quote)
    for byte in text {
      if byte == dialect.quote { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(dialect.quote)
  }
}
