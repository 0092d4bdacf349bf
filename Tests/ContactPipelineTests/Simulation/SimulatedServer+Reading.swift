import CRMClient
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
    let page = contacts.dropFirst(200 * max(0, Int(request.parameters["offset"] ?? "") ?? 0))
      .prefix(200).map { record($0, request, isList: true) }
    let data = page.isEmpty ? "" : #""data":[\#(page.joined(separator: ","))],"#
    return SimulatedReply.text(#"{\#(data)"count":\#(contacts.count)}"#)
  }

  private func info(_ request: SimulatedRequest) -> HTTPReply {
    let contact = Int(request.parameters["pid"] ?? "").flatMap { table[$0] }
    if let contact, !contact.isDeleted {
      return SimulatedReply.text(#"{"data":\#(record(contact, request, isList: false))}"#)
    }
    guard settings.profile != .documented else { return SimulatedReply.error(404) }
    return SimulatedReply.text(#"{"data":\#(record(nil, request, isList: false))}"#)
  }

  private func delete(_ request: SimulatedRequest) -> HTTPReply {
    let pid = Int(request.parameters["pid"] ?? "") ?? 0
    state.withLock { $0.table.delete(pid) }
    return SimulatedReply.text(#"{"message":"Успешно","result":"Клиент удален","data":\#(pid)}"#)
  }

  /// A contact as `list` or `info` shows it; without one, the nulls of `info`.
  private func record(
    _ contact: SimulatedContact?, _ request: SimulatedRequest, isList: Bool
  ) -> String {
    let wanted = request.parameters["fields"].map { Set($0.split(separator: ",").map(String.init)) }
    var members: [String] = []
    func member(_ field: String, _ json: () -> String) {
      if wanted?.contains(field) != false { members.append(json()) }
    }
    member("pid") { #""pid":\#(contact.map { "\($0.pid)" } ?? "null")"# }
    member("date_create") { #""date_create":"2026-03-01 09:00:00""# }
    for field in SimulatedTable.fields {
      member(field) {
        switch field {
        case "clid":
          #""clid":\#(contact.map { $0.values["clid"] ?? "0" } ?? "null"),"client":"""#
        case "iduser" where isList:
          #""user":\#(SimulatedReply.quoted(owner(of: contact))),"iduser":\#(contact?.owner ?? 0)"#
        case "iduser": #""iduser":\#(SimulatedReply.quoted(owner(of: contact)))"#
        case "clientpath": #""clientpath":"""#
        default: #""\#(field)":\#(SimulatedReply.quoted(contact?.values[field]))"#
        }
      }
    }
    if request.parameters["socinfo"] == "yes" {
      let socials = SimulatedTable.socials.map { key in
        #""\#(key)":\#(SimulatedReply.quoted(contact?.values[key] ?? (key == "blog" ? "" : nil)))"#
      }
      members.append(#""socials":{\#(socials.joined(separator: ","))}"#)
    }
    return "{\(members.joined(separator: ","))}"
  }

  private func owner(of contact: SimulatedContact?) -> String {
    guard let contact, contact.owner > 0 else { return "" }
    return SimulatedTable.users[contact.owner - 1]
  }
}
