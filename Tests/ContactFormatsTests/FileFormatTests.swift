import ContactModel
import Testing

@testable import ContactFormats

@Suite("file formats")
struct FileFormatTests {
  @Test(
    "a file's name promises a format by its extension, in any case",
    arguments: [
      ("contacts.csv", .csv), ("CONTACTS.CSV", .csv), ("a.tsv", .csv), ("a.txt", .csv),
      ("a.jsonl", .jsonLines), ("a.ndjson", .jsonLines), ("a.json", .jsonLines),
      ("a.vcf", .vCard), ("a.vcard", .vCard), ("a.VCF", .vCard),
      ("a.xml", .xCard), ("a.xlsx", .xlsx), ("Контакты.Xlsx", .xlsx),
      ("a.b.csv", .csv), ("folder.d/a.csv", .csv), (".csv", .csv),
      ("a", nil), ("", nil), ("a.", nil), ("csv", nil), ("a.xls", nil), ("a.csv.gz", nil),
      ("a.csv~", nil), ("a. csv", nil),
    ] as [(String, FileFormat?)])
  func fileNames(name: String, expected: FileFormat?) {
    #expect(FileFormat(fileName: name) == expected)
  }

  @Test("every format's identifier is an extension of its own files")
  func identifiers() {
    for format in FileFormat.allCases {
      #expect(FileFormat(fileName: "a." + format.rawValue) == format)
    }
  }

  @Test("formats have the names people know")
  func names() {
    #expect(
      FileFormat.allCases.map(\.name) == ["CSV", "JSON lines", "vCard", "xCard", "XLSX"])
  }

  @Test("tables have fixed columns, cards and objects have not")
  func openColumns() {
    #expect(FileFormat.allCases.filter(\.hasOpenColumns) == [.jsonLines, .vCard, .xCard])
  }

  @Test(
    "an encoding is found by any of its usual names",
    arguments: [
      ("utf-8", .utf8), ("UTF-8", .utf8), ("utf8", .utf8), ("Utf8", .utf8),
      ("windows-1251", .windows1251), ("Windows-1251", .windows1251), ("cp1251", .windows1251),
      ("CP1251", .windows1251), ("win1251", .windows1251), ("windows1251", .windows1251),
      ("1251", .windows1251),
      ("", nil), ("utf-16", nil), ("koi8-r", nil), ("latin1", nil), ("cp1252", nil),
      (" utf-8", nil),
    ] as [(String, TextEncoding?)])
  func encodings(name: String, expected: TextEncoding?) {
    #expect(TextEncoding(name: name) == expected)
    for encoding in TextEncoding.allCases {
      #expect(TextEncoding(name: encoding.rawValue) == encoding)
    }
  }

  static let detected: [(String, [UInt8], FileFormat.Detected)] = [
    ("nothing", [], .empty),
    ("blanks", Array(" \t\r\n".utf8), .empty),
    ("vertical tab and form feed", [0x0B, 0x0C], .empty),
    ("mark and blanks", [0xEF, 0xBB, 0xBF, 0x20, 0x0A], .empty),
    ("ZIP", [0x50, 0x4B, 0x03, 0x04], .format(.xlsx)),
    ("text that begins like ZIP", Array("PK,name".utf8), .format(.csv)),
    ("compound file", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], .notText("Excel 97–2003")),
    ("Cyrillic in UTF-8 begins with the same byte", Array("Имя".utf8), .format(.csv)),
    ("gzip", [0x1F, 0x8B, 0x08], .notText("gzip")),
    ("PDF", Array("%PDF-1.7".utf8), .notText("PDF")),
    ("a percent sign", Array("%,a".utf8), .format(.csv)),
    ("UTF-16, little end first", [0xFF, 0xFE, 0x41, 0x00], .wideText("UTF-16")),
    ("UTF-16, big end first", [0xFE, 0xFF, 0x00, 0x41], .wideText("UTF-16")),
    ("UTF-16 without mark, little", Array("name".utf8).flatMap { [$0, 0] }, .wideText("UTF-16")),
    ("UTF-16 without mark, big", Array("name".utf8).flatMap { [0, $0] }, .wideText("UTF-16")),
    ("zeros at odd and even places", [0x41, 0x00, 0x00, 0x42], .notText("")),
    (
      "a zero far behind", Array("name,tel".utf8) + Array(repeating: 0x41, count: 99) + [0, 0],
      .notText("")
    ),
    ("an object", Array("{\"a\":1}".utf8), .format(.jsonLines)),
    ("an array", Array("[1]".utf8), .format(.jsonLines)),
    ("an object behind blanks", Array(" \r\n\t{".utf8), .format(.jsonLines)),
    ("an object behind a mark", [0xEF, 0xBB, 0xBF, 0x7B], .format(.jsonLines)),
    ("a card", Array("BEGIN:VCARD\r\n".utf8), .format(.vCard)),
    ("a card in small letters", Array("begin:vcard\n".utf8), .format(.vCard)),
    ("a card in mixed letters", Array("Begin:vCard\n".utf8), .format(.vCard)),
    (
      "a card behind a mark and a blank line",
      [0xEF, 0xBB, 0xBF, 0x0A] + Array("BEGIN:VCARD".utf8),
      .format(.vCard)
    ),
    ("half a card's beginning", Array("BEGIN:VCAR".utf8), .format(.csv)),
    ("a calendar", Array("BEGIN:VCALENDAR".utf8), .format(.csv)),
    ("XML", Array("<?xml version=\"1.0\"?>".utf8), .format(.xCard)),
    ("XML without its declaration", Array("<vcards xmlns=\"\">".utf8), .format(.xCard)),
    ("another angle bracket", Array("<name>,<tel>".utf8), .format(.csv)),
    ("a table", Array("name,tel\n".utf8), .format(.csv)),
    ("a table behind a mark", [0xEF, 0xBB, 0xBF] + Array("name".utf8), .format(.csv)),
    ("windows-1251", [0xD4, 0xC8, 0xCE, 0x3B], .format(.csv)),
    ("a quote", Array("\"name\";tel".utf8), .format(.csv)),
  ]

  @Test("the first bytes say what a file is", arguments: detected)
  func detection(what: String, head: [UInt8], expected: FileFormat.Detected) {
    #expect(FileFormat.detect(in: head) == expected)
  }
}

@Suite("what stops the reading of a file")
struct FormatErrorTests {
  @Test(
    "the sentence names what was found, in both languages",
    arguments: [
      (.empty, "", "the file is empty", "файл пуст"),
      (.binary, "", "this is not a text file;", "это не текстовый файл;"),
      (.binary, "gzip", "this is not a text file (gzip);", "это не текстовый файл (gzip);"),
      (.unsupportedEncoding, "UTF-16", "the text is in UTF-16,", "текст в кодировке UTF-16,"),
      (.endlessHeader, "", "the first row does not end", "первая строка не кончается"),
      (.unsupportedFormat, "vCard", "vCard files are not read yet", "файлы vCard пока не"),
    ] as [(FormatError.Code, String, String, String)])
  func messages(code: FormatError.Code, found: String, english: String, russian: String) {
    let error = FormatError(code, found: found)
    #expect(error.message(in: .english).hasPrefix(english))
    #expect(error.message(in: .russian).hasPrefix(russian))
    for language in Language.allCases {
      let message = error.message(in: language)
      #expect(message.contains("; "), "what to do stands behind what is wrong")
      #expect(!message.hasSuffix("."))
    }
  }
}

@Suite("source profile")
struct SourceProfileTests {
  @Test("a column without a name goes by its number from 1")
  func columnNames() {
    let profile = SourceProfile(header: ["ФИО", "", "tel"])
    #expect((0..<5).map(profile.columnName) == ["ФИО", "#2", "tel", "#4", "#5"])
    #expect(SourceProfile().columnName(0) == "#1")
  }

  @Test("unless told, everything but the header is to be found out")
  func settings() {
    let settings = ReaderSettings()
    #expect(settings.format == nil && settings.encoding == nil && settings.delimiter == nil)
    #expect(settings.hasHeader)
  }
}
