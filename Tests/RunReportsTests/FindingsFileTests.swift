import ContactModel
import TestSupport
import Testing

@testable import RunReports

@Suite("lists of what reading back showed") struct FindingsFileTests {
  private let folder: TestSupport.TemporaryFolder

  init() throws { folder = try TestSupport.TemporaryFolder() }

  @Test("every difference is a row with both values")
  func differences() throws {
    let file = FindingsFile(.differences, folder: folder.path)
    try file.append(
      StoredDifference(
        file: "a.csv", record: 17, pid: 1204, field: .mail, expected: "x@example.com", found: ""))
    try file.append(
      StoredDifference(
        file: "a.csv", record: 18, pid: 1205, field: .skype, expected: "say \"hi\", anna",
        found: "two\nlines"))
    let entry = try #require(try file.commit())
    let text = try folder.text("differences.csv")
    #expect(
      text == """
        file,record,pid,field,expected,found
        a.csv,17,1204,mail,x@example.com,
        a.csv,18,1205,socials.skype,"say ""hi"", anna","two
        lines"

        """)
    #expect(entry.name == "differences.csv")
    #expect(entry.rowCount == 2)
    #expect(entry.byteCount == text.utf8.count)
  }

  @Test("every doubled row has both its contacts")
  func doubled() throws {
    let file = FindingsFile(.doubled, folder: folder.path)
    try file.append(DoubledContact(file: "a.csv", record: 3, pid: 7, laterPID: 12))
    #expect(try file.commit()?.name == "doubled.csv")
    #expect(
      try folder.text("doubled.csv") == "file,record,pid,later_pid\na.csv,3,7,12\n")
  }

  @Test("a list without rows is not made, and one of an earlier attempt does not stay")
  func withoutRows() throws {
    try folder.write(Array("old".utf8), to: "doubled.csv")
    #expect(try FindingsFile(.doubled, folder: folder.path).commit() == nil)
    #expect(try folder.names(in: "").isEmpty)
  }

  @Test("a list that is given up leaves an earlier one as it was")
  func discarded() throws {
    try folder.write(Array("old".utf8), to: "doubled.csv")
    let file = FindingsFile(.doubled, folder: folder.path)
    try file.append(DoubledContact(file: "a.csv", record: 3, pid: 7, laterPID: 12))
    file.discard()
    #expect(try folder.text("doubled.csv") == "old")
    #expect(try folder.names(in: "") == ["doubled.csv"])
  }

  @Test("a long list is written in parts and is whole")
  func long() throws {
    let file = FindingsFile(.doubled, folder: folder.path)
    for record in 1...9000 {
      try file.append(
        DoubledContact(file: "a.csv", record: record, pid: record, laterPID: record + 10_000))
    }
    #expect(try file.commit()?.rowCount == 9000)
    let lines = try folder.text("doubled.csv").split(separator: "\n")
    #expect(lines.count == 9001)
    #expect(lines[1] == "a.csv,1,1,10001")
    #expect(lines[9000] == "a.csv,9000,9000,19000")
  }
}
