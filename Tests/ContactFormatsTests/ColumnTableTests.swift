import Testing

@testable import ContactFormats

@Suite("Table of columns")
struct ColumnTableTests {
  private func name(_ count: Int) -> [UInt8] { [UInt8](repeating: UInt8(ascii: "n"), count: count) }

  @Test("a name keeps its number, whatever is guessed")
  func numbers() {
    var table = ColumnTable()
    let names = (0..<500).map { Array("column \($0)".utf8) }
    for (number, name) in names.enumerated() {
      let found = table.number(of: name.span, guess: number)
      #expect(found == number)
    }
    for (number, name) in names.enumerated() {
      for guess in [0, number, 499, 500] {
        let found = table.number(of: name.span, guess: guess)
        #expect(found == number)
      }
    }
    #expect(table.names.count == 500)
  }

  @Test("the longest name is a column, one that is longer is none")
  func longNames() {
    var table = ColumnTable()
    let (longest, longer) = (name(ColumnTable.longestName), name(ColumnTable.longestName + 1))
    let found = [longest, longer, longest, longer].map { table.number(of: $0.span) }
    #expect(found == [0, nil, 0, nil])
    let again = [longest, longer].map { table.find($0.span) }
    #expect(again == [0, nil])
    let utf8Count = table.names.map(\.utf8.count)
    #expect(utf8Count == [1024])
    // The bytes count, not the letters.
    let cyrillic = table.number(of: String(repeating: "Ж", count: 513))
    #expect(cyrillic == nil)
  }

  @Test("beyond the limit a name has no number, one that is known keeps it")
  func limit() {
    var table = ColumnTable()
    let numbers = (0...ColumnTable.limit).map { table.number(of: "\($0)") }
    #expect(numbers.dropLast() == ArraySlice((0..<ColumnTable.limit).map { $0 }))
    #expect(numbers.last == .some(nil))
    let known = table.number(of: "17")
    #expect(known == 17)
  }
}
