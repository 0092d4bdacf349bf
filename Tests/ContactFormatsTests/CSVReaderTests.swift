import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

@Suite("CSV reader")
struct CSVReaderTests {
  /// Name, text, rows, lines.
  ///
  /// Expected values follow RFC 4180 and the deviations the reader lists.
  static let table: [(String, String, [[String]], [Int])] = [
    ("one record", "a,b,c\n", [["a", "b", "c"]], [1]),
    ("no line end at the end", "a,b\nc,d", [["a", "b"], ["c", "d"]], [1, 2]),
    ("CRLF", "a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]], [1, 2]),
    ("lone CR", "a,b\rc,d\r", [["a", "b"], ["c", "d"]], [1, 2]),
    ("mixed line ends", "a\r\nb\nc\rd", [["a"], ["b"], ["c"], ["d"]], [1, 2, 3, 4]),
    ("empty fields", ",,\n", [["", "", ""]], [1]),
    ("empty field at the end", "a,\n", [["a", ""]], [1]),
    ("empty field at the very end", "a,", [["a", ""]], [1]),
    ("blank lines are skipped but counted", "a\n\n\r\nb\n", [["a"], ["b"]], [1, 4]),
    ("quoted field", "\"a\",b\n", [["a", "b"]], [1]),
    ("quoted delimiter", "\"a,b\",c\n", [["a,b", "c"]], [1]),
    ("doubled quote", "\"say \"\"hi\"\"\",b\n", [["say \"hi\"", "b"]], [1]),
    ("only a doubled quote", "\"\"\"\"\n", [["\""]], [1]),
    ("quoted empty field is a record", "\"\"\n", [[""]], [1]),
    ("line break in quotes", "\"a\nb\",c\nd,e\n", [["a\nb", "c"], ["d", "e"]], [1, 3]),
    ("CRLF in quotes", "\"a\r\nb\",c\r\nd,e\r\n", [["a\r\nb", "c"], ["d", "e"]], [1, 3]),
    ("lone CR in quotes", "\"a\rb\"\rc", [["a\rb"], ["c"]], [1, 3]),
    ("quote as a letter", "5\" pipe,b\n", [["5\" pipe", "b"]], [1]),
    ("quoted at the end without line end", "a,\"b\"", [["a", "b"]], [1]),
    ("blanks are kept", " a , b \n", [[" a ", " b "]], [1]),
    ("ragged", "a,b\nc\nd,e,f\n", [["a", "b"], ["c"], ["d", "e", "f"]], [1, 2, 3]),
    (
      "long fields cross words", "0123456789abcdef,\"0123456789\"\"abcdef\"\n",
      [["0123456789abcdef", "0123456789\"abcdef"]], [1]
    ),
    (
      "Cyrillic", "Фамилия,Имя\nИванов,\"Пётр, мл.\"\n",
      [["Фамилия", "Имя"], ["Иванов", "Пётр, мл."]], [1, 2]
    ),
    ("nothing", "", [], []),
    ("only blank lines", "\n\r\n\r", [], []),
    ("only a delimiter", ",", [["", ""]], [1]),
  ]

  @Test("reads every text the same, however it is cut", arguments: table)
  func everyCut(name: String, text: String, rows: [[String]], lines: [Int]) {
    everySplit(of: Array(text.utf8)) { chunks, cut in
      let content = readCSV(chunks)
      #expect(content.rows == rows, "\(name), \(cut)")
      #expect(content.lines == lines, "\(name), \(cut)")
      #expect(content.issues.isEmpty, "\(name), \(cut)")
    }
  }

  @Test("text behind a closing quote is kept and noted")
  func strayText() {
    everySplit(of: Array("\"a\" b,c\nd,\"e\"f\"g\"\n".utf8)) { chunks, cut in
      let content = readCSV(chunks)
      #expect(content.rows == [["a b", "c"], ["d", "ef\"g\""]], "\(cut)")
      #expect(content.issues == ["1 csv.stray-quote", "2 csv.stray-quote"], "\(cut)")
    }
  }

  @Test("a quote that closes on a later line before a letter costs its own record only")
  func strayQuoteOverLines() {
    everySplit(of: Array("a;b\n\"Анна;1\n\"Пётр\";2\nОльга;3\n".utf8)) { chunks, cut in
      let content = readCSV(chunks, dialect: CSVDialect(delimiter: UInt8(ascii: ";")))
      #expect(content.issues == ["2 csv.unterminated-quote"], "\(cut)")
      #expect(
        content.rows == [["a", "b"], ["\"Анна", "1"], ["Пётр", "2"], ["Ольга", "3"]], "\(cut)")
      #expect(content.lines == [1, 2, 3, 4], "\(cut)")
    }
  }

  @Test("a stray quote does not hide that another one is not closed")
  func strayAndUnterminated() {
    everySplit(of: Array("\"a\"x,\"open\nb,c\n".utf8)) { chunks, cut in
      let content = readCSV(chunks)
      #expect(content.issues == ["1 csv.stray-quote", "1 csv.unterminated-quote"], "\(cut)")
      #expect(content.rows == [["ax", "\"open"], ["b", "c"]], "\(cut)")
    }
  }

  @Test("a quote that never closes costs its own record only")
  func unterminatedAtTheEnd() {
    let text = "a,b\n1,\"two\n3,four\n5,\"six\"\n7,8\n"
    everySplit(of: Array(text.utf8)) { chunks, cut in
      let content = readCSV(chunks)
      // The quote before `two` pairs with the one before `six`; only at the end of the file is it
      // seen that the text between cannot be one field.
      #expect(content.rows.last == ["7", "8"], "\(cut)")
      #expect(content.rows.first == ["a", "b"], "\(cut)")
    }
    everySplit(of: Array("a,b\n1,\"two\n3,four\n5,six\n".utf8)) { chunks, cut in
      let content = readCSV(chunks)
      #expect(
        content.rows == [["a", "b"], ["1", "\"two"], ["3", "four"], ["5", "six"]], "\(cut)")
      #expect(content.lines == [1, 2, 3, 4], "\(cut)")
      #expect(content.issues == ["2 csv.unterminated-quote"], "\(cut)")
    }
  }

  @Test("a quoted field that goes on for too long is read again, and the rest of the file is safe")
  func runawayQuote() {
    var text = "id,name\n1,\"oops\n"
    let count = 12_000
    for number in 2...count { text += "\(number),plain name \(number)\n" }
    let bytes = Array(text.utf8)
    #expect(bytes.count > 3 * CSVParser.longestQuotedField)
    let content = readCSV([bytes])
    #expect(content.rows.count == count + 1)
    #expect(content.rows[1] == ["1", "\"oops"])
    #expect(content.rows.last == ["\(count)", "plain name \(count)"])
    #expect(content.lines == Array(1...(count + 1)))
    #expect(content.issues == ["2 csv.unterminated-quote"])
    let pieces = stride(from: 0, to: bytes.count, by: 1_021).map {
      Array(bytes[$0..<min($0 + 1_021, bytes.count)])
    }
    #expect(readCSV(pieces) == content)
  }

  @Test("a record without end is cut off, noted, and the next one is whole")
  func endlessRecord() {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: CSVParser.longestRecord + 300_000)
    let bytes = Array("a,b\n1,".utf8) + long + Array("\n2,3\n".utf8)
    let pieces = stride(from: 0, to: bytes.count, by: 65_536).map {
      Array(bytes[$0..<min($0 + 65_536, bytes.count)])
    }
    let content = readCSV(pieces)
    #expect(content.rows.count == 3)
    #expect(content.rows.last == ["2", "3"])
    #expect(content.rows[1].count == 2)
    #expect(content.issues == ["2 record.too-long"])
  }

  @Test("records of another width than the header are noted")
  func widths() {
    let content = readCSV([Array("1,2\n3\n4,5,6\n7,8,\n9,10,,\n".utf8)], expectedFields: 2)
    #expect(content.issues == ["2 csv.too-few-fields", "3 csv.too-many-fields"])
    #expect(content.rows.count == 5)
  }

  @Test("batches hold the asked number of records, numbered on", arguments: [1, 2, 3, 7])
  func batches(size: Int) {
    let text = (1...20).map { "\($0),\"line\n\($0)\"\n" }.joined()
    let whole = readCSV([Array(text.utf8)])
    let cut = readCSV([Array(text.utf8)], recordsPerBatch: size)
    #expect(cut == whole)
    #expect(cut.numbers == Array(1...20))
    #expect(cut.lines == (0..<20).map { $0 * 2 + 1 })
  }

  @Test(
    "other delimiters work", arguments: [UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")])
  func delimiters(delimiter: UInt8) {
    let separator = String(UnicodeScalar(delimiter))
    let text = "a\(separator)\"b\(separator)c\"\n"
    let content = readCSV([Array(text.utf8)], dialect: CSVDialect(delimiter: delimiter))
    #expect(content.rows == [["a", "b\(separator)c"]])
  }

  @Test("a field's line counts the breaks inside earlier fields")
  func fieldLines() throws {
    var reader = CSVReader(dialect: CSVDialect())
    let text = Array("h\n\"a\nb\",\"c\r\nd\",e\n".utf8)
    _ = reader.read(text.span, from: 0)
    let taken = reader.takeBatch()
    let batch = try #require(taken)
    #expect(batch.line(ofField: 0, inRecord: 1) == 2)
    #expect(batch.line(ofField: 1, inRecord: 1) == 3)
    #expect(batch.line(ofField: 2, inRecord: 1) == 4)
  }
}

@Suite("CSV reader's limits")
struct CSVReaderLimitTests {
  private func pieces(_ bytes: [UInt8], _ size: Int) -> [[UInt8]] {
    stride(from: 0, to: bytes.count, by: size).map {
      Array(bytes[$0..<min($0 + size, bytes.count)])
    }
  }

  @Test("the longest quoted field is read, one letter more is given up, however it is cut")
  func longestQuotedField() {
    for (length, isField) in [
      (CSVParser.longestQuotedField, true), (CSVParser.longestQuotedField + 1, false),
    ] {
      let letters = [UInt8](repeating: UInt8(ascii: "x"), count: length)
      let text = Array("a,\"".utf8) + letters + Array("\",b\nc,d,e\n".utf8)
      let whole = readCSV([text])
      #expect(whole.rows.last == ["c", "d", "e"])
      #expect(whole.rows.first?.count == 3)
      #expect(whole.issues == (isField ? [] : ["1 csv.unterminated-quote"]))
      for size in [1_000, 4_096, 65_536, 65_537, 65_540] {
        #expect(readCSV(pieces(text, size)) == whole, "\(length) in pieces of \(size)")
      }
    }
  }

  @Test("a record that is too long is noted also where it comes in one piece")
  func longRecordInOnePiece() {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: CSVParser.longestRecord + 1)
    let text = Array("1,".utf8) + long + Array("\n2,3\n".utf8)
    let content = readCSV([text])
    #expect(content.issues == ["1 record.too-long"])
    #expect(content.rows.last == ["2", "3"])
  }
}
