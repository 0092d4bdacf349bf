import JSONSyntax
import PersonAPI
import Testing

@Suite("Directory")
struct DirectoryTests {
  private func users(_ text: String, status: Int = 200) -> DirectoryReply<CRMUser> {
    DirectoryReply(status: status, body: ReplyBody(Array(text.utf8)))
  }

  private func word(_ reply: DirectoryReply<CRMUser>) -> String {
    switch reply {
    case .entries(let entries, _): "\(entries.count)"
    case .missing: "missing"
    case .error(let error): "error \(error.code)"
    case .unreadable: "unreadable"
    }
  }

  @Test(
    "a method that is not there is told from one that fails",
    arguments: [
      (#"{"data":[{"iduser":1,"login":"a"},{"iduser":"2","login":"b","active":"no"}]}"#, 200, "2"),
      (#"{"data":[{"login":"a"},{"iduser":2},{"iduser":0,"login":"c"},5]}"#, 200, "0"),
      (#"{"data":[]}"#, 200, "0"), (#"{"count":0}"#, 200, "0"), ("[]", 200, "0"),
      (#"{"data":{"1":{"iduser":1,"login":"a"}}}"#, 200, "1"),
      (#"{"result":"Error","error":{"code":402,"text":"Неизвестный метод"}}"#, 200, "missing"),
      (#"{"result":"Error","error":{"code":404,"text":"x"}}"#, 200, "missing"),
      ("<html>Not Found</html>", 404, "missing"), ("<html>home</html>", 200, "unreadable"),
      ("", 200, "unreadable"), ("<html>Forbidden</html>", 403, "unreadable"),
      (#"{"result":"Error","error":{"code":401,"text":"x"}}"#, 200, "error 401"),
      (#"{"data":[{"iduser":1,"log"#, 200, "unreadable"), ("", 500, "unreadable"),
      ("", 503, "unreadable"), ("<br />\n<b>Fatal error</b>:  x", 200, "unreadable"),
    ])
  func replies(text: String, status: Int, expected: String) {
    #expect(word(users(text, status: status)) == expected)
  }

  @Test("questions are v2 forms, the action last")
  func requests() {
    let plain = Credentials(login: "a@b.c", apikey: "key")
    let cases: [(DirectoryRequest, String, String)] = [
      (.users, "user", "&action=user.list"), (.clientpathGuide, "guides", "&action=clientpath"),
      (
        .clients(word: "a b", page: 2), "client",
        "&offset=2&word=a+b&fields=clid%2Ctitle&action=list"
      ),
      (.clients(word: "", page: 0), "client", "&offset=0&fields=clid%2Ctitle&action=list"),
    ]
    for (request, method, rest) in cases {
      let wire = request.request(credentials: plain)
      #expect(wire.path == "developer/v2/\(method)")
      #expect(wire.contentType == "application/x-www-form-urlencoded")
      #expect(String(decoding: wire.body, as: UTF8.self) == "login=a%40b.c&apikey=key" + rest)
    }
  }

  @Test(
    "the word asked for is a plain piece of the title",
    arguments: [
      ("Завод Пробный", "Завод Пробный"), (" Завод ", "Завод"), ("ООО \"Ромашка\"", "Ромашка"),
      ("ООО «Ромашка плюс»", "Ромашка"), ("Кто?you", "Кто"), ("100%", "100"), ("?n", "n"),
      ("«»", ""), ("", ""),
    ])
  func words(title: String, word: String) {
    #expect(CompanyLookup(title: title).word == word)
  }

  @Test("whole titles are compared; quotation marks matter only where nothing is exactly the same")
  func matches() {
    let companies = [
      CRMCompany(clid: 1, title: "Завод"), CRMCompany(clid: 2, title: "Завод Пробный"),
      CRMCompany(clid: 3, title: "завод"), CRMCompany(clid: 4, title: "ООО ”Завод”"),
      CRMCompany(clid: 5, title: "Завод"),
    ]
    func found(_ title: String) -> [Int] {
      CompanyLookup(title: title).matches(in: companies).map(\.clid)
    }
    #expect(found("Завод") == [1, 5])
    #expect(found(" завод\t") == [3])
    #expect(found("ООО «Завод»") == [4])
    #expect(found("ООО \"Завод\"") == [4])
    #expect(found("Зав") == [])
  }
}

@Suite(
  "Recorded directory replies",
  .enabled(if: Recordings.arePresent, "../shared/crm is absent"))
struct RecordedDirectoryTests {
  private func read<Entry>(_ exchange: Recordings.Exchange) throws -> DirectoryReply<Entry> {
    let reply = try #require(exchange.reply)
    return DirectoryReply(status: reply.status, body: ReplyBody(reply.body))
  }

  @Test("users are read, also those without access")
  func users() throws {
    for exchange in try Recordings.exchanges("user-list.") {
      guard case .entries(let users, _) = try read(exchange) as DirectoryReply<CRMUser> else {
        Issue.record("\(exchange.name): not read")
        continue
      }
      #expect(
        users.map(\.login) == [
          "chief@test.invalid", "seller.a@test.invalid", "seller.b@test.invalid",
          "gone@test.invalid",
        ])
      #expect(users.map(\.number) == [1, 2, 3, 4])
      #expect(users.map(\.isActive) == [true, true, true, false])
      #expect(users.first?.title == "Первый Тестовый")
    }
  }

  @Test("the guide of v2 and v3 is read, and there is none for loyalty")
  func guides() throws {
    let titles = ["Первый", "Второй", "Третий", "Четвёртый", "Пятый"].map { "Путь \($0)" }
    for exchange in try Recordings.exchanges("guides-clientpath.")
      + Recordings.exchanges("v3-guides-clientpath.")
    {
      guard case .entries(let entries, _) = try read(exchange) as DirectoryReply<GuideEntry> else {
        Issue.record("\(exchange.name): not read")
        continue
      }
      #expect(entries == titles.enumerated().map { GuideEntry(id: $0 + 1, title: $1) })
    }
    for exchange in try Recordings.exchanges("guides-loyal") {
      guard case .missing = try read(exchange) as DirectoryReply<GuideEntry> else {
        Issue.record("\(exchange.name): not missing")
        continue
      }
    }
    for exchange in try Recordings.exchanges("v3-unknown-action") {
      guard case .missing = try read(exchange) as DirectoryReply<GuideEntry> else {
        Issue.record("\(exchange.name): not missing")
        continue
      }
    }
  }

  @Test("clients are read with how many there are")
  func clients() throws {
    for exchange in try Recordings.exchanges("client-list") {
      guard case .entries(let found, let total) = try read(exchange) as DirectoryReply<CRMCompany>
      else {
        Issue.record("\(exchange.name): not read")
        continue
      }
      let all = [
        CRMCompany(clid: 1, title: "Завод Пробный"), CRMCompany(clid: 2, title: "Лавка Опытная"),
      ]
      #expect(found == (exchange.name.hasPrefix("client-list-word") ? [all[0]] : all))
      #expect(total == found.count)
    }
  }
}
