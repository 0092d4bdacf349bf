/// Some records of a source: every field's text as UTF-8, in one arena of bytes.
///
/// A batch is what travels between the stages. It holds no `String`, dictionary or object a row:
/// field *i* is the bytes between two neighbouring field ends, and a record is a run of fields.
/// Records may have different numbers of fields (a ragged file does).
///
/// The batch hands out ranges; slice ``bytes`` with them:
///
/// ```swift
/// let range = batch.fieldRange(record: 0, field: 2)
/// let span = batch.bytes.span.extracting(range)
/// ```
package struct RecordBatch: Sendable {
  /// All field texts, one after the other, without separators, in valid UTF-8.
  package let bytes: [UInt8]
  /// Where each field ends in ``bytes``; the field begins where the one before it ends.
  package let fieldEnds: [UInt32]
  /// How many fields there are up to and including each record.
  package let recordEnds: [UInt32]
  /// The physical line each record begins on, from 1.
  package let lines: [Int]
  /// The number of the first record in its source, from 1, the header not counted.
  package let firstRecord: Int
  /// What the reader noticed about these records, in record order.
  package let issues: [Issue]
  /// The columns' names as far as the source had named them when the batch was complete.
  ///
  /// A table names all its columns before its first record. Other formats (JSON lines, cards) name
  /// them as they come: a later batch's header begins with this one and may be longer. No record is
  /// wider than its batch's header, unless the source is a table that is ragged or has no header,
  /// where this is empty.
  package let header: [String]
  /// Whether a record's fields stand in the file as they stand here, line breaks included, so that
  /// a field's own line can be told from those before it.
  package let hasFieldLines: Bool

  /// - Precondition: `lines.count == recordEnds.count`; the ends rise and stay inside `bytes`.
  package init(
    bytes: [UInt8], fieldEnds: [UInt32], recordEnds: [UInt32], lines: [Int], firstRecord: Int,
    issues: [Issue] = [], header: [String] = [], hasFieldLines: Bool = true
  ) {
    precondition(lines.count == recordEnds.count, "a line for every record")
    precondition(Int(recordEnds.last ?? 0) == fieldEnds.count, "the last record ends the fields")
    precondition(Int(fieldEnds.last ?? 0) <= bytes.count, "fields lie inside the bytes")
    self.bytes = bytes
    self.fieldEnds = fieldEnds
    self.recordEnds = recordEnds
    self.lines = lines
    self.firstRecord = firstRecord
    self.issues = issues
    self.header = header
    self.hasFieldLines = hasFieldLines
  }

  /// How many records the batch holds.
  package var count: Int { recordEnds.count }

  /// The indexes into ``fieldEnds`` of a record's fields.
  package func fieldIndexes(ofRecord record: Int) -> Range<Int> {
    let start = record == 0 ? 0 : Int(recordEnds[record - 1])
    return start..<Int(recordEnds[record])
  }

  /// How many fields a record has.
  package func fieldCount(ofRecord record: Int) -> Int { fieldIndexes(ofRecord: record).count }

  /// Where a field's bytes stand; the empty range where the record has no such field.
  package func fieldRange(record: Int, field: Int) -> Range<Int> {
    let indexes = fieldIndexes(ofRecord: record)
    let index = indexes.lowerBound + field
    guard index < indexes.upperBound else { return 0..<0 }
    return fieldRange(at: index)
  }

  /// Where the bytes of the field with an index into ``fieldEnds`` stand.
  package func fieldRange(at index: Int) -> Range<Int> {
    (index == 0 ? 0 : Int(fieldEnds[index - 1]))..<Int(fieldEnds[index])
  }

  /// A field as text, to be shown; not for the hot path.
  package func text(record: Int, field: Int) -> String {
    String(decoding: bytes[fieldRange(record: record, field: field)], as: UTF8.self)
  }

  /// A record's number in its source, from 1.
  package func recordNumber(_ record: Int) -> Int { firstRecord + record }

  /// A column's name, or its number from 1 where the source names none.
  package func columnName(_ column: Int) -> String {
    column < header.count && !header[column].isEmpty ? header[column] : "#\(column + 1)"
  }

  /// The physical line a field begins on: line breaks inside earlier fields of its record count.
  ///
  /// The record's line where ``hasFieldLines`` says that this cannot be told.
  ///
  /// - Complexity: O(*n*) in the record's bytes; meant for issues, not for every field.
  package func line(ofField field: Int, inRecord record: Int) -> Int {
    guard hasFieldLines else { return lines[record] }
    let indexes = fieldIndexes(ofRecord: record)
    let last = min(indexes.lowerBound + field, indexes.upperBound)
    guard last > indexes.lowerBound else { return lines[record] }
    let range = fieldRange(at: indexes.lowerBound).lowerBound..<fieldRange(at: last - 1).upperBound
    return lines[record] + bytes[range].lineBreakCount
  }
}

extension ArraySlice<UInt8> {
  /// How many physical lines end in these bytes: at LF, CRLF, or a CR alone.
  package var lineBreakCount: Int {
    var count = 0
    var previous: UInt8 = 0
    for byte in self {
      if byte == ASCII.carriageReturn
        || (byte == ASCII.lineFeed && previous != ASCII.carriageReturn)
      {
        count += 1
      }
      previous = byte
    }
    return count
  }
}
