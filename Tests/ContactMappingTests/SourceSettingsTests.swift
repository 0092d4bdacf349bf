import ContactMapping
import ContactModel
import Testing

@Suite("SourceSettings: how a file is to be read")
struct SourceSettingsTests {
  /// The settings of a mapping whose `source:` is `text`.
  private func source(_ text: String) throws -> SourceSettings {
    try Mapping(yaml: "fields: { person: ФИО }\nsource: " + text, fileName: "m.yaml").source
  }

  @Test("every format of a source", arguments: SourceFormat.allCases)
  func format(format: SourceFormat) throws {
    #expect(try source("{ format: \(format.rawValue) }").format == format)
  }

  @Test("only formats of single cards and objects lack columns")
  func openFormats() {
    #expect(SourceFormat.allCases.filter(\.hasOpenColumns) == [.jsonl, .vcf, .xml])
  }

  @Test(
    "an encoding has many names",
    arguments: [
      ("utf-8", SourceEncoding.utf8), ("UTF8", .utf8), ("utf-8-sig", .utf8),
      ("windows-1251", .windows1251), ("cp1251", .windows1251), ("CP1251", .windows1251),
      ("win1251", .windows1251), ("1251", .windows1251), ("UTF-16", .utf16LittleEndian),
      ("utf16le", .utf16LittleEndian), ("UTF_16BE", .utf16BigEndian), ("koi8r", .koi8R),
      ("cp866", .cp866), ("DOS", .cp866), ("mac-cyrillic", .macCyrillic),
      ("ISO 8859-5", .iso8859Part5), ("iso8859-5", .iso8859Part5), ("cp1252", .windows1252),
      ("latin1", .windows1252),
    ])
  func encoding(name: String, encoding: SourceEncoding) throws {
    #expect(try source("{ encoding: \(name) }").encoding == encoding)
  }

  @Test("an encoding is known by its IANA name", arguments: SourceEncoding.allCases)
  func encodingName(encoding: SourceEncoding) throws {
    for name in [encoding.rawValue, encoding.rawValue.uppercased()] {
      #expect(try source("{ encoding: \(name) }").encoding == encoding)
    }
  }

  @Test(
    "a delimiter is a sign or the word tab",
    arguments: [
      ("';'", UInt8(ascii: ";")), ("\",\"", UInt8(ascii: ",")), ("'|'", UInt8(ascii: "|")),
      ("tab", 0x09), ("\"\\t\"", 0x09), ("'\\t'", 0x09), (";", UInt8(ascii: ";")),
    ])
  func delimiter(text: String, byte: UInt8) throws {
    #expect(try source("\n  delimiter: \(text)").delimiter == byte)
  }

  @Test(
    "a quote is a word or the sign",
    arguments: [
      ("double", UInt8(ascii: "\"")), ("single", UInt8(ascii: "'")), ("\"'\"", UInt8(ascii: "'")),
      ("'\"'", UInt8(ascii: "\"")), ("''''", UInt8(ascii: "'")),
    ])
  func quote(text: String, byte: UInt8) throws {
    #expect(try source("\n  quote: \(text)").quote == byte)
  }

  @Test("an escape is a backslash, or the quote itself where quotes are doubled")
  func escape() throws {
    #expect(try source("{ escape: backslash }").escape == UInt8(ascii: "\\"))
    #expect(try source("\n  escape: \\").escape == UInt8(ascii: "\\"))
    #expect(try source("{ escape: doubled }").escape == UInt8(ascii: "\""))
    #expect(try source("{ escape: doubled, quote: single }").escape == UInt8(ascii: "'"))
    #expect(try source("{ quote: single, escape: doubled }").escape == UInt8(ascii: "'"))
    #expect(try source("{ quote: single }").escape == nil)
  }

  @Test(
    "a header is there or not, or on a line",
    arguments: [
      ("auto", HeaderSetting.auto), ("yes", .yes), ("no", .no), ("1", .line(1)), ("4", .line(4)),
      ("'12'", .line(12)),
    ])
  func header(text: String, setting: HeaderSetting) throws {
    #expect(try source("{ header: \(text) }").header == setting)
  }

  @Test("a sheet is named or numbered")
  func sheet() throws {
    #expect(try source("{ sheet: Лист 2 }").sheet == "Лист 2")
    #expect(try source("{ sheet: 2 }").sheet == "2")
  }

  @Test("auto leaves everything about a source to the reader")
  func auto() throws {
    let keys = ["format", "encoding", "delimiter", "quote", "escape", "header", "sheet"]
    let text = keys.map { $0 + ": auto" }.joined(separator: ", ")
    #expect(try source("{ \(text) }") == SourceSettings())
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var source: String
    var column: Int
    var sentence: String
    var hint: String

    var testDescription: String { source }
  }

  @Test(
    "a mistake is shown where it stands, with its cure",
    arguments: [
      Mistake(
        source: "{ encoding: windws-1251 }", column: 21,
        sentence: "'encoding' cannot be 'windws-1251'", hint: "did you mean 'windows-1251'?"),
      Mistake(
        source: "{ encoding: koi9-r }", column: 21, sentence: "'encoding' cannot be 'koi9-r'",
        hint: "did you mean 'koi8-r'?"),
      Mistake(
        source: "{ quote: tick }", column: 18, sentence: "'quote' cannot be 'tick'",
        hint: "it may be auto, double, single"),
      Mistake(
        source: "{ escape: bakslash }", column: 19, sentence: "'escape' cannot be 'bakslash'",
        hint: "did you mean 'backslash'?"),
      Mistake(
        source: "{ header: 0 }", column: 19, sentence: "'header' cannot be '0'",
        hint: "it may be auto, yes, no, 4"),
      Mistake(
        source: "{ header: -1 }", column: 19, sentence: "'header' cannot be '-1'",
        hint: "it may be auto, yes, no, 4"),
      Mistake(
        source: "{ header: 99999999999999999999 }", column: 19,
        sentence: "'header' cannot be '99999999999999999999'", hint: "it may be auto, yes, no, 4"),
      Mistake(
        source: "{ sheet: [1] }", column: 18, sentence: "'sheet' needs one value",
        hint: "write it as source: { format: csv, encoding: auto }"),
      Mistake(
        source: "{ shet: 1 }", column: 11, sentence: "unknown key 'shet'",
        hint: "did you mean 'sheet'?"),
    ])
  func mistake(mistake: Mistake) throws {
    let error = try #require(
      throws: MappingError.self, performing: { try source(mistake.source) })
    let caret = String(repeating: " ", count: mistake.column - 1) + "^"
    #expect(
      error.message(in: .english) == """
        m.yaml:2:\(mistake.column): error: \(mistake.sentence)
        source: \(mistake.source)
        \(caret)
          hint: \(mistake.hint)
        """)
  }
}
