import CRMClient
import Foundation
import JSONSyntax
import PersonAPI

/// A request as the simulated server reads it, from a form or from JSON.
struct SimulatedRequest: Sendable {
  /// What the last part of the path is: `person`, `user`, `guides`, `client`.
  var method = ""
  /// Whether it is spoken to as the third version.
  var isV3 = false
  /// What is asked for, in the words of the wire; empty where nothing is.
  var action = ""
  /// The parameters that are texts.
  var parameters: [String: String] = [:]
  /// The conditions of a list.
  var filter: [(name: String, value: String)] = []
  /// The rows of an addlist; the social contacts stand flat.
  var rows: [[String: String]] = []

  init(_ wire: WireRequest) {
    let path = wire.path.split(separator: "/").map(String.init)
    isV3 = path.count > 1 && path[1] == "v3"
    method = path.count > 2 ? path[2] : ""
    if wire.contentType == WireFormat.json.contentType {
      read(json: wire.body)
    } else {
      read(form: wire.body)
    }
    action = parameters["action"] ?? (isV3 && path.count > 3 ? path[3] : "")
  }

  /// Whether it writes rows.
  var isBatch: Bool { !rows.isEmpty }

  private mutating func read(json body: [UInt8]) {
    guard let members = (try? JSONValue(parsing: body))?.members else { return }
    for member in members {
      switch (member.key, member.value) {
      case ("persons", .array(let elements)): rows = elements.map(Self.row)
      case ("filter", .object(let conditions)):
        filter = conditions.map { ($0.key, $0.value.string ?? "") }
      case (_, .string(let text)), (_, .number(let text)): parameters[member.key] = text
      default: break
      }
    }
  }

  private static func row(_ value: JSONValue) -> [String: String] {
    var row: [String: String] = [:]
    for member in value.members ?? [] {
      for inner in member.value.members ?? [member] { row[inner.key] = inner.value.string ?? "" }
    }
    return row
  }

  // Foundation's words, since thousands of scenes run without the optimizer.
  private mutating func read(form body: [UInt8]) {
    for pair in String(decoding: body, as: UTF8.self).components(separatedBy: "&") {
      guard let equals = pair.firstIndex(of: "=") else { continue }
      let name = Self.decoded(String(pair[..<equals]))
      let value = Self.decoded(String(pair[pair.index(after: equals)...]))
      guard name.hasSuffix("]") else {
        parameters[name] = value
        continue
      }
      let path = name.components(separatedBy: CharacterSet(charactersIn: "[]")).filter {
        !$0.isEmpty
      }
      switch (path.first, path.last) {
      case ("persons", let field?):
        guard path.count > 2, let index = Int(path[1]) else { continue }
        while rows.count <= index { rows.append([:]) }
        rows[index][field] = value
      case ("filter", let column?): filter.append((column, value))
      default: break
      }
    }
  }

  private static func decoded(_ text: String) -> String {
    let spaced = text.contains("+") ? text.replacingOccurrences(of: "+", with: " ") : text
    return spaced.contains("%") ? spaced.removingPercentEncoding ?? spaced : spaced
  }
}
