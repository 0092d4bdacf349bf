import Testing

@testable import ContactModel

@Suite("contact batch and schema")
struct ContactBatchTests {
  @Test("values stand contact by contact, column by column")
  func values() {
    var batch = ContactBatch(columnCount: 2, reservingContacts: 2, bytes: 16)
    #expect(batch.count == 0)
    for value in ["Иванов", "", "", "+7"] {
      batch.bytes.append(contentsOf: value.utf8)
      batch.endValue()
    }
    #expect(batch.count == 2)
    #expect(batch.text(contact: 0, column: 0) == "Иванов")
    #expect(batch.valueRange(contact: 0, column: 1) == 12..<12)
    #expect(batch.valueRange(contact: 1, column: 0) == 12..<12)
    #expect(batch.text(contact: 1, column: 1) == "+7")
  }

  @Test("without columns there are no contacts")
  func noColumns() {
    #expect(ContactBatch(columnCount: 0).count == 0)
  }

  @Test("a contact counts once all its values have ended")
  func unfinishedContact() {
    var batch = ContactBatch(columnCount: 3)
    batch.endValue()
    batch.endValue()
    #expect(batch.count == 0)
    batch.endValue()
    #expect(batch.count == 1)
  }

  @Test("a schema finds the column of a field")
  func schemaColumns() {
    let schema = ContactSchema(columns: [
      ContactColumn(field: .person), ContactColumn(field: .skype, sources: [4]),
    ])
    #expect(schema.column(of: .person) == 0)
    #expect(schema.column(of: .skype) == 1)
    #expect(schema.column(of: .mail) == nil)
  }

  @Test("a column is treated as its field unless the mapping says otherwise")
  func treatments() {
    #expect(ContactColumn(field: .tel).treatment == .phone)
    #expect(ContactColumn(field: .fax).treatment == .phone)
    #expect(ContactColumn(field: .mob).treatment == .phone)
    #expect(ContactColumn(field: .mail).treatment == .email)
    #expect(ContactColumn(field: .clid).treatment == .number)
    #expect(ContactColumn(field: .input1).treatment == .text)
    #expect(ContactColumn(field: .input1, treatment: .date).treatment == .date)
  }

  @Test("a table of values keeps its entries as bytes")
  func valueTable() {
    let table = ValueTable(["да": "1", "нет": "0"])
    #expect(table.entries[Array("да".utf8)] == [0x31])
    #expect(table.entries.count == 2)
  }
}
