import ContactMapping
import ContactModel
import Foundation
import TestSupport
import Testing

@Suite("Mapping.cards: an address book without a mapping of its own")
struct CardMappingTests {
  private static func preset(_ name: String) throws -> String {
    let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return String(
      decoding: try Data(contentsOf: root.appending(path: "mappings/" + name)), as: UTF8.self)
  }

  private func plan(_ header: [String]) throws -> MappingPlan {
    try MappingPlan(try Mapping.cards, header: header, hasOpenColumns: true)
  }

  /// The contact made of one card, its values by field, cells parted by `|`.
  private func contact(_ card: KeyValuePairs<String, String>) throws -> [PersonField: String] {
    let plan = try plan(card.map(\.key))
    let contacts = plan.map(MappingPlanMapTests.batch([card.map(\.value)]))
    var values: [PersonField: String] = [:]
    for (number, column) in plan.schema.columns.enumerated() {
      let cells = contacts.text(contact: 0, column: number).split(separator: "\u{1F}")
      if !cells.isEmpty { values[column.field] = cells.joined(separator: "|") }
    }
    return values
  }

  @Test("the built-in mapping is the one that users find in mappings/")
  func presetIsBuiltIn() throws {
    #expect(try Self.preset("vcard.yaml") == Mapping.cardsYAML)
    #expect(try Mapping.cards.source == SourceSettings())
  }

  @Test("the mapping of xCard differs in its format only")
  func xCard() throws {
    let xCard = try Self.preset("xcard.yaml")
    let rules = try #require(xCard.range(of: "region:"))
    let cards = try #require(Mapping.cardsYAML.range(of: "region:"))
    #expect(xCard[rules.lowerBound...] == Mapping.cardsYAML[cards.lowerBound...])
    let mapping = try Mapping(yaml: xCard, fileName: "xcard.yaml")
    #expect(mapping.source == SourceSettings(format: .xml))
  }

  @Test("everything of a card finds its field")
  func card() throws {
    let contact = try contact([
      "N.family": "Озёров", "N.given": "Никита", "N.additional": "Егорович", "FN": "Никита Озёров",
      "TEL[FAX,WORK]": "1", "TEL[CELL]": "2", "TEL[CELL] (2)": "3", "TEL[CELL,WORK]": "4",
      "TEL": "5",
      "TEL[HOME]": "6", "TEL[WORK]": "7", "TEL[WORK] (2)": "8", "TEL[OTHER]": "9",
      "TEL[PAGER]": "10",
      "TEL[FAX]": "11", "EMAIL": "a@", "EMAIL[WORK]": "b@", "EMAIL (2)": "c@",
      "EMAIL[HOME,X]": "d@",
      "TITLE": "инженер", "ROLE": "эксперт", "ORG": "Образцовый", "ORG.unit": "цех",
      "BDAY": "1980-01-10",
      "NOTE": "раз", "NOTE (2)": "два", "URL": "example.com", "URL[WORK]": "example.org",
      "X-SKYPE": "nik", "X-ICQ": "12345",
    ])
    #expect(
      contact == [
        .person: "Озёров|Никита|Егорович", .fax: "1|11", .mob: "2|3|4", .tel: "7|8|6|5|9|10",
        .mail: "a@|b@|c@|d@", .ptitle: "инженер", .rol: "эксперт", .input3: "Образцовый",
        .input1: "1980-01-10", .input2: "раз|два", .mysite: "example.com|example.org",
        .skype: "nik", .icq: "12345",
      ])
  }

  @Test("a card is called by the first name it has, which stays in its own field as well")
  func names() throws {
    #expect(
      try contact(["FN": " ", "N.family": "Озёров", "N.given": "", "N.additional": "Егорович"])
        == [.person: "Озёров|Егорович"])
    #expect(
      try contact(["NICKNAME": "Ник", "ORG": "Образцовый"])
        == [.person: "Ник", .input3: "Образцовый"])
    #expect(
      try contact(["FN": "", "ORG": "Образцовый", "TEL": "112"])
        == [.person: "Образцовый", .input3: "Образцовый", .tel: "112"])
    #expect(
      try contact(["TEL[CELL]": "2", "EMAIL[WORK]": "a@", "EMAIL": "b@"])
        == [.person: "a@", .mob: "2", .mail: "a@|b@"])
    #expect(
      try contact(["TEL[CELL,WORK] (2)": "3"]) == [.person: "3", .mob: "3"])
  }

  @Test(
    "no phone and no e-mail goes nowhere, and none makes a card without a name", arguments: 0..<40)
  func nothingLost(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let types = ["CELL", "WORK", "HOME", "FAX", "MAIN", "PAGER", "OTHER", "X-MINE", "РАБ"]
    var header: [String] = []
    for _ in 0..<Int.random(in: 1...30, using: &generator) {
      let count = Int.random(in: 0...3, using: &generator)
      let list = types.shuffled(using: &generator).prefix(count).joined(separator: ",")
      let number = ["", "", " (2)", " (14)"].randomElement(using: &generator) ?? ""
      let name = ["TEL", "EMAIL"].randomElement(using: &generator) ?? ""
      let title = name + (count == 0 ? "" : "[\(list)]") + number
      if !header.contains(title) { header.append(title) }
    }
    let plan = try plan(header)
    var fields: [Int: [PersonField]] = [:]
    for column in plan.schema.columns where column.field != .person {
      for source in column.sources { fields[source, default: []].append(column.field) }
    }
    for (column, title) in header.enumerated() {
      #expect(fields[column]?.count == 1, "\(title), seed \(seed)")
      #expect((fields[column] == [.mail]) == title.hasPrefix("EMAIL"), "\(title), seed \(seed)")
    }
    #expect(plan.unmappedColumns == [])
    #expect(plan.schema.columns.first?.sources.sorted() == Array(header.indices))
  }

  @Test("what the mapping does not name is reported")
  func leftovers() throws {
    let header = ["FN", "ORG.unit", "TEL[OTHER].label", "ADR[HOME].city", "FN (2)", "X-FERRY-CODE"]
    let plan = try plan(header)
    #expect(plan.unmapped == .report)
    #expect(plan.unmappedColumns == [1, 2, 3, 4])
  }

  @Test("a file of cards without any name says which column was looked for")
  func nobody() throws {
    let mapping = try Mapping.cards
    #expect(try !plan(["ADR.city"]).hasPersonSource)
    #expect(
      mapping.missingPersonColumns(header: ["ADR.city"]).message(in: .english)
        .hasPrefix("built-in mapping:22:16: error: the file has no column 'N.family'\n"))
  }
}
