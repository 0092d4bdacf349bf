import Testing

@testable import CRMSandbox

@Suite("The observed list of contacts", .timeLimit(.minutes(20)))
struct ObservedListTests {
  @Test(
    "offset counts pages; what is none is the first one",
    arguments: [("0", 1001), ("-1", 1001), ("", 1001), ("1", 1201), ("1.5", 1301), ("2", 1401)])
  func offset(_ offset: String, _ first: Int) async throws {
    let host = try ObservedHost(.php74, .recordingsList)
    let page = try await host.list([("order", "pid"), ("first", "old"), ("offset", offset)])
    #expect(page.pids.first == first)
    #expect(page.count == 450)
  }

  @Test("an offset of letters is the first page, and kills PHP 8")
  func letters() async throws {
    let old = try ObservedHost(.php74, .recordingsList)
    #expect(try await old.list([("offset", "abc")]).pids.count == 200)
    let new = try ObservedHost(.php82, .recordingsList)
    #expect(await new.post("list", [("offset", "abc")]).contains("Uncaught TypeError"))
  }

  @Test("past the end there is no data, and limit changes nothing")
  func ends() async throws {
    let host = try ObservedHost(.php74, .recordingsList)
    #expect(await host.post("list", [("offset", "3")]) == "{\"count\":450}")
    #expect(try await host.list([("limit", "5")]).pids.count == 200)
  }

  @Test("one date alone is exclusive, two together are inclusive, in the account's time")
  func dates() async throws {
    let host = try ObservedHost(.php74, .recordingsList)
    let count = { (start: String?, end: String?) async throws -> Int? in
      let dates = [start.map { ("dateStart", $0) }, end.map { ("dateEnd", $0) }]
      return try await host.list(dates.compactMap { $0 }).count
    }
    #expect(try await count("2026-03-01", nil) == 300)
    #expect(try await count(nil, "2026-03-04") == 400)
    #expect(try await count("2026-03-01", "2026-03-02") == 150)
    #expect(try await count("2026-03-02 12:30:45", "2026-03-02T12:30:45Z") == 150)
    #expect(try await count("2026-03-03 00:00:00", "2026-03-03 23:59:59") == 100)
    #expect(try await count("gestern", nil) == 450)
  }

  @Test("a seller sees own contacts, but anybody's who is named")
  func rights() async throws {
    let host = try ObservedHost(.php74, .recordingsList)
    let seller = ObservedHost.seller
    #expect(try await host.list(login: seller).count == 45)
    #expect(try await host.list([("user", ObservedHost.chief)], login: seller).count == 405)
    #expect(try await host.list([("user", "nobody@test.invalid")]).count == 0)
  }

  @Test("the direction belongs to the last of several columns")
  func order() async throws {
    let host = try ObservedHost(.php74, .recordingsList)
    let pids = try await host.list([("order", "date_create,pid")]).pids
    #expect(pids.prefix(2) == [1150, 1149])
    let inactive = try await host.list([("order", "input5,pid"), ("first", "old")]).pids
    #expect(inactive.first == 1001)
  }

  @Test("an order that is no column ends in a fatal error")
  func unknownOrder() async throws {
    let host = try ObservedHost()
    let quote = await host.post("list", [("order", "pid'")])
    #expect(quote.contains("the right syntax to use near 'DESC LIMIT 0,200' at line 1"))
    let twice = await host.post("list", [("order", "pid desc")])
    #expect(twice.contains("near 'DESC LIMIT 0,200' at line 1"))
    let raw = await host.json("/developer/v2/person", "{\"action\":\"list\",\"order\":\"a'\"}")
    #expect(raw.contains("near '' DESC LIMIT 0,200' at line 1"))
  }

  @Test(
    "a filter is a substring; quotes, backslashes and tags are taken out of it",
    arguments: [
      ("ptitle", "ность 3", 64), ("ptitle", "<b>должность</b> 3", 64),
      ("ptitle", "«должность 3»", 64),
      ("ptitle", "д_лжность%3", 64), ("ptitle", "дол`жность\\ 3", 64),
      ("mail", "@TEST.invalid", 450),
      ("fax", "", 0), ("tel", "", 450), ("clid", "0", 450), ("clid", "текст", 450),
      ("clid", "2", 150),
      ("loyalty", "5 - Проба Пять", 75), ("loyalty", "6", 75), ("clientpath", "путь пятый", 90),
      ("clientpath", "5", 90),
    ])
  func filters(_ name: String, _ value: String, _ count: Int) async throws {
    let host = try ObservedHost(.php74, .recordingsList)
    #expect(try await host.list([("filter[\(name)]", value)]).count == count)
  }

  @Test("an unknown source becomes an entry of the guide, an unknown column a fatal error")
  func unknownFilters() async throws {
    let host = try ObservedHost(.php74, .recordingsList)
    #expect(try await host.list([("filter[clientpath]", "Новый Путь")]).count == 0)
    #expect(try await host.application.store.titles(of: .clientpath).last == "Новый Путь")
    let unknown = await host.post("list", [("filter[nosuch]", "x")])
    #expect(unknown.contains("Unknown column 'nosuch' in 'WHERE'. Full query: ["))
  }

  @Test(
    "a word is looked for as it is, in phones without their signs, but not in mob",
    arguments: [
      ("74950777701", 1), ("+7 (495) 077-77-01", 0), ("8916077", 0), ("стр07", 10), ("%", 450),
      ("P77@", 1), ("Егор Стр077", 1),
    ])
  func words(_ word: String, _ count: Int) async throws {
    let host = try ObservedHost(.php74, .recordingsList)
    #expect(try await host.list([("word", word)]).count == count)
  }

  @Test("every page order shows every contact once, whatever the ties")
  func pages() async throws {
    let host = try ObservedHost(.php74, .recordingsList)
    for order in ["date_create", "person", "clid", "pid"] {
      var seen: [Int] = []
      for offset in 0..<3 {
        seen += try await host.list([("order", order), ("offset", String(offset))]).pids
      }
      #expect(seen.sorted() == Array(1001...1450))
    }
  }
}
