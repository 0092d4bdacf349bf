import Testing

@testable import CRMSandbox

private let chief = SandboxCredentials.chief
private let sellerA = SandboxCredentials.sellerA
private let sellerB = SandboxCredentials.sellerB

private func error(_ code: Int, _ text: String) -> String {
  "{\"result\":\"Error\",\"error\":{\"code\":\(code),\"text\":\"\(text)\"}}"
}

private let wrongKey = error(400, "Не верный API key")
private let unknownUser = error(401, "Неизвестный пользователь")
private let unknownMethod = error(402, "Неизвестный метод")
private let notVisible = error(
  403, "Клиент с указанным pid не найден в пределах аккаунта указанного пользователя")
private let noPid = error(405, "Отсутствуют параметры - pid контакта")
private let noParameters = error(405, "Отсутствуют параметры")

@Suite("The person method, in process and over a socket", .timeLimit(.minutes(20)))
struct PersonMethodTests {
  @Test(
    "a wrong or missing key is 400 whatever else is asked", arguments: SandboxTransport.allCases)
  func wrongKeys(_ transport: SandboxTransport) async throws {
    try await withSandbox(transport) { (host) async throws in
      #expect(try await host.post("fields", apikey: "sandbox-key-0002") == wrongKey)
      #expect(try await host.post("nosuch", login: "nobody", apikey: "") == wrongKey)
      #expect(String(decoding: try await host.send(.form([])).body, as: UTF8.self) == wrongKey)
    }
  }

  @Test("an unknown user is 401, an unknown method 402", arguments: SandboxTransport.allCases)
  func unknownUserAndMethod(_ transport: SandboxTransport) async throws {
    try await withSandbox(transport) { (host) async throws in
      #expect(try await host.post("nosuch", login: "nobody@ferry.example") == unknownUser)
      #expect(try await host.post("fields", login: "") == unknownUser)
      for action in ["", "nosuch", "Add", "add_list", "addList"] {
        #expect(try await host.post(action) == unknownMethod)
      }
    }
  }

  @Test("key and login are read without letter case and blanks around them")
  func credentialSpelling() async throws {
    try await withSandbox { (host) async throws in
      let reply = try await host.post(
        " fields ", login: " Chief@Ferry.EXAMPLE ", apikey: "SANDBOX-KEY-0001 ")
      #expect(reply.hasPrefix("{\"data\":{\"pid\":"))
      #expect(try await host.post("list", login: SandboxCredentials.disabled) == "{\"count\":0}")
    }
  }

  @Test("fields is the documented object", arguments: SandboxTransport.allCases)
  func fields(_ transport: SandboxTransport) async throws {
    let configuration = SandboxConfiguration(activeFields: SandboxConfiguration.documentedFields)
    try await withSandbox(transport, configuration) { (host) async throws in
      let expected = """
        {"data":{"pid":"Уникальный идентификатор записи контакта",\
        "date_create":"Дата создания. Timestamp",\
        "date_edit":"Дата последнего изменения. Timestamp","clid":"Клиент","ptitle":"Должность",\
        "person":"Ф.И.О.","tel":"Тел.","fax":"Факс","mob":"Моб.","mail":"Почта","rol":"Роль",\
        "social":"Прочее","iduser":"Ответственный","loyalty":"Лояльность",\
        "input1":"Дата рождения","clientpath":"Источник клиента","blog":"Блог","mysite":"Сайт",\
        "twitter":"Twitter","icq":"ICQ","skype":"Skype","google":"Google","yandex":"Я.ru",\
        "mykrug":"Мой круг"}}
        """
      #expect(try await host.post("fields") == expected)
    }
  }

  @Test("add stores a contact with everything it was given", arguments: SandboxTransport.allCases)
  func add(_ transport: SandboxTransport) async throws {
    try await withSandbox(transport) { (host) async throws in
      let reply = try await host.post(
        "add",
        [
          ("person", "Пробный \"Пётр\" <a>"), ("clid", "1"), ("ptitle", "Инженер"),
          ("tel", "+7(342)250-50-50"), ("mail", "p@example.com"), ("loyalty", "Новая"),
          ("clientpath", "Сайт"), ("input1", "0"), ("socials[blog]", "http://blog.example/?a=1"),
          ("mperson", "yes"),
        ])
      #expect(reply == "{\"result\":\"Успешно\",\"data\":1001}")
      let page = try await host.post("list", [("socinfo", "yes")])
      #expect(
        page == """
          {"data":[{"pid":1001,"date_create":"2023-11-15 01:13:20","date_edit":null,"clid":1,\
          "client":"Завод Примерный","ptitle":"Инженер","person":"Пробный \\u201dПётр\\u201d",\
          "tel":"+7(342)250-50-50","fax":null,"mob":null,"mail":"p@example.com","rol":null,\
          "user":"chief@ferry.example","iduser":1,"loyalty":"Новая","input1":null,"input2":null,\
          "input3":null,"input4":null,"input5":null,"input6":null,"input7":null,"input8":null,\
          "input9":null,"input10":null,"clientpath":"Сайт","socials":{\
          "blog":"http:\\/\\/blog.example\\/?a=1","mysite":"","twitter":"","icq":"","skype":"",\
          "google":"","yandex":"","mykrug":""}}],"count":1}
          """)
    }
  }

  @Test("a contact of nothing but a name has nulls where nothing was set")
  func unsetFields() async throws {
    try await withSandbox { (host) async throws in
      _ = try await host.post("add", [("person", "Один"), ("tel", "")])
      let record = try await host.json("list", [("socinfo", "yes")])["data"].array[0]
      #expect(record["tel"] == .null)
      #expect(record["loyalty"] == .null)
      #expect(record["clientpath"] == "")
      #expect(record["client"] == "")
      #expect(record["clid"] == 0)
      #expect(record["socials"]["blog"] == "")
      #expect(record["socials"]["mykrug"] == .null)
    }
  }

  @Test("add needs a person and refuses a mail that is there", arguments: SandboxTransport.allCases)
  func addErrors(_ transport: SandboxTransport) async throws {
    try await withSandbox(transport) { (host) async throws in
      #expect(try await host.post("add", [("tel", "1")]) == noParameters)
      #expect(try await host.post("add", [("person", " \t")]) == noParameters)
      _ = try await host.post("add", [("person", "А"), ("mail", "one@example.com")])
      let again = try await host.post("add", [("person", "Б"), ("mail", " One@Example.com ")])
      #expect(again == error(406, "Найден существующий контакт"))
      _ = try await host.post("add", [("person", "В"), ("mail", "")])
      _ = try await host.post("add", [("person", "Г"), ("mail", "")])
      #expect(try await host.pids() == [1001, 1002, 1003])
    }
  }

  @Test("addlist answers row by row in the order of arrival", arguments: SandboxTransport.allCases)
  func addList(_ transport: SandboxTransport) async throws {
    try await withSandbox(transport) { (host) async throws in
      let reply = try await host.post(
        "addlist",
        [
          ("persons[7][person]", "Первый"), ("persons[7][mail]", "same@example.com"),
          ("persons[3][tel]", "без имени"),
          ("persons[abc][person]", "Второй"), ("persons[abc][mail]", "same@example.com"),
          ("persons[9]", "не массив"),
        ])
      #expect(
        reply == """
          [{"result":"Успешно","data":1001},\(noParameters),{"result":"Успешно","data":1002},\
          \(noParameters)]
          """)
      #expect(try await host.pids() == [1001, 1002])
      #expect(
        try await host.post("add.list", [("persons[][person]", "Третий")])
          == "[{\"result\":\"Успешно\",\"data\":1003}]")
    }
  }

  @Test("addlist without rows is 405", arguments: ["", "persons=", "persons=text"])
  func addListWithoutRows(_ body: String) async throws {
    try await withSandbox { (host) async throws in
      let pair = body.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      let variables = body.isEmpty ? [] : [(pair[0], pair[1])]
      #expect(try await host.post("addlist", variables) == noParameters)
    }
  }

  @Test("the owner is the row's user, else the request's, else the caller")
  func owners() async throws {
    try await withSandbox { (host) async throws in
      let rows = [
        ("persons[0][person]", "А"), ("persons[0][user]", sellerB),
        ("persons[1][person]", "Б"), ("persons[2][person]", "В"), ("persons[2][user]", ""),
        ("persons[3][person]", "Г"), ("persons[3][user]", "nobody@ferry.example"),
      ]
      _ = try await host.post("addlist", rows + [("user", sellerA)])
      _ = try await host.post("addlist", [("persons[0][person]", "Д")], login: sellerB)
      _ = try await host.post("add", [("person", "Е"), ("user", chief)], login: sellerB)
      let records = try await host.json("list", [("order", "pid"), ("first", "old")])["data"].array
      #expect(records.map { $0["user"].text } == [sellerB, sellerA, sellerA, sellerB, chief])
      #expect(records.map { $0["iduser"].integer } == [3, 2, 2, 3, 1])
      // The contact of an unknown user is stored, but in nobody's list.
      let lost = try await host.json("info", [("pid", "1004")])["data"]
      #expect(lost["person"] == "Г")
      #expect(lost["iduser"] == "")
    }
  }

  @Test("info has login, client and socials", arguments: SandboxTransport.allCases)
  func info(_ transport: SandboxTransport) async throws {
    try await withSandbox(transport) { (host) async throws in
      _ = try await host.post(
        "add", [("person", "Пётр"), ("clid", "2"), ("skype", "petr"), ("clientpath", "Выставка")])
      let reply = try await host.post(
        "info", [("pid", "1001"), ("fields", "clid, person,nosuch,clientpath"), ("socinfo", "yes")])
      #expect(
        reply == """
          {"data":{"clid":"2","client":"Лавка Учебная","person":"Пётр","clientpath":"Выставка",\
          "socials":{"blog":"","mysite":"","twitter":"","icq":"","skype":"petr","google":"",\
          "yandex":"","mykrug":""}}}
          """)
      let all = try await host.json("info", [("pid", "1001"), ("socinfo", "true")])["data"]
      #expect(all["iduser"] == "chief@ferry.example")
      #expect(all["pid"] == 1001)
      #expect(all["socials"] == .null)
      #expect(
        try await host.post("info", [("pid", "1001"), ("fields", "nosuch")]) == "{\"data\":[]}")
    }
  }

  @Test(
    "info tells no pid, no such pid and not visible apart", arguments: SandboxTransport.allCases)
  func infoErrors(_ transport: SandboxTransport) async throws {
    try await withSandbox(transport) { (host) async throws in
      _ = try await host.post("add", [("person", "Чужой"), ("user", sellerB)])
      #expect(try await host.post("info") == noPid)
      #expect(try await host.post("info", [("pid", "abc")]) == noPid)
      #expect(try await host.post("info", [("pid", "1002")]) == error(404, "Не найдено"))
      #expect(try await host.post("info", [("pid", "1001")], login: sellerA) == notVisible)
      #expect(try await host.json("info", [("pid", "1001abc")])["data"]["person"] == "Чужой")
    }
  }

  @Test("update changes only what was sent", arguments: SandboxTransport.allCases)
  func update(_ transport: SandboxTransport) async throws {
    try await withSandbox(transport) { (host) async throws in
      _ = try await host.post(
        "add",
        [
          ("person", "Пётр"), ("tel", "1"), ("mob", "2"), ("loyalty", "0 - Не лояльный"),
          ("socials[icq]", "5"), ("user", sellerA),
        ])
      let pid = ("pid", "1001")
      #expect(
        try await host.post("update", [pid, ("tel", "3"), ("mob", "")])
          == "{\"result\":\"Успешно\",\"data\":\"1001\"}")
      #expect(
        try await host.post("update", [pid, ("socials[skype]", "sk"), ("loyalty", "Новая")])
          == "{\"result\":\"Успешно\",\"data\":\"1001\",\"social\":\"Соц.контакты обновлены\"}")
      for same in [[], [("tel", "3"), ("socials[skype]", "sk"), ("fax", "")]] {
        #expect(
          try await host.post("update", [pid] + same)
            == "{\"result\":\"Данные корректны, но идентичны имеющимся\",\"data\":1001}")
      }
      let record = try await host.json("list", [("socinfo", "yes")])["data"].array[0]
      #expect(record["person"] == "Пётр")
      #expect(record["tel"] == "3")
      #expect(record["mob"] == "")
      #expect(record["fax"] == .null)
      #expect(record["loyalty"] == "Новая")
      #expect(record["user"] == .string(sellerA))
      #expect(record["date_edit"] == "2023-11-15 01:13:20")
      #expect(record["socials"]["icq"] == "5")
      #expect(record["socials"]["skype"] == "sk")
    }
  }

  @Test("update and delete need a pid of one's own", arguments: ["update", "delete"])
  func ownPid(_ action: String) async throws {
    try await withSandbox { (host) async throws in
      try await host.addList([[("person", "Чужой"), ("user", sellerB)]])
      #expect(try await host.post(action) == noPid)
      #expect(try await host.post(action, [("pid", "1002")]) == notVisible)
      #expect(try await host.post(action, [("pid", "1001")], login: sellerA) == notVisible)
      #expect(try await host.pids() == [1001])
    }
  }

  @Test("delete deletes, except where there are deals", arguments: SandboxTransport.allCases)
  func delete(_ transport: SandboxTransport) async throws {
    let configuration = SandboxConfiguration(seedsContacts: true)
    try await withSandbox(transport, configuration) { (host) async throws in
      #expect(try await host.pids() == [1001])
      try await host.addList([[("person", "Лишний")]])
      #expect(
        try await host.post("delete", [("pid", "1002")]) == "{\"result\":\"Успешно\",\"data\":1002}"
      )
      #expect(try await host.post("delete", [("pid", "1002")]) == notVisible)
      #expect(
        try await host.post("delete", [("pid", "1001")])
          == error(406, "Удаление контакта невозможно - есть сделки"))
      #expect(try await host.pids() == [1001])
      // A pid is never given twice.
      #expect(try await host.addList([[("person", "Новый")]]) == [1003])
    }
  }

  @Test("mperson makes the main contact of a client, and that is a change")
  func mainContact() async throws {
    try await withSandbox { (host) async throws in
      _ = try await host.post("add", [("person", " Пётр "), ("clid", "1"), ("mperson", "yes")])
      _ = try await host.post("add", [("person", "Павел"), ("clid", "1")])
      let pid = ("pid", "1002")
      let main = ("mperson", "yes")
      #expect(
        try await host.post("update", [pid, main]) == "{\"result\":\"Успешно\",\"data\":\"1002\"}")
      #expect(
        try await host.post("update", [pid, main])
          == "{\"result\":\"Данные корректны, но идентичны имеющимся\",\"data\":1002}")
      #expect(try await host.json("info", [("pid", "1001")])["data"]["person"] == "Пётр")
    }
  }

  @Test("date_create is honoured, and what is no date is now")
  func dateCreate() async throws {
    try await withSandbox { (host) async throws in
      try await host.addList([
        [("person", "А"), ("date_create", "2016-02-29")],
        [("person", "Б"), ("date_create", "2017-01-02 03:04:05")],
        [("person", "В"), ("date_create", "2017-02-29")],
        [("person", "Г"), ("date_create", "вчера")],
      ])
      let records = try await host.json("list", [("order", "pid"), ("first", "old")])["data"].array
      #expect(
        records.map { $0["date_create"].text } == [
          "2016-02-29 00:00:00", "2017-01-02 03:04:05", "2023-11-15 01:13:20",
          "2023-11-15 01:13:20",
        ])
    }
  }

  @Test("guide texts that are new become entries, once", arguments: SandboxTransport.allCases)
  func guides(_ transport: SandboxTransport) async throws {
    try await withSandbox(transport) { (host) async throws in
      let row = [("person", "А"), ("loyalty", "Новая"), ("clientpath", "Выставка")]
      try await host.addList([row, row])
      try await host.addList([row, [("person", "Б"), ("clientpath", "Маяк"), ("loyalty", "")]])
      let store = host.application.store
      #expect(try await store.titles(of: .loyalty).dropFirst(4) == ["Новая"])
      #expect(
        try await store.titles(of: .clientpath) == ["Выставка", "Рекомендация", "Сайт", "Маяк"])
    }
  }

  @Test("fields that are switched off are neither written, read nor listed")
  func inactiveFields() async throws {
    let configuration = SandboxConfiguration(activeFields: ["person", "tel", "iduser"])
    try await withSandbox(.inProcess, configuration) { (host) async throws in
      _ = try await host.post("add", [("person", "А"), ("tel", "1"), ("mail", "a@example.com")])
      // The mail was not taken, so there is none to be found.
      _ = try await host.post("add", [("person", "А"), ("tel", "1"), ("mail", "a@example.com")])
      let record = try await host.json("list", [("first", "old")])["data"].array[1]
      guard case .object(let members) = record else { return #expect(Bool(false)) }
      #expect(
        Set(members.keys) == [
          "pid", "date_create", "date_edit", "person", "tel", "user", "iduser",
        ])
    }
  }
}
