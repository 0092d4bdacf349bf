import TestSupport
import Testing

@testable import ContactFormats

@Suite("finding the CSV dialect")
struct CSVDetectionTests {
  private func detected(_ text: String, isWhole: Bool = true) -> String {
    CSVDialect.detect(in: Array(text.utf8), isWhole: isWhole).delimiterName
  }

  @Test(
    "the delimiter is the one that gives most records the header's width",
    arguments: [
      ("commas", "a,b\n1,2\n", ","),
      ("semicolons", "a;b\n1;2\n", ";"),
      ("tabs", "a\tb\n1\t2\n", "tab"),
      ("bars", "a|b\n1|2\n", "|"),
      ("decimal commas among semicolons", "a;b\n1,5;2\n2,5;3\n", ";"),
      ("decimal commas, one in the header too", "a, m;b;c\n1,5;2;3\n2;3;4,1\n", ";"),
      ("amounts with a comma in every record", "name;sum\nИванов;1,50\nПетров;2,50\n", ";"),
      ("numbers listed with semicolons", "name,tel\nИ,1;2\nП,3\nС,4;5;6\n", ","),
      ("quoted text with semicolons", "a,b\n\"x;y;z\",1\n\"x;y;z\",2\n", ","),
      ("quoted text with commas", "a;b\n\"x,y,z\";1\n\"x,y,z\";2\n", ";"),
      ("quoted names with the other delimiter", "\"a;x\",\"b;y\"\n1,2\n", ","),
      ("quoted line breaks with delimiters", "a;b\n\"1,2\n3,4\n5,6\";7\n", ";"),
      ("addresses with commas", "a;b\nг. Пермь, ул. Ленина, 1;2\n", ";"),
      ("tabs with commas inside", "a\tb\tc\n1,5\t2,5\t3,5\n", "tab"),
      ("bars with commas inside", "a|b|c\nx,y|2|3\n", "|"),
      ("ragged", "a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3\n", ","),
      ("header only", "a;b;c", ";"),
      ("header only, line ended", "a\tb\n", "tab"),
      ("one column", "name\nИванов\nПетров\n", ","),
      ("one column with commas in its values", "name\nИванов, И.\nПетров, П.\n", ","),
      ("one column with semicolons in its values", "tel\n1;2\n3;4\n", ","),
      ("blank lines first", "\n\na;b\n1;2\n", ";"),
      ("one record", "1|2|3", "|"),
      ("commas give way where both fit", "a,b;c,d\n1,2;3,4\n", ";"),
      (
        "commas in a title and in every value", "ФИО;Адрес (город, улица)\nИванов;Пермь, Мира\n",
        ";"
      ),
      ("more fields win where both fit", "a;b|c;d\n1;2|3;4\n", ";"),
      ("an unterminated quote", "a;b\n\"1;2\n3;4\n5;6\n7;8\n", ";"),
      ("nothing", "", ","),
      ("Cyrillic", "Фамилия;Имя\nИванов;Пётр\n", ";"),
      ("only delimiters", ";;;\n;;;\n", ";"),
    ])
  func delimiters(name: String, text: String, expected: String) {
    #expect(detected(text) == expected, "\(name)")
    #expect(detected(text.replacing("\n", with: "\r\n")) == expected, "\(name), CRLF")
    #expect(detected(text.replacing("\n", with: "\r")) == expected, "\(name), CR")
  }

  @Test("a record that the sample cuts off does not count")
  func cutOff() {
    // The cut record has one field by semicolons, but four by commas.
    let text = "a;b;c;d\n1;2;3;4\n1,2,3,4"
    #expect(detected(text, isWhole: false) == ";")
    #expect(detected("a;b", isWhole: false) == ",", "not even the header is whole")
  }

  @Test(
    "the first line end is the one to write",
    arguments: [
      ("a\nb\r\n", CSVDialect.LineEnd.lineFeed), ("a\r\nb\n", .carriageReturnLineFeed),
      ("a\rb\r", .carriageReturn), ("a", .lineFeed), ("", .lineFeed), ("\n", .lineFeed),
      ("\r\n", .carriageReturnLineFeed), ("a\r\rb\r\n", .carriageReturnLineFeed),
    ])
  func lineEnds(text: String, expected: CSVDialect.LineEnd) {
    #expect(CSVDialect.detect(in: Array(text.utf8), isWhole: true).lineEnd == expected)
  }

  @Test("tables the writer made are found again, whatever their cells", arguments: 0..<120)
  func writtenTables(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let delimiter = CSVDialect.candidateDelimiters.randomElement(using: &generator) ?? 0x2C
    var writer = CSVWriter(dialect: CSVDialect(delimiter: delimiter))
    let width = Int.random(in: 2...6, using: &generator)
    for column in 0..<width { writer.append("столбец \(column)") }
    writer.endRecord()
    let cells = ["", "Иванов", "1,5", "a;b", "x|y", "с \"кавычкой\"", "две\nстроки", "12"]
    for _ in 0..<Int.random(in: 1...30, using: &generator) {
      for _ in 0..<width { writer.append(cells.randomElement(using: &generator) ?? "") }
      writer.endRecord()
    }
    let dialect = CSVDialect.detect(in: writer.takeBytes(), isWhole: true)
    #expect(dialect.delimiter == delimiter, "seed \(seed)")
  }
}
