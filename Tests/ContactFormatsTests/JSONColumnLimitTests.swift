import TestSupport
import Testing

@testable import ContactFormats

@Suite("JSON columns beyond the limits")
struct JSONColumnLimitTests {
  private let longKey = String(repeating: "k", count: ColumnTable.longestName)

  @Test("a value whose column's name is too long is an issue, and the others are kept")
  func longNames() {
    let content = readJSON(#"{"\#(longKey)":1,"\#(longKey)k":2,"a":3,"\#(longKey)kk":4}"#)
    #expect(content.rows == [[longKey: "1", "a": "3"]])
    #expect(content.header == [longKey, "a"])
    #expect(content.issues == ["1 record.too-many-columns 0"])
  }

  @Test("the keys around a value count, so that they are not copied into thousands of names")
  func longPaths() {
    let members = (0..<2000).map { "\"a\($0)\":\($0)" }.joined(separator: ",")
    for key in [String(repeating: longKey, count: 100), longKey] {
      for value in ["{\(members)}", "[[{\(members)},5]]"] {
        let content = readJSON(#"{"a":1,"\#(key)":\#(value),"b":2}"# + "\n{\"a\":3}")
        #expect(content.rows == [["a": "1", "b": "2"], ["a": "3"]])
        #expect(content.header == ["a", "b"])
        #expect(content.issues == ["1 record.too-many-columns 0"])
      }
    }
  }

  @Test("a value without a column is not taken for that of the column before")
  func noColumn() {
    let wide = (0..<ColumnTable.limit).map { "\"c\($0)\":\"x\"" }.joined(separator: ",")
    let tail = String(repeating: " ", count: 100)
    let text = "{\(wide)}\n{\"c0\":\"1\",\"new\":\"2\"}\n{\"new\":\"9\"}\n{\"c0\":\"3\"}\n\(tail)"
    let content = readJSON(text)
    #expect(content.rows.dropFirst() == [["c0": "1"], [:], ["c0": "3"]])
    #expect(
      content.issues == ["2 record.too-many-columns 0", "3 record.too-many-columns 0"])
    let cut = readJSON(pieces(of: Array(text.utf8), 1000))
    #expect(cut == content)
  }
}
