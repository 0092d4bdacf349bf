import Foundation
import JSONSyntax

/// Exchanges recorded from a real CRM, where they lie beside this repository.
enum Recordings {
  /// One exchange.
  struct Exchange {
    var name: String
    var document: JSONValue

    /// The reply's status and body, if one was recorded, and whole.
    var reply: (status: Int, body: [UInt8])? {
      guard let response = document["response"], let status = response["status"]?.integer,
        let body = response["body"]?.string, !body.contains("[recording cut")
      else { return nil }
      return (status, Array(body.utf8))
    }

    /// What was sent as parameters, in whichever way.
    private var parameters: JSONValue? {
      guard let request = document["request"] else { return nil }
      if let parameters = request["params"], parameters.members != nil { return parameters }
      return request["body"]?.string.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
    }

    /// The path under the server's root.
    var path: String { document["request"]?["path"]?.string ?? "" }

    /// The kind of server, such as `php82hide`.
    var server: String { document["server"]?.string ?? "" }

    /// The action that was asked for; v3 has it in the path.
    var action: String? {
      let named = parameters?["action"]?.string
      guard named == nil, path.hasPrefix("/developer/v3/") else { return named }
      return path.split(separator: "/").last.map(String.init)
    }

    /// How many rows were sent.
    var rowCount: Int? {
      let persons = parameters?["persons"]
      return persons?.elements?.count ?? persons?.members?.count
    }

    /// The identifiers that were in the table afterwards.
    var storedPIDs: Set<Int>? {
      guard let rows = document["stored_rows"]?.elements else { return nil }
      return Set(rows.compactMap { $0["pid"]?.integer })
    }
  }

  static let folder: URL? = {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let recordings = folder.appendingPathComponent("shared/crm/recordings")
      if FileManager.default.fileExists(atPath: recordings.path) { return recordings }
    }
    return nil
  }()

  static let arePresent = folder != nil

  /// The exchanges whose name begins so, in order.
  static func exchanges(_ prefix: String = "") throws -> [Exchange] {
    guard let folder else { return [] }
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" && $0.lastPathComponent.hasPrefix(prefix) }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map {
        Exchange(
          name: $0.lastPathComponent,
          document: try JSONValue(parsing: Array(try Data(contentsOf: $0))))
      }
  }
}
