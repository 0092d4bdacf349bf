import ContactFormats
import ContactModel
import Foundation
import Testing

@testable import RunReports

@Suite struct ResultFilesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func files(
    _ profile: SourceProfile, prefix: String = "", language: Language = .english
  ) -> ResultFiles {
    ResultFiles(folder: folder.path, prefix: prefix, profile: profile, language: language)
  }

  static let plain = SourceProfile(header: ["name", "phone"])

  @Test("rows go to the file of their outcome, in input order, with ferry's columns behind them")
  func sorting() throws {
    let files = files(Self.plain)
    let rows = (1...8).map { ["n\($0)", "p\($0)"] }
    try files.append(
      Sample.batch(Array(rows[..<5])),
      outcomes: [
        .created(pid: 71), .failed(.refused), .uncertain, .duplicate(pid: 5), .created(pid: 72),
      ], issues: [])
    try files.append(
      Sample.batch(Array(rows[5...]), firstRecord: 6),
      outcomes: [.failed(.requestRefused), .notAttempted, .created(pid: 73)], issues: [])
    let written = files.commit()

    #expect(
      try folder.text("created.csv") == """
        name,phone,ferry_row,ferry_code,ferry_reason,ferry_pid
        n1,p1,1,created,,71
        n5,p5,5,created,,72
        n8,p8,8,created,,73

        """)
    #expect(
      try folder.text("failed.csv") == """
        name,phone,ferry_row,ferry_code,ferry_reason,ferry_pid
        n2,p2,2,server.refused,the server refused this row,
        n6,p6,6,server.request-refused,the server refused the request this row was part of; \
        nothing of it was stored,

        """)
    #expect(
      try folder.text("uncertain.csv").hasSuffix(
        "n3,p3,3,uncertain,\"it was sent, and whether it is stored could not be found out; look it "
          + "up in the CRM, and if it is missing import this row with --again\",\n"))
    #expect(
      try folder.text("duplicates.csv").hasSuffix(
        "n4,p4,4,duplicate,\"an earlier run created this contact, so it was not sent; --again sends "
          + "it all the same\",5\n"))
    #expect(
      try folder.text("not-attempted.csv") == """
        name,phone,ferry_row,ferry_code,ferry_reason,ferry_pid
        n7,p7,7,not-attempted,the run ended before its turn,

        """)
    #expect(written.map(\.kind) == [.created, .failed, .uncertain, .duplicates, .notAttempted])
    #expect(written.map(\.rowCount) == [3, 2, 1, 1, 1])
    #expect(
      try folder.names() == [
        "created.csv", "duplicates.csv", "failed.csv", "not-attempted.csv", "uncertain.csv",
      ])
    #expect(try folder.mode(of: "created.csv") == 0o600)
  }

  @Test("a rejected row names all its errors and no notes, in the source's dialect and encoding")
  func rejected() throws {
    let files = files(Sample.profile, language: .russian)
    try files.append(
      Sample.people, outcomes: [.rejected, .created(pid: 9), .rejected], issues: Sample.issues)
    _ = files.commit()
    let expected = [
      "ФИО;Телефон;E-mail;ferry_row;ferry_code;ferry_reason;ferry_pid",
      "Иванов Иван;20-67;ivanov@example.com;1;phone.too-short;"
        + "Телефон: в телефоне 4 цифры, для его страны этого мало;",
      "Сидоров;\"12; 13\";;3;phone.too-short field.missing;"
        + "\"Телефон: в телефоне 2 цифры, для его страны этого мало; "
        + "обязательное поле 'mail' пусто\";",
      "",
    ].joined(separator: "\r\n")
    let encoded = try #require(expected.data(using: .windowsCP1251))
    #expect(try folder.bytes("rejected.csv") == [UInt8](encoded))
  }

  @Test("nothing appears before the commit, and nothing ever if it is given up")
  func atomicity() throws {
    try folder.write("old", to: "created.csv")
    let files = files(Self.plain)
    try files.append(Sample.batch([["a", "b"]]), outcomes: [.created(pid: 1)], issues: [])
    #expect(try folder.text("created.csv") == "old")
    files.discard()
    #expect(try folder.names() == ["created.csv"])
    #expect(try folder.text("created.csv") == "old")
  }

  @Test("a file without rows is not made, and one of an earlier attempt does not stay")
  func withoutRows() throws {
    try folder.write("old", to: "uncertain.csv")
    try folder.write("mine", to: "notes.csv")
    let files = files(Self.plain)
    try files.append(Sample.batch([["a", "b"]]), outcomes: [.created(pid: 1)], issues: [])
    _ = files.commit()
    #expect(try folder.names() == ["created.csv", "notes.csv"])
  }

  @Test("a source without a header gives files without one")
  func headerless() throws {
    let profile = SourceProfile(dialect: CSVDialect(hasHeader: false))
    let files = files(profile)
    try files.append(
      Sample.batch([["a", "b"]], header: []), outcomes: [.rejected],
      issues: [Issue(.phoneNoDigits, record: 0, sourceColumn: 1)])
    _ = files.commit()
    #expect(
      try folder.text("rejected.csv") == "a,b,1,phone.no-digits,#2: phone has no digits,\n")
  }

  @Test("ferry's columns of an earlier round are replaced, not doubled, wherever they stand")
  func secondRound() throws {
    let profile = SourceProfile(
      header: ["ferry_row", "name", "ferry_code", "ferry_reason", "Ferry_PID", "phone"])
    let files = files(profile)
    try files.append(
      Sample.batch([["17", "Anna", "phone.too-short", "why", "", "206"]], firstRecord: 3),
      outcomes: [.created(pid: 8)], issues: [])
    _ = files.commit()
    #expect(
      try folder.text("created.csv")
        == "name,phone,ferry_row,ferry_code,ferry_reason,ferry_pid\nAnna,206,3,created,,8\n")
  }

  @Test("short rows are filled up; what a row has too many stands behind ferry's columns")
  func ragged() throws {
    let files = files(Self.plain)
    try files.append(
      Sample.batch([["a"], ["b", "c", "d", "", "e"], ["f", "g", "", ""], []]),
      outcomes: (1...4).map { .created(pid: $0) }, issues: [])
    _ = files.commit()
    #expect(
      try folder.text("created.csv") == """
        name,phone,ferry_row,ferry_code,ferry_reason,ferry_pid
        a,,1,created,,1
        b,c,2,created,,2,d,,e
        f,g,3,created,,3
        ,,4,created,,4

        """)
  }

  @Test("a byte order mark is kept, since Excel needs it; a workbook gives plain UTF-8")
  func byteOrderMark() throws {
    var profile = Self.plain
    profile.hasByteOrderMark = true
    var files = files(profile)
    try files.append(Sample.batch([["ё", "b"]]), outcomes: [.created(pid: 1)], issues: [])
    _ = files.commit()
    #expect(
      try folder.bytes("created.csv").starts(with: [0xEF, 0xBB, 0xBF] + Array("name".utf8)))

    files = self.files(
      SourceProfile(
        format: .xlsx, encoding: .windows1251, hasByteOrderMark: true, header: ["FN"]))
    try files.append(Sample.batch([["ё"]]), outcomes: [.created(pid: 1)], issues: [])
    _ = files.commit()
    #expect(
      try folder.text("created.csv")
        == "FN,ferry_row,ferry_code,ferry_reason,ferry_pid\nё,1,created,,1\n")
  }

  @Test("several sources keep their files apart")
  func prefix() throws {
    for name in ["north.", "south."] {
      let files = files(Self.plain, prefix: name)
      try files.append(Sample.batch([["a", "b"]]), outcomes: [.uncertain], issues: [])
      #expect(files.commit().map(\.name) == [name + "uncertain.csv"])
    }
    #expect(try folder.names() == ["north.uncertain.csv", "south.uncertain.csv"])
  }

  @Test("no row is lost or doubled in a large run")
  func balance() throws {
    let files = files(Self.plain)
    let kinds: [Outcome] = [
      .created(pid: 1), .rejected, .failed(.refused), .uncertain, .duplicate(pid: 2),
    ]
    var first = 1
    for count in [512, 1, 512, 300] {
      let rows = (0..<count).map { ["name \(first + $0)", String(repeating: "x", count: 200)] }
      try files.append(
        Sample.batch(rows, firstRecord: first),
        outcomes: (0..<count).map { kinds[(first + $0) % kinds.count] }, issues: [])
      first += count
    }
    let written = files.commit()
    #expect(written.reduce(0) { $0 + $1.rowCount } == first - 1)
    var rows: [Int] = []
    for file in written {
      let numbers = try folder.text(file.name).split(separator: "\n").dropFirst()
        .compactMap { Int($0.split(separator: ",", omittingEmptySubsequences: false)[2]) }
      #expect(numbers == numbers.sorted())
      #expect(numbers.count == file.rowCount)
      #expect(try folder.bytes(file.name).count == file.written.byteCount)
      rows += numbers
    }
    #expect(rows.sorted() == Array(1..<first))
  }

  @Test("a result file that is read again gives the fields it was made from")
  func roundTrip() throws {
    let fields = ["a;b", "say \"hi\"", "two\nlines", " blank ", "", "ёж"]
    let profile = SourceProfile(
      encoding: .windows1251, dialect: CSVDialect(delimiter: UInt8(ascii: ";")),
      header: (1...6).map { "c\($0)" })
    let files = files(profile)
    try files.append(Sample.batch([fields]), outcomes: [.uncertain], issues: [])
    _ = files.commit()
    let batch = try #require(try Self.firstBatch(of: folder.bytes("uncertain.csv")))
    #expect((0..<6).map { batch.text(record: 0, field: $0) } == fields)
    #expect(batch.fieldCount(ofRecord: 0) == 10)
  }

  /// The records of a small file in windows-1251.
  static func firstBatch(of bytes: [UInt8]) throws -> RecordBatch? {
    var reader = RecordReader(settings: ReaderSettings(encoding: .windows1251))
    let span = bytes.span
    try reader.push(span)
    try reader.finish()
    return try reader.nextBatch()
  }
}
