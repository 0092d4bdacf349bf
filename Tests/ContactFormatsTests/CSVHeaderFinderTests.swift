import Testing

@testable import ContactFormats

@Suite("finding the header of a table")
struct CSVHeaderFinderTests {
  /// Name, rows, the table's first row, whether that is a header.
  static let tables: [(String, [[String]], Int, Bool)] = [
    ("nothing", [], 0, true),
    ("blank rows only", [[], [""], ["", " "]], 0, true),
    ("names and values", [["Имя", "Телефон"], ["Анна", "+79123456789"]], 0, true),
    ("one row", [["anna@example.com", "+79123456789"]], 0, false),
    ("one row of words", [["Анна", "Пермь"]], 0, true),
    ("a phone above words", [["Анна", "+79123456789"], ["Пётр", "нет"]], 0, false),
    ("words", [["Анна", "Пермь"], ["Пётр", "Москва"]], 0, true),
    ("blank rows first", [[], ["", ""], ["Имя", "Код"], ["Анна", "5"]], 2, true),
    ("e-mails", [["a@example.com"], ["b@example.com"]], 0, false),
    ("phones", [["Анна", "8 342 250-50-50"], ["Пётр", "83422505051"]], 0, false),
    ("dates", [["Анна", "12.03.1980"], ["Пётр", "1979-01-30"]], 0, false),
    ("dates and times", [["x", "2024-03-12 10:30"], ["y", "2024-03-12T10:31:00Z"]], 0, false),
    ("web addresses", [["x", "https://example.com/1"], ["y", "www.example.com"]], 0, false),
    ("numbers only", [["1", "2"], ["3", "4"]], 0, false),
    ("numbers and words", [["Анна", "5"], ["Пётр", "6"]], 0, true),
    ("years as names", [["Клиент", "2023", "2024"], ["Вектор", "5", "6"]], 0, true),
    ("dates as names", [["Клиент", "01.01.2024"], ["Вектор", "5"], ["Альфа", "6"]], 0, true),
    ("a phone is no name", [["Имя", "88001234567"], ["Анна", "да"], ["Пётр", "нет"]], 0, false),
    (
      "more columns speak for a header than against",
      [["Имя", "Почта", "8 342 250-50-50"], ["1", "a@example.com", "8 342 250-50-51"]], 0, true
    ),
    (
      "a title", [["Отчёт"], ["Имя", "Телефон"], ["Анна", "+79123456789"]], 1, true
    ),
    (
      "a title and a blank row",
      [
        ["Отчёт", "", ""], ["", "", ""], ["Имя", "Телефон", "Город"], ["Анна", "83422505050", "X"],
      ],
      2, true
    ),
    (
      "a title and two cells",
      [
        ["Отчёт", "", "", "", "", ""], ["Отбор:", "Менеджер", "", "", "", ""],
        ["Имя", "Телефон", "Город", "Почта", "Код", "Дата"],
        ["Анна", "83422505050", "X", "", "1", ""],
      ], 2, true
    ),
    ("a title above a header alone", [["Отчёт"], ["Имя", "Телефон", "Город", "Код"]], 1, true),
    ("one column and stray delimiters", [["name"], ["Ivanov", "I."], ["Petrov", "P."]], 0, true),
    (
      "a name for one column, data in two", [["name"], ["Ivanov", "5"], ["Petrov", "6"]], 0, true
    ),
    (
      "below a title, rows wider than the header are no table of it",
      [["t"], ["a", "b"], ["1", "2", "3"], ["1", "2", "3"]], 0, true
    ),
  ]

  @Test("the first row of the table is found, and what it is", arguments: tables)
  func findings(name: String, rows: [[String]], firstRow: Int, isHeader: Bool) {
    let finding = HeaderFinder.find(in: rows)
    #expect(finding == HeaderFinding(firstRow: firstRow, isHeader: isHeader), "\(name)")
    #expect(finding.header == (isHeader ? firstRow : nil), "\(name)")
    #expect(finding.firstDataRow == firstRow + (isHeader ? 1 : 0), "\(name)")
  }

  @Test(
    "a cell is of the kind that it looks like",
    arguments: [
      ("", .empty), (" \t", .empty), ("\u{0A}", .empty), ("Имя", .word), ("E-mail 1", .word),
      ("5", .number), ("-1,5", .number), ("1 000.50", .number), ("2024", .number),
      ("+7 912 345-67-89", .phone), ("8(342)2505050", .phone), ("250-50-50", .phone),
      ("5902001234", .phone), ("1234567", .number), ("1234567890123456", .number),
      ("12.03.2024", .date), ("2024-03-12", .date), ("3/12/24", .date),
      ("2024-03-12T10:00:00Z", .date), ("12.03", .number), ("1.2.3.4", .number),
      ("a@example.com", .email), (" a.b+c@mail.example.com ", .word), ("a@b", .word),
      ("@name", .word), ("a@b@c.com", .word), ("https://example.com", .webAddress),
      ("www.example.com", .webAddress), ("-", .word), ("N/A", .word), ("+", .word),
    ] as [(String, CellKind)])
  func kinds(cell: String, expected: CellKind) {
    #expect(CellKind(cell) == expected, "\(cell)")
  }
}
