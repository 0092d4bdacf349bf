import JSONSyntax
import PersonAPI
import Testing

@Suite(
  "Kinds of recorded replies",
  .enabled(if: Recordings.arePresent, "../shared/crm is absent"))
struct RecordedKindTests {
  /// A recorded reply as a plain look at it tells: without a parser for what stands around JSON.
  private func plainKind(_ status: Int, _ body: [UInt8]) -> String {
    let text = String(decoding: body, as: UTF8.self)
    if let value = try? JSONValue(parsing: body) {
      return value["error"]?.members == nil ? "answer" : "error"
    }
    // JSON, then PHP's last words.
    if text.hasPrefix("{"), text.contains("<b>Fatal error</b>") {
      return text.hasPrefix("{\"error\":{") ? "error" : "answer"
    }
    if text.hasPrefix("[") || text.hasPrefix("{\"data\"") { return "answer" }
    if text.contains("<b>Fatal error</b>") { return "fatal" }
    if text.contains("подключения к БД") { return "database" }
    if text.hasPrefix("<br />\n<b>Warning</b>") {
      return text.contains("{\"result\":\"Error\"") ? "error" : "answer"
    }
    return status == 500 ? "hidden" : "foreign"
  }

  private func name(of kind: ReplyKind) -> String {
    switch kind {
    case .answer: "answer"
    case .error: "error"
    case .fatalError: "fatal"
    case .databaseDown: "database"
    case .hiddenFailure: "hidden"
    case .gateway: "gateway"
    case .turnedAway: "turned away"
    case .foreign: "foreign"
    }
  }

  @Test("every reply is of the kind that a plain look at it tells")
  func everyReply() throws {
    var counts: [String: Int] = [:]
    for exchange in try Recordings.exchanges() {
      guard let reply = exchange.reply, !exchange.name.hasPrefix("gzip") else { continue }
      let kind = ReplyKind(status: reply.status, body: ReplyBody(reply.body))
      let expected = plainKind(reply.status, reply.body)
      #expect(name(of: kind) == expected, "\(exchange.name)")
      #expect((kind.finality == .open) == (expected == "foreign"), "\(exchange.name)")
      counts[expected, default: 0] += 1
    }
    #expect(counts.count == 6, "\(counts)")
    #expect(counts.values.reduce(0, +) > 400)
  }

  /// What a group of recordings has to be: the beginning of their names, which servers, the kind.
  @Test(
    "groups of replies are of one kind",
    arguments: [
      ("db-down-", "", "database"), ("db-killed-", "", "fatal"), ("hide-poison", "", "hidden"),
      ("hide-v3-poison", "", "hidden"), ("hide-order-unknown", "", "hidden"),
      ("hide-add", "php82hide", "hidden"), ("hide-add", "php74hide", "answer"),
      ("hide-log-unwritable", "", "answer"), ("suffix-", "", "answer"), ("err400-", "", "error"),
      ("err401-", "", "error"), ("err402-", "", "error"), ("list-order-unknown", "", "fatal"),
      ("list-word-qmark", "", "fatal"), ("addlist-row-scalar", "", "fatal"),
      ("addlist-row-empty-string", "", "fatal"), ("v3-addlist-scalar", "", "fatal"),
      ("addlist-backslash-mail", "", "fatal"), ("addlist-quote-", "", "fatal"),
      ("addlist-full", "", "answer"), ("addlist-missing", "", "answer"),
      ("user-list", "", "answer"),
      ("detect-rowless-addlist", "", "error"), ("detect-rowless-add_list", "", "answer"),
      ("vars-200x12-action-last", "", "error"), ("vars-200x12-auth-last", "", "error"),
      ("vars-200x12-person", "", "answer"), ("vars-60x20", "", "answer"),
      ("post-over-8M", "php74disp", "error"), ("path-wrong", "", "foreign"),
      ("path-slash", "", "hidden"), ("get-too-long", "", "foreign"), ("uescape-", "", "answer"),
      ("v3-unknown-method", "", "foreign"), ("v3-unknown-action", "", "error"),
      ("v3-add.", "", "answer"), ("v3-fields", "", "answer"), ("strict-toolong", "", "answer"),
      ("tz-kolkata", "", "fatal"),
    ])
  func groups(prefix: String, server: String, expected: String) throws {
    for exchange in try Recordings.exchanges(prefix)
    where server.isEmpty || exchange.server == server {
      guard let reply = exchange.reply else { continue }
      let kind = ReplyKind(status: reply.status, body: ReplyBody(reply.body))
      #expect(name(of: kind) == expected, "\(exchange.name)")
    }
  }

  @Test("on PHP 8 every v2 add and update that reaches its action ends in a fatal error")
  func singleWrites() throws {
    var count = 0
    for exchange in try Recordings.exchanges() where exchange.server == "php82" {
      guard let action = exchange.action, ["add", "update"].contains(action),
        exchange.path.hasPrefix("/developer/v2/"), let reply = exchange.reply,
        !exchange.name.hasPrefix("err40"), !exchange.name.hasPrefix("transport-"),
        !exchange.name.hasPrefix("json-ctype"), !exchange.name.hasPrefix("json-auth-headers-upper")
      else { continue }
      count += 1
      let kind = ReplyKind(status: reply.status, body: ReplyBody(reply.body))
      #expect(kind == .fatalError, "\(exchange.name)")
      #expect(
        MutationReply(ReplyBody(reply.body), to: action == "add" ? .add : .update) == .unreadable,
        "\(exchange.name)")
    }
    #expect(count > 50)
  }

  @Test("add.list: final, and as many rows unknown as the group has")
  func addList() throws {
    var counts: [AddListStep: Int] = [:]
    for exchange in try Recordings.exchanges() {
      guard exchange.action == "add.list", let rowCount = exchange.rowCount, rowCount > 0,
        // Apache itself refuses long addresses.
        let reply = exchange.reply, reply.status != 414
      else { continue }
      let result = AddListReconciler(
        rowCount: rowCount, ending: .reply(status: reply.status, body: reply.body))
      #expect(result.finality == .final, "\(exchange.name)")
      let step = result.step(isHalf: true)
      counts[step, default: 0] += 1
      switch result.kind {
      case .answer where exchange.name.contains("json-addlist."):
        // v2 takes no rows from JSON.
        #expect(reply.body == Array("[]".utf8) && step == .stop, "\(exchange.name)")
      case .answer:
        let elements = try #require(AddListReply(ReplyBody(reply.body)).elements)
        // A truncated request: one row is suspect, all behind it are missing.
        let unknown = elements == rowCount ? 0 : rowCount - elements + 1
        #expect(result.verdicts.filter { $0 == .unknown }.count == unknown, "\(exchange.name)")
        #expect(result.isTruncated == (elements < rowCount), "\(exchange.name)")
      case .error:
        #expect(result.verdicts.allSatisfy { $0 == .notExecuted }, "\(exchange.name)")
        #expect(result.isTruncated, "\(exchange.name)")
        #expect(exchange.storedPIDs ?? [] == [], "\(exchange.name)")
      case .fatalError, .databaseDown, .hiddenFailure:
        #expect(result.verdicts.allSatisfy { $0 == .unknown }, "\(exchange.name)")
        #expect(step == .settle, "\(exchange.name)")
      case .gateway, .turnedAway, .foreign, nil: Issue.record("\(exchange.name)")
      }
    }
    #expect(counts[.proceed, default: 0] > 20)
    #expect(counts[.settle, default: 0] > 5)
    #expect(counts[.stop, default: 0] > 1)
  }

  @Test("a reply cut anywhere creates nothing, and is open unless PHP had said enough")
  func cuts() throws {
    for exchange in try Recordings.exchanges("addlist-full") + Recordings.exchanges("suffix-log") {
      guard exchange.action == "add.list", let rowCount = exchange.rowCount,
        let reply = exchange.reply, let end = ReplyBody(reply.body).json?.upperBound
      else { continue }
      for length in 0..<end {
        let result = AddListReconciler(
          rowCount: rowCount,
          ending: .reply(status: 200, body: Array(reply.body[..<length])))
        #expect(result.verdicts.allSatisfy { $0 == .unknown }, "\(exchange.name) cut at \(length)")
        #expect(result.finality == .open, "\(exchange.name) cut at \(length)")
      }
    }
  }
}

extension AddListReply {
  /// How many elements there are.
  fileprivate var elements: Int? {
    guard case .rows(let elements) = self else { return nil }
    return elements.count
  }
}
