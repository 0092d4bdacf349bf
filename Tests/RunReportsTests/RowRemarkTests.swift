import ContactFormats
import ContactModel
import TestSupport
import Testing

@testable import RunReports

@Suite("what is said of a single row") struct RowRemarkTests {
  private let folder: TestSupport.TemporaryFolder

  init() throws { folder = try TestSupport.TemporaryFolder() }

  @Test("an uncertain row names the contacts that may be it, a duplicate its run, a failure why")
  func reasons() throws {
    let files = ResultFiles(
      folder: folder.path, profile: SourceProfile(header: ["name"]), language: .english)
    try files.append(
      Sample.batch([["a"], ["b"], ["c"], ["d"], ["e"]], header: ["name"]),
      outcomes: [
        .uncertain, .uncertain, .duplicate(pid: 7), .failed(.refused), .created(pid: 9),
      ], issues: [],
      remarks: [
        0: .candidates([1204, 1210]), 1: .earlierRun("20261123T165301Z-k7pq"),
        2: .earlierRun("20261123T165301Z-k7pq"), 3: .server("column too long"),
      ])
    _ = files.commit()
    #expect(
      try folder.text("uncertain.csv") == """
        name,ferry_row,ferry_code,ferry_reason,ferry_pid
        a,1,uncertain,"it was sent, and one of the contacts 1204, 1210 may be it; compare them in \
        the CRM, and if it is none of them import this row with --again",
        b,2,uncertain,"run 20261123T165301Z-k7pq sent it, and whether it is stored could not be \
        found out; look it up in the CRM, and if it is missing import this row with --again",

        """)
    #expect(
      try folder.text("duplicates.csv") == """
        name,ferry_row,ferry_code,ferry_reason,ferry_pid
        c,3,duplicate,"run 20261123T165301Z-k7pq created this contact, so it was not sent; \
        --again sends it all the same",7

        """)
    #expect(
      try folder.text("failed.csv") == """
        name,ferry_row,ferry_code,ferry_reason,ferry_pid
        d,4,server.refused,the server refused this row; it said: column too long,

        """)
    #expect(
      try folder.text("created.csv")
        == "name,ferry_row,ferry_code,ferry_reason,ferry_pid\ne,5,created,,9\n")
  }

  @Test("one candidate is one contact, and of very many only the first are named")
  func candidates() {
    let one = OutcomeText.reason(of: .uncertain, remark: .candidates([17]), in: .english)
    #expect(one.contains("contact 17 may be it"))
    let many = OutcomeText.reason(
      of: .uncertain, remark: .candidates(Array(1...12)), in: .english)
    #expect(many.contains("contacts 1, 2, 3, 4, 5 and 7 more may be it"))
    let russian = OutcomeText.reason(of: .uncertain, remark: .candidates([17]), in: .russian)
    #expect(russian.contains("контакт 17"))
  }

  @Test("a row of a run that goes on is not to be sent again, but the run resumed")
  func unsettled() {
    let remark = RowRemark.unsettled("20261123T165301Z-k7pq")
    let english = OutcomeText.reason(of: .uncertain, remark: remark, in: .english)
    #expect(english.contains("'ferry resume 20261123T165301Z-k7pq'"))
    #expect(!english.contains("--again"))
    let russian = OutcomeText.reason(of: .uncertain, remark: remark, in: .russian)
    #expect(russian.contains("«ferry resume 20261123T165301Z-k7pq»"))
    #expect(!russian.contains("--again"))
  }

  @Test("a row that was left out on purpose does not wait for its turn")
  func leftOut() {
    #expect(
      OutcomeText.reason(of: .notAttempted, remark: .leftOut, in: .english)
        == "left out by --skip or --limit")
  }

  @Test("a remark that does not fit the outcome, or says nothing, changes nothing")
  func unfit() {
    for (outcome, remark) in [
      (Outcome.created(pid: 1), RowRemark.candidates([2])), (.uncertain, .candidates([])),
      (.failed(.fatal), .server("")), (.notAttempted, .earlierRun("x")),
    ] {
      #expect(
        OutcomeText.reason(of: outcome, remark: remark, in: .english)
          == OutcomeText.reason(of: outcome, in: .english))
    }
  }

  @Test("no control character of a server's words reaches a file")
  func controlCharacters() {
    let text = OutcomeText.reason(
      of: .failed(.refused), remark: .server("a\u{1B}[2Jb"), in: .english)
    #expect(!text.unicodeScalars.contains("\u{1B}"))
    #expect(text.hasSuffix("it said: a\u{FFFD}[2Jb"))
  }
}
