import CRMClient
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

  private mutating func read(form body: [UInt8]) {
    for pair in body.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = Self.decoded(parts[0]).split(separator: "[").map { $0.filter { $0 != "]" } }
      let value = parts.count > 1 ? Self.decoded(parts[1]) : ""
      switch (name[0], name.count) {
      case ("persons", 3...):
        guard let index = Int(name[1]) else { continue }
        while rows.count <= index { rows.append([:]) }
        rows[index][name[name.count - 1]] = value
      case ("filter", 2): filter.append((name[1], value))
      default: parameters[name[0]] = value
      }
    }
  }

  private static func decoded(_ text: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var rest = text
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(0x20)
      case UInt8(ascii: "%") where rest.count >= 2:
        let digits = rest.prefix(2).map { digit -> UInt8 in
          digit < UInt8(ascii: "A") ? digit - UInt8(ascii: "0") : (digit | 0x20) - 87
        }
        bytes.append(digits[0] << 4 | digits[1])
        rest = rest.dropFirst(2)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
