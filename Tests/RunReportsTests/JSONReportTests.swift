import ContactModel
import Foundation
import Testing

@testable import RunReports

@Suite struct JSONReportTests {
  @Test("a clean check, byte by byte: the keys are an interface")
  func golden() {
    #expect(
      String(decoding: JSONReport(Sample.cleanCheck(), in: .english).bytes, as: UTF8.self) == """
        {
          "version": 1,
          "kind": "check",
          "run": null,
          "ferry": "1.0.0",
          "startedAt": "2026-11-23T16:53:01Z",
          "seconds": 0.040,
          "server": null,
          "variant": null,
          "records": 2,
          "balanced": true,
          "outcomes": {
            "created": 0,
            "updated": 0,
            "unchanged": 0,
            "duplicate": 0,
            "rejected": 0,
            "failed": 0,
            "uncertain": 0,
            "notAttempted": 2
          },
          "doubled": 0,
          "requests": 0,
          "recordsPerSecond": 50,
          "stopReason": null,
          "files": [
            {
              "name": "a.csv",
              "bytes": 20,
              "records": 2,
              "format": "csv",
              "encoding": "utf-8",
              "byteOrderMark": false,
              "gzip": false,
              "sheet": null,
              "delimiter": ",",
              "quote": "\\"",
              "escape": null,
              "lineEnd": "LF",
              "headerLine": 1,
              "trailingDelimiter": false,
              "columns": [
                "name"
              ],
              "unmapped": []
            }
          ],
          "issues": [],
          "resultFiles": []
        }

        """)
  }

  func object(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  @Test("another program's parser finds issues, examples and result files")
  func parsed() throws {
    let report = try object(JSONReport(Sample.importSummary(), in: .english).bytes)
    #expect(report["records"] as? Int == 1006)
    #expect(report["balanced"] as? Bool == true)
    #expect(report["seconds"] as? Double == 3.25)
    let outcomes = try #require(report["outcomes"] as? [String: Int])
    #expect(outcomes.values.reduce(0, +) == 1006)
    let issues = try #require(report["issues"] as? [[String: Any]])
    #expect(
      issues.map { $0["code"] as? String }
        == ["phone.too-short", "email.no-at", "field.missing", "phone.repaired"])
    let examples = try #require(issues[0]["examples"] as? [[String: Any]])
    #expect(examples[0]["line"] as? Int == 2)
    #expect(examples[0]["column"] as? String == "Телефон")
    #expect(examples[0]["field"] as? String == "tel")
    #expect(examples[0]["value"] == nil, "values are shown only where asked")
    let files = try #require(report["resultFiles"] as? [[String: Any]])
    #expect(files[0]["name"] as? String == "rejected.csv")
    #expect(files[0]["rows"] as? Int == 2)
  }

  @Test("texts with quotes, breaks and control characters survive the way")
  func escaping() throws {
    let nasty = "a\"b\\c\n\u{1}\u{2028}</script>"
    var summary = Sample.importSummary()
    summary.stopReason = nasty
    summary.files[0].name = nasty
    let report = try object(JSONReport(summary, in: .russian).bytes)
    #expect(report["stopReason"] as? String == nasty)
    let files = try #require(report["files"] as? [[String: Any]])
    #expect(files[0]["name"] as? String == nasty)
  }

  @Test("the keys of outcomes are one word each")
  func outcomeKeys() {
    let keys = OutcomeKind.allCases.map(\.jsonKey)
    #expect(keys.allSatisfy { !$0.contains(" ") })
    #expect(Set(keys).count == OutcomeKind.allCases.count)
  }

  @Test("the manifest vouches for every file of the run")
  func manifest() throws {
    let folder = try TemporaryFolder()
    let file = try OutputFile(path: folder.file("report.html"))
    try file.append("abc")
    let entry = Manifest.Entry(name: "report.html", written: try file.commit())
    let manifest = Manifest(
      Sample.importSummary(), madeAt: "2026-11-23T16:54:00Z", reports: [entry])
    #expect(
      String(decoding: manifest.bytes, as: UTF8.self) == """
        {
          "version": 1,
          "run": "20261123T165301Z-k7pq",
          "madeAt": "2026-11-23T16:54:00Z",
          "ferry": "1.0.0",
          "sources": [
            {
              "name": "people.csv",
              "bytes": 54321,
              "records": 1006
            }
          ],
          "files": [
            {
              "name": "rejected.csv",
              "rows": 2,
              "bytes": 120,
              "sha256": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"
            },
            {
              "name": "report.html",
              "rows": null,
              "bytes": 3,
              "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            }
          ]
        }

        """)
  }
}
