import CRMClient
import Foundation
import PersonAPI
import Synchronization

extension SimulatedServer {
  /// Answers a question, or what stores no rows.
  func read(_ request: SimulatedRequest, fault: Fault?) throws(TransportError) -> HTTPReply {
    switch fault {
    case .lostBefore, .lostAfter, .lostDuring, .timedOut, .late: throw TransportError(.lost)
    case .gateway(let status, _, _): return SimulatedReply.page(status)
    case .fatal: return SimulatedReply.fatal
    case .hiddenFatal: return SimulatedReply.text("", status: 500)
    case .databaseDown: return SimulatedReply.databaseDown
    case .tooLarge, .firewall: return SimulatedReply.page(403)
    case .foreign: return SimulatedReply.page(200)
    case .apiError(let code): return SimulatedReply.error(code)
    default: break
    }
    let answer = answer(to: request)
    switch fault {
    case .cutReply: return SimulatedReply.cut(answer)
    case .htmlBefore: return SimulatedReply.warned(answer)
    case .htmlAfter: return SimulatedReply.followed(answer)
    default: return answer
    }
  }

  private func answer(to request: SimulatedRequest) -> HTTPReply {
    let isObserved = settings.profile != .documented
    guard !request.isV3 || settings.hasV3 && isObserved else { return SimulatedReply.page(404) }
    switch (request.method, request.action) {
    case ("person", "fields"): return fields()
    case ("person", "list"): return list(request)
    case ("person", "info"): return info(request)
    case ("person", "delete"): return delete(request)
    case ("person", "addlist"):
      return isObserved
        ? SimulatedReply.error(402)
        : SimulatedReply.text(
          #"{"result":"Error","error":{"code":405,"text":"Отсутствуют параметры"}}"#)
    case ("person", "add.list") where isObserved: return SimulatedReply.text("[]")
    case ("user", "user.list") where isObserved:
      let users = SimulatedTable.users.enumerated().map { index, login in
        #"{"iduser":\#(index + 1),"title":"\#(index + 1)","login":"\#(login)","active":"yes"}"#
      }
      return SimulatedReply.text(#"{"data":[\#(users.joined(separator: ","))]}"#)
    case ("guides", "clientpath") where isObserved:
      return SimulatedReply.text(#"{"data":[{"id":2,"title":"Выставка"}]}"#)
    case ("person", _): return SimulatedReply.error(402)
    default: return SimulatedReply.page(404)
    }
  }

  private func fields() -> HTTPReply {
    let fields = (["pid", "date_create", "date_edit"] + SimulatedTable.fields).map {
      #""\#($0)":"Поле""#
    }
    let socials = SimulatedTable.socials.map { #""\#($0)":"Поле""# }.joined(separator: ",")
    let all =
      settings.profile == .documented
      ? fields + [socials] : fields + [#""social":{\#(socials)}"#]
    return SimulatedReply.text(#"{"data":{\#(all.joined(separator: ","))}}"#)
  }

  private func list(_ request: SimulatedRequest) -> HTTPReply {
    var contacts = table.alive.filter { contact in
      guard let login = request.parameters["user"], !login.isEmpty else {
        return settings.seesAll ? contact.owner > 0 : contact.owner == 1
      }
      return contact.owner > 0 && SimulatedTable.users[contact.owner - 1] == login
    }
    for condition in request.filter where !condition.value.isEmpty {
      let wanted = condition.value.lowercased()
      contacts = contacts.filter {
        $0.values[condition.name]?.lowercased().contains(wanted) == true
      }
    }
    // `date_create`, the default order, is that of the identifiers here.
    if request.parameters["first"] != "old" { contacts.reverse() }
    let columns = columns(of: request)
    let page = contacts.dropFirst(200 * max(0, Int(request.parameters["offset"] ?? "") ?? 0))
      .prefix(200).map { record($0, columns, isList: true) }
    let data = page.isEmpty ? "" : #""data":[\#(page.joined(separator: ","))],"#
    return SimulatedReply.text(#"{\#(data)"count":\#(contacts.count)}"#)
  }

  private func info(_ request: SimulatedRequest) -> HTTPReply {
    var contact = Int(request.parameters["pid"] ?? "").flatMap { table[$0] }
    if contact?.isDeleted == true { contact = nil }
    guard contact != nil || settings.profile != .documented else {
      return SimulatedReply.error(404)
    }
    let json = record(contact, columns(of: request), isList: false)
    return SimulatedReply.text(#"{"data":\#(json)}"#)
  }

  private func delete(_ request: SimulatedRequest) -> HTTPReply {
    let pid = Int(request.parameters["pid"] ?? "") ?? 0
    state.withLock { $0.table.delete(pid) }
    return SimulatedReply.text(#"{"message":"Успешно","result":"Клиент удален","data":\#(pid)}"#)
  }

  /// The fields that a request wants to see, in the server's order; social contacts as one.
  private func columns(of request: SimulatedRequest) -> [String] {
    var columns = ["pid", "date_create"] + SimulatedTable.fields
    if let wanted = request.parameters["fields"]?.components(separatedBy: ",") {
      columns = columns.filter(wanted.contains)
    }
    return request.parameters["socinfo"] == "yes" ? columns + ["socials"] : columns
  }

  /// A contact as `list` or `info` shows it; without one, the nulls of `info`.
  private func record(_ contact: SimulatedContact?, _ columns: [String], isList: Bool) -> String {
    var json = "{"
    for column in columns {
      if json.utf8.count > 1 { json += "," }
      switch column {
      case "pid": json += "\"pid\":" + (contact.map { "\($0.pid)" } ?? "null")
      case "date_create": json += "\"date_create\":\"2026-03-01 09:00:00\""
      case "clid":
        let clid = contact.map { $0.values["clid"] ?? "0" } ?? "null"
        json += "\"clid\":\(clid),\"client\":\"\""
      case "iduser":
        let login = SimulatedReply.quoted(owner(of: contact))
        json +=
          isList ? "\"user\":\(login),\"iduser\":\(contact?.owner ?? 0)" : "\"iduser\":\(login)"
      case "clientpath": json += "\"clientpath\":\"\""
      case "socials":
        let socials = SimulatedTable.socials.map { key in
          let value = contact?.values[key] ?? (key == "blog" ? "" : nil)
          return "\"\(key)\":" + SimulatedReply.quoted(value)
        }
        json += "\"socials\":{" + socials.joined(separator: ",") + "}"
      default:
        json += "\"" + column + "\":" + SimulatedReply.quoted(contact?.values[column])
      }
    }
    return json + "}"
  }

  private func owner(of contact: SimulatedContact?) -> String {
    guard let contact, contact.owner > 0 else { return "" }
    return SimulatedTable.users[contact.owner - 1]
  }
}
