import Foundation
import TestSupport

/// A file of people and its import into a sandbox's file.
final class ImportedPeople {
  let folder: TemporaryFolder
  let count: Int
  var environment: [String: String] = [:]
  let importCommand = [
    "import", "input.csv", "--mapping", "map.yaml", "--sandbox", "crm.sqlite", "--settle", "300ms",
  ]

  init(count: Int) throws {
    folder = try TemporaryFolder()
    self.count = count
    let text = (1...count).map { "Person \($0),p\($0)@example.com\n" }.joined()
    try folder.write("Name,Mail\n" + text, to: "input.csv")
    try folder.write(
      "version: 1\nfields: { person: Name, mail: Mail }\nrequired: [person]\n", to: "map.yaml")
  }

  func ferry(_ arguments: String...) async throws -> CommandRun { try await ferry(arguments) }

  func ferry(_ arguments: [String]) async throws -> CommandRun {
    try await CommandRun.ferry(arguments, in: folder.path, environment: environment)
  }

  func importing(_ more: String...) async throws -> CommandRun {
    try await ferry(importCommand + more)
  }

  /// Imports until some rows are stored, then sends a signal.
  func interrupted(by signal: Int32) async throws -> CommandRun {
    let command = try RunningCommand(
      RunningCommand.ferryPath, importCommand + ["--batch-size", "20", "--rate", "1000"],
      in: folder.path, environment: environment)
    try await command.wait {
      let files = (try? self.folder.files(in: "ferry-runs")) ?? []
      guard let log = files.first(where: { $0.hasSuffix("-wal") }) else { return false }
      return try self.folder.bytes("ferry-runs/\(log)").count > 400_000
    }
    command.send(signal: signal)
    return try await command.end()
  }

  /// The names of all contacts, in order.
  func stored() async throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder.file("crm.sqlite")) else { return [] }
    let export = try await ferry("export", "-", "--fields", "person", "--sandbox", "crm.sqlite")
    return SimpleCSV.rows(export.outputText).compactMap { $0["person"] }.sorted()
  }

  /// What ought to be there: every row once.
  var once: [String] { (1...count).map { "Person \($0)" }.sorted() }
}
