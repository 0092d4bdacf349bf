import Testing

@testable import ContactModel

@Suite("record batch")
struct RecordBatchTests {
  /// Three records with three, one and no fields; the first spans lines 2 to 4.
  private static let batch = RecordBatch(
    bytes: Array("ab\r\ncd\rxЯ".utf8), fieldEnds: [2, 6, 7, 10], recordEnds: [3, 4, 4],
    lines: [2, 5, 9], firstRecord: 41)

  @Test("fields are the bytes between neighboring ends")
  func fields() {
    let batch = Self.batch
    #expect(batch.count == 3)
    #expect((0..<3).map(batch.fieldCount) == [3, 1, 0])
    #expect(batch.text(record: 0, field: 0) == "ab")
    #expect(batch.fieldRange(record: 0, field: 1) == 2..<6)
    #expect(batch.text(record: 0, field: 2) == "\r")
    #expect(batch.text(record: 1, field: 0) == "xЯ")
  }

  @Test("a field that a record does not have is empty")
  func missingFields() {
    #expect(Self.batch.fieldRange(record: 1, field: 1).isEmpty)
    #expect(Self.batch.fieldRange(record: 2, field: 0).isEmpty)
    #expect(Self.batch.text(record: 2, field: 7) == "")
  }

  @Test("records are numbered on from the first one")
  func numbers() {
    #expect((0..<3).map(Self.batch.recordNumber) == [41, 42, 43])
  }

  @Test("a field's line counts the line breaks in the fields before it")
  func lines() {
    let batch = Self.batch
    #expect(batch.line(ofField: 0, inRecord: 0) == 2)
    #expect(batch.line(ofField: 1, inRecord: 0) == 2)
    #expect(batch.line(ofField: 2, inRecord: 0) == 3)
    // Past the last field: behind all of the record's breaks.
    #expect(batch.line(ofField: 3, inRecord: 0) == 4)
    #expect(batch.line(ofField: 0, inRecord: 1) == 5)
    #expect(batch.line(ofField: 5, inRecord: 2) == 9)
  }

  @Test(
    "a line ends at LF, CRLF or a CR alone",
    arguments: [
      ("", 0), ("a", 0), ("\n", 1), ("\r", 1), ("\r\n", 1), ("\n\r", 2), ("a\nb\r\nc\rd", 3),
      ("\r\r\n\n", 3),
    ])
  func lineBreaks(text: String, count: Int) {
    #expect(Array(text.utf8)[...].lineBreakCount == count)
  }
}
