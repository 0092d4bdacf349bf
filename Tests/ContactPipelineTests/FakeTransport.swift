import CRMClient
import ContactModel
import PersonAPI
import Synchronization

/// A server in a closure: sees every request's form, and answers or fails as a test wants.
///
/// One that stores keeps what the closure answers with an identifier, and shows it by `list`; a test can
/// store more.
final class FakeTransport: Transport {
  /// A request's variables, decoded, in the order of the form.
  struct Form: Sendable {
    /// Which request of the transport it is, from 0; the one that finds out the variant counts.
    var number = 0
    var variables: [(name: String, value: String)] = []

    subscript(name: String) -> String? { variables.last { $0.name == name }?.value }
    var action: String { self["action"] ?? "" }
    /// What `persons[i][person]` holds, in order.
    var people: [String] {
      variables.filter { $0.name.hasPrefix("persons[") && $0.name.hasSuffix("][person]") }
        .map(\.value)
    }
  }

  typealias Script = @Sendable (Form) async throws(TransportError) -> HTTPReply

  private let script: Script
  private let received = Mutex<[Form]>([])
  private let contacts = Mutex<[Int: [String: String]]>([:])

  private let stores: Bool

  /// - Parameters:
  ///   - stores: Whether it answers questions for contacts itself.
  ///   - script: Answers every request but those that come first: the addlist without rows, and the
  ///     question for the fields; of one that stores, every addlist with rows.
  init(stores: Bool = false, _ script: @escaping Script) {
    self.stores = stores
    self.script = script
  }

  /// All requests so far that were not about the variant.
  var forms: [Form] { received.withLock { $0 }.filter { !Self.isProbe($0) } }

  func send(_ request: WireRequest, timeout: Duration) async throws(TransportError) -> HTTPReply {
    // This server has no v3; being asked for it counts for nothing.
    guard request.path == Variant.documented.path else { return .json("", status: 404) }
    var decoded = Self.decode(request.body)
    if decoded.action == "fields" { return .json(Self.fields) }
    if stores, decoded.action == "list" { return .json(page(of: decoded)) }
    received.withLock { all in
      decoded.number = all.count
      all.append(decoded)
    }
    if Self.isProbe(decoded) { return .json(#"{"result":"Error","error":{"code":405}}"#) }
    let reply = try await script(decoded)
    if case .rows(let elements) = AddListReply(ReplyBody(reply.body)) {
      for (row, element) in elements.enumerated() where row < decoded.people.count {
        if case .stored(let pid) = element { store(row: row, of: decoded, as: pid) }
      }
    }
    return reply
  }

  /// Stores a row of a request under an identifier.
  func store(row: Int, of form: Form, as pid: Int) {
    let prefix = "persons[\(row)]["
    var values = ["pid": "\(pid)"]
    for (name, value) in form.variables where name.hasPrefix(prefix) {
      values[String(name.dropFirst(prefix.count).dropLast())] = value
    }
    contacts.withLock { $0[pid] = values }
  }

  /// The identifiers and names of all contacts, the oldest first.
  var stored: [(pid: Int, person: String)] {
    contacts.withLock { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value["person"] ?? "") } }
  }

  /// A page of contacts in the order of their identifiers; what is asked for besides is not heeded.
  private func page(of form: Form) -> String {
    let all = contacts.withLock { $0.sorted { $0.key < $1.key }.map(\.value) }
    let ordered = form["first"] == "old" ? all : all.reversed()
    let fields = (form["fields"] ?? "").split(separator: ",").map(String.init)
    let records = ordered.dropFirst((Int(form["offset"] ?? "") ?? 0) * ListRequest.pageSize)
      .prefix(ListRequest.pageSize).map { contact in
        let members = fields.map { field in
          let value = contact[field].map { field == "pid" ? $0 : "\"\($0)\"" } ?? "null"
          return "\"\(field)\":\(value)"
        }
        return "{\(members.joined(separator: ","))}"
      }
    return #"{"data":[\#(records.joined(separator: ","))],"count":\#(all.count)}"#
  }

  func shutDown() async {}

  private static func isProbe(_ form: Form) -> Bool {
    form.action == "addlist" && form.people.isEmpty
  }

  /// Every field is switched on.
  private static let fields =
    #"{"data":{"# + PersonField.allCases.map { #""\#($0.wireKey)":"-""# }.joined(separator: ",")
    + "}}"

  private static func decode(_ form: [UInt8]) -> Form {
    let pairs = form.split(separator: UInt8(ascii: "&")).map { pair in
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      return (name: text(parts[0]), value: parts.count > 1 ? text(parts[1]) : "")
    }
    return Form(variables: pairs)
  }

  private static func text(_ encoded: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    var rest = encoded
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "+") {
        bytes.append(0x20)
      } else if byte == UInt8(ascii: "%"), rest.count >= 2 {
        bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0x3F)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension HTTPReply {
  static func json(_ text: String, status: Int = 200) -> HTTPReply {
    HTTPReply(status: status, body: Array(text.utf8))
  }

  /// An addlist answer with an element for every identifier; `nil` is a row that was refused.
  static func rows(_ pids: [Int?], status: Int = 200) -> HTTPReply {
    let elements = pids.map { pid in
      pid.map { #"{"result":"Успешно","data":\#($0)}"# }
        ?? #"{"result":"Error","error":{"code":405,"text":"Отсутствуют параметры"}}"#
    }
    return .json("[\(elements.joined(separator: ","))]", status: status)
  }

  static func refusal(_ code: Int) -> HTTPReply {
    .json(#"{"result":"Error","error":{"code":\#(code),"text":"Нет"}}"#)
  }
}
