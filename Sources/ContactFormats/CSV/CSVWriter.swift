package import ContactModel

/// Writes records as delimited text, into a buffer the caller empties.
///
/// A field is quoted where RFC 4180 asks for it: if it holds the delimiter, a quote, CR or LF; also
/// if it begins or ends with a blank, which readers like to trim, if it begins with an apostrophe,
/// which a reader may take for the file's quote, if it holds a NUL, and if it is the only field of
/// its record and empty, since that would be a blank line.
///
/// A field in quotes that is longer than ``CSVParser/longestQuotedField`` is written and noted: no
/// reader tells it from a quote that was never closed, and ferry's gives it up. So is one with a NUL,
/// which readers drop.
///
/// Cells that are made safe for spreadsheets are quoted too, as OWASP advises against CSV injection.
package struct CSVWriter: FormatWriter {
  /// How the text is written.
  package let dialect: CSVDialect
  /// Whether cells that a spreadsheet would run as a formula get an apostrophe in front.
  package let isExcelSafe: Bool
  /// How many bytes wait to be taken.
  package private(set) var count = 0
  /// Only the first ``count`` bytes mean something.
  private var buffer: [UInt8] = []
  private var fieldsInRecord = 0
  private var issues: [Issue] = []
  /// Whether the field written last is one that ``CSVReader`` does not give back as it is.
  private var isNotHeld = false
  /// Whether the current record has written anything, also what has been taken since.
  private var hasText = false
  /// How many columns the header names; shorter records of a batch are filled up with empty fields.
  private var width = 0
  private let special: SpecialBytes
  /// What stands behind every record that has a field.
  private let recordEnd: [UInt8]

  /// - Parameters:
  ///   - dialect: How the text is to be written.
  ///   - isExcelSafe: Whether cells that begin with `=`, `+`, `-`, `@`, a tab or a CR get an
  ///     apostrophe in front, so that no spreadsheet takes them for a formula. Readers see it.
  package init(dialect: CSVDialect, isExcelSafe: Bool = false) {
    self.dialect = dialect
    self.isExcelSafe = isExcelSafe
    special = SpecialBytes(dialect)
    recordEnd = (dialect.hasTrailingDelimiter ? [dialect.delimiter] : []) + dialect.lineEnd.bytes
  }

  /// Writes the `sep=` line, where the dialect has one, as many blank lines as its source has other
  /// lines above the header, and the names, if there are any.
  ///
  /// Whoever names the header's line finds it there, and whoever looks for it passes over blanks.
  package mutating func begin(header: [String]) {
    width = header.count
    if dialect.hasSeparatorLine {
      write(Array("sep=".utf8) + [dialect.delimiter] + dialect.lineEnd.bytes)
    }
    for _ in 0..<max(0, dialect.preambleLines - (dialect.hasSeparatorLine ? 1 : 0)) { endRecord() }
    guard !header.isEmpty else { return }
    for name in header { append(name) }
    isNotHeld = false
    endRecord()
  }

  /// Writes one record of a batch, from its field `firstField` on.
  package mutating func append(_ batch: RecordBatch, record: Int, firstField: Int) {
    let indexes = batch.fieldIndexes(ofRecord: record).dropFirst(firstField)
    let texts = batch.bytes.span
    for index in indexes {
      append(texts.extracting(batch.fieldRange(at: index)))
      if isNotHeld {
        isNotHeld = false
        issues.append(
          Issue(.notHeld, record: record, sourceColumn: index - indexes.lowerBound + firstField))
      }
    }
    if indexes.count < width {
      for _ in indexes.count..<width { append(Span<UInt8>()) }
    }
    endRecord()
  }

  /// Writes nothing: delimited text has no end of its own.
  package mutating func finish() {}

  /// Takes which fields are not read again as they are; an issue's record is the index in its batch.
  package mutating func takeIssues() -> [Issue] {
    defer { issues = [] }
    return issues
  }

  /// Appends a field to the current record.
  ///
  /// - Parameter field: Its text in UTF-8.
  /// - Complexity: O(*n*) in its bytes.
  package mutating func append(_ field: Span<UInt8>) {
    let needed = count + 2 * field.count + Self.slack
    if buffer.count < needed { grow(to: needed) }
    let isFirst = fieldsInRecord == 0
    fieldsInRecord += 1
    if !isFirst || !field.isEmpty { hasText = true }
    field.withUnsafeBytes { text in
      if copyPlain(text, behindDelimiter: !isFirst) { return }
      writeQuoted(text)
    }
  }

  /// Appends a field given as text.
  package mutating func append(_ field: String) {
    append(Array(field.utf8).span)
  }

  /// Ends the current record; one without any field is a blank line.
  package mutating func endRecord() {
    if fieldsInRecord == 1, !hasText { write([dialect.quote, dialect.quote]) }
    write(fieldsInRecord == 0 ? dialect.lineEnd.bytes : recordEnd)
    fieldsInRecord = 0
    hasText = false
  }

  /// Takes what has been written so far, for a file or an encoder.
  package mutating func takeBytes() -> [UInt8] {
    defer { count = 0 }
    return Array(buffer[..<count])
  }

  /// What a field takes beside its bytes, each as a pair: a delimiter, two quotes, an apostrophe.
  private static let slack = 8

  @inline(never)
  private mutating func grow(to needed: Int) {
    buffer.grow(to: max(needed, 2 * buffer.count), keeping: count)
  }

  /// Writes bytes that are none of a field.
  private mutating func write(_ bytes: [UInt8]) {
    if buffer.count < count + bytes.count { grow(to: count + bytes.count) }
    for byte in bytes {
      buffer[count] = byte
      count += 1
    }
  }

  private static let apostrophe = UInt8(ascii: "'")

  private static func isFormula(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let first = text.first else { return false }
    return "=+-@\t\r".utf8.contains(first)
  }

  /// Writes a delimiter, if one is due, and copies a field as it is; returns `false`, having written
  /// the delimiter only, if the field has to be quoted.
  @inline(__always)
  private mutating func copyPlain(_ text: UnsafeRawBufferPointer, behindDelimiter: Bool) -> Bool {
    let start = count
    let (written, isPlain) = buffer.withUnsafeMutableBytes { buffer in
      guard var target = buffer.baseAddress else { return (0, false) }
      target += start
      if behindDelimiter {
        target.storeBytes(of: dialect.delimiter, as: UInt8.self)
        target += 1
      }
      let delimiters = behindDelimiter ? 1 : 0
      guard let source = text.baseAddress, let first = text.first, let last = text.last else {
        return (delimiters, true)
      }
      let isPlain =
        first != Byte.space && last != Byte.space && first != Self.apostrophe
        && !(isExcelSafe && Self.isFormula(text))
        && special.copyPlain(source, to: target, count: text.count)
      return (isPlain ? delimiters + text.count : delimiters, isPlain)
    }
    count += written
    return isPlain
  }

  private mutating func writeQuoted(_ text: UnsafeRawBufferPointer) {
    if text.count > CSVParser.longestQuotedField || text.contains(Byte.nul) { isNotHeld = true }
    buffer[count] = dialect.quote
    count += 1
    if isExcelSafe, Self.isFormula(text) { writeQuoted(UInt8(ascii: "'")) }
    for byte in text { writeQuoted(byte) }
    buffer[count] = dialect.quote
    count += 1
  }

  /// Writes a letter between quotes, where there is room for two.
  private mutating func writeQuoted(_ byte: UInt8) {
    if byte == dialect.quote || byte == dialect.escape {
      buffer[count] = dialect.escape ?? dialect.quote
      count += 1
    }
    buffer[count] = byte
    count += 1
  }
}
