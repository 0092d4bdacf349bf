import ContactModel
import PersonAPI
import TestSupport
import Testing

/// The decoder expects a record's keys to be those of the record before; these are records that surprise it.
@Suite("records whose keys change")
struct RecordKeysTests {
  private static let columns: [PersonField] = [.pid, .person, .tel, .skype, .blog]

  /// A record that is written member by member, and what is to be read of it.
  private struct Record {
    var text = ""
    var values = Array(repeating: "", count: columns.count)
    var pid: Int?

    init(_ generator: inout SeededGenerator) {
      // Mostly the same keys as in other records, in the same order.
      var keys = ["pid", "person", "tel", "socials", "note", "skype"]
      if Bool.random(using: &generator) {
        keys = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
          (keys + ["blog", "social", "pid2"]).randomElement(using: &generator) ?? ""
        }
      }
      object(keys, isSocial: false, &generator)
    }

    private mutating func object(
      _ keys: [String], isSocial: Bool, _ generator: inout SeededGenerator
    ) {
      text += "{"
      for (index, key) in keys.enumerated() {
        if index > 0 { text += "," }
        text += space(&generator) + "\"\(key)\"" + space(&generator) + ":" + space(&generator)
        member(key, isSocial: isSocial, &generator)
        text += space(&generator)
      }
      text += "}"
    }

    private mutating func member(
      _ key: String, isSocial: Bool, _ generator: inout SeededGenerator
    ) {
      if !isSocial, key.hasPrefix("social"), Int.random(in: 0..<8, using: &generator) > 0 {
        let count = Int.random(in: 0...4, using: &generator)
        object(
          Array(["skype", "blog", "pid", "person"].shuffled(using: &generator).prefix(count)),
          isSocial: true, &generator)
        return
      }
      let number = Int.random(in: 1...999, using: &generator)
      let value: String
      switch Int.random(in: 0..<6, using: &generator) {
      case 0:
        // What holds other values is no value: the column keeps what it has.
        text += "{\"person\":[\(number)]}"
        return
      case 1: (text, value) = (text + "null", "")
      case 2: (text, value) = (text + "\"\(number)\"", "\(number)")
      default: (text, value) = (text + "\(number)", "\(number)")
      }
      if !isSocial, key == "pid" { pid = Int(value) }
      let column = columns.firstIndex { $0.wireKey == key }
      if let column, !isSocial || column >= 3 { values[column] = value }
    }

    private func space(_ generator: inout SeededGenerator) -> String {
      Int.random(in: 0..<40, using: &generator) == 0 ? " " : ""
    }
  }

  @Test("a name in socials is not the same name beside them, whichever came first")
  func sameNames() throws {
    let inside = #"{"socials":{"pid":1,"person":"x"}}"#
    let beside = #"{"socials":{},"pid":5,"person":"P"}"#
    for (records, pids) in [([inside, beside], [nil, 5]), ([beside, inside], [5, nil])] {
      let text = "{\"data\":[\(records.joined(separator: ","))],\"count\":2}"
      let page = try #require(
        ListReply.wholePage(Array(text.utf8), columns: Self.columns, firstRecord: 1))
      #expect(page.pids == pids)
      let names = (0..<2).map { page.records.text(record: $0, field: 1) }
      #expect(names == pids.map { $0 == nil ? "" : "P" })
    }
  }

  @Test("every value stands under its key, whatever keys the records before had")
  func surprises() throws {
    for seed in UInt64(0)..<3000 {
      var generator = SeededGenerator(seed: seed)
      let records = (0..<Int.random(in: 1...6, using: &generator)).map { _ in Record(&generator) }
      let text = "{\"data\":[\(records.map(\.text).joined(separator: ","))],\"count\":6}"
      let page = try #require(
        ListReply.wholePage(Array(text.utf8), columns: Self.columns, firstRecord: 1))
      #expect(page.pids == records.map(\.pid), "\(text)")
      for (number, record) in records.enumerated() {
        let read = Self.columns.indices.map { page.records.text(record: number, field: $0) }
        #expect(read == record.values, "record \(number) of \(text)")
      }
    }
  }
}
