import Foundation
import JSONSyntax

@testable import CRMSandbox

typealias Document = JSONSyntax.JSONValue

/// One exchange recorded from a real CRM.
struct ReplayExchange: Sendable {
  /// Why an exchange cannot be replayed.
  struct Unfit: Error {
    var reason: String
  }

  /// The part of the file's name before the server.
  let name: String
  /// The server: `php74`, `php82`, with `disp` or `hide` behind it.
  let server: String
  let document: Document

  var label: String { "\(name).\(server)" }
  /// The part of the name by which the exchanges belong together.
  var group: String { name.split(separator: "-").first.map(String.init) ?? name }

  static let folder: URL? = {
    if let path = ProcessInfo.processInfo.environment["FERRY_SHARED"] {
      let folder = URL(fileURLWithPath: path).appendingPathComponent("crm/recordings")
      if FileManager.default.fileExists(atPath: folder.path) { return folder }
    }
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let recordings = folder.appendingPathComponent("shared/crm/recordings")
      if FileManager.default.fileExists(atPath: recordings.path) { return recordings }
    }
    return nil
  }()

  /// Every exchange that is there, in the order of the files' names.
  static func all() throws -> [ReplayExchange] {
    guard let folder else { return [] }
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { file in
        let parts = file.deletingPathExtension().lastPathComponent.split(separator: ".")
        return ReplayExchange(
          name: parts.dropLast().joined(separator: "."), server: parts.last.map(String.init) ?? "",
          document: try Document(parsing: Array(try Data(contentsOf: file))))
      }
  }

  /// The request as it was sent.
  func request() throws -> SandboxRequest {
    guard let request = document["request"], let method = request["method"]?.string,
      let target = request["path"]?.string
    else { throw Unfit(reason: "is a summary of many exchanges") }
    let body = request["body"]?.string ?? ""
    guard !body.contains("[recording cut"), !target.contains("[recording cut") else {
      throw Unfit(reason: "its request was cut")
    }
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    return SandboxRequest(
      method: method, path: String(parts[0]), query: parts.count > 1 ? Array(parts[1].utf8) : [],
      headers: (request["headers"]?.members ?? []).map { ($0.key, $0.value.string ?? "") },
      body: Array(body.utf8))
  }

  /// The status and the body that were received.
  func response() throws -> (status: Int, body: String) {
    guard let response = document["response"], let status = response["status"]?.integer else {
      throw Unfit(reason: "is a summary of many exchanges")
    }
    return (status, response["body"]?.string ?? "")
  }

  /// The body that was received, as JSON where it is.
  var answer: Document? {
    guard let body = document["response"]?["body"]?.string else { return nil }
    return try? Document(parsing: Array(body.utf8))
  }

  /// The action that was asked for, wherever it stood.
  var action: String {
    if let action = document["request"]?["params"]?["action"]?.string { return action }
    let path = document["request"]?["path"]?.string ?? ""
    let end = path.split(separator: "?").first ?? ""
    return end.split(separator: "/").last.map(String.init) ?? ""
  }

  /// A variable of the request.
  func parameter(_ name: String) -> String? {
    switch document["request"]?["params"]?[name] {
    case .string(let text)?: text
    case .number(let text)?: text
    default: nil
    }
  }

  /// When it was answered, as seconds since 1970.
  var moment: Int {
    let header = document["response"]?["headers"]?["Date"]?.string ?? ""
    let words = header.split(separator: " ")
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    guard words.count == 6, let month = months.firstIndex(of: String(words[2])) else {
      return 1_764_000_000
    }
    return CRMDate.secondsSince1970("\(words[3])-\(month + 1)-\(words[1]) \(words[4])") ?? 0
  }
}
