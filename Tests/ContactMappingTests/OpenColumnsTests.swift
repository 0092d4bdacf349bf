import ContactMapping
import ContactModel
import TestSupport
import Testing

@Suite("MappingPlan: columns of cards and JSON lines, which are named as they come")
struct OpenColumnsTests {
  private func plan(_ fields: String, _ header: [String], open: Bool = true) throws -> MappingPlan {
    let mapping = try Mapping(yaml: "fields:\n  person: FN\n" + fields, fileName: "m.yaml")
    return try MappingPlan(mapping, header: header, hasOpenColumns: open)
  }

  /// The titles of the columns that fill a field, in order.
  private func titles(_ field: PersonField, _ plan: MappingPlan, _ header: [String]) -> [String] {
    plan.schema.columns.first { $0.field == field }?.sources.map { header[$0] } ?? []
  }

  private static let phones = [
    "FN", "TEL[WORK]", "TEL", "TEL[CELL,WORK]", "TEL[CELL]", "TEL[CELL] (2)", "TEL[FAX,WORK]",
    "TEL[OTHER]", "TEL[OTHER].label", "TEL (2)", "TEL[HOME,X-FOO]", "TEL[WORK,CELL]",
    "X-TEL[CELL]", "TELEX",
  ]

  @Test(
    "a reference means these columns",
    arguments: [
      ("TEL[CELL]", ["TEL[CELL,WORK]", "TEL[CELL]", "TEL[CELL] (2)"]),
      ("tel[cell]", ["TEL[CELL,WORK]", "TEL[CELL]", "TEL[CELL] (2)"]),
      ("TEL[CELL,WORK]", ["TEL[CELL,WORK]", "TEL[WORK,CELL]"]),
      ("TEL[WORK, CELL]", ["TEL[CELL,WORK]", "TEL[WORK,CELL]"]),
      ("TEL[CELL] (2)", ["TEL[CELL] (2)"]),
      ("TEL[CELL] (1)", ["TEL[CELL]"]),
      ("TEL[FAX]", ["TEL[FAX,WORK]"]),
      ("TEL", ["TEL", "TEL (2)"]),
      ("TEL (2)", ["TEL (2)"]),
      ("TEL (3)", []),
      ("TEL[PAGER]", []),
      ("TEL[OTHER].label", ["TEL[OTHER].label"]),
      ("TEL[*].label", ["TEL[OTHER].label"]),
      (
        "TEL[*]",
        [
          "TEL[WORK]", "TEL", "TEL[CELL,WORK]", "TEL[CELL]", "TEL[CELL] (2)", "TEL[FAX,WORK]",
          "TEL[OTHER]", "TEL (2)", "TEL[HOME,X-FOO]", "TEL[WORK,CELL]",
        ]
      ),
      ("#3", ["TEL"]),
      ("#99", []),
    ])
  func meaning(name: String, columns: [String]) throws {
    let plan = try plan("  tel: '\(name)'", Self.phones)
    #expect(titles(.tel, plan, Self.phones) == columns)
    #expect(plan.absentColumns == (columns.isEmpty ? [name] : []))
  }

  @Test("a column goes to the reference that names it most exactly")
  func exactness() throws {
    let plan = try plan(
      """
        tel: ['TEL[WORK]', 'TEL[*]']
        mob: 'TEL[CELL]'
        fax: 'TEL[FAX]'
        mail: ['TEL[CELL] (2)', 'TEL[WORK,CELL]']
      """, Self.phones)
    #expect(
      titles(.tel, plan, Self.phones) == [
        "TEL[WORK]", "TEL", "TEL[OTHER]", "TEL (2)", "TEL[HOME,X-FOO]",
      ])
    #expect(titles(.mob, plan, Self.phones) == ["TEL[CELL]"])
    #expect(titles(.fax, plan, Self.phones) == ["TEL[FAX,WORK]"])
    #expect(
      titles(.mail, plan, Self.phones) == ["TEL[CELL] (2)", "TEL[CELL,WORK]", "TEL[WORK,CELL]"])
    #expect(
      plan.unmappedColumns.map { Self.phones[$0] } == ["TEL[OTHER].label", "X-TEL[CELL]", "TELEX"])
  }

  @Test("references that name a column equally exactly both get it")
  func equallyExact() throws {
    let header = ["FN", "EMAIL", "EMAIL[WORK]"]
    let plan = try plan("  mail: 'EMAIL[*]'\n  input1: 'EMAIL[*]'\n  input2: FN", header)
    #expect(titles(.mail, plan, header) == ["EMAIL", "EMAIL[WORK]"])
    #expect(titles(.input1, plan, header) == ["EMAIL", "EMAIL[WORK]"])
    #expect(titles(.input2, plan, header) == ["FN"])
  }

  @Test("a field of one value takes the first of its kind, the others stay unmapped")
  func singleValues() throws {
    let header = ["FN", "FN (2)", "BDAY", "BDAY (2)", "TITLE", "TITLE (2)", "ORG", "ORG (2)"]
    let plan = try plan(
      "  input1: { from: BDAY, as: date }\n  ptitle: TITLE\n  loyalty: ORG", header)
    #expect(titles(.person, plan, header) == ["FN"])
    #expect(titles(.input1, plan, header) == ["BDAY"])
    #expect(titles(.loyalty, plan, header) == ["ORG"])
    #expect(titles(.ptitle, plan, header) == ["TITLE", "TITLE (2)"])
    #expect(plan.unmappedColumns.map { header[$0] } == ["FN (2)", "BDAY (2)", "ORG (2)"])
  }

  @Test("parts of a name are joined, of every part the first")
  func joinedParts() throws {
    let header = ["N.given", "N.family", "N.family (2)", "N.given (2)"]
    let mapping = try Mapping(
      yaml: "fields: { person: { join: [N.family, N.given] } }", fileName: "m")
    let plan = try MappingPlan(mapping, header: header, hasOpenColumns: true)
    #expect(titles(.person, plan, header) == ["N.family", "N.given"])
  }

  @Test(
    "places in a list are numbers or all",
    arguments: [
      ("phones[0].value", ["phones[0].value"]),
      ("phones[*].value", ["phones[0].value", "phones[1].value", "phones[10].value"]),
      ("phones[*]", ["phones", "phones[2]"]),
      (
        "groups[*].phones[*]",
        ["groups[0].phones[0]", "groups[0].phones[1]", "groups[1].phones[0]"]
      ),
      ("groups[*].phones[0]", ["groups[0].phones[0]", "groups[1].phones[0]"]),
      ("groups[0].phones[*]", ["groups[0].phones[0]", "groups[0].phones[1]"]),
      ("phones[3].value", []),
    ])
  func lists(name: String, columns: [String]) throws {
    let header = [
      "phones[0].value", "phones[0].type", "phones[1].value", "phones", "phones[10].value",
      "phones[2]", "groups[0].phones[0]", "groups[0].phones[1]", "groups[1].phones[0]",
      "groups.phones[0].x",
    ]
    #expect(titles(.tel, try plan("  tel: '\(name)'", header), header) == columns)
  }

  @Test("names that differ in case only are one column, written in two ways")
  func letterCase() throws {
    let header = ["Name", "fn", "FN", "tel", "Tel"]
    let plan = try plan("  tel: TEL", header)
    #expect(titles(.person, plan, header) == ["fn", "FN"])
    #expect(titles(.tel, plan, header) == ["tel", "Tel"])
    #expect(try self.plan("  tel: TEL (2)", header).absentColumns == ["TEL (2)"])
  }

  @Test("in a table only an asterisk means several columns")
  func table() throws {
    let header = ["FN", "TEL[CELL]", "TEL[CELL] (2)", "TEL", "TEL[CELL,WORK]"]
    let plan = try plan("  mob: 'TEL[CELL]'\n  tel: 'TEL[*]'", header, open: false)
    #expect(titles(.mob, plan, header) == ["TEL[CELL]"])
    #expect(titles(.tel, plan, header) == ["TEL[CELL] (2)", "TEL", "TEL[CELL,WORK]"])
    let rest = try self.plan(
      "  mob: 'TEL[CELL]'\n  tel: 'TEL[*]'", ["FN", "TEL[CELL]"], open: false)
    #expect(rest.schema.columns.map(\.sources) == [[0], [], [1]])
    let error = try #require(
      throws: MappingError.self,
      performing: { try self.plan("  mail: 'EMAIL[*]'", header, open: false) })
    #expect(error.code == "mapping.unknown-column")
    #expect(error.line == 3)
  }

  @Test("a title with an asterisk is a title first")
  func asteriskInTitle() throws {
    let header = ["FN", "T[*]", "T[1]"]
    #expect(titles(.tel, try plan("  tel: 'T[*]'", header, open: false), header) == ["T[*]"])
  }

  @Test(
    "names with brackets that mean nothing are names",
    arguments: ["a[", "]a[", "a[]", "[]", "[x", "(2)"])
  func oddNames(name: String) throws {
    for open in [true, false] {
      let header = ["FN", name, "a"]
      #expect(titles(.tel, try plan("  tel: '\(name)'", header, open: open), header) == [name])
    }
  }

  @Test(
    "ferry's own columns go nowhere and are no leftovers",
    arguments: [
      "ferry_row", "Ferry_Code", "ferry.row", "FERRY.raw", "X-FERRY-ROW", "x-ferry-code",
      " ferry_row",
    ])
  func ferrysOwn(name: String) throws {
    #expect(try plan("  tel: TEL", ["FN", "TEL", name]).unmappedColumns == [])
    #expect(try plan("  tel: TEL", ["FN", "TEL", name], open: false).unmappedColumns == [])
  }

  @Test("columns that begin like ferry's are the user's")
  func notFerrys() throws {
    let header = ["FN", "ferry", "ferryman", "X-FERRYMAN", "myferry_row"]
    #expect(try plan("  tel: TEL", header).unmappedColumns == [1, 2, 3, 4])
  }

  @Test("no column is missed before the source is read to its end")
  func emptyHeader() throws {
    let mapping = try Mapping(
      yaml: "fields:\n  person: { join: [N.famly, N.given] }\n  tel: 'TEL[*]'", fileName: "m.yaml")
    let plan = try MappingPlan(mapping, header: [], hasOpenColumns: true)
    #expect(!plan.hasPersonSource)
    #expect(plan.schema.columns.map(\.sources) == [[], []])
    #expect(try MappingPlan(mapping, header: ["N.given"], hasOpenColumns: true).hasPersonSource)
    #expect(
      mapping.missingPersonColumns(header: ["N.family", "TEL"]).message(in: .english) == """
        m.yaml:2:20: error: the file has no column 'N.famly'
          person: { join: [N.famly, N.given] }
                           ^
          hint: did you mean 'N.family'?
        """)
  }

  @Test("a name that is the same for all needs no column")
  func constantPerson() throws {
    let mapping = try Mapping(yaml: "fields: { person: { value: Клиент } }", fileName: "m.yaml")
    #expect(try MappingPlan(mapping, header: [], hasOpenColumns: true).hasPersonSource)
  }

  /// A header of names such as cards have, in random order, without repetition.
  private static func randomHeader(_ generator: inout SeededGenerator) -> [String] {
    var header: [String] = []
    for _ in 0..<Int.random(in: 1...40, using: &generator) {
      let name = ["FN", "TEL", "EMAIL", "N.family", "ORG", "X-A"].randomElement(using: &generator)
      let types = ["", "", "[CELL]", "[WORK]", "[CELL,WORK]", "[FAX]"].randomElement(
        using: &generator)
      let number = ["", "", " (2)", " (3)"].randomElement(using: &generator)
      let title = (name ?? "") + (types ?? "") + (number ?? "")
      if !header.contains(title) { header.append(title) }
    }
    return header
  }

  @Test("a header that grows changes nothing for the records before", arguments: 0..<30)
  func growth(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let mapping = try Mapping(
      yaml: """
        owner: a@example.com
        fields:
          mail: 'EMAIL[*]'
          person: { first: [FN, { join: [N.family, ORG] }, 'EMAIL[*]', 'TEL[*]'] }
          tel: ['TEL[WORK]', TEL, 'TEL[*]', 'TEL[CELL,WORK]']
          mob: 'TEL[CELL]'
          input1: ['X-A', 'X-A[WORK] (2)']
          input2: '#4'
          loyalty: { from: ORG, values: { A: { id: 3 } } }
          input3: { first: [X-A, FN], when: { column: 'TEL[*]', is: empty } }
          input4: { value: x, when: { column: ORG, equals: x } }
        """, fileName: "m.yaml")
    let header = Self.randomHeader(&generator)
    let known = Int.random(in: 0...header.count, using: &generator)
    let short = try MappingPlan(mapping, header: Array(header[..<known]), hasOpenColumns: true)
    let long = try MappingPlan(mapping, header: header, hasOpenColumns: true)
    var stripped = long.schema.columns
    for index in stripped.indices {
      stripped[index].sources = short.schema.columns[index].sources
      stripped[index].condition?.sources = short.schema.columns[index].condition?.sources ?? []
    }
    #expect(stripped == short.schema.columns)
    #expect(long.schema.owner == short.schema.owner)
    #expect(short.unmappedColumns == long.unmappedColumns.filter { $0 < known })

    let records = (0..<20).map { _ in
      (0..<Int.random(in: 0...known, using: &generator)).map { _ in
        ["", "", " ", "x", "Юля"].randomElement(using: &generator) ?? ""
      }
    }
    let before = Self.values(short.map(MappingPlanMapTests.batch(records)))
    let after = Self.values(long.map(MappingPlanMapTests.batch(records)))
    #expect(before == after, "seed \(seed)")
  }

  /// The cells of every value that hold something.
  private static func values(_ contacts: ContactBatch) -> [[[Substring]]] {
    MappingPlanMapTests.texts(contacts).map { contact in
      contact.map { value in value.split(separator: "\u{1F}") }
    }
  }
}
