import ContactFormats
import ContactModel
import Testing

@testable import RunReports

@Suite struct TextReportTests {
  @Test("an import, in English")
  func english() {
    #expect(
      TextReport(Sample.importSummary(), in: .english).text == """
        Import  20261123T165301Z-k7pq  https://crm.example (v3 JSON)

        people.csv  1,006 records  CSV, windows-1251, delimiter semicolon, 3 columns

          created    1,000
          rejected       2  rejected.csv
          failed         3
          uncertain      1
          total      1,006

        error  phone.too-short  2  phone has too few digits for its country
          in Телефон 2
          people.csv:2, record 1, Телефон: phone has 4 digits, too few for its country
          people.csv:4, record 3, Телефон: phone has 2 digits, too few for its country
          hint: add the area code, or set 'phones: { areaCode: … }' in the mapping; for foreign \
        numbers begin with + and the country code
        error  email.no-at      1  e-mail has no @
          in E-mail 1
          people.csv:3, record 2, E-mail: e-mail has no @
          hint: correct the address, or set 'invalid: drop' to send the row without it
        error  field.missing    1  the required field is empty
          people.csv:4, record 3: the required field 'mail' is empty
          hint: fill in the value; a field other than person can be taken from 'required' in the \
        mapping
        note   phone.repaired   1  phone was tidied up
          in Телефон 1

        columns that go nowhere
          people.csv  Комментарий  812 values

        next
        - look up the rows of uncertain.csv in the CRM (ferry_reason says where to look); import those \
        that are missing with --again
        - correct the rows of rejected.csv and import it with the same mapping
        - read ferry_reason in failed.csv, correct the rows, and import it with the same \
        mapping
        - give the columns that go nowhere a field in the mapping, or set 'unmapped: ignore'

        14 requests, 3.3 s, 310 records/s

        """)
  }

  @Test("a clean check, in Russian")
  func russian() {
    #expect(
      TextReport(Sample.cleanCheck(), in: .russian).text == """
        Проверка

        a.csv  2 записи  CSV, utf-8, разделитель запятая, 1 столбец

          готово к импорту  2
          всего             2

        что дальше
        - импортируйте командой «ferry import» с тем же сопоставлением

        0,0 с, 50 записей/с

        """)
  }

  @Test("totals that do not balance, a stop and doubled contacts are said before anything else")
  func warnings() {
    var summary = Sample.cleanCheck()
    summary.kind = .import
    summary.runID = "20261123T165301Z-k7pq"
    summary.outcomes[.notAttempted] = 1
    summary.doubledCount = 1
    summary.stopReason = "no space left"
    summary.resultFiles = [
      ResultFile(
        kind: .notAttempted, name: "not-attempted.csv", rowCount: 1,
        written: WrittenFile(path: "not-attempted.csv", byteCount: 1, sha256: "00"))
    ]
    let text = TextReport(summary, in: .english).text
    #expect(
      text.contains(
        """
        warning: stopped before the end: no space left
        warning: the totals do not balance: 2 records read, 1 accounted for
        warning: 1 contact is stored twice

        """))
    #expect(
      text.contains(
        "- import not-attempted.csv, or the whole file again, with the same mapping: what was created "
          + "is not sent twice\n"))
    #expect(
      text.contains(
        "- delete the later one of each pair of contacts with "
          + "'ferry undo --doubled 20261123T165301Z-k7pq'\n"))
  }

  @Test("a run that can be continued says how, and not to import what was left")
  func resumable() {
    var summary = Sample.importSummary()
    summary.isResumable = true
    summary.stopReason = "server gone"
    summary.resultFiles = [
      ResultFile(
        kind: .notAttempted, name: "not-attempted.csv", rowCount: 1,
        written: WrittenFile(path: "not-attempted.csv", byteCount: 1, sha256: "00"))
    ]
    let text = TextReport(summary, in: .english).text
    #expect(
      text.contains(
        "next\n- continue with 'ferry resume 20261123T165301Z-k7pq': nothing is sent twice\n"))
    #expect(!text.contains("- import not-attempted.csv"))
    #expect(
      TextReport(summary, in: .russian).text.contains("«ferry resume 20261123T165301Z-k7pq»"))
  }

  @Test("a run without trouble has no next steps")
  func nothingToDo() {
    var summary = Sample.cleanCheck()
    summary.kind = .import
    summary.outcomes = OutcomeCounts()
    summary.outcomes[.created] = 2
    #expect(!TextReport(summary, in: .english).text.contains("next"))
    #expect(!TextReport(summary, in: .english).text.contains("warning"))
  }

  @Test("no control character of a file's name, column or value reaches the terminal")
  func controlCharacters() {
    let nasty = "\u{1B}]0;x\u{7}\u{9B}2J\r\n\u{202E}"
    var summary = Sample.importSummary()
    summary.stopReason = nasty
    summary.server = nasty
    summary.files[0].name = nasty
    summary.files[0].unmapped[0].name = nasty
    summary.files[0].profile.dialect.delimiter = 0x1F
    summary.issues = IssueTally(showsValues: true)
    summary.issues.add(
      [Issue(.phoneNoDigits, record: 0, sourceColumn: 0)],
      of: Sample.batch([[nasty]], header: [nasty]),
      file: nasty)
    summary.runID = nasty
    summary.isResumable = true
    summary.doubledCount = 1
    summary.readBack = Sample.readBack(file: nasty, value: nasty)
    for language in Language.allCases {
      for scalar in TextReport(summary, in: language).text.unicodeScalars where scalar != "\n" {
        #expect(scalar.properties.generalCategory != .control, "\(scalar.value)")
        #expect(scalar.properties.generalCategory != .format, "\(scalar.value)")
      }
    }
  }

  @Test(
    "a duration is told in the units people use",
    arguments: [
      (0.04, "0.0 s"), (0.26, "0.3 s"), (59.4, "59.4 s"), (60, "1 min 00 s"), (65, "1 min 05 s"),
      (3599, "59 min 59 s"), (3600, "1 h 00 min"), (90_061, "25 h 01 min"),
    ])
  func time(seconds: Double, text: String) {
    var summary = Sample.cleanCheck()
    summary.duration = .milliseconds(Int(seconds * 1000))
    #expect(SummaryText(summary: summary, language: .english).time == text)
  }

  @Test("two dry runs in one summary balance, and each file is named")
  func appended() {
    let whole = Sample.cleanCheck().appending(Sample.cleanCheck()).appending(Sample.importSummary())
    #expect(whole.files.map(\.name) == ["a.csv", "a.csv", "people.csv"])
    #expect(whole.recordCount == 1010)
    #expect(whole.isBalanced)
    #expect(whole.outcomes[.notAttempted] == 4)
    #expect(whole.duration == .milliseconds(3330))
    #expect(whole.issues == Sample.importSummary().issues)
    #expect(whole.requestCount == 14)
  }

  @Test("waits are told beside the time they are part of, unless they were nothing")
  func waits() {
    var summary = Sample.cleanCheck()
    summary.duration = .seconds(130)
    summary.waits = RunWaits(settling: .seconds(61), server: .milliseconds(400))
    #expect(
      SummaryText(summary: summary, language: .english).effort
        == "2 min 10 s (waited 1 min 01 s to settle lost requests)")
    summary.waits.server = .seconds(5)
    #expect(
      SummaryText(summary: summary, language: .russian).effort
        == "2 мин 10 с (ожидание: 1 мин 01 с ради потерянных запросов, 5,0 с ради сервера)")
    summary.waits = RunWaits()
    #expect(SummaryText(summary: summary, language: .english).effort == "2 min 10 s")
  }
}
