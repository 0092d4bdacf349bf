import ContactModel
import PersonAPI

extension RecordBatch {
  /// The same records, with the fields empty that hold nothing but an import key.
  ///
  /// A key says which row of which run a contact was; whoever exports contacts to import them
  /// elsewhere would carry it along as if it were theirs.
  func withoutImportKeys() -> RecordBatch {
    let keys = fieldEnds.indices.filter { isImportKey(fieldRange(at: $0)) }
    guard !keys.isEmpty else { return self }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(self.bytes.count)
    var ends: [UInt32] = []
    ends.reserveCapacity(fieldEnds.count)
    var next = keys[...]
    for field in fieldEnds.indices {
      if next.first == field {
        next.removeFirst()
      } else {
        bytes.append(contentsOf: self.bytes[fieldRange(at: field)])
      }
      ends.append(UInt32(bytes.count))
    }
    return RecordBatch(
      bytes: bytes, fieldEnds: ends, recordEnds: recordEnds, lines: lines,
      firstRecord: firstRecord, issues: issues, header: header, hasFieldLines: hasFieldLines)
  }

  private func isImportKey(_ range: Range<Int>) -> Bool {
    range.count == ImportKey.length && ImportKey(parsing: bytes[range]) != nil
  }
}
