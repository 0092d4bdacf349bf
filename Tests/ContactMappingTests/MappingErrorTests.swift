import ContactMapping
import ContactModel
import Testing

@Suite("MappingError: every mistake, as the user sees it")
struct MappingErrorTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var yaml: String
    var code: String
    var english: String
    var russian: String?

    var testDescription: String { yaml }
  }

  /// Appends a hint as messages do.
  private static func hint(_ text: String) -> String { "\n  hint: " + text }

  static let mistakes: [Mistake] = [
    // The example of STYLE, to the letter.
    Mistake(
      yaml: "fields:\n  person: ФИО\n  teel: Телефон", code: "mapping.unknown-field",
      english: "m.yaml:3:3: error: unknown field 'teel'\n  teel: Телефон\n  ^"
        + hint("did you mean 'tel'?"),
      russian: "m.yaml:3:3: ошибка: неизвестное поле 'teel'\n  teel: Телефон\n  ^"
        + "\n  подсказка: может быть, 'tel'?"),
    Mistake(
      yaml: "fields: { person: A, email: B }", code: "mapping.unknown-field",
      english: "m.yaml:1:22: error: unknown field 'email'\nfields: { person: A, email: B }\n"
        + "                     ^" + hint("did you mean 'mail'?")),
    Mistake(
      yaml: "fields: { person: A, phone: B }", code: "mapping.unknown-field",
      english: "m.yaml:1:22: error: unknown field 'phone'\nfields: { person: A, phone: B }\n"
        + "                     ^" + hint("did you mean 'tel'?")),
    Mistake(
      yaml: "fields: { person: A, skype: B }", code: "mapping.unknown-field",
      english: "m.yaml:1:22: error: unknown field 'skype'\nfields: { person: A, skype: B }\n"
        + "                     ^" + hint("did you mean 'socials.skype'?")),
    Mistake(
      yaml: "feilds: { person: A }", code: "mapping.unknown-key",
      english: "m.yaml:1:1: error: unknown key 'feilds'\nfeilds: { person: A }\n^"
        + hint("did you mean 'fields'?"),
      russian: "m.yaml:1:1: ошибка: неизвестный ключ 'feilds'\nfeilds: { person: A }\n^"
        + "\n  подсказка: может быть, 'fields'?"),
    Mistake(
      yaml: "fields: { person: A }\nsource: { charset: x }", code: "mapping.unknown-key",
      english: "m.yaml:2:11: error: unknown key 'charset'\nsource: { charset: x }\n          ^"
        + hint("known keys are format, encoding, delimiter, quote, escape, header, sheet")),
    Mistake(
      yaml: "fields: { person: A }\nphones: { areacode: 3 }", code: "mapping.unknown-key",
      english: "m.yaml:2:11: error: unknown key 'areacode'\nphones: { areacode: 3 }\n          ^"
        + hint("did you mean 'areaCode'?")),
    Mistake(
      yaml: "fields:\n  person: { form: A }", code: "mapping.unknown-key",
      english: "m.yaml:2:13: error: unknown key 'form'\n  person: { form: A }\n            ^"
        + hint("did you mean 'from'?")),
    Mistake(
      yaml: "fields:\n  person: A\n  person: B", code: "mapping.duplicate-key",
      english: "m.yaml:2:3: error: 'person' is written twice\n  person: A\n  ^",
      russian: "m.yaml:2:3: ошибка: 'person' записан дважды\n  person: A\n  ^"),
    Mistake(
      yaml: "fields: { person: A }\nrequired: [person, person]", code: "mapping.duplicate-key",
      english: "m.yaml:2:20: error: 'person' is written twice\nrequired: [person, person]\n"
        + "                   ^"),
    Mistake(
      yaml: "fields: { person: A, tel: [B, B] }", code: "mapping.duplicate-key",
      english: "m.yaml:1:31: error: 'B' is written twice\nfields: { person: A, tel: [B, B] }\n"
        + "                              ^"),
    Mistake(
      yaml: "fields:\n  person: { from: A, values: { X: Y, ' X': Z } }",
      code: "mapping.duplicate-key",
      english: "m.yaml:2:38: error: 'X' is written twice\n"
        + "  person: { from: A, values: { X: Y, ' X': Z } }\n"
        + "                                     ^"),
    Mistake(
      yaml: "fields: { person: A }\ninvalid: ignore", code: "mapping.bad-value",
      english: "m.yaml:2:10: error: 'invalid' cannot be 'ignore'\ninvalid: ignore\n         ^"
        + hint("it may be reject, drop, keep"),
      russian: "m.yaml:2:10: ошибка: 'invalid' не может быть 'ignore'\ninvalid: ignore\n         ^"
        + "\n  подсказка: возможно reject, drop, keep"),
    Mistake(
      yaml: "fields: { person: A }\nunmapped: reprot", code: "mapping.bad-value",
      english: "m.yaml:2:11: error: 'unmapped' cannot be 'reprot'\nunmapped: reprot\n          ^"
        + hint("did you mean 'report'?")),
    Mistake(
      yaml: "fields: { person: A }\nsource: { format: doc }", code: "mapping.bad-value",
      english: "m.yaml:2:19: error: 'format' cannot be 'doc'\nsource: { format: doc }\n"
        + "                  ^" + hint("it may be auto, csv, xlsx, jsonl, vcf, xml")),
    Mistake(
      yaml: "fields: { person: A }\nsource: { encoding: windws-1251 }", code: "mapping.bad-value",
      english: "m.yaml:2:21: error: 'encoding' cannot be 'windws-1251'\n"
        + "source: { encoding: windws-1251 }\n                    ^"
        + hint("did you mean 'windows-1251'?")),
    Mistake(
      yaml: "fields: { person: A }\nsource: { delimiter: '::' }", code: "mapping.bad-value",
      english: "m.yaml:2:22: error: 'delimiter' cannot be '::'\nsource: { delimiter: '::' }\n"
        + "                     ^" + hint("it may be auto, ';', ',', tab, '|'")),
    Mistake(
      yaml: "fields: { person: A }\nregion: Россия", code: "mapping.bad-value",
      english: "m.yaml:2:9: error: 'region' cannot be 'Россия'\nregion: Россия\n        ^"
        + hint("it may be RU, BY, KZ, UA, DE, US, GB")),
    Mistake(
      yaml: "fields: { person: A }\nphones: { areaCode: пермь }", code: "mapping.bad-value",
      english: "m.yaml:2:21: error: 'areaCode' cannot be 'пермь'\nphones: { areaCode: пермь }\n"
        + "                    ^" + hint("it may be 342, 495, 812")),
    Mistake(
      yaml: "fields: { person: A, input1: { from: B, as: dat } }", code: "mapping.bad-value",
      english: "m.yaml:1:45: error: 'as' cannot be 'dat'\n"
        + "fields: { person: A, input1: { from: B, as: dat } }\n"
        + "                                            ^" + hint("did you mean 'date'?")),
    Mistake(
      yaml: "version: 2\nfields: { person: A }", code: "mapping.version",
      english: "m.yaml:1:10: error: version '2' of the mapping format is not known\nversion: 2\n"
        + "         ^" + hint("write version: 1")),
    Mistake(
      yaml: "version: 1", code: "mapping.no-fields",
      english: "m.yaml:1:1: error: the mapping has no 'fields'\nversion: 1\n^"
        + hint("the least a mapping says is fields: { person: ФИО }")),
    Mistake(
      yaml: "version: 1\nfields: { tel: A }", code: "mapping.no-person",
      english: "m.yaml:2:1: error: no rule for 'person', without which the CRM stores no contact\n"
        + "fields: { tel: A }\n^" + hint("the least a mapping says is fields: { person: ФИО }")),
    Mistake(
      yaml: "fields: { person: A, pid: B }", code: "mapping.unwritable-field",
      english: "m.yaml:1:22: error: field 'pid' is filled by the CRM and cannot be imported\n"
        + "fields: { person: A, pid: B }\n                     ^" + hint("take the rule out")),
    Mistake(
      yaml: "fields: { person: A, iduser: B }", code: "mapping.unwritable-field",
      english: "m.yaml:1:22: error: field 'iduser' is filled by the CRM and cannot be imported\n"
        + "fields: { person: A, iduser: B }\n                     ^"
        + hint("name the owner's login in 'user'")),
    Mistake(
      yaml: "fields: { person: A, client: B }", code: "mapping.unwritable-field",
      english: "m.yaml:1:22: error: field 'client' is filled by the CRM and cannot be imported\n"
        + "fields: { person: A, client: B }\n                     ^"
        + hint("name the client's number in 'clid'")),
    Mistake(
      yaml: "fields: { person: A }\nrequired: [mail]", code: "mapping.required-without-rule",
      english: "m.yaml:2:12: error: 'mail' is required but has no rule in 'fields'\n"
        + "required: [mail]\n           ^"
        + hint("add a rule for 'mail' or take it out of 'required'")),
    Mistake(
      yaml: "fields: { person: { as: text } }", code: "mapping.no-source",
      english: "m.yaml:1:11: error: the rule of 'person' names no column\n"
        + "fields: { person: { as: text } }\n          ^"
        + hint("add one of from, join, first, value")),
    Mistake(
      yaml: "fields: { person: { from: A, join: [B] } }", code: "mapping.conflicting-keys",
      english: "m.yaml:1:30: error: 'from' and 'join' cannot stand in one rule\n"
        + "fields: { person: { from: A, join: [B] } }\n                             ^"),
    Mistake(
      yaml: "fields: { person: A, input1: { value: B, as: date } }",
      code: "mapping.conflicting-keys",
      english: "m.yaml:1:42: error: 'value' and 'as' cannot stand in one rule\n"
        + "fields: { person: A, input1: { value: B, as: date } }\n"
        + "                                         ^"),
    Mistake(
      yaml: "fields: { person: A, input1: { value: { id: 3 } } }", code: "mapping.id-without-guide",
      english: "m.yaml:1:41: error: 'input1' is not a guide of the CRM, its values have no 'id'\n"
        + "fields: { person: A, input1: { value: { id: 3 } } }\n"
        + "                                        ^" + hint("write the text itself")),
    Mistake(
      yaml: "fields: { person: A, loyalty: { value: { id: три } } }", code: "mapping.wrong-type",
      english: "m.yaml:1:46: error: 'id' needs a whole number above 0\n"
        + "fields: { person: A, loyalty: { value: { id: три } } }\n"
        + "                                             ^" + hint("write it as { id: 3 }")),
    Mistake(
      yaml: "fields: { person: A, user: { from: B, lookup: client } }",
      code: "mapping.lookup-field",
      english: "m.yaml:1:39: error: 'user' cannot be looked up\n"
        + "fields: { person: A, user: { from: B, lookup: client } }\n"
        + "                                      ^"
        + hint("map a column with the client's number to clid, as in clid: Client.ID")),
    // Something of another kind than the key wants.
    Mistake(
      yaml: "- person", code: "mapping.wrong-type",
      english: "m.yaml:1:1: error: 'mapping' needs keys with values\n- person\n^"
        + hint("write it as source: { format: csv, encoding: auto }")),
    Mistake(
      yaml: "fields: { person: A }\nowner: [a]", code: "mapping.wrong-type",
      english: "m.yaml:2:8: error: 'owner' needs one value\nowner: [a]\n       ^"
        + hint("write it as owner: petrov@example.com"),
      russian: "m.yaml:2:8: ошибка: для 'owner' нужно: одно значение\nowner: [a]\n       ^"
        + "\n  подсказка: пишется так: owner: petrov@example.com"),
    Mistake(
      yaml: "fields: { person: A }\ninvalid: [drop]", code: "mapping.wrong-type",
      english: "m.yaml:2:10: error: 'invalid' needs one word\ninvalid: [drop]\n         ^"
        + hint("write it as invalid: reject")),
    Mistake(
      yaml: "fields: { person: }", code: "mapping.wrong-type",
      english: "m.yaml:1:11: error: 'person' needs a column, a list of columns, or a rule\n"
        + "fields: { person: }\n          ^"
        + hint(
          "write it as tel: Телефон · tel: [Телефон, Факс] · input1: { from: Дата, as: date }")),
    Mistake(
      yaml: "fields: { person: [[A]] }", code: "mapping.wrong-type",
      english: "m.yaml:1:20: error: 'person' needs a column's name\nfields: { person: [[A]] }\n"
        + "                   ^" + hint("write it as tel: [Телефон, Рабочий телефон]")),
    Mistake(
      yaml: "fields: { person: { join: [] } }", code: "mapping.wrong-type",
      english: "m.yaml:1:27: error: 'join' needs a column or a list of columns\n"
        + "fields: { person: { join: [] } }\n                          ^"
        + hint("write it as join: [Фамилия, Имя, Отчество]")),
    Mistake(
      yaml: "fields: { person: { from: A, values: B } }", code: "mapping.wrong-type",
      english: "m.yaml:1:38: error: 'values' needs texts of the file with their replacements\n"
        + "fields: { person: { from: A, values: B } }\n"
        + "                                     ^"
        + hint("write it as values: { Постоянный: { id: 3 } }")),
    Mistake(
      yaml: "fields: { person: { from: A, values: { B: [] } } }", code: "mapping.wrong-type",
      english: "m.yaml:1:43: error: 'B' needs a text or an entry's number\n"
        + "fields: { person: { from: A, values: { B: [] } } }\n"
        + "                                          ^"
        + hint("write it as values: { Да: VIP, Нет: { id: 2 } }")),
    Mistake(
      yaml: "fields: { person: A }\nrequired: { a: b }", code: "mapping.wrong-type",
      english: "m.yaml:2:11: error: 'required' needs a list of fields\nrequired: { a: b }\n"
        + "          ^" + hint("write it as required: [person, mail]")),
    // Text that is not YAML.
    Mistake(
      yaml: "fields:\n  person: [A, B", code: "mapping.syntax",
      english: "m.yaml:2:16: error: this is not YAML: the list is not closed with ]\n"
        + "  person: [A, B\n               ^"
        + hint("a quote or bracket opened above is not closed"),
      russian: "m.yaml:2:16: ошибка: это не YAML: список не закрыт знаком ]\n"
        + "  person: [A, B\n               ^"
        + "\n  подсказка: кавычка или скобка, открытая выше, не закрыта"),
    Mistake(
      yaml: "fields:\n\tperson: A", code: "mapping.syntax",
      english: "m.yaml:2:1: error: this is not YAML: no value begins with this character\n"
        + "\tperson: A\n^"
        + MappingErrorTests.hint(
          "put names with : # [ ] { } , & * ! | > ' \" % @ ` in quotes")),
    Mistake(
      yaml: "fields:\n  person: A: B", code: "mapping.syntax",
      english: "m.yaml:2:12: error: this is not YAML: a colon is not expected here\n"
        + "  person: A: B\n           ^"
        + MappingErrorTests.hint(
          "put names with : # [ ] { } , & * ! | > ' \" % @ ` in quotes")),
    Mistake(
      yaml: "fields: { person: A }\n---\nb: 1", code: "mapping.syntax",
      english: "m.yaml:2:1: error: this is not YAML: a second document begins here\n---\n^"),
    Mistake(
      yaml: "fields:\n  person: &a ФИО\n  tel: *a", code: "mapping.alias",
      english: "m.yaml:2:11: error: anchors and aliases (& and *) are not read in a mapping\n"
        + "  person: &a ФИО\n          ^"
        + MappingErrorTests.hint(
          "put a text that begins with & or * in quotes, as in '* Mobile'")),
    Mistake(
      yaml: "", code: "mapping.empty",
      english: "m.yaml: error: the mapping is empty"
        + hint("the least a mapping says is fields: { person: ФИО }")),
    Mistake(
      yaml: "# nothing\n", code: "mapping.empty",
      english: "m.yaml: error: the mapping is empty"
        + hint("the least a mapping says is fields: { person: ФИО }")),
  ]

  @Test("a mistake is shown with its line, a caret and a way out", arguments: mistakes)
  func message(mistake: Mistake) {
    let error = #expect(throws: MappingError.self) {
      try Mapping(yaml: mistake.yaml, fileName: "m.yaml")
    }
    #expect(error?.code == mistake.code)
    #expect(error?.message(in: .english) == mistake.english)
    if let russian = mistake.russian { #expect(error?.message(in: .russian) == russian) }
  }

  @Test("every message exists in both languages and they differ", arguments: mistakes)
  func bothLanguages(mistake: Mistake) throws {
    let error = try #require(
      throws: MappingError.self, performing: { try Mapping(yaml: mistake.yaml, fileName: "m") })
    let russian = error.problem.sentence(in: .russian)
    #expect(!error.problem.sentence(in: .english).isEmpty)
    #expect(russian.unicodeScalars.contains { ("а"..."я").contains($0) })
    #expect(russian.last != ".")
  }

  @Test("the caret stands under the place behind wide letters, accents and tabs")
  func caret() {
    let error = #expect(throws: MappingError.self) {
      try Mapping(yaml: "fields: { person: 'e\u{301}é', teel: A }", fileName: "m")
    }
    // The accent is a scalar of its own and takes no cell.
    #expect(error?.column == 26)
    let lines = error?.snippet.split(separator: "\n").map(String.init)
    #expect(lines?.last == String(repeating: " ", count: 24) + "^")
  }

  @Test("of a long line only the part around the place is shown")
  func longLine() throws {
    let long = String(repeating: "x", count: 100_000)
    let error = try #require(
      throws: MappingError.self,
      performing: { try Mapping(yaml: "fields: { person: \(long), teel: A }", fileName: "m") })
    #expect(error.snippet.count < 300)
    #expect(error.snippet.contains("teel"))
  }

  @Test("control characters of the file do not reach the terminal")
  func escapes() {
    let error = #expect(throws: MappingError.self) {
      try Mapping(yaml: "fields: { person: A }\nx: \u{9b}31m", fileName: "m")
    }
    #expect(error?.message(in: .english).unicodeScalars.contains("\u{9b}") == false)
  }

  @Test("a file over a megabyte is refused without reading it")
  func tooLarge() throws {
    let yaml = "fields: { person: A }\n" + String(repeating: "#", count: 1 << 20)
    let error = try #require(
      throws: MappingError.self, performing: { try Mapping(yaml: yaml, fileName: "m.yaml") })
    #expect(error.code == "mapping.too-large")
    #expect(
      error.message(in: .english)
        == "m.yaml: error: the mapping has 1048598 bytes, at most 1048576 are read"
        + "\n  hint: is this the mapping, not the contacts?")
  }

  @Test("bytes in a code page are refused as such, UTF-8 is read")
  func codePage() throws {
    // "fields: { person: ФИО }" as Notepad saves it in Russia.
    let bytes = Array("fields: { person: ".utf8) + [0xD4, 0xC8, 0xCE] + Array(" }".utf8)
    let error = try #require(
      throws: MappingError.self, performing: { try Mapping(bytes: bytes, fileName: "m.yaml") })
    #expect(error.code == "mapping.encoding")
    #expect(
      error.message(in: .russian)
        == "m.yaml: ошибка: сопоставление не является текстом в UTF-8"
        + "\n  подсказка: сохраните его ещё раз, выбрав кодировку UTF-8")
    #expect(
      error.message(in: .english)
        == "m.yaml: error: the mapping is not UTF-8 text"
        + "\n  hint: save it again and choose UTF-8 as its encoding")
    let mapping = try Mapping(bytes: Array("fields: { person: ФИО }".utf8), fileName: "m.yaml")
    #expect(mapping.fields[0].content.columns.map(\.name) == ["ФИО"])
    #expect(throws: MappingError.self) {
      try Mapping(bytes: Array(repeating: 0x23, count: (1 << 20) + 1), fileName: "m.yaml")
    }
  }

  @Test("a long list of columns is read in no time", .timeLimit(.minutes(20)))
  func longList() throws {
    let columns = (0..<90_000).map { "c\($0)" }
    let yaml = "fields: { person: [\(columns.joined(separator: ","))] }"
    let mapping = try Mapping(yaml: yaml, fileName: "m")
    #expect(mapping.fields[0].content.columns.count == 90_000)
  }

  @Test("a bomb of aliases is refused at once")
  func bomb() {
    var yaml = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
    for level in 1..<30 {
      let alias = "*a\(level - 1)"
      yaml += "a\(level): &a\(level) [" + Array(repeating: alias, count: 10).joined(separator: ",")
      yaml += "]\n"
    }
    let error = #expect(throws: MappingError.self) { try Mapping(yaml: yaml, fileName: "m") }
    #expect(error?.code == "mapping.alias")
    #expect(error?.line == 1)
    #expect(error?.column == 5)
  }

  @Test("deep nesting is an error, not a crash", arguments: ["[", "{ a: "])
  func deepNesting(bracket: String) {
    let yaml = "fields: " + String(repeating: bracket, count: 50_000)
    let error = #expect(throws: MappingError.self) { try Mapping(yaml: yaml, fileName: "m") }
    #expect(error?.code == "mapping.syntax")
  }

  @Test("no text makes the reader crash: every cut of a mapping is a mapping or an error")
  func everyCut() {
    let yaml = """
      version: 1
      source: { format: csv, delimiter: ";" }
      fields:
        person: { join: [Фамилия, 'Имя'] }
        loyalty: { from: "Лояльность", values: { Да: { id: 3 } } }
      """
    var readable = 0
    for end in yaml.indices {
      for start in [yaml.startIndex, end] {
        let part = start == end ? String(yaml[end...]) : String(yaml[..<end])
        do throws(MappingError) {
          _ = try Mapping(yaml: part, fileName: "m")
          readable += 1
        } catch {
          #expect(!error.message(in: .russian).isEmpty)
        }
      }
    }
    #expect(readable > 0)
  }
}
