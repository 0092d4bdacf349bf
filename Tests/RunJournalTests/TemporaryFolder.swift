import Foundation
import Testing

@testable import RunJournal

/// A folder that is gone when the test is over.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/ferry-journal-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  /// The rights of a file or folder in it, such as 0o600.
  func mode(of name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: file(name))[.posixPermissions] as? Int
  }
}

enum Sample {
  static func run() throws -> RunDescription {
    RunDescription(
      id: try #require(RunID("20261123T165301Z-k7pq")), startedAt: "2026-11-23T16:53:01Z",
      sourceFiles: [
        .init(name: "contacts.csv", size: 1234, sha256: String(repeating: "ab", count: 32)),
        .init(name: "ещё.csv", size: 0, sha256: String(repeating: "cd", count: 32)),
      ], mappingText: "version: 1\nfields: { person: ФИО }\n", server: "https://crm.example",
      login: "importer@crm.example", variant: "v3 JSON", ferryVersion: "1.0.0")
  }

  static func batch(_ id: Int64, records: ClosedRange<Int>, file: Int = 0) -> PlannedBatch {
    PlannedBatch(
      id: id, file: file, recordNumbers: Array(records),
      fingerprints: records.map { Fingerprint(high: UInt64(id), low: UInt64($0)) })
  }
}
