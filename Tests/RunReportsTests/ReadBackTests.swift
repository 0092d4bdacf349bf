import ContactModel
import Foundation
import TestSupport
import Testing

@testable import RunReports

@Suite("what reading back showed") struct ReadBackTests {
  /// An import whose contacts were read back.
  static func summary(showsValues: Bool) -> RunSummary {
    var summary = Sample.importSummary()
    summary.doubledCount = 1
    summary.readBack = Sample.readBack(showsValues: showsValues)
    return summary
  }

  @Test("the text names what was found, what differs and where, and values only where asked")
  func text() {
    let hidden = TextReport(Self.summary(showsValues: false), in: .english).text
    #expect(
      hidden.contains(
        """
        stored twice
          people.csv, record 20: pid 1210 and, later, 1301

        read back
          12 contacts of lost requests found by import key
          1 contact of lost requests found by values
          1,000 contacts compared with what was sent: 2 differ in 3 values (differences.csv)
          3 contacts could not be read back, and so not compared
          in mail 2, tel 1
            people.csv, record 17, pid 1204, tel
            people.csv, record 17, pid 1204, mail
            people.csv, record 18, pid 1205, mail

        """))
    #expect(!hidden.contains("anna@example.com"))
    #expect(
      hidden.contains("- look at differences.csv: these values are not stored as they were sent\n"))
    let shown = TextReport(Self.summary(showsValues: true), in: .english).text
    #expect(
      shown.contains(
        """
            people.csv, record 18, pid 1205, mail
              foretold: anna@example.com
              found: banna@example.com

        """))
  }

  @Test("the text in Russian")
  func russian() {
    let text = TextReport(Self.summary(showsValues: false), in: .russian).text
    #expect(text.contains("  people.csv, запись 20: pid 1210 и, позже, 1301\n"))
    #expect(
      text.contains(
        "  сравнено с отправленным: 1\u{A0}000 контактов, отличается: 2, 3 значения "
          + "(differences.csv)\n"))
  }

  @Test("contacts that are all as foretold are one line, and no step follows")
  func clean() {
    var summary = Sample.cleanCheck()
    summary.kind = .import
    summary.outcomes = OutcomeCounts()
    summary.outcomes[.created] = 2
    summary.readBack.comparedCount = 2
    let text = TextReport(summary, in: .english).text
    #expect(
      text.contains("read back\n  2 contacts compared with what was sent: all as foretold\n"))
    #expect(!text.contains("next"))
    #expect(!text.contains("differences.csv"))
  }

  @Test("nothing that was read back is nothing said")
  func nothing() {
    var summary = Sample.cleanCheck()
    #expect(summary.readBack.isEmpty)
    #expect(!TextReport(summary, in: .english).text.contains("read back"))
    #expect(!HTMLReport(summary, in: .english).text.contains("Read back"))
    summary.readBack = Sample.readBack()
    #expect(!summary.readBack.isEmpty)
    #expect(HTMLReport(summary, in: .english).text.contains("Read back"))
  }

  @Test("doubled contacts beyond those shown are counted, and their list is named")
  func manyDoubled() {
    var summary = Self.summary(showsValues: false)
    for record in 1...50 {
      summary.readBack.add(
        DoubledContact(file: "p.csv", record: record, pid: record, laterPID: record + 500))
    }
    #expect(summary.readBack.doubled.count == ReadBackSummary.exampleCount)
    summary.doubledCount = 1051
    let text = TextReport(summary, in: .english).text
    #expect(text.contains("  p.csv, record 2: pid 2 and, later, 502\n"))
    #expect(!text.contains("p.csv, record 3:"))
    #expect(text.contains("  and 1,048 more; all are in doubled.csv\n"))
    let html = HTMLReport(summary, in: .english).text
    #expect(html.contains("<td>p.csv</td><td>19</td><td>19</td><td class=\"number\">519</td>"))
    #expect(html.contains("and 1,031 more; all are in doubled.csv"))
  }

  @Test("merging tallies of parts gives the tally of the whole, and no value that is not wanted")
  func merging() {
    func difference(_ record: Int) -> StoredDifference {
      StoredDifference(
        file: "f", record: record, pid: record, field: record % 3 == 0 ? .tel : .mob,
        expected: "a", found: "b")
    }
    var whole = DifferenceTally()
    var merged = DifferenceTally()
    for part in 0..<5 {
      var tally = DifferenceTally(showsValues: true)
      for record in (part * 6)..<(part * 6 + 6) {
        tally.add([difference(record)])
        whole.add([difference(record)])
      }
      merged.merge(tally)
    }
    #expect(merged == whole)
    #expect(merged.contactCount == 30)
    #expect(merged.fields.map(\.field) == [.mob, .tel])
    #expect(merged.fields.map(\.count) == [20, 10])
    #expect(merged.examples.map(\.record) == Array(0..<ReadBackSummary.exampleCount))
    #expect(merged.examples.allSatisfy { $0.expected.isEmpty && $0.found.isEmpty })
  }

  @Test("another program's parser finds all of it, and values only where asked")
  func json() throws {
    func object(_ summary: RunSummary) throws -> [String: Any] {
      let bytes = JSONReport(summary, in: .english).bytes
      return try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }
    var summary = Self.summary(showsValues: false)
    summary.isResumable = true
    summary.waits = RunWaits(settling: .milliseconds(60_250), server: .seconds(2))
    let report = try object(summary)
    #expect(report["resumable"] as? Bool == true)
    #expect(report["waited"] as? [String: Double] == ["settling": 60.25, "server": 2])
    #expect(report["doubled"] as? Int == 1)
    let doubled = try #require(report["doubledContacts"] as? [[String: Any]])
    #expect(doubled[0]["laterPid"] as? Int == 1301)
    #expect(doubled[0]["record"] as? Int == 20)
    let readBack = try #require(report["readBack"] as? [String: Any])
    #expect(readBack["foundByKey"] as? Int == 12)
    #expect(readBack["foundByValues"] as? Int == 1)
    #expect(readBack["compared"] as? Int == 1000)
    #expect(readBack["unread"] as? Int == 3)
    let differences = try #require(readBack["differences"] as? [String: Any])
    #expect(differences["contacts"] as? Int == 2)
    #expect(differences["values"] as? Int == 3)
    let hidden = try #require(differences["examples"] as? [[String: Any]])
    #expect(hidden.map { $0["field"] as? String } == ["tel", "mail", "mail"])
    #expect(hidden.allSatisfy { $0["expected"] == nil && $0["found"] == nil })
    let shown = try object(Self.summary(showsValues: true))
    let examples = try #require(
      ((shown["readBack"] as? [String: Any])?["differences"] as? [String: Any])?["examples"]
        as? [[String: Any]])
    #expect(examples[2]["found"] as? String == "banna@example.com")
    #expect(try object(Sample.cleanCheck())["readBack"] == nil, "a check reads nothing back")
  }
}
