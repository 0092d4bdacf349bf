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
      ("", nil), ("utf-7", nil),
      (" utf-8", nil),
    ] as [(String, TextEncoding?)])
  func encodings(name: String, expected: TextEncoding?) {
    #expect(TextEncoding(name: name) == expected)
    for encoding in TextEncoding.allCases {
      #expect(TextEncoding(name: encoding.rawValue) == encoding)
    }
  }

  static let detected: [(String, String, FileFormat?)] = [
    ("nothing", "", nil), ("blanks", " \t\r\n\u{0B}\u{0C}", nil),
    ("text that begins like ZIP", "PK,name", .csv),
    ("Cyrillic", "Имя", .csv),
    ("an object", "{\"a\":1}", .jsonLines), ("an array", "[1]", .jsonLines),
    ("an object behind blanks", " \r\n\t{", .jsonLines),
    ("a card", "BEGIN:VCARD\r\n", .vCard), ("a card in small letters", "begin:vcard\n", .vCard),
    ("a card in mixed letters", "Begin:vCard\n", .vCard),
    ("a card behind a blank line", "\nBEGIN:VCARD", .vCard),
    ("half a card's beginning", "BEGIN:VCAR", .csv), ("a calendar", "BEGIN:VCALENDAR", .csv),
    ("XML", "<?xml version=\"1.0\"?>", .xCard),
    ("XML without its declaration", "<vcards xmlns=\"\">", .xCard),
    ("one card in XML", "<vcard>", .xCard), ("XML with a prefix", "<v:vcards xmlns:v='x'>", .xCard),
    ("XML with a document type", "<!DOCTYPE vcards>", .xCard),
    ("another angle bracket", "<name>,<tel>", .csv), ("a table", "name,tel\n", .csv),
    ("a quote", "\"name\";tel", .csv),
  ]

  @Test("the first letters say what a text is", arguments: detected)
  func detection(what: String, text: String, expected: FileFormat?) {
    #expect(FileFormat.detect(in: Array(text.utf8)) == expected)
  }

  static let binaries: [(String, [UInt8], String?)] = [
    ("ZIP", [0x50, 0x4B, 0x03, 0x04], "ZIP"),
    ("compound file", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "Excel 97–2003"),
    ("gzip in gzip", [0x1F, 0x8B, 0x08], "gzip"),
    ("PDF", Array("%PDF-1.7".utf8), "PDF"), ("a percent sign", Array("%,a".utf8), nil),
    ("windows-1251", [0xD4, 0xC8, 0xCE, 0x3B], nil), ("nothing", [], nil),
  ]

  @Test("the first bytes say what is no text", arguments: binaries)
  func binary(what: String, head: [UInt8], expected: String?) {
    #expect(FileFormat.binaryName(of: head) == expected)
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
      (.endlessHeader, "", "the first row does not end", "первая строка не кончается"),
      (.brokenGzip, "", "the compressed file is damaged", "сжатый файл повреждён"),
      (.notJSONObjects, "", "there is no JSON object a line", "здесь нет ни объектов JSON"),
      (.brokenXML, "", "the XML is not well-formed", "XML построен неверно"),
      (.entities, "", "the XML declares entities", "в XML объявлены сущности"),
      (.otherXML, "", "this XML holds no vCards", "в этом XML нет карточек"),
      (.encrypted, "", "the workbook is password-protected", "книга защищена паролем"),
      (.brokenPackage, "", "the workbook is damaged", "книга повреждена"),
      (.noSuchSheet, "A, B", "there is no such sheet (A, B);", "такого листа нет (A, B);"),
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
    #expect(settings.header == .auto)
  }
}
