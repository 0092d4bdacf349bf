import Foundation
import TestSupport

/// A `ferry sandbox` that serves a database in a folder until it is let go.
final class RunningSandbox {
  /// Its address, such as `http://127.0.0.1:40123`.
  let address: String
  private let command: RunningCommand

  /// The key that opens it.
  static let key = "sandbox-key-0001"

  /// Starts it and waits until it says that it listens.
  init(
    in folder: TemporaryFolder, database: String = "crm.sqlite", _ arguments: [String] = []
  ) async throws {
    let command = try RunningCommand(
      RunningCommand.ferryPath, ["sandbox", "--port", "0", "--database", database] + arguments,
      in: folder.path)
    try await command.wait { command.outputSoFar.hasSuffix("\n") }
    address = command.outputSoFar.trimmingCharacters(in: .newlines)
    self.command = command
  }

  /// What a command needs in its environment to reach it.
  var environment: [String: String] {
    ["FERRY_URL": address, "FERRY_LOGIN": "chief@ferry.example", "FERRY_APIKEY": Self.key]
  }

  /// Ends it as a user would.
  func end(signal: Int32 = SIGTERM) async throws -> CommandRun {
    command.send(signal: signal)
    return try await command.end(within: .seconds(20))
  }
}

/// CSV as this project's own files have it, read without ferry: quotes, doubled quotes, LF.
enum SimpleCSV {
  /// The rows of a text, each as its fields by the header's names.
  static func rows(_ text: String) -> [[String: String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field = ""
    var isQuoted = false
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      switch scalar {
      case "\"" where isQuoted && next == "\"":
        field += "\""
        next = scalars.next()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        record.append(field)
        field = ""
      case "\n" where !isQuoted:
        records.append(record + [field])
        (record, field) = ([], "")
      default: field.unicodeScalars.append(scalar)
      }
    }
    if !field.isEmpty || !record.isEmpty { records.append(record + [field]) }
    guard let header = records.first else { return [] }
    return records.dropFirst().map {
      Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first })
    }
  }
}
