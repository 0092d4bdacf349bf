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
    guard let request = document["request"] else {
      throw Unfit(reason: "is a summary of many exchanges")
    }
    if let raw = request["raw"]?.string { return try Self.request(raw: raw) }
    guard let method = request["method"]?.string, let target = request["path"]?.string else {
      throw Unfit(reason: "is a summary of many exchanges")
    }
    guard !target.contains("[recording cut") else { throw Unfit(reason: "its request was cut") }
    var body = request["body"]?.string ?? ""
    if let cut = body.firstRange(of: "...[recording cut") {
      guard let params = request["params"], params["cut"] == nil else {
        throw Unfit(reason: "its request was cut")
      }
      let whole =
        body.hasPrefix("{")
        ? Self.json(params) : Self.form(params).joined(separator: "&")
      guard body.hasPrefix("{") || whole.hasPrefix(body[..<cut.lowerBound]) else {
        throw Unfit(reason: "its request was cut")
      }
      body = whole
    }
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    return SandboxRequest(
      method: method, path: String(parts[0]), query: parts.count > 1 ? Array(parts[1].utf8) : [],
      headers: (request["headers"]?.members ?? []).map { ($0.key, $0.value.string ?? "") },
      body: Array(body.utf8))
  }

  /// The status and the body that were received.
  func response() throws -> (status: Int, body: String) {
    if let raw = document["response"]?["raw"]?.string,
      let head = raw.range(of: "HTTP/1.1 ", options: .backwards),
      let status = Int(raw[head.upperBound...].prefix(3)),
      let body = raw.range(of: "\r\n\r\n", options: .backwards)
    {
      return (status, String(raw[body.upperBound...]))
    }
    guard let response = document["response"], let status = response["status"]?.integer else {
      throw Unfit(reason: "is a summary of many exchanges")
    }
    return (status, response["body"]?.string ?? "")
  }

  /// The JSON that the received body begins with.
  var answer: Document? {
    guard let body = try? response().body, let range = JSONText.firstValue(in: Array(body.utf8))
    else { return nil }
    return try? Document(parsing: Array(Array(body.utf8)[range]))
  }

  /// The action that was asked for, wherever it stood.
  var action: String {
    guard let request = try? request() else { return "" }
    let isJSON = request.header("Content-Type") == "application/json"
    if isJSON, let body = try? Document(parsing: request.body), let action = body["action"]?.string
    {
      return action
    }
    let variables = PHPVariables(request, maxInputVars: nil, postMaxSize: .max)
    if let action = variables.array["action"] {
      return RequestParameters.trimmed(String(decoding: action.string, as: UTF8.self))
    }
    return request.path.split(separator: "/").last.map(String.init) ?? ""
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

extension ReplayExchange {
  /// The request in what was written to a socket; of several alike the first.
  private static func request(raw: String) throws -> SandboxRequest {
    guard let end = raw.firstRange(of: "\r\n\r\n") else { throw Unfit(reason: "is no request") }
    let lines = raw[..<end.lowerBound].split(separator: "\r\n")
    let words = lines[0].split(separator: " ")
    let headers = lines.dropFirst().map { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      return (
        name: String(parts[0]),
        value: parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
      )
    }
    guard words.count == 3,
      let length = headers.first(where: { $0.name == "Content-Length" }).flatMap({ Int($0.value) })
    else { throw Unfit(reason: "is of the socket alone") }
    let target = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    return SandboxRequest(
      method: String(words[0]), path: String(target[0]),
      query: target.count > 1 ? Array(target[1].utf8) : [], headers: headers,
      body: Array(raw[end.upperBound...].utf8.prefix(length)))
  }

  private static func json(_ params: Document) -> String {
    var writer = JSONWriter()
    writer.value(params)
    return String(decoding: writer.take(), as: UTF8.self)
  }

  /// The variables of a form, as the recorder encoded them.
  private static func form(_ value: Document, _ name: String = "") -> [String] {
    let inner = { (key: String) in name.isEmpty ? key : "\(name)[\(key)]" }
    switch value {
    case .object(let members): return members.flatMap { form($0.value, inner($0.key)) }
    case .array(let elements):
      return elements.enumerated().flatMap { form($1, inner(String($0))) }
    case .string(let text), .number(let text): return ["\(encoded(name))=\(encoded(text))"]
    default: return []
    }
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case 0x20: "+"
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."), UInt8(ascii: "~"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
