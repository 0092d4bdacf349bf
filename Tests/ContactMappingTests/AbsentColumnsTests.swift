import ContactMapping
import ContactModel
import Testing

@Suite("absent: columns that a table may lack")
struct AbsentColumnsTests {
  private func mapping(_ absent: String) throws -> Mapping {
    let yaml = "\(absent)fields:\n  person: { first: [ФИО, Имя] }\n  tel: [Тел, Моб]\n  mail: Почта"
    return try Mapping(yaml: yaml, fileName: "m.yaml")
  }

  @Test("a column that a table lacks is a mistake, unless the mapping says otherwise")
  func missing() throws {
    for absent in ["", "absent: error\n"] {
      let mapping = try mapping(absent)
      #expect(mapping.absent == .error)
      let error = try #require(throws: MappingError.self) {
        try MappingPlan(mapping, header: ["ФИО", "Имя", "Тел", "Моб"])
      }
      #expect(error.code == "mapping.unknown-column")
    }
  }

  @Test("with absent: empty it is empty, and known to be absent")
  func empty() throws {
    let plan = try MappingPlan(try mapping("absent: empty\n"), header: ["Имя", "Моб", "Ещё"])
    #expect(plan.schema.columns.map(\.field) == [.person, .tel, .mail])
    #expect(plan.schema.columns.map(\.sources) == [[0], [1], []])
    #expect(plan.absentColumns == ["ФИО", "Тел", "Почта"])
    #expect(plan.unmappedColumns == [2])
    let batch = RecordBatch(
      bytes: Array("Анна1x".utf8), fieldEnds: [8, 9, 10], recordEnds: [3], lines: [2],
      firstRecord: 1)
    let contacts = plan.map(batch)
    #expect(
      (0..<3).map { contacts.text(contact: 0, column: $0) } == ["Анна", "1", ""])
  }

  @Test("a table without any column for the name is refused all the same")
  func nameless() throws {
    let mapping = try mapping("absent: empty\n")
    let error = try #require(throws: MappingError.self) {
      try MappingPlan(mapping, header: ["Тел", "Моб", "Почта"])
    }
    #expect(
      error.message(in: .english)
        == "m.yaml:3:21: error: the file has no column 'ФИО'\n"
        + "  person: { first: [ФИО, Имя] }\n                    ^\n"
        + "  hint: its columns are Тел, Моб, Почта")
  }

  @Test("a title that occurs twice is a mistake all the same")
  func ambiguous() throws {
    let mapping = try mapping("absent: empty\n")
    let error = try #require(throws: MappingError.self) {
      try MappingPlan(mapping, header: ["ФИО", "Тел", "Тел"])
    }
    #expect(error.code == "mapping.ambiguous-column")
  }
}
