import ContactModel
import JSONSyntax
import PersonAPI
import Testing

@Suite(
  "Recorded replies",
  .enabled(if: Recordings.arePresent, "../shared/crm is absent"))
struct RecordedReplyTests {
  @Test("every answer that PHP ended by itself is final")
  func finality() throws {
    for exchange in try Recordings.exchanges() {
      // A gzip body is recorded as it came.
      guard let reply = exchange.reply, !exchange.name.hasPrefix("gzip.") else { continue }
      let finality = ReplyFinality(.reply(status: reply.status, body: reply.body))
      // Apache's own 404 and 414, and requests that never reach an action, say nothing.
      let isSilent = [404, 414].contains(reply.status) || reply.body.isEmpty
      if reply.status == 500 || !isSilent { #expect(finality == .final, "\(exchange.name)") }
      if reply.status == 200, reply.body.isEmpty { #expect(finality == .open, "\(exchange.name)") }
    }
  }

  @Test("add.list: created is what is in the table, and nothing else")
  func addList() throws {
    var compared = 0
    var created = 0
    for exchange in try Recordings.exchanges() {
      guard exchange.action == "add.list", let rowCount = exchange.rowCount,
        let reply = exchange.reply
      else { continue }
      let result = AddListReconciler(
        rowCount: rowCount, ending: .reply(status: reply.status, body: reply.body))
      #expect(result.verdicts.count == rowCount)
      let pids = result.verdicts.compactMap { verdict in
        if case .created(let pid) = verdict { pid } else { nil }
      }
      created += pids.count
      guard let stored = exchange.storedPIDs else { continue }
      compared += 1
      #expect(Set(pids).isSubset(of: stored), "\(exchange.name)")
      if !result.verdicts.contains(.unknown) { #expect(Set(pids) == stored, "\(exchange.name)") }
    }
    #expect(compared > 20)
    #expect(created > 100)
  }

  @Test("add.list on 7.4 is readable wherever PHP did not die")
  func addListIsReadable() throws {
    let fatal = [
      "addlist-backslash-mail", "addlist-qmark-clientpath", "addlist-quote-clientpath",
      "addlist-quote-user", "addlist-row-empty-string", "addlist-row-scalar",
    ]
    let exchanges = try Recordings.exchanges("addlist-").filter { $0.name.contains(".php74.") }
    #expect(exchanges.count > 10)
    for exchange in exchanges {
      let reply = try #require(exchange.reply)
      let isFatal = fatal.contains { exchange.name.hasPrefix($0 + ".") }
      #expect((AddListReply(ReplyBody(reply.body)) == .unreadable) == isFatal, "\(exchange.name)")
    }
  }

  @Test("errors are errors, with their number")
  func errors() throws {
    let exchanges = try Recordings.exchanges("err4").filter { $0.name.contains(".php74.") }
    #expect(exchanges.count > 10)
    for exchange in exchanges {
      let reply = try #require(exchange.reply)
      guard case .error(let error) = AddListReply(ReplyBody(reply.body)) else {
        Issue.record("\(exchange.name): not read as an error")
        continue
      }
      #expect(error.code == (exchange.name.hasPrefix("err402") ? 402 : 401), "\(exchange.name)")
      #expect(!error.text.isEmpty)
      guard case .error(error) = ListReply(ReplyBody(reply.body), columns: [.person]) else {
        Issue.record("\(exchange.name): list reads it otherwise")
        continue
      }
    }
  }

  @Test("pages hold what a plain reading of their JSON holds")
  func pages() throws {
    let columns = PersonField.allCases
    var pages = 0
    for exchange in try Recordings.exchanges("list-") {
      guard let reply = exchange.reply, let tree = try? JSONValue(parsing: reply.body),
        tree["count"] != nil
      else { continue }
      guard case .page(let page) = ListReply(ReplyBody(reply.body), columns: columns) else {
        Issue.record("\(exchange.name): unreadable")
        continue
      }
      pages += 1
      let records = tree["data"]?.elements ?? []
      #expect(page.total == tree["count"]?.integer, "\(exchange.name)")
      #expect(page.records.count == records.count, "\(exchange.name)")
      #expect(page.pids == records.map { $0["pid"]?.integer }, "\(exchange.name)")
      for (row, record) in records.enumerated() {
        for (column, field) in columns.enumerated() {
          let value = field.socialKey.map { record["socials"]?[$0] } ?? record[field.rawValue]
          let expected: String =
            switch value {
            case .string(let text), .number(let text): text
            default: ""
            }
          #expect(page.records.text(record: row, field: column) == expected, "\(exchange.name)")
        }
      }
    }
    #expect(pages > 30)
  }

  @Test("a page with a spoilt escape is read, its text as it is stored")
  func spoiltEscape() throws {
    for exchange in try Recordings.exchanges("uescape-list") {
      let reply = try #require(exchange.reply)
      guard case .page(let page) = ListReply(ReplyBody(reply.body), columns: [.ptitle]) else {
        Issue.record("\(exchange.name): unreadable")
        continue
      }
      #expect(page.pids == [1001, 1002, 1003])
      #expect(page.records.text(record: 1, field: 0) == #"текст \u0410\u044f и \u00e9"#)
    }
  }

  @Test("info, fields, update and delete are read")
  func others() throws {
    for exchange in try Recordings.exchanges("info-") where exchange.name.contains(".php74.") {
      let reply = try #require(exchange.reply)
      switch InfoReply(ReplyBody(reply.body)) {
      case .contact(let contact): #expect(contact.pid != nil || exchange.name.contains("fields"))
      case .absent: break
      case .error, .unreadable: Issue.record("\(exchange.name): unreadable")
      }
    }
    for exchange in try Recordings.exchanges("fields-") {
      let reply = try #require(exchange.reply)
      guard case .fields(let entries) = FieldsReply(ReplyBody(reply.body)) else {
        Issue.record("\(exchange.name): unreadable")
        continue
      }
      #expect(entries.prefix(3).map(\.name) == ["pid", "date_create", "date_edit"])
      #expect(entries.suffix(8).map(\.field) == PersonField.socials)
    }
    for exchange in try Recordings.exchanges("delete-deal.php74") {
      let reply = try #require(exchange.reply)
      guard case .refused(let answer) = MutationReply(ReplyBody(reply.body), to: .delete) else {
        Issue.record("\(exchange.name): not read as refused")
        continue
      }
      #expect(answer.pid != nil && !answer.error.isEmpty)
    }
    for exchange in try Recordings.exchanges("update-") where exchange.name.contains(".php74.") {
      let reply = try #require(exchange.reply)
      guard exchange.document["request"]?["params"]?["action"]?.string == "update",
        !ReplyBody(reply.body).reportsFatalError
      else { continue }
      guard case .done = MutationReply(ReplyBody(reply.body), to: .update) else {
        Issue.record("\(exchange.name): not read as done")
        continue
      }
    }
  }
}
