import ContactModel
import PersonAPI

@testable import ContactPipeline

extension ListPage {
  /// A page of rows, each with the columns that were asked for.
  init(rows: [[String]], pids: [Int], total: Int, firstRecord: Int = 1) {
    var bytes: [UInt8] = []
    var fieldEnds: [UInt32] = []
    var recordEnds: [UInt32] = []
    for row in rows {
      for value in row {
        bytes += Array(value.utf8)
        fieldEnds.append(UInt32(bytes.count))
      }
      recordEnds.append(UInt32(fieldEnds.count))
    }
    self.init(
      total: total,
      records: RecordBatch(
        bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds,
        lines: rows.indices.map { firstRecord + $0 }, firstRecord: firstRecord),
      pids: pids)
  }

  /// The values of its records.
  var rows: [[String]] {
    (0..<records.count).map { record in
      (0..<records.fieldCount(ofRecord: record)).map { records.text(record: record, field: $0) }
    }
  }
}

extension RecordSpool.Page {
  /// A page of rows, all of them with as many values.
  init(rows: [[String]]) {
    self.init()
    for value in rows.joined() {
      bytes += Array(value.utf8)
      valueEnds.append(UInt32(bytes.count))
    }
  }

  /// Its values, so many a row.
  func rows(width: Int) -> [[String]] {
    let values = valueEnds.indices.map {
      String(decoding: bytes[range(ofValue: $0)], as: UTF8.self)
    }
    return stride(from: 0, to: values.count, by: width).map { start in
      Array(values[start..<start + width])
    }
  }
}
