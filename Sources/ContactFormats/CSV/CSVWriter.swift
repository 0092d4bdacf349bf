import ContactModel

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
  private var recordStart = 0
  private let isSpecial: [Bool]

  package init(dialect: CSVDialect) {
    self.dialect = dialect
    var special = [Bool](repeating: false, count: 256)
    for byte in [dialect.delimiter, dialect.quote, ASCII.lineFeed, ASCII.carriageReturn] {
      special[Int(byte)] = true
    }
    isSpecial = special
  }

  /// How many bytes wait to be taken.
  package var count: Int { bytes.count }

  /// Appends a field to the current record.
  ///
  /// - Parameter field: Its text in UTF-8.
  package mutating func append(_ field: Span<UInt8>) {
    if fieldsInRecord > 0 { bytes.append(dialect.delimiter) }
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
    if fieldsInRecord == 1, bytes.count == recordStart {
      bytes.append(contentsOf: [dialect.quote, dialect.quote])
    }
    bytes.append(contentsOf: dialect.lineEnd.bytes)
    fieldsInRecord = 0
    recordStart = bytes.count
  }

  /// Takes what has been written so far, for a file or an encoder.
  package mutating func takeBytes() -> [UInt8] {
    defer {
      bytes = []
      recordStart = 0
    }
    return bytes
  }

  private func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    if first == ASCII.space || last == ASCII.space { return true }
    for byte in text where isSpecial[Int(byte)] { return true }
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
