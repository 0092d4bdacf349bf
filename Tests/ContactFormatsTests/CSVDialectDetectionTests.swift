import ContactModel
import TestSupport
import Testing

@testable import ContactFormats

/// Beginnings that are no RFC 4180: what is found, and what comes out of the file then.
@Suite("finding the CSV dialect of messy files")
struct CSVDialectDetectionTests {
  /// Name, text, header, rows, what is shown of the dialect.
  static let files: [(String, String, [String], [[String]], String)] = [
    (
      "sep= line", "sep=;\r\na;b\r\n1,5;2\r\n", ["a", "b"], [["1,5", "2"]],
      "; preamble 1 sep"
    ),
    ("quoted sep= line", "\"sep=|\"\na|b\n1|2\n", ["a", "b"], [["1", "2"]], "| preamble 1 sep"),
    (
      "sep= line for a tab", "SEP=\t\na\tb\n1\t2\n", ["a", "b"], [["1", "2"]], "tab preamble 1 sep"
    ),
    (
      "sep= line against the look of it", "sep=;\na,b;c,d\n1,2;3,4\n", ["a,b", "c,d"],
      [["1,2", "3,4"]], "; preamble 1 sep"
    ),
    (
      "a note above, as LinkedIn writes it",
      "Notes:\n\"When exporting, some addresses may be missing, see below.\"\n\n"
        + "First Name,Last Name,URL,Email Address,Connected On\n"
        + "Anna,Petrova,https://example.com/in/anna,,12 Mar 2024\n"
        + "Ivan,Orlov,https://example.com/in/ivan,ivan@example.com,3 Jan 2020\n",
      ["First Name", "Last Name", "URL", "Email Address", "Connected On"],
      [
        ["Anna", "Petrova", "https://example.com/in/anna", "", "12 Mar 2024"],
        ["Ivan", "Orlov", "https://example.com/in/ivan", "ivan@example.com", "3 Jan 2020"],
      ], ", preamble 3"
    ),
    (
      "a report's title, as 1C writes it",
      "Список контрагентов;;;;\r\n;;;;\r\nПериод: 2024 г.;;;;\r\n"
        + "Наименование;ИНН;Телефон;Адрес;Код\r\nРомашка;5902001234;8 342 250-50-50;Пермь;1\r\n"
        + "Вектор;5902001235;8 342 250-50-51;Пермь;2\r\n",
      ["Наименование", "ИНН", "Телефон", "Адрес", "Код"],
      [
        ["Ромашка", "5902001234", "8 342 250-50-50", "Пермь", "1"],
        ["Вектор", "5902001235", "8 342 250-50-51", "Пермь", "2"],
      ], "; preamble 3"
    ),
    (
      "a trailing delimiter, as Bitrix24 writes it",
      "\"ID\";\"Имя\";\"Мобильный телефон\";\n\"1\";\"Анна\";\"+7 912 345-67-89, доб. 5\";\n"
        + "\"2\";\"Пётр\";\"\";\n",
      ["ID", "Имя", "Мобильный телефон"],
      [["1", "Анна", "+7 912 345-67-89, доб. 5"], ["2", "Пётр", ""]], "; trailing"
    ),
    (
      "a trailing delimiter in the header only", "a,b,Notes,\n1,2,3\n4,5,6\n", ["a", "b", "Notes"],
      [["1", "2", "3"], ["4", "5", "6"]], ", trailing"
    ),
    ("an unnamed column with values", "a,b,\n1,2,x\n", ["a", "b", ""], [["1", "2", "x"]], ","),
    (
      "apostrophes as quotes", "'a';'b'\n'1;2';'it''s'\n", ["a", "b"], [["1;2", "it's"]],
      "; quote '"
    ),
    (
      "apostrophes as letters", "name;song\nO'Brien;'Til dawn\nD'Arcy;Rock 'n' roll\n",
      ["name", "song"], [["O'Brien", "'Til dawn"], ["D'Arcy", "Rock 'n' roll"]], ";"
    ),
    (
      "apostrophes that enclose some and not others",
      "name,org,note\nAnn,'Daisy','x\nBob,'Lily','y\n", ["name", "org", "note"],
      [["Ann", "'Daisy'", "'x"], ["Bob", "'Lily'", "'y"]], ","
    ),
    (
      "backslashes before quotes, far down",
      "a,b\n" + String(repeating: "\"Anna\",\"x\"\n", count: 150)
        + "\"say \\\"hi\\\" ok\",\"y\"\n", ["a", "b"],
      Array(repeating: ["Anna", "x"], count: 150) + [["say \"hi\" ok", "y"]], ", escape \\"
    ),
    (
      "the mark with which DOS ends a text", "a;b\r\n1;2\r\n\u{1A}", ["a", "b"], [["1", "2"]], ";"
    ),
    (
      "backslashes before quotes", "a,b\n\"say \\\"hi\\\", \\\\ he said\",2\n\"x\",3\n",
      ["a", "b"],
      [["say \"hi\", \\ he said", "2"], ["x", "3"]], ", escape \\"
    ),
    (
      "backslashes that are letters", "a,b\n\"C:\\dir\\\",\"two \"\"2\"\"\"\n\"x\\y\",3\n",
      ["a", "b"],
      [["C:\\dir\\", "two \"2\""], ["x\\y", "3"]], ","
    ),
    (
      "two rows of Russian phones", "ФИО,Телефон\nИванов,\"8 342 250-50-50, 8 912 345-67-89\"\n",
      ["ФИО", "Телефон"], [["Иванов", "8 342 250-50-50, 8 912 345-67-89"]], ","
    ),
    (
      "decimal commas in two rows", "Товар;Цена;Сумма\nБолт;1,50;3,00\n",
      ["Товар", "Цена", "Сумма"],
      [["Болт", "1,50", "3,00"]], ";"
    ),
    (
      "no header, phones and e-mails",
      "Анна;+7 912 345-67-89;anna@example.com\n"
        + "Пётр;8 (342) 250-50-50;petr@example.com\n", [],
      [
        ["Анна", "+7 912 345-67-89", "anna@example.com"],
        ["Пётр", "8 (342) 250-50-50", "petr@example.com"],
      ], "; no header"
    ),
    ("one row", "Анна;anna@example.com", [], [["Анна", "anna@example.com"]], "; no header"),
    ("words only", "Анна;Пермь\nПётр;Москва\n", ["Анна", "Пермь"], [["Пётр", "Москва"]], ";"),
    ("line ends of old", "a,b\r1,2\r3,4\r", ["a", "b"], [["1", "2"], ["3", "4"]], ", CR"),
  ]

  private func shown(_ dialect: CSVDialect) -> String {
    var parts = [dialect.delimiterName]
    if dialect.quote != UInt8(ascii: "\"") { parts.append("quote '") }
    if dialect.escape != nil { parts.append("escape \\") }
    if dialect.preambleLines > 0 { parts.append("preamble \(dialect.preambleLines)") }
    if dialect.hasSeparatorLine { parts.append("sep") }
    if dialect.hasTrailingDelimiter { parts.append("trailing") }
    if !dialect.hasHeader { parts.append("no header") }
    if dialect.lineEnd == .carriageReturn { parts.append("CR") }
    return parts.joined(separator: " ")
  }

  @Test("files as programs write them are read, however they are cut", arguments: files)
  func readFiles(
    name: String, text: String, header: [String], rows: [[String]], dialect: String
  ) throws {
    let bytes = Array(text.utf8)
    for chunks in [[bytes], bytes.map { [$0] }] {
      let read = try readRecords(chunks, settings: ReaderSettings(format: .csv))
      #expect(read.profile?.header == header, "\(name)")
      #expect(read.content.rows == rows, "\(name)")
      #expect(read.content.issues.isEmpty, "\(name)")
      #expect(read.profile.map { shown($0.dialect) } == dialect, "\(name)")
    }
  }

  @Test("lines are physical ones, also below a preamble")
  func lines() throws {
    let text = "Notes:\n\"two\nlines\"\n\nFirst,Last,Mail,Phone\nA,B,C,D\n\nE,F,G,H\n"
    let read = try readRecords([Array(text.utf8)])
    #expect(read.profile?.header == ["First", "Last", "Mail", "Phone"])
    #expect(read.content.lines == [6, 8])
    #expect(read.content.numbers == [1, 2])
  }

  @Test(
    "where the user says that the header is, it is",
    arguments: [
      (HeaderChoice.first, ["t"], [["x", "y"], ["a@example.com", "1"], ["b@example.com", "2"]]),
      (.none, [], [["t"], ["x", "y"], ["a@example.com", "1"], ["b@example.com", "2"]]),
      (.line(2), ["x", "y"], [["a@example.com", "1"], ["b@example.com", "2"]]),
      (.line(3), ["a@example.com", "1"], [["b@example.com", "2"]]),
      (.line(0), ["t"], [["x", "y"], ["a@example.com", "1"], ["b@example.com", "2"]]),
    ] as [(HeaderChoice, [String], [[String]])])
  func headerChoice(choice: HeaderChoice, header: [String], rows: [[String]]) throws {
    let text = "t\nx;y\na@example.com;1\nb@example.com;2\n"
    let settings = ReaderSettings(delimiter: UInt8(ascii: ";"), header: choice)
    let read = try readRecords([Array(text.utf8)], settings: settings)
    #expect(read.profile?.header == header)
    #expect(read.content.rows == rows)
  }

  @Test("a header below the end of the file is an error, not an empty file")
  func headerBelowEnd() {
    #expect(throws: FormatError(.noHeaderLine, line: 9)) {
      try readRecords([Array("a;b\n1;2\n".utf8)], settings: ReaderSettings(header: .line(9)))
    }
  }

  @Test("quote and escape can be told")
  func toldQuoteAndEscape() throws {
    let settings = ReaderSettings(
      delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "'"), escape: UInt8(ascii: "^"))
    let read = try readRecords([Array("a,b\n'x^',y','^^ \"'\n".utf8)], settings: settings)
    #expect(read.content.rows == [["x',y", "^ \""]])
    #expect(read.profile?.dialect.escape == UInt8(ascii: "^"))
  }

  @Test("records too short for a trailing delimiter's header are noted")
  func trailingWidths() throws {
    let text = "a;b;c;\n1;2;3;\n1;2;\n1;2;3\n1;2;3;4;\n"
    let read = try readRecords([Array(text.utf8)], settings: ReaderSettings(format: .csv))
    // The value behind the header's last delimiter says that it is no trailing one.
    #expect(read.profile?.header == ["a", "b", "c", ""])
    let good = try readRecords([Array("a;b;c;\n1;2;3;\n1;2;\n1;2;3\n".utf8)])
    #expect(good.profile?.header == ["a", "b", "c"])
    #expect(good.content.rows == [["1", "2", "3"], ["1", "2", ""], ["1", "2", "3"]])
    #expect(good.content.issues.isEmpty)
  }

  @Test("damaged beginnings of every kind are read to the end", arguments: 0..<10)
  func damaged(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    for file in Self.files {
      let bytes = mutated(Array(file.1.utf8), with: &generator)
      guard let whole = try? readRecords([bytes], settings: ReaderSettings(format: .csv)) else {
        continue
      }
      let cut = try readRecords(pieces(of: bytes, 7), settings: ReaderSettings(format: .csv))
      #expect(whole.content == cut.content, "seed \(seed), \(file.0)")
      #expect(whole.content.lines == whole.content.lines.sorted(), "seed \(seed), \(file.0)")
    }
  }
}
