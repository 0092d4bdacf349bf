import TestSupport
import Testing

@testable import ContactFormats

@Suite("Workbooks: shared texts")
struct XLSXSharedStringsTests {
  private static func texts(_ count: Int) -> [String] {
    var generator = SeededGenerator(seed: 3)
    return (0..<count).map { number in
      let length = number == 700 ? 100_000 : Int.random(in: 0...60, using: &generator)
      return "\(number) " + String(repeating: "ж", count: length)
    }
  }

  private func table(_ texts: [String], limit: Int, in store: MemoryStore) throws -> SharedStrings {
    var strings = SharedStrings(memoryLimit: limit)
    for (number, text) in texts.enumerated() {
      // In two parts, as a parser may hand them over.
      let bytes = Array(text.utf8)
      for part in [bytes.prefix(3), bytes.dropFirst(3)] {
        part.withUnsafeBufferPointer { strings.append($0) }
      }
      if number.isMultiple(of: 50) { try strings.moveOut { () throws(FormatError) in store } }
      strings.endString()
    }
    try strings.finish()
    return strings
  }

  private func text(_ number: Int, in strings: inout SharedStrings) throws -> String? {
    var bytes: [UInt8] = []
    guard try strings.append(number, to: &bytes) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    "texts are the same in memory and in a temporary file, in any order",
    arguments: [
      1, 10_000, 1 << 30,
    ])
  func spilled(limit: Int) throws {
    let texts = Self.texts(5000)
    let store = MemoryStore()
    var strings = try table(texts, limit: limit, in: store)
    #expect((store.count > 0) == (limit < 1 << 30))
    #expect(strings.count == texts.count)
    #expect(strings.byteCount == texts.reduce(0) { $0 + $1.utf8.count })
    for number in texts.indices { #expect(try text(number, in: &strings) == texts[number]) }
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<2000 {
      let number = Int.random(in: 0..<texts.count, using: &generator)
      #expect(try text(number, in: &strings) == texts[number])
    }
  }

  @Test("a number without a text is told")
  func missing() throws {
    var strings = try table(["a"], limit: 1, in: MemoryStore())
    #expect(try text(1, in: &strings) == nil)
    #expect(try text(-1, in: &strings) == nil)
    var none = SharedStrings()
    #expect(try text(0, in: &none) == nil)
  }

  @Test("a workbook whose texts are in a temporary file reads as any other")
  func workbook() throws {
    let texts = Self.texts(3000)
    let strings = texts.map { "<si><t>\($0)</t></si>" }.joined()
    let numbers = Array(stride(from: texts.count - 1, through: 0, by: -7))
    let rows = numbers.map { "<row><c t='s'><v>\($0)</v></c></row>" }.joined()
    let book = try Workbook(MemoryBytes(bytes: TestWorkbook(rows, strings: strings).bytes))
    let store = MemoryStore()
    let table = try book.sharedStrings(memoryLimit: 50_000) { () throws(FormatError) in store }
    #expect(store.count > 200_000)
    var sheet = try SheetReader(book.sheets[0], of: book, strings: table)
    var read: [[String]] = []
    while let rows = try sheet.nextRows() { read += (0..<rows.count).map(rows.texts) }
    #expect(read == numbers.map { [texts[$0]] })
  }

  @Test(
    "escapes become the characters they stand for; other underscores stay",
    arguments: [
      ("a_x000D_b", "a\rb"), ("_x0041__x0042_", "AB"), ("_x005F_x0041_", "_x0041_"),
      ("_x00e9_", "é"), ("_xD83D__xDE00_", "😀"), ("_xDE00_", "_xDE00_"), ("_x0000_", "_x0000_"),
      ("_x00", "_x00"), ("__x0041_", "_A"), ("_X0041_", "_X0041_"), ("_x004G_", "_x004G_"),
      ("", ""),
      ("plain", "plain"),
    ])
  func escapes(text: String, expected: String) {
    var bytes = Array("before_x0041_".utf8)
    let start = bytes.count
    bytes += text.utf8
    EscapedText.decode(&bytes, from: start)
    #expect(String(decoding: bytes, as: UTF8.self) == "before_x0041_" + expected)
  }
}
