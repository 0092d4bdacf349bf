import ContactModel
import Testing

@testable import ContactFormats

@Suite("CSV writer")
struct CSVWriterTests {
  private func written(_ rows: [[String]], dialect: CSVDialect = CSVDialect()) -> String {
    var writer = CSVWriter(dialect: dialect)
    for row in rows {
      for field in row { writer.append(field) }
      writer.endRecord()
    }
    return String(decoding: writer.takeBytes(), as: UTF8.self)
  }

  @Test(
    "a field is quoted where RFC 4180 asks for it, and where a reader would change it",
    arguments: [
      ("plain", "plain"),
      ("two words", "two words"),
      ("Пётр", "Пётр"),
      ("it's", "it's"),
      ("a;b", "a;b"),
      ("a\tb", "a\tb"),
      ("a,b", "\"a,b\""),
      (",", "\",\""),
      ("say \"hi\"", "\"say \"\"hi\"\"\""),
      ("\"", "\"\"\"\""),
      ("\"\"", "\"\"\"\"\"\""),
      ("a\nb", "\"a\nb\""),
      ("a\rb", "\"a\rb\""),
      ("a\r\nb", "\"a\r\nb\""),
      ("\n", "\"\n\""),
      (" a", "\" a\""),
      ("a ", "\"a \""),
      (" ", "\" \""),
      ("a b", "a b"),
      ("0123456789abcdef", "0123456789abcdef"),
      ("0123456,", "\"0123456,\""),
      ("01234567,", "\"01234567,\""),
      ("0123456789abcdef\n", "\"0123456789abcdef\n\""),
      ("длинный текст, с запятой", "\"длинный текст, с запятой\""),
    ])
  func quoting(field: String, expected: String) {
    #expect(written([[field, "z"]]) == expected + ",z\n")
    #expect(written([["z", field]]) == "z," + expected + "\n")
  }

  @Test("a special byte is seen at every place of a field", arguments: 0..<20)
  func everyPlace(place: Int) {
    for special in [",", "\"", "\n", "\r"] {
      let field =
        String(repeating: "x", count: place) + special + String(repeating: "y", count: 19 - place)
      let inside = special == "\"" ? field.replacing("\"", with: "\"\"") : field
      #expect(written([["a", field]]) == "a,\"\(inside)\"\n")
    }
  }

  @Test(
    "only the dialect's own delimiter asks for quotes",
    arguments: [",", ";", "\t", "|"], [",", ";", "\t", "|"])
  func delimiters(delimiter: String, inside: String) {
    let dialect = CSVDialect(delimiter: Array(delimiter.utf8)[0])
    let field = "a\(inside)b"
    let expected = delimiter == inside ? "\"\(field)\"" : field
    #expect(written([["x", field]], dialect: dialect) == "x\(delimiter)\(expected)\n")
  }

  @Test("another quote is doubled, and the usual one is a letter then")
  func otherQuote() {
    let dialect = CSVDialect(quote: UInt8(ascii: "'"))
    #expect(written([["it's", "5\" pipe"]], dialect: dialect) == "'it''s',5\" pipe\n")
  }

  @Test("each record ends with the dialect's line end, and line breaks inside stay as they are")
  func lineEnds() {
    let rows = [["a", "b\nc"], ["d", "e\r\nf"]]
    #expect(
      written(rows, dialect: CSVDialect(lineEnd: .lineFeed)) == "a,\"b\nc\"\nd,\"e\r\nf\"\n")
    #expect(
      written(rows, dialect: CSVDialect(lineEnd: .carriageReturnLineFeed))
        == "a,\"b\nc\"\r\nd,\"e\r\nf\"\r\n")
  }

  @Test(
    "empty fields",
    arguments: [
      ([[""]], "\"\"\n"),
      ([["", ""]], ",\n"),
      ([["", "", ""]], ",,\n"),
      ([["a", ""]], "a,\n"),
      ([["", "a"]], ",a\n"),
      ([["a"], [""], ["b"]], "a\n\"\"\nb\n"),
      ([[""], [""]], "\"\"\n\"\"\n"),
    ] as [([[String]], String)])
  func emptyFields(rows: [[String]], expected: String) { #expect(written(rows) == expected) }

  @Test("a record without any field is a blank line")
  func noFields() {
    #expect(written([[]]) == "\n")
    #expect(written([[]], dialect: CSVDialect(hasTrailingDelimiter: true)) == "\n")
  }

  @Test("bytes and text are written alike")
  func spans() {
    for field in ["", "a", "a,b", "Ёж", " "] {
      var byBytes = CSVWriter(dialect: CSVDialect())
      var byText = CSVWriter(dialect: CSVDialect())
      byBytes.append(Array(field.utf8).span)
      byText.append(field)
      #expect(byBytes.takeBytes() == byText.takeBytes(), "\(field)")
    }
  }

  @Test("taking bytes between records changes nothing of the whole")
  func takesInBetween() {
    let rows = [["a", "b"], [""], ["c,d", ""], [""], ["e"]]
    var writer = CSVWriter(dialect: CSVDialect())
    var pieces: [UInt8] = []
    for row in rows {
      for field in row { writer.append(field) }
      writer.endRecord()
      pieces += writer.takeBytes()
      #expect(writer.count == 0)
    }
    #expect(String(decoding: pieces, as: UTF8.self) == written(rows))
  }

  @Test("the count is that of the bytes waiting")
  func count() {
    var writer = CSVWriter(dialect: CSVDialect())
    #expect(writer.count == 0)
    writer.append("Ёж")
    #expect(writer.count == 4)
    writer.append("a")
    #expect(writer.count == 6)
    writer.endRecord()
    #expect(writer.count == 7)
    #expect(writer.takeBytes().count == 7)
    #expect(writer.count == 0)
    #expect(writer.takeBytes().isEmpty)
  }

  @Test("any bytes are written, also such as are no text")
  func arbitraryBytes() {
    var writer = CSVWriter(dialect: CSVDialect())
    writer.append([0xFF, 0x00, 0x22].span)
    writer.endRecord()
    #expect(writer.takeBytes() == [0x22, 0xFF, 0x00, 0x22, 0x22, 0x22, 0x0A])
  }
}

@Suite("CSV dialect")
struct CSVDialectTests {
  @Test(
    "a delimiter has a name to be shown",
    arguments: [(",", ","), (";", ";"), ("|", "|"), ("\t", "tab")])
  func delimiterNames(delimiter: String, name: String) {
    #expect(CSVDialect(delimiter: Array(delimiter.utf8)[0]).delimiterName == name)
  }

  @Test("the default is RFC 4180's comma and quote, with a header")
  func defaults() {
    let dialect = CSVDialect()
    #expect(dialect.delimiter == 0x2C)
    #expect(dialect.quote == 0x22)
    #expect(dialect.hasHeader)
    #expect(dialect.lineEnd.bytes == [0x0A])
    #expect(CSVDialect.LineEnd.carriageReturnLineFeed.bytes == [0x0D, 0x0A])
  }
}

@Suite("special bytes")
struct SpecialBytesTests {
  @Test("the first special byte of a word is found, whatever stands around it", arguments: 0..<8)
  func firstMatch(place: Int) {
    let special = SpecialBytes(CSVDialect(delimiter: UInt8(ascii: ";")))
    for wanted in [UInt8(ascii: ";"), UInt8(ascii: "\""), 0x0A, 0x0D] {
      // Neighbours that differ from special bytes by one bit or one, and bytes beyond ASCII.
      for filler in [wanted - 1, 0x01, 0x23, 0xBB, 0xA2, 0x8A, 0x8D, 0xFF] as [UInt8] {
        guard !special.contains(filler) else { continue }
        var bytes = [UInt8](repeating: filler, count: 8)
        bytes[place] = wanted
        let mark = special.matches(in: Self.word(bytes))
        #expect(mark.trailingZeroBitCount / 8 == place, "\(bytes)")
        let quoteMark = special.quotedMatches(in: Self.word(bytes))
        if wanted == UInt8(ascii: "\"") {
          #expect(quoteMark.trailingZeroBitCount / 8 == place, "\(bytes)")
        } else {
          #expect(quoteMark == 0, "\(bytes)")
        }
      }
    }
  }

  @Test("a word of any other byte has no mark")
  func noMatch() {
    let special = SpecialBytes(CSVDialect())
    for byte in UInt8(0)...255 {
      let isSpecial = [0x2C, 0x22, 0x0A, 0x0D, 0x00].contains(byte)
      #expect(special.contains(byte) == isSpecial)
      let word = Self.word([UInt8](repeating: byte, count: 8))
      #expect((special.matches(in: word) != 0) == isSpecial, "\(byte)")
      #expect((special.quotedMatches(in: word) != 0) == (byte == 0x22 || byte == 0), "\(byte)")
    }
  }

  /// Eight bytes as a word, the first lowest.
  private static func word(_ bytes: [UInt8]) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

@Suite("CSV writer emptied in mid-record")
struct CSVWriterMidRecordTests {
  @Test("a record goes on after what was written of it has been taken")
  func midRecord() {
    var writer = CSVWriter(dialect: CSVDialect())
    writer.append("a")
    #expect(writer.takeBytes() == Array("a".utf8))
    writer.endRecord()
    #expect(writer.takeBytes() == Array("\n".utf8))
    writer.append("")
    #expect(writer.takeBytes().isEmpty)
    writer.append("b")
    writer.endRecord()
    #expect(writer.takeBytes() == Array(",b\n".utf8))
  }
}
