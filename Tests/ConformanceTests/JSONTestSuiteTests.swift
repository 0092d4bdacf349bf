import ContactModel
import Foundation
import JSONSyntax
import Testing

@testable import ContactFormats

/// Nicolas Seriot's JSONTestSuite: what a parser of JSON must take, and what it must not.
@Suite("JSONTestSuite", .enabled(if: Corpora.isPresent, Corpora.absence))
struct JSONTestSuiteTests {
  private static func files() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: Corpora.folder.appendingPathComponent("json/JSONTestSuite/test_parsing"),
      includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "json" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  @Test("the tokenizer takes every y_ file and rejects every n_ file")
  func tokenizer() throws {
    var score = ConformanceScore(
      suite: "JSONTestSuite, tokenizer", reference: "the verdict in the name")
    for file in try Self.files() {
      let name = file.lastPathComponent
      let bytes = Array(try Data(contentsOf: file))
      // What begins with i_ is left open by the standard; that it ends at all is what counts.
      let isTaken = Self.isTaken(bytes)
      guard !name.hasPrefix("i_") else { continue }
      score.count(
        name, passed: isTaken == name.hasPrefix("y_"), reason: isTaken ? "taken" : "rejected")
    }
    #expect(score.total > 150)
    score.finish(atLeast: score.total)
  }

  @Test("the reader of records reports every n_ file, and reads the values of every y_ file")
  func records() throws {
    var score = ConformanceScore(
      suite: "JSONTestSuite, records", reference: "the verdict in the name")
    for file in try Self.files() {
      let name = file.lastPathComponent
      let bytes = Array(try Data(contentsOf: file))
      let (whole, codes) = Self.read([bytes])
      #expect(Self.read(bytes.map { [$0] }).summary == whole, "\(name)")
      guard !name.hasPrefix("i_") else { continue }
      let isReported = !codes.isEmpty
      if name.hasPrefix("y_") {
        // Values that are no objects are reported as such, and nothing is called invalid.
        let isRead = !codes.contains(IssueCode.invalidRecord.identifier)
        score.count(name, passed: isRead, reason: whole)
      } else {
        score.count(name, passed: isReported, reason: "nothing was reported")
      }
    }
    score.finish(atLeast: score.total)
  }

  @Test("what is written is read again as the same value")
  func roundTrip() throws {
    for file in try Self.files() where file.lastPathComponent.hasPrefix("y_") {
      let value = try JSONValue(parsing: Array(try Data(contentsOf: file)))
      for style in [JSONWriter.Style.compact, .pretty] {
        var writer = JSONWriter(style: style)
        writer.value(value)
        #expect(try JSONValue(parsing: writer.bytes) == value, "\(file.lastPathComponent)")
      }
    }
  }

  private static func isTaken(_ bytes: [UInt8]) -> Bool {
    var reader = JSONReader()
    do throws(JSONError) {
      while try reader.next(in: bytes.span) != .end {}
      try reader.finish(in: bytes.span)
      return true
    } catch {
      return false
    }
  }

  /// Reads chunks; returns everything that came out as one text, and the codes of what was noticed.
  private static func read(_ chunks: [[UInt8]]) -> (summary: String, codes: Set<String>) {
    var reader = JSONLinesReader()
    var codes: Set<String> = []
    var summary = ""
    do throws(FormatError) {
      for chunk in chunks {
        var place = 0
        while place < chunk.count { place += try reader.read(chunk.span, from: place) }
      }
      try reader.finish()
    } catch {
      codes.insert(error.code.rawValue)
    }
    while let batch = reader.takeBatch() {
      for issue in batch.issues {
        codes.insert(issue.code.identifier)
        summary += "\(issue.record) \(issue.code) \(issue.detail); "
      }
      summary += "\(batch.lines) \(batch.fieldEnds) \(String(decoding: batch.bytes, as: UTF8.self))"
    }
    return (summary, codes)
  }
}
