import ContactModel
import Foundation
import Testing

@testable import ContactFormats

@Suite("Conformance: xCard", .enabled(if: Corpora.isPresent, Corpora.absence))
struct XCardTests {
  /// The records of a file, each by its columns, types of TEL apart that say nothing.
  private func records(_ path: String) throws -> [[String: String]] {
    let bytes = [UInt8](try Data(contentsOf: Corpora.folder.appendingPathComponent(path)))
    var reader = RecordReader(settings: ReaderSettings())
    try reader.push(bytes.span)
    try reader.finish()
    var records: [[String: String]] = []
    while let batch = try reader.nextBatch() {
      for record in 0..<batch.count {
        var values: [String: String] = [:]
        for field in 0..<batch.fieldCount(ofRecord: record) {
          let text = batch.text(record: record, field: field)
          if !text.isEmpty { values[batch.header[field]] = text }
        }
        records.append(values)
      }
    }
    return records
  }

  /// Where the two files of the suite say different things, which no reader can make equal.
  private static let differences = [
    "ADR[WORK].extended": "the vCard has the suite apart from the street",
    "ADR[WORK].street": "the vCard has the suite apart from the street",
    "GEO[WORK]": "the files give different coordinates",
    "TZ": "the vCard has an offset, the xCard a name",
  ]

  @Test("the RFC 6351 example equals the vCard of RFC 6350, column for column")
  func example() throws {
    let xCard = try records("xcard/ez-vcard/ezvcard/io/xml/rfc6351-example.xml")
    let vCard = try records(try path(of: "rfc6350-example.vcf"))
    #expect(xCard.count == 1 && vCard.count == 1)
    let (xValues, vValues) = (xCard.first ?? [:], vCard.first ?? [:])
    var score = ConformanceScore(suite: "xcard/ez-vcard", reference: "rfc6350-example.vcf")
    let names = Set(xValues.keys).union(vValues.keys).sorted()
    for name in names {
      score.count(
        name, passed: xValues[name] == vValues[name],
        reason: Self.differences[name] ?? "unexpected")
    }
    score.finish(atLeast: names.count - Self.differences.count)
    #expect(xValues["TEL[WORK]"] == "+1-418-656-9254 ext. 102")
    #expect(xValues["N.suffix"] == "ing. jr,M.Sc.")
  }

  /// Where in the vCard suites a file is.
  private func path(of name: String) throws -> String {
    let files = try FileManager.default.subpathsOfDirectory(
      atPath: Corpora.folder.appendingPathComponent("vcard").path)
    return "vcard/" + (try #require(files.first { $0.hasSuffix("/" + name) }))
  }
}
