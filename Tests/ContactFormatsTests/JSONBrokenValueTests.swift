import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

@Suite("JSON values that never end")
struct JSONBrokenValueTests {
  /// Reads a text, but does not say that it ends: what is complete by then, and how many bytes wait
  /// for more.
  private func begin(_ text: String) throws(FormatError) -> (content: JSONContent, waiting: Int) {
    var reader = JSONLinesReader()
    var content = JSONContent()
    for piece in pieces(of: Array(text.utf8), 4096) {
      var place = 0
      while place < piece.count {
        place += try reader.read(piece.span, from: place)
        if reader.isBatchFull, let batch = reader.takeBatch() { content.append(batch) }
      }
    }
    if let batch = reader.takeBatch() { content.append(batch) }
    return (content, reader.pending.count)
  }

  @Test(
    "of thousands in a row each is soon given up",
    arguments: [
      ("", "{\n\"a\":1\n"), ("[\n", "{\"a\":1,\n"), ("[{\"a\":1},", "{\"a\":1,"),
      ("", "{\n\"a\":1\n{\n\"a\":1}\n"), ("[\n", "{\"a\":1},\n{\"a\":1,\n"),
    ])
  func manyInARow(open: String, broken: String) throws {
    let count = 80_000 / broken.utf8.count
    let (content, waiting) = try begin(open + String(repeating: broken, count: count))
    #expect(waiting <= 4 * JSONElementState.earliestFirstCheck)
    let raw = content.values(of: "ferry.raw")
    #expect(raw.count >= count - JSONElementState.earliestFirstCheck)
    #expect(raw.allSatisfy { $0.utf8.count <= broken.utf8.count })
  }

  @Test("every value between those that never end is read", arguments: ["", "[\n"])
  func goodOnesBetween(open: String) {
    let isArray = !open.isEmpty
    let text = (0..<4000).map { number in
      number % 3 == 1 ? "{\n\"n\":\(number),\n" : "{\n\"n\":\(number)}\(isArray ? "," : "")\n"
    }
    let content = readJSON(open + text.joined() + (isArray ? "{\n\"n\":1}]" : ""))
    let numbers = content.values(of: "n").compactMap(Int.init)
    #expect(numbers.prefix(2666) == ArraySlice((0..<4000).filter { $0 % 3 != 1 }.prefix(2666)))
    #expect(content.issues.count == 1333)
  }

  @Test("what becomes of them does not depend on the chunks", arguments: 0..<3, [false, true])
  func chunks(seed: Int, isArray: Bool) {
    var generator = SeededGenerator(seed: UInt64(seed) + 6000)
    var text = isArray ? "[\n" : "{\n\"n\":0}\n"
    while text.utf8.count < 90_000 {
      // Runs of one kind, so that the reader looks early in some places and late in others.
      let isBroken = Bool.random(using: &generator)
      let length = [0, 3, 40, 600, 5000, 30_000].randomElement(using: &generator) ?? 0
      for _ in 0..<Int.random(in: 1...40, using: &generator) where text.utf8.count < 90_000 {
        text += "{\n\"n\":\"" + String(repeating: "é", count: length / 2) + "\""
        let middle = [",\"m\":[{\"n\":1},\n{\"n\":2}]", "", ",\"x\":{\n\"n\":3}"]
        text += middle.randomElement(using: &generator) ?? ""
        let ends = isBroken ? [",\n", "\n", "x}\n", "\"}\n", "]\n"] : [isArray ? "},\n" : "}\n"]
        text += ends.randomElement(using: &generator) ?? ""
      }
    }
    let bytes = Array(text.utf8)
    let whole = readJSON([bytes])
    for size in [1, 257, 4096, 65_537] {
      let content = readJSON(pieces(of: bytes, size))
      #expect(content == whole, "seed \(seed), pieces of \(size)")
    }
  }

  @Test("where few are broken, one that ends by its brackets stays in one piece, long as it is")
  func longBrokenValue() {
    let inner = (0..<1000).map { #"{"id":"\#($0)","text":"some text of it"}"# }
    let broken = #"{"id":"b","bad":tru,"inner":["# + inner.joined(separator: ",") + "]}"
    let good = #"{"id":"1","text":"a contact like others"}"#
    for between in [",", ",\n"] {
      let elements = [good, broken, good, broken, good]
      let content = readJSON("[" + elements.joined(separator: between) + "]")
      #expect(content.values(of: "id") == ["1", "1", "1"])
      #expect(content.values(of: "ferry.raw") == [broken, broken])
      #expect(content.issues.count == 2)
    }
  }
}
