import Foundation

@testable import CRMSandbox

/// An exchange with the real CRM, where the recordings lie beside this repository.
struct RecordedExchange {
  let name: String
  let document: JSONValue

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
  static func all(_ prefix: String) throws -> [RecordedExchange] {
    guard let folder else { return [] }
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" && $0.lastPathComponent.hasPrefix(prefix) }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map {
        RecordedExchange(
          name: $0.deletingPathExtension().lastPathComponent,
          document: try JSONValue(text: String(decoding: try Data(contentsOf: $0), as: UTF8.self)))
      }
  }

  /// The server that answered: `php74` or `php82`, with what was special about it.
  var server: String { document["server"].text ?? "" }

  var profile: SandboxProfile { server.hasPrefix("php82") ? .php82 : .php74 }

  /// The request as it was sent; `nil` where it was not recorded whole.
  var request: SandboxRequest? {
    let request = document["request"]
    guard let target = request["path"].text, let method = request["method"].text else { return nil }
    let parts = target.split(separator: "?", maxSplits: 1)
    guard let path = parts.first else { return nil }
    guard case .object(let headers) = request["headers"] else { return nil }
    return SandboxRequest(
      method: method, path: String(path),
      query: parts.count > 1 ? Array(parts[1].utf8) : [],
      headers: headers.compactMap { name, value in value.text.map { (name, $0) } },
      body: Array((request["body"].text ?? "").utf8))
  }

  var status: Int? { document["response"]["status"].integer }
  var body: String? { document["response"]["body"].text }

  /// The moment of the answer, as seconds since 1970.
  var moment: Int? {
    guard let text = document["response"]["headers"]["Date"].text else { return nil }
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "GMT")
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
    return formatter.date(from: text).map { Int($0.timeIntervalSince1970) }
  }
}
