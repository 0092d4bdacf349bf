import ContactModel
import Testing

@testable import ContactFormats

@Suite("quotes in the part of a record that is dropped")
struct CSVDiscardQuoteTests {
  /// A first record that is too long by some letters, then `tail`, in pieces.
  private func read(_ head: String, tail: String) -> CSVContent {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: CSVParser.longestRecord)
    let bytes = Array(head.utf8) + long + Array(tail.utf8)
    return readCSV(
      stride(from: 0, to: bytes.count, by: 65_536).map {
        Array(bytes[$0..<min($0 + 65_536, bytes.count)])
      })
  }

  @Test("a quote inside a field without quotes is a letter")
  func letter() {
    let content = read("a,b\n1,", tail: "xx,5\" pipe\n2,3\n4,5\n")
    #expect(content.rows.suffix(2) == [["2", "3"], ["4", "5"]])
    #expect(content.rows.count == 4)
    #expect(content.issues == ["2 record.too-long"])
  }

  @Test("line ends between quotes belong to the record, and count as lines")
  func lineEnds() {
    let content = read("a,b\r1,", tail: "xx,\"a\rb\"\r2,3\r")
    #expect(content.rows.count == 3)
    #expect(content.rows.last == ["2", "3"])
    #expect(content.lines == [1, 2, 4])
  }

  @Test("a doubled quote does not end the quotes")
  func doubled() {
    let content = read("a,b\n1,", tail: "xx,\"say \"\"hi\"\"\nand more\",y\n2,3\n")
    #expect(content.rows.count == 3)
    #expect(content.rows.last == ["2", "3"])
  }
}
