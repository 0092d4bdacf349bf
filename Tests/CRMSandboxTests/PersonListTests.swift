import Testing

@testable import CRMSandbox

@Suite("The list of contacts, in process and over a socket", .timeLimit(.minutes(20)))
struct PersonListTests {
  @Test("a page has 200 contacts and offset counts pages", arguments: SandboxTransport.allCases)
  func paging(_ transport: SandboxTransport) async throws {
    let configuration = SandboxConfiguration(maxInputVars: nil)
    try await withSandbox(transport, configuration) { (host) async throws in
      let pids = try await host.addList((1...450).map { [("person", "Стр \($0)")] })
      #expect(pids == Array(1001...1450))
      #expect(try await host.pids() == Array(pids[..<200]))
      #expect(try await host.pids([("offset", "1")]) == Array(pids[200..<400]))
      #expect(try await host.pids([("offset", "2")]) == Array(pids[400...]))
      for first in ["-1", "", "abc", "0"] {
        #expect(try await host.pids([("offset", first)]) == Array(pids[..<200]))
      }
      #expect(try await host.pids([("offset", "1.5")]) == Array(pids[300...]))
      for beyond in ["3", "99999", "99999999999999999999"] {
        #expect(try await host.post("list", [("offset", beyond)]) == "{\"count\":450}")
      }
      let page = try await host.json("list", [("offset", "2")])
      #expect(page["count"] == 450)
      #expect(page["data"].array.count == 50)
    }
  }

  @Test("every page order shows every contact once", arguments: ["date_create", "person", "clid"])
  func stablePages(_ order: String) async throws {
    let configuration = SandboxConfiguration(maxInputVars: nil)
    try await withSandbox(.inProcess, configuration) { (host) async throws in
      let pids = try await host.addList((1...700).map { [("person", "Имя \($0 % 3)")] })
      for first in ["new", "old"] {
        var seen: [Int] = []
        for offset in 0..<4 {
          seen += try await host.pids([
            ("order", order), ("first", first), ("offset", "\(offset)"),
          ])
        }
        #expect(seen.sorted() == pids)
      }
    }
  }

  @Test("order and first choose the order, ties go by pid", arguments: SandboxTransport.allCases)
  func order(_ transport: SandboxTransport) async throws {
    try await withSandbox(transport) { (host) async throws in
      try await host.addList([
        [("person", "В"), ("date_create", "2020-01-01")],
        [("person", "А"), ("date_create", "2021-01-01")],
        [("person", "Б"), ("date_create", "2020-01-01")],
      ])
      let order = { (variables: [(String, String)]) async throws -> [Int] in
        try await host.json("list", variables)["data"].array.compactMap { $0["pid"].integer }
      }
      #expect(try await order([]) == [1002, 1001, 1003])
      #expect(try await order([("first", "new")]) == [1002, 1001, 1003])
      #expect(try await order([("first", "old")]) == [1001, 1003, 1002])
      #expect(try await order([("order", "person"), ("first", "old")]) == [1002, 1003, 1001])
      #expect(try await order([("order", "pid")]) == [1003, 1002, 1001])
      #expect(try await order([("order", "date_create,pid")]) == [1003, 1001, 1002])
    }
  }

  @Test(
    "a column that does not exist ends PHP's life",
    arguments: [
      ("order", "nosuch"), ("order", "pid; DROP TABLE person"), ("filter[nosuch]", "1"),
      ("filter[pid) OR (1]", "1"), ("order", "pid'"),
    ])
  func unknownColumns(_ name: String, _ value: String) async throws {
    try await withSandbox { (host) async throws in
      try await host.addList([[("person", "А")]])
      let reply = try await host.post("list", [(name, value)])
      #expect(reply.hasPrefix("<br />\n<b>Fatal error</b>:"))
      #expect(try await host.pids() == [1001])
    }
  }

  @Test(
    "dates: one is exclusive, two are inclusive",
    arguments: [
      ([("dateStart", "2026-03-02")], [1003, 1004, 1005]),
      ([("dateStart", "2026-03-01 23:59:59")], [1002, 1003, 1004, 1005]),
      ([("dateEnd", "2026-03-02")], [1001]),
      ([("dateEnd", "2026-03-04")], [1001, 1002, 1003, 1004]),
      ([("dateStart", "2026-03-02"), ("dateEnd", "2026-03-02")], [1002]),
      ([("dateStart", "2026-03-02 00:00:00"), ("dateEnd", "2026-03-02 23:59:59")], [1002, 1003]),
      ([("dateStart", "2026-03-02T00:00:00Z"), ("dateEnd", "2026-03-03")], [1002, 1003]),
      ([("dateStart", "2026-03-04"), ("dateEnd", "2026-03-01")], []),
      ([("dateStart", "вчера")], [1001, 1002, 1003, 1004, 1005]),
      ([("dateStart", "2026-13-01"), ("dateEnd", "2026-03-02")], [1001]),
      ([("dateStart", ""), ("dateEnd", "")], [1001, 1002, 1003, 1004, 1005]),
    ] as [([(String, String)], [Int])])
  func dates(_ variables: [(String, String)], _ expected: [Int]) async throws {
    try await withSandbox { (host) async throws in
      let dates = [
        "2026-03-01", "2026-03-02", "2026-03-02 12:30:45", "2026-03-03 23:59:59", "2026-03-04",
      ]
      try await host.addList(dates.map { [("person", "А"), ("date_create", $0)] })
      #expect(try await host.pids(variables) == expected)
    }
  }

  @Test(
    "word looks into person, ptitle, tel and mail only",
    arguments: [
      ("ПЕТРОВ", [1001]), ("  петров ", [1001]), ("директор", [1001, 1002]),
      ("4950777701", [1001]), ("+7 (495) 077-77-01", []), ("077-77", []), ("p77@", [1001]),
      ("9160770000", []), ("555", []), ("%77%", [1001]), ("П_тров", [1001]), ("семен", [1002]),
      ("Семён", [1002]), ("'", []), ("", [1001, 1002]),
    ])
  func words(_ word: String, _ expected: [Int]) async throws {
    try await withSandbox { (host) async throws in
      try await host.addList([
        [
          ("person", "Петров Иван"), ("ptitle", "Директор"), ("tel", "+7 (495) 077-77-01"),
          ("mob", "8-916-077-00-00"), ("fax", "555"), ("mail", "p77@example.com"),
        ],
        [("person", "Семён"), ("ptitle", "директор по снабжению")],
      ])
      #expect(try await host.pids([("word", word)]) == expected)
    }
  }

  @Test(
    "filters narrow the list, empty ones do nothing",
    arguments: [
      ([("clid", "1")], [1001]), ([("clid", "0")], [1001, 1002, 1003]),
      ([("clid", "text")], [1001, 1002, 1003]),
      ([("loyalty", "Новая")], [1002]), ([("loyalty", "Нов")], []),
      ([("clientpath", "Выставка")], [1001, 1002]), ([("clientpath", "Нет такого")], []),
      ([("input1", "1990-01-0")], [1001, 1003]), ([("ptitle", "ИНЖЕНЕР")], [1001]),
      ([("ptitle", "инженер"), ("clid", "2")], []), ([("input1", "")], [1001, 1002, 1003]),
      ([("iduser", "2")], [1003]), ([("mail", "Two@")], [1002]),
    ] as [([(String, String)], [Int])])
  func filters(_ filter: [(String, String)], _ expected: [Int]) async throws {
    try await withSandbox { (host) async throws in
      try await host.addList([
        [
          ("person", "А"), ("clid", "1"), ("ptitle", "Инженер"), ("input1", "1990-01-05"),
          ("clientpath", "Выставка"),
        ],
        [
          ("person", "Б"), ("clid", "2"), ("loyalty", "Новая"), ("clientpath", "Выставка"),
          ("mail", "two@example.com"),
        ],
        [("person", "В"), ("user", SandboxCredentials.sellerA), ("input1", "1990-01-06")],
      ])
      let variables = filter.map { ("filter[\($0.0)]", $0.1) }
      #expect(try await host.pids(variables) == expected)
      // Asking makes no guide entries.
      let paths = try await host.application.store.titles(of: .clientpath)
      #expect(paths == ["Выставка", "Рекомендация", "Сайт"])
    }
  }

  @Test("a seller sees own contacts, a chief all", arguments: SandboxTransport.allCases)
  func rights(_ transport: SandboxTransport) async throws {
    let chief = SandboxCredentials.chief
    let sellerA = SandboxCredentials.sellerA
    let sellerB = SandboxCredentials.sellerB
    try await withSandbox(transport) { (host) async throws in
      for owner in [chief, sellerA, sellerB, sellerA] {
        try await host.addList([[("person", "А"), ("user", owner)]])
      }
      #expect(try await host.pids() == [1001, 1002, 1003, 1004])
      #expect(try await host.pids(login: sellerA) == [1002, 1004])
      #expect(try await host.pids([("user", sellerB)]) == [1003])
      #expect(try await host.pids([("user", sellerA)], login: sellerA) == [1002, 1004])
      #expect(try await host.pids([("user", chief)], login: sellerA) == [])
      #expect(
        try await host.post("list", [("user", "nobody@ferry.example")]) == "{\"count\":0}")
    }
  }

  @Test(
    "fields chooses fields and their order",
    arguments: [
      ("person,tel", "{\"person\":\"А\",\"tel\":\"1\"}"),
      (" tel , person,nosuch", "{\"tel\":\"1\",\"person\":\"А\"}"),
      ("pid", "{\"pid\":1001}"),
      (
        "iduser,clid",
        """
        {"user":"chief@ferry.example","iduser":1,"clid":9,"client":"--не найден--"}
        """
      ),
      ("social,uid,user", "[]"),
    ])
  func fields(_ names: String, _ expected: String) async throws {
    try await withSandbox { (host) async throws in
      try await host.addList([[("person", "А"), ("tel", "1"), ("clid", "9")]])
      let page = try await host.post("list", [("fields", names)])
      #expect(page == "{\"data\":[\(expected)],\"count\":1}")
    }
  }
}
