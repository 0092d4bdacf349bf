import ContactFormats
import ContactModel
import Testing

@testable import ContactPipeline

@Suite("titles of columns")
struct ContactLayoutTitlesTests {
  private let titles: [PersonField: String] = [
    .person: "Имя", .tel: "Телефон", .mob: "Телефон", .input1: "Имя",
  ]

  private let tables: [FileFormat] = [.csv, .jsonLines, .xlsx]

  private func header(
    _ fields: [PersonField], _ titles: [PersonField: String], in format: FileFormat = .csv
  ) -> [String] {
    ContactLayout(fields, in: format, titles: titles).header
  }

  @Test("columns have their titles, and their names where they have none")
  func titled() {
    for format in tables {
      #expect(
        header([.pid, .person, .tel, .skype], titles, in: format)
          == ["pid", "Имя", "Телефон", "socials.skype"])
      #expect(header([.pid, .person], [:], in: format) == ["pid", "person"])
    }
  }

  @Test("two equal titles are told apart by the fields' names")
  func equalTitles() {
    for format in tables {
      #expect(
        header([.person, .tel, .mob, .input1], titles, in: format)
          == ["Имя", "Телефон", "Телефон (mob)", "Имя (input1)"])
      #expect(header([.mob, .tel], titles, in: format) == ["Телефон", "Телефон (tel)"])
    }
    #expect(
      header([.tel, .mob, .fax], [.tel: "T", .mob: "T", .fax: "T"]) == ["T", "T (mob)", "T (fax)"])
  }

  @Test("a title that is another field's name is told from it")
  func titleLikeName() {
    #expect(header([.tel, .person], [.tel: "person"]) == ["person", "person (person)"])
    #expect(header([.person, .tel], [.tel: "person"]) == ["person", "person (tel)"])
    #expect(
      header([.tel, .mob, .fax], [.tel: "T", .mob: "T", .fax: "T (mob)"])
        == ["T", "T (mob)", "T (mob) (fax)"])
  }

  @Test(
    "names that tell titles apart are none that another title has")
  func takenNames() {
    let names = header([.fax, .tel, .mob], [.fax: "T (mob)", .tel: "T", .mob: "T"])
    #expect(Set(names).count == 3)
  }

  @Test("cards keep their names")
  func cards() {
    for format in [FileFormat.vCard, .xCard] {
      let names = header([.person, .ptitle, .client, .mob], titles, in: format)
      #expect(names.prefix(5) == ["FN", "TITLE", "ORG", "TEL[CELL]", "TEL[CELL] (2)"])
      #expect(names == header([.person, .ptitle, .client, .mob], [:], in: format))
      #expect(names.count == 3 + ContactLayout.valuesPerField)
    }
  }

  @Test("titles change no values")
  func values() {
    let layout = ContactLayout([.tel, .mob], in: .csv, titles: titles)
    let page = RecordSpool.Page(rows: [["1, 2", "3"], ["", "4"]])
    let records = layout.records(
      bytes: page.bytes, valueEnds: page.valueEnds, lines: [1, 2], firstRecord: 1)
    #expect(records.header == ["Телефон", "Телефон (mob)"])
    #expect(records.count == 2)
    #expect(records.text(record: 0, field: 0) == "1, 2")
    #expect(records.text(record: 1, field: 1) == "4")
  }
}
