import ContactMapping
import ContactModel
import Testing

@Suite("MappingError: mistakes in first")
struct AlternativesErrorTests {
  @Test(
    "a mistake in first is shown where it stands",
    arguments: [
      (
        "{ first: A }", 20, "'first' needs a list of columns, the first choice first",
        "write it as first: [Полное имя, { join: [Фамилия, Имя] }, Компания]"
      ),
      (
        "{ first: [] }", 20, "'first' needs a list of columns, the first choice first",
        "write it as first: [Полное имя, { join: [Фамилия, Имя] }, Компания]"
      ),
      (
        "{ first: [A, [B]] }", 24, "'first' needs a list of columns, the first choice first",
        "write it as first: [Полное имя, { join: [Фамилия, Имя] }, Компания]"
      ),
      ("{ first: [{ jion: [B] }] }", 23, "unknown key 'jion'", "did you mean 'join'?"),
      (
        "{ first: [{ join: [] }] }", 29, "'join' needs a column or a list of columns",
        "write it as join: [Фамилия, Имя, Отчество]"
      ),
    ])
  func mistake(rule: String, column: Int, sentence: String, hint: String) throws {
    let yaml = "fields:\n  person: \(rule)"
    let error = try #require(
      throws: MappingError.self, performing: { try Mapping(yaml: yaml, fileName: "m.yaml") })
    #expect(
      error.message(in: .english) == """
        m.yaml:2:\(column): error: \(sentence)
          person: \(rule)
        \(String(repeating: " ", count: column - 1))^
          hint: \(hint)
        """)
  }

  @Test("first stands alone")
  func conflict() throws {
    let error = try #require(
      throws: MappingError.self,
      performing: {
        try Mapping(yaml: "fields: { person: { first: [A], join: [B] } }", fileName: "m.yaml")
      })
    #expect(error.code == "mapping.conflicting-keys")
    #expect(error.column == 33)
  }

  @Test("a table must have every column that first names")
  func table() throws {
    let mapping = try Mapping(yaml: "fields: { person: { first: [A, B] } }", fileName: "m.yaml")
    #expect(try MappingPlan(mapping, header: ["A", "B"]).schema.columns[0].sources == [0, 1])
    let error = try #require(
      throws: MappingError.self, performing: { try MappingPlan(mapping, header: ["A"]) })
    #expect(error.code == "mapping.unknown-column")
  }
}
