import ContactModel
import Testing

@testable import ContactFormats

@Suite("Builder of records of open width")
struct OpenRecordBuilderTests {
  /// Gives the columns of one record values, each named after its place.
  private func give(_ columns: [Int], to builder: inout OpenRecordBuilder) {
    for (place, column) in columns.enumerated() {
      builder.append(to: column) { $0.append(contentsOf: "v\(place)".utf8) }
    }
  }

  private func rows(_ batch: RecordBatch?) -> [[String]] {
    guard let batch else { return [] }
    return (0..<batch.count).map { record in
      (0..<batch.fieldCount(ofRecord: record)).map { batch.text(record: record, field: $0) }
    }
  }

  @Test("values stand in the columns' order, in whatever order they came")
  func order() {
    var builder = OpenRecordBuilder()
    for columns in [[2, 0, 1], [0, 1, 2], [3]] {
      builder.beginRecord(line: 1)
      give(columns, to: &builder)
      builder.endRecord()
    }
    let found = rows(builder.takeBatch())
    #expect(found == [["v1", "v2", "v0"], ["v0", "v1", "v2"], ["", "", "", "v0"]])
  }

  @Test("a value that is taken away leaves nothing, and its column may get another")
  func removal() {
    var builder = OpenRecordBuilder()
    builder.beginRecord(line: 1)
    give([0, 1, 2], to: &builder)
    for _ in 0..<3 {
      builder.removeValue(of: 1)
      let isSet = builder.isSet(1)
      #expect(!isSet)
      builder.append(to: 1) { $0.append(contentsOf: "new".utf8) }
    }
    builder.removeValue(of: 0)
    builder.removeValue(of: 7)
    builder.endRecord()
    builder.beginRecord(line: 2)
    give([1], to: &builder)
    builder.endRecord()
    let found = rows(builder.takeBatch())
    #expect(found == [["", "new", "v2"], ["", "v0"]])
  }

  @Test("values are taken away by their place among all that were given")
  func removalByPlace() {
    var builder = OpenRecordBuilder()
    builder.beginRecord(line: 1)
    give([4, 0, 2], to: &builder)
    builder.removeValue(of: 0)
    give([0], to: &builder)
    var asked: [Int] = []
    builder.removeValues { place in
      asked.append(place)
      return place < 2
    }
    let isSet = (0..<5).map { builder.isSet($0) }
    builder.endRecord()
    let found = rows(builder.takeBatch())
    #expect(asked == [0, 2, 3])
    #expect(isSet == [true, false, true, false, false])
    #expect(found == [["v0", "", "v2"]])
  }

  @Test("a record that is given up takes its values and issues along, and no other's")
  func drop() {
    var builder = OpenRecordBuilder()
    for isDropped in [false, true, true, false] {
      builder.beginRecord(line: isDropped ? 2 : 1)
      builder.note(.repeatedKey)
      give([0, 1], to: &builder)
      builder.note(.tooManyColumns)
      if isDropped { builder.dropRecord() } else { builder.endRecord() }
    }
    let batch = builder.takeBatch()
    let found = rows(batch)
    #expect(found == [["v0", "v1"], ["v0", "v1"]])
    #expect(batch?.lines == [1, 1])
    #expect(batch?.issues.map(\.record) == [0, 0, 1, 1])
  }
}
