import Foundation
import TestSupport
import Testing

@testable import RunJournal

@Suite struct RunIDTests {
  // Seconds since 1970 from `date -u -d '…' +%s`.
  @Test(
    "the time stands in the identifier, in UTC",
    arguments: [
      (1_795_452_781.0, "20261123T165301Z"),
      (0.0, "19700101T000000Z"),
      (951_782_400.0, "20000229T000000Z"),
      (1_709_251_199.9, "20240229T235959Z"),
      (-1.0, "19691231T235959Z"),
      (4_107_542_400.0, "21000301T000000Z"),
    ])
  func time(seconds: Double, text: String) {
    var generator = SeededGenerator(seed: 1)
    let id = RunID(startedAt: Date(timeIntervalSince1970: seconds), using: &generator)
    #expect(id.text.hasPrefix(text + "-"))
    #expect(id.text.utf8.count == 21)
    #expect(RunID(id.text) == id)
  }

  @Test("identifiers of one moment mostly differ, and those of different moments sort by time")
  func orderAndCollisions() {
    var generator = SeededGenerator(seed: 7)
    let moment = Date(timeIntervalSince1970: 1_795_452_781)
    let same = (0..<20).map { _ in RunID(startedAt: moment, using: &generator) }
    #expect(Set(same).count >= 19)
    // Two imports that a script runs one behind the other.
    for pause in [0.002, 0.4, 0.999_999_9, 1, 1.5] {
      let later = RunID(startedAt: moment.addingTimeInterval(pause), using: &generator)
      #expect(same.allSatisfy { $0 < later }, "\(pause) s")
      #expect(RunID(later.text) == later)
    }
  }

  @Test(
    "an identifier is read back", arguments: ["20261123T165301Z-k7pq", "20240229T000000Z-0a1z"])
  func valid(text: String) {
    #expect(RunID(text)?.text == text)
  }

  @Test(
    "a text that is no identifier is refused",
    arguments: [
      "", "20261123T165301Z", "20261123T165301Z-", "20261123T165301Z-k7p", "20261123T165301Z-k7pqr",
      "20261123T165301Z-K7PQ", "20261123T165301Z-k7p/", "20261123t165301z-k7pq",
      "20261323T165301Z-k7pq", "20260229T165301Z-k7pq", "21000229T165301Z-k7pq",
      "20261131T165301Z-k7pq", "20261100T165301Z-k7pq", "20261123T240000Z-k7pq",
      "20261123T166001Z-k7pq", "20261123T165360Z-k7pq", "00001123T165301Z-k7pq",
      "2026-123T165301Z-k7pq", "+0261123T165301Z-k7pq", "../../../etc/passwd!!",
      "20261123T165301Z-k7pй",
    ])
  func invalid(text: String) {
    #expect(RunID(text) == nil)
  }
}

@Suite("moments as text")
struct DateTextTests {
  @Test(
    "ISO 8601 in UTC, whatever the machine's locale and zone",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"),
      (951_782_400, "2000-02-29T00:00:00Z"), (1_795_452_781, "2026-11-23T16:53:01Z"),
    ])
  func text(seconds: Int, expected: String) {
    #expect(Date(timeIntervalSince1970: TimeInterval(seconds)).iso8601 == expected)
    #expect(Date(timeIntervalSince1970: TimeInterval(seconds) + 0.999).iso8601 == expected)
  }
}
