import ContactMapping
import ContactModel
import Foundation
import Testing

@Suite("mappings/ and samples/: every preset beside its sample")
struct PresetTests {
  private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: root.appending(path: path)))
  }

  private static func mapping(_ name: String) throws -> Mapping {
    let text = String(decoding: try bytes("mappings/" + name), as: UTF8.self)
    return try Mapping(yaml: text, fileName: "mappings/" + name)
  }

  /// windows-1251 as far as the sample uses it.
  private static func decode1251(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes {
      switch byte {
      case 0xC0...0xFF: text.append(Unicode.Scalar(UInt16(byte) - 0xC0 + 0x410) ?? "?")
      case 0xA8: text.append("Ё")
      case 0xB8: text.append("ё")
      case 0x97: text.append("—")
      case 0xA0: text.append("\u{A0}")
      case 0..<0x80: text.append(Unicode.Scalar(byte))
      default: text.append("\u{FFFD}")
      }
    }
    return String(text)
  }

  /// The records of a CSV text, slowly and without mercy for mistakes.
  private static func records(_ text: String, delimiter: Character) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field = ""
    var isQuoted = false
    var previous: Character = "\n"
    for character in text {
      if isQuoted {
        if character == "\"" { isQuoted = false } else { field.append(character) }
      } else if character == "\"" {
        if previous == "\"" { field.append("\"") }
        isQuoted = true
      } else if character == delimiter || character == "\n" {
        record.append(field)
        field = ""
        if character == "\n" {
          records.append(record)
          record = []
        }
      } else {
        field.append(character)
      }
      previous = character
    }
    return records
  }

  private static func template() throws -> [[String]] {
    records(decode1251(try bytes("samples/crm-template-cp1251.csv")), delimiter: ";")
  }

  @Test("every mapping there is has a test here")
  func complete() throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: "mappings").path())
    #expect(
      names.filter { $0.hasSuffix(".yaml") }.sorted() == [
        "crm-template.yaml", "ferry-export.yaml", "generated.yaml", "google.yaml",
        "jsonlines.yaml", "outlook.yaml", "vcard.yaml", "xcard.yaml",
      ])
  }

  @Test("the template's mapping takes every column of its sample")
  func crmTemplate() throws {
    let header = try #require(try Self.template().first)
    let mapping = try Self.mapping("crm-template.yaml")
    let plan = try MappingPlan(mapping, header: header)
    #expect(plan.unmappedColumns == [])
    #expect(mapping.source.delimiter == UInt8(ascii: ";"))
    #expect(plan.schema.invalid == .reject)
    #expect(plan.schema.phones.areaCode == "342")
    let person = try #require(plan.schema.column(of: .person))
    #expect(plan.schema.columns[person].sources == [4])
  }

  @Test("Google's mapping compiles beside its sample")
  func google() throws {
    let text = String(decoding: try Self.bytes("samples/google.csv"), as: UTF8.self)
    let records = Self.records(text, delimiter: ",")
    #expect(records.count == 41)
    #expect(Set(records.map(\.count)) == [29])
    let plan = try MappingPlan(try Self.mapping("google.yaml"), header: records[0])
    let tel = try #require(plan.schema.column(of: .tel))
    #expect(
      plan.schema.columns[tel].sources.map { records[0][$0] }.allSatisfy { $0.hasSuffix("Value") })
    #expect(plan.unmapped == .ignore)
  }

  @Test("Outlook's mapping compiles beside its sample, and beside a layout with fewer columns")
  func outlook() throws {
    let text = String(decoding: try Self.bytes("samples/outlook.csv"), as: UTF8.self)
    // A CRLF is one character.
    let records = Self.records(text.replacingOccurrences(of: "\r\n", with: "\n"), delimiter: ",")
    #expect(records.count == 31)
    #expect(Set(records.map(\.count)) == [61])
    let mapping = try Self.mapping("outlook.yaml")
    let plan = try MappingPlan(mapping, header: records[0])
    #expect(plan.absentColumns == [])
    let tel = try #require(plan.schema.column(of: .tel))
    #expect(plan.schema.columns[tel].sources.count == 7)
    let few = try MappingPlan(mapping, header: ["First Name", "E-mail Address"])
    #expect(few.absentColumns.count == 20)
    #expect(throws: MappingError.self) { try MappingPlan(mapping, header: ["Имя", "Телефон"]) }
  }

  @Test("the mapping of exports has every field that can be sent and is shown, under its own name")
  func ferryExport() throws {
    let mapping = try Self.mapping("ferry-export.yaml")
    let fields = PersonField.allCases.filter { $0.isWritable && $0 != .mperson }
    #expect(mapping.fields.map(\.field) == fields)
    #expect(mapping.fields.map { $0.content.columns.map(\.name) } == fields.map { [$0.name] })
    let plan = try MappingPlan(mapping, header: ["pid", "person", "tel"])
    #expect(plan.schema.columns.map(\.sources).filter { !$0.isEmpty } == [[1], [2]])
    #expect(plan.schema.invalid == .keep)
  }

  @Test(
    "every preset can be turned round, and names the columns that it reads",
    arguments: [
      ("crm-template.yaml", .csv, "ФИО", 11), ("ferry-export.yaml", .csv, "person", 30),
      ("generated.yaml", .csv, "Фамилия", 12), ("google.yaml", .csv, "Last Name", 12),
      ("jsonlines.yaml", .jsonl, "name", 8), ("outlook.yaml", .csv, "Last Name", 22),
      // A property for each of eight phones, mobiles, faxes and e-mails.
      ("vcard.yaml", .vcf, "N.family", 43), ("xcard.yaml", .xml, "N.family", 43),
    ] as [(String, SourceFormat, String, Int)])
  func reversals(name: String, format: SourceFormat, first: String, count: Int) throws {
    let reversal = try MappingReversal(try Self.mapping(name), writing: format)
    #expect(reversal.columns.first?.name == first)
    #expect(reversal.columns.count == count)
    #expect(reversal.columns.allSatisfy { !$0.parts.isEmpty })
    #expect(reversal.remark(in: .english) == nil)
  }

  @Test("the benchmark's mapping takes every column of the generator")
  func generated() throws {
    let header = [
      "Фамилия", "Имя", "Отчество", "Компания", "Должность", "Телефон", "Моб.", "E-mail",
      "Источник",
      "Лояльность", "Дата рождения", "Комментарий",
    ]
    let plan = try MappingPlan(try Self.mapping("generated.yaml"), header: header)
    #expect(plan.unmappedColumns == [])
    #expect(
      plan.schema.columns.map(\.field) == [
        .person, .ptitle, .tel, .mob, .mail, .loyalty, .clientpath, .input1, .input2, .input3,
      ])
    #expect(plan.schema.columns[0].isJoined)
    #expect(plan.schema.columns[7].treatment == .date)
  }

  @Test("the mapping of JSON lines names the members of its sample")
  func jsonLines() throws {
    let lines = String(decoding: try Self.bytes("samples/contacts.jsonl"), as: UTF8.self)
      .split(separator: "\n")
    #expect(lines.count == 40)
    var members: Set<String> = []
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      members.formUnion(try #require(object).keys)
    }
    let plan = try MappingPlan(
      try Self.mapping("jsonlines.yaml"), header: members.sorted(), hasOpenColumns: false)
    #expect(plan.unmappedColumns == [])
  }

  @Test("the samples hold as many records as their table says")
  func recordCounts() throws {
    let readme = String(decoding: try Self.bytes("samples/README.md"), as: UTF8.self)
    #expect(readme.contains("| `crm-template-cp1251.csv` | `crm-template.yaml` | 300 |"))
    #expect(try Self.template().count == 301)
    let cards = String(decoding: try Self.bytes("samples/phone-book.vcf"), as: UTF8.self)
    #expect(cards.split(separator: "\r\n").filter { $0 == "END:VCARD" }.count == 12)
    let xml = String(decoding: try Self.bytes("samples/contacts.xml"), as: UTF8.self)
    #expect(xml.components(separatedBy: "</vcard>").count - 1 == 8)
  }

  /// How often each defect stands in the table of samples/README.md.
  private static func expectedDefects() throws -> [String: Int] {
    let readme = String(decoding: try bytes("samples/README.md"), as: UTF8.self)
    var counts: [String: Int] = [:]
    for line in readme.split(separator: "\n") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      if cells.count >= 4, let count = Int(cells[1]) { counts[cells[0]] = count }
    }
    return counts
  }

  @Test("the template's sample has the defects of its table, found without it")
  func defects() throws {
    let expected = try Self.expectedDefects()
    let rows = Array(try Self.template().dropFirst())
    let whole = rows.filter { $0.count == 11 }
    let none: Set<String> = ["нет", "-", "—", "n/a", "уточнить"]
    func count(_ column: Int, _ test: (String) -> Bool) -> Int {
      whole.filter { test($0[column]) }.count
    }
    func digits(_ text: String) -> Int { text.filter { ("0"..."9").contains($0) }.count }
    func isPlain(_ text: String) -> Bool {
      !text.isEmpty && !text.contains { ",;/#".contains($0) } && !text.contains("доб")
    }

    #expect(expected["missing-person"] == count(4) { $0.isEmpty })
    #expect(expected["phone-placeholder"] == count(7) { none.contains($0.lowercased()) })
    #expect(expected["email-placeholder"] == count(6) { none.contains($0) })
    #expect(
      expected["phone-several"]
        == count(7) { $0.contains { ",;/".contains($0) } && !$0.contains("доб") && $0 != "n/a" })
    #expect(expected["phone-extension"] == count(7) { $0.contains("доб") || $0.contains("#") })
    #expect(expected["phone-local"] == count(7) { isPlain($0) && digits($0) == 7 })
    #expect(
      expected["phone-too-short"]
        == count(7) { isPlain($0) && (1...6).contains(digits($0)) || digits($0) == 8 })
    #expect(expected["phone-too-long"] == count(7) { isPlain($0) && digits($0) > 11 })
    #expect(
      expected["phone-text"]
        == count(7) { isPlain($0) && digits($0) == 0 && !none.contains($0.lowercased()) })
    #expect(expected["no-break-space"] == count(8) { $0.contains("\u{A0}") })
    #expect(
      expected["email-no-at"] == count(6) { !$0.isEmpty && !$0.contains("@") && !none.contains($0) }
    )
    #expect(
      expected["email-look-alike"]
        == count(6) { $0.contains("@") && $0.contains { ("а"..."я").contains($0) } })
    #expect(
      expected["email-several"]
        == count(6) { $0.split(separator: "@").count == 3 && !$0.contains("@@") })
    #expect(expected["date-iso"] == count(9) { $0.contains("-") })
    #expect(expected["date-unreadable"] == count(9) { digits($0) == 0 })
    #expect(expected["quoted-delimiter"] == count(3) { $0.contains(";") })
    #expect(expected["quoted-line-break"] == count(3) { $0.contains("\n") })
    #expect(expected["quoted-quotes"] == count(0) { $0.contains("\"") })
    #expect(expected["short-row"] == rows.count - whole.count)
    #expect(expected["duplicate"] == rows.count - Set(rows).count)
  }
}
