import ContactFormats
import ContactModel
import Foundation
import Testing

@testable import RunReports

@Suite struct HTMLReportTests {
  /// The names of all tags in order, with a slash before those that close.
  static func tags(of html: String) throws -> [String] {
    let expression = try NSRegularExpression(pattern: "<(/?[a-zA-Z][a-zA-Z0-9]*)[^>]*>")
    let text = html as NSString
    return expression.matches(in: html, range: NSRange(location: 0, length: text.length))
      .map { text.substring(with: $0.range(at: 1)).lowercased() }
  }

  @Test("every tag is closed by its own", arguments: Language.allCases)
  func balance(language: Language) throws {
    var open: [String] = []
    for tag in try Self.tags(of: HTMLReport(Sample.importSummary(), in: language).text)
    where tag != "meta" {
      if tag.hasPrefix("/") {
        #expect(open.popLast() == String(tag.dropFirst()))
      } else {
        open.append(tag)
      }
    }
    #expect(open.isEmpty)
  }

  @Test("figures, issues, examples and next steps are all there")
  func content() {
    let html = HTMLReport(Sample.importSummary(), in: .english).text
    for part in [
      "<title>ferry Import 20261123T165301Z-k7pq</title>", "<html lang=\"en\">",
      "<b>1,000</b><span>created</span>", "<b>1,006</b><span>total</span>",
      "<code>phone.too-short</code> · Телефон 2", "people.csv:2, record 1, Телефон",
      "<li>correct the rows of rejected.csv and import it with the same mapping</li>",
      "<td>Комментарий</td><td class=\"number\">812</td>", "14 requests, 3.3 s, 310 records/s",
      "set &#39;invalid: drop&#39;",
    ] {
      #expect(html.contains(part), "\(part)")
    }
  }

  @Test("the file needs nothing else: no scripts, no links, no pictures, no network")
  func selfContained() throws {
    let html = HTMLReport(Sample.importSummary(), in: .russian).text
    let tags = Set(try Self.tags(of: html))
    #expect(tags.isDisjoint(with: ["script", "link", "img", "iframe", "a", "form", "object"]))
    #expect(!html.contains("url("))
    #expect(!html.contains("@import"))
    #expect(html.contains("default-src 'none'"))
    #expect(html.contains("prefers-color-scheme: dark"))
    #expect(html.contains("@media print"))
  }

  @Test("nothing from files or the server is markup", arguments: Language.allCases)
  func escaping(language: Language) throws {
    let attack = "</style><script>alert(1)</script>\"'><img src=x onerror=y>&amp;\u{1B}\u{0}"
    var summary = Sample.importSummary()
    summary.isResumable = true
    summary.doubledCount = 30
    summary.readBack = Sample.readBack(file: "people.csv", value: "x")
    let before = try Self.tags(of: HTMLReport(summary, in: language).text)
    summary.readBack = Sample.readBack(file: attack, value: attack)
    summary.runID = attack
    summary.server = attack
    summary.variant = attack
    summary.startedAt = attack
    summary.ferryVersion = attack
    summary.files[0].name = attack
    summary.files[0].unmapped[0].name = attack
    summary.resultFiles = [
      ResultFile(
        kind: .rejected, name: attack, rowCount: 1,
        written: WrittenFile(path: attack, byteCount: 1, sha256: attack))
    ]
    var profile = Sample.profile
    profile.header = [attack, attack, attack]
    profile.dialect.delimiter = UInt8(ascii: "<")
    summary.files[0].profile = profile
    summary.issues = IssueTally()
    let row = [attack, attack, attack]
    summary.issues.add(
      Sample.issues, of: Sample.batch([row, row, row], header: row), file: attack)
    let html = HTMLReport(summary, in: language).text
    #expect(try Self.tags(of: html) == before, "the tags are the same as without the attack")
    #expect(!html.contains("<script"))
    #expect(!html.contains("<img"))
    #expect(!html.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test("values are quoted and escaped where they are shown")
  func values() {
    var summary = Sample.importSummary()
    summary.issues = IssueTally(showsValues: true)
    summary.issues.add(
      [Issue(.phoneNoDigits, record: 0, sourceColumn: 0)], of: Sample.batch([["<b>\n"]]),
      file: "f")
    #expect(HTMLReport(summary, in: .english).text.contains(" <q>&lt;b&gt; </q>"))
  }

  @Test("a stop is shown, and a clean run has no empty tables")
  func sections() {
    var summary = Sample.cleanCheck()
    #expect(!HTMLReport(summary, in: .english).text.contains("class=\"alert\""))
    #expect(!HTMLReport(summary, in: .english).text.contains("What was noticed"))
    #expect(!HTMLReport(summary, in: .english).text.contains("Columns that go nowhere"))
    summary.stopReason = "no space left"
    #expect(
      HTMLReport(summary, in: .english).text.contains(
        "<p class=\"alert\">stopped before the end: no space left</p>"))
  }
}
