import ContactModel
import RunReports
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("contacts in another order")
struct RecordSortTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Sorts rows, handed over in pages of some rows each.
  private func sorted(
    _ rows: [[String]], columns: [PersonField], by order: ExportOrder, memory: Int = 8 << 20,
    rowsPerPage: Int = 200
  ) throws -> [[String]] {
    let sort = try RecordSort(order: order, columns: columns, folder: folder.path, memory: memory)
    var rest = rows[...]
    while !rest.isEmpty {
      var page = RecordSpool.Page()
      for value in rest.prefix(rowsPerPage).joined() {
        page.bytes += Array(value.utf8)
        page.valueEnds.append(UInt32(page.bytes.count))
      }
      rest = rest.dropFirst(rowsPerPage)
      try sort.append(page)
    }
    var values: [String] = []
    try sort.readAll { page in
      for value in page.valueEnds.indices {
        values.append(String(decoding: page.bytes[page.range(ofValue: value)], as: UTF8.self))
      }
    }
    return stride(from: 0, to: values.count, by: columns.count).map { start in
      Array(values[start..<start + columns.count])
    }
  }

  /// The values in their order; what came first has the lowest `pid`.
  private func sorted(
    _ values: [String], of field: PersonField, isDescending: Bool = false
  ) throws -> [String] {
    let rows = values.enumerated().map { ["\($0.offset + 1)", $0.element] }
    return try sorted(
      rows, columns: [.pid, field], by: ExportOrder(field: field, isDescending: isDescending)
    ).map { $0[1] + "/" + $0[0] }
  }

  @Test("texts compare by their letters, equal ones by pid, empty ones are last in both directions")
  func texts() throws {
    let names = [
      "Ёлкин", "анна", "", "Жуков", "Анна", "ёж", "Bob", "alice", "Елена", "\u{C9}cole",
      "\u{E9}COLE", "«Ромашка»", "Bo", "",
    ]
    #expect(
      try sorted(names, of: .person) == [
        "alice/8", "Bo/13", "Bob/7", "«Ромашка»/12", "\u{C9}cole/10", "\u{E9}COLE/11", "анна/2",
        "Анна/5", "ёж/6", "Елена/9", "Ёлкин/1", "Жуков/4", "/3", "/14",
      ])
    #expect(
      try sorted(names, of: .person, isDescending: true) == [
        "Жуков/4", "Ёлкин/1", "Елена/9", "ёж/6", "анна/2", "Анна/5", "\u{C9}cole/10",
        "\u{E9}COLE/11", "«Ромашка»/12", "Bob/7", "Bo/13", "alice/8", "/3", "/14",
      ])
  }

  @Test("numbers compare as numbers; what is none is greater than all")
  func numbers() throws {
    let numbers = ["10", "9", "", "2", "-1", "x", "9", "9223372036854775807"]
    #expect(
      try sorted(numbers, of: .clid) == [
        "-1/5", "2/4", "9/2", "9/7", "10/1", "9223372036854775807/8", "x/6", "/3",
      ])
    #expect(
      try sorted(numbers, of: .clid, isDescending: true) == [
        "x/6", "9223372036854775807/8", "10/1", "9/2", "9/7", "2/4", "-1/5", "/3",
      ])
    // Of a text they are the letters.
    #expect(try sorted(["10", "9"], of: .person) == ["10/1", "9/2"])
  }

  @Test("dates compare as they are written")
  func dates() throws {
    let dates = ["2026-11-27 02:30:12", "", "2025-12-31 23:59:59", "2026-11-27 02:30:09"]
    #expect(
      try sorted(dates, of: .dateCreate) == [
        "2025-12-31 23:59:59/3", "2026-11-27 02:30:09/4", "2026-11-27 02:30:12/1", "/2",
      ])
    #expect(
      try sorted(dates, of: .dateEdit, isDescending: true) == [
        "2026-11-27 02:30:12/1", "2026-11-27 02:30:09/4", "2025-12-31 23:59:59/3", "/2",
      ])
  }

  @Test("pid from the last to the first")
  func pids() throws {
    let rows = (1...1000).map { ["\($0)", "Person \($0)"] }
    let order = ExportOrder(field: .pid, isDescending: true)
    #expect(
      try sorted(rows, columns: [.pid, .person], by: order, memory: 4096)
        == Array(rows.reversed()))
  }

  @Test("letters are small whatever way they are made so")
  func letters() throws {
    let order = ExportOrder(field: .person)
    // All of ASCII, all that begins with the bytes the fast way knows, and their neighbors.
    let ranges: [ClosedRange<UInt32>] = [0...0x17F, 0x370...0x52F, 0x2000...0x2120]
    for scalar in ranges.joined().compactMap({ Unicode.Scalar($0) }) {
      let text = "x\(Character(scalar))y"
      var key: [UInt8] = []
      order.appendKey(of: Array(text.utf8)[...], to: &key)
      #expect(key == Self.letters(of: text), "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test(
    "bytes that are no text still have a place",
    arguments: [[0xD0], [0xE2, 0x80], [0xFF, 0x41]] as [[UInt8]])
  func malformed(bytes: [UInt8]) {
    var key: [UInt8] = [1]
    ExportOrder(field: .person).appendKey(of: bytes[...], to: &key)
    #expect(key.count > 1 && key.first == 1)
  }

  @Test("without contacts there are no pages; a page may be empty")
  func empty() throws {
    #expect(try sorted([], columns: [.pid], by: ExportOrder(field: .pid)).isEmpty)
    let sort = try RecordSort(
      order: ExportOrder(field: .pid), columns: [.pid], folder: folder.path)
    try sort.append(RecordSpool.Page())
    var pages = 0
    try sort.readAll { _ in pages += 1 }
    #expect(pages == 0)
  }

  @Test("what is larger than the memory is sorted like anything else")
  func large() throws {
    let long = String(repeating: "я", count: 10_000)
    let rows = [["1", "Я" + long], ["2", "Б"], ["3", long], ["4", "А"]]
    #expect(
      try sorted(rows, columns: [.pid, .person], by: ExportOrder(field: .person), memory: 4096)
        .map { $0[0] } == ["4", "2", "3", "1"])
  }

  @Test("where there is no place for temporary files, that is said at once")
  func missingFolder() throws {
    #expect(throws: OutputError.self) {
      _ = try RecordSort(
        order: ExportOrder(field: .pid), columns: [.pid], folder: folder.file("nowhere"))
    }
  }

  @Test(
    "ten thousand contacts in hundreds of runs stand as a plain sort puts them",
    arguments: [PersonField.person, .clid, .dateCreate], [false, true])
  func oracle(field: PersonField, isDescending: Bool) throws {
    let seed: UInt64 = 20_261_127
    var generator = SeededGenerator(seed: seed)
    var pid = 0
    let rows = (0..<10_000).map { _ in
      pid += Int.random(in: 1...3, using: &generator)
      return ["\(pid)", Self.name(&generator), Self.number(&generator), Self.date(&generator)]
    }
    let columns: [PersonField] = [.pid, .person, .clid, .dateCreate]
    let column = try #require(columns.firstIndex(of: field))
    let expected = rows.sorted { left, right in
      switch Self.compare(left[column], right[column], field, isDescending: isDescending) {
      case 0: (Int(left[0]) ?? 0) < (Int(right[0]) ?? 0)
      case let difference: difference < 0
      }
    }
    let order = ExportOrder(field: field, isDescending: isDescending)
    for memory in [4096, 64 << 10, 8 << 20] {
      let found = try sorted(
        rows, columns: columns, by: order, memory: memory,
        rowsPerPage: Int.random(in: 1...500, using: &generator))
      // Not the arrays themselves: where they differ, all of both would be printed.
      let isSame = found == expected
      #expect(isSame, "seed \(seed), memory \(memory)")
    }
    #expect(try folder.names().isEmpty)
  }

  // MARK: - The plain way

  /// Less than 0 where the left value stands first.
  private static func compare(
    _ left: String, _ right: String, _ field: PersonField, isDescending: Bool
  ) -> Int {
    guard !left.isEmpty, !right.isEmpty else {
      return (left.isEmpty ? 1 : 0) - (right.isEmpty ? 1 : 0)
    }
    let difference: Int
    if field == .clid {
      difference = (Int(left) ?? .max) - (Int(right) ?? .max)
    } else {
      let (first, second) =
        field == .dateCreate
        ? (Array(left.utf8), Array(right.utf8)) : (letters(of: left), letters(of: right))
      difference =
        first.lexicographicallyPrecedes(second)
        ? -1 : second.lexicographicallyPrecedes(first) ? 1 : 0
    }
    return isDescending ? -difference : difference
  }

  private static func letters(of text: String) -> [UInt8] {
    var letters = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars { letters.append(scalar == "ё" ? "е" : scalar) }
    return Array(String(letters).utf8)
  }

  /// Short names of few letters, many of them the same.
  private static func name(_ generator: inout SeededGenerator) -> String {
    let letters: [Unicode.Scalar] = [
      "a", "A", "b", "Z", "а", "А", "е", "Е", "ё", "Ё", "ж", "Я", "п", "Р", "є", "Ђ", "\u{E9}",
      "\u{C9}", "ß", "\u{130}", "Σ", " ", "-", "«", "”", "№", "\u{1F600}",
    ]
    var name = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...4, using: &generator) {
      name.append(letters[Int.random(in: 0..<letters.count, using: &generator)])
    }
    return String(name)
  }

  private static func number(_ generator: inout SeededGenerator) -> String {
    let number = Int.random(in: 0...3000, using: &generator)
    return number == 0 ? "" : "\(number - 100)"
  }

  private static func date(_ generator: inout SeededGenerator) -> String {
    let day = Int.random(in: 0...28, using: &generator)
    let minute = Int.random(in: 10...59, using: &generator)
    return day == 0 ? "" : "2026-11-\(day < 10 ? "0" : "")\(day) 10:\(minute):00"
  }
}
