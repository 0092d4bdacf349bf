import Testing

@testable import CRMSandbox

@Suite("The observed server's way of taking requests", .timeLimit(.minutes(20)))
struct ObservedTransportTests {
  private static let unknownUser =
    "{\"result\":\"Error\",\"error\":{\"code\":401,\"text\":\"Неизвестный пользователь\"}}"
  private static let person = "/developer/v2/person"

  private static func rows(_ count: Int, fields: Int) -> [(String, String)] {
    (0..<count).flatMap { row in
      (0..<fields).map { field in
        (
          "persons[\(row)][\(field == 0 ? "person" : "input\(field)")]",
          field == 0 ? "Ряд \(row)" : "x"
        )
      }
    }
  }

  @Test("of 200 rows with twelve fields the first 84 arrive, two fields of the last")
  func truncation() async throws {
    let host = try ObservedHost { $0.activeFields = SandboxConfiguration.allFields }
    let rows = (0..<200).flatMap { row in
      ["person", "ptitle", "tel", "fax", "mob", "mail", "rol", "input1", "input2", "input3"].map {
        ("persons[\(row)][\($0)]", "x")
      } + [("persons[\(row)][input7]", "x"), ("persons[\(row)][input10]", "x")]
    }
    let answer = await host.post("add.list", rows)
    #expect(answer.split(separator: "{").count == 85)
    let last = await host.post("info", [("pid", "1084"), ("fields", "person,ptitle,tel")])
    #expect(last == "{\"data\":{\"person\":\"x\",\"ptitle\":\"x\",\"tel\":null}}")
    #expect(try await host.list().count == 84)
  }

  @Test("PHP's warnings stand before the JSON where they are shown")
  func warnings() async throws {
    let form = ObservedHost.account() + [("action", "add.list")] + Self.rows(600, fields: 2)
    for (profile, speaker) in [(SandboxProfile.php74, "Unknown"), (.php82, "PHP Request Startup")] {
      let host = try ObservedHost(profile) { $0.errorDisplay = .shown }
      let reply = await host.application.respond(.form(form))
      let body = String(decoding: reply.body, as: UTF8.self)
      #expect(
        body.hasPrefix(
          "<br />\n<b>Warning</b>:  \(speaker): Input variables exceeded 1000. To increase the limit "
            + "change max_input_vars in php.ini. in <b>Unknown</b> on line <b>0</b><br />\n[{"))
      #expect(reply.status == 200)
    }
  }

  @Test("a form over the limit is no form: 401, or no rows where the key is in the query")
  func excess() async throws {
    let host = try ObservedHost { $0.postMaxSize = 1000 }
    let rows = SandboxRequest.encode(Self.rows(50, fields: 2))
    let account = ObservedHost.account() + [("action", "add.list")]
    let inBody = await host.application.respond(
      .form(encoded: SandboxRequest.encode(account) + Array("&".utf8) + rows))
    #expect(String(decoding: inBody.body, as: UTF8.self) == Self.unknownUser)
    let inQuery = await host.application.respond(
      .form(encoded: rows, query: SandboxRequest.encode(account)))
    #expect(String(decoding: inQuery.body, as: UTF8.self) == "[]")
  }

  @Test("a multipart form takes 1000 variables, one less than a plain one")
  func boundaries() async throws {
    let host = try ObservedHost()
    let variables = ObservedHost.account() + [("action", "add.list")] + Self.rows(1000, fields: 1)
    let plain = await host.application.respond(.form(variables))
    #expect(plain.body.count { $0 == UInt8(ascii: "{") } == 998)
    let parts = variables.map {
      "--XX\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n"
    }
    let multipart = await host.application.respond(
      method: "POST", path: Self.person,
      headers: [("Content-Type", "multipart/form-data; boundary=XX")],
      body: Array((parts.joined() + "--XX--\r\n").utf8))
    #expect(multipart.body.count { $0 == UInt8(ascii: "{") } == 997)
  }

  @Test("a JSON body counts only under the bare content type and the known header names")
  func json() async throws {
    let host = try ObservedHost()
    let list = "{\"action\":\"list\"}"
    #expect(await host.json(Self.person, list) == "{\"count\":0}")
    #expect(await host.json(Self.person, list, names: ("Apikey", "Login")) == "{\"count\":0}")
    #expect(await host.json(Self.person, list, names: ("ApiKey", "login")) == Self.unknownUser)
    #expect(
      await host.json(Self.person, list, type: "application/json; charset=utf-8")
        == Self.unknownUser)
    let row = "{\"action\":\"add.list\",\"persons\":[{\"person\":\"Проба\"}]}"
    #expect(await host.json(Self.person, row) == "[]")
    #expect(
      await host.json("/developer/v3/person/add.list", row)
        == "[{\"result\":\"Контакт добавлен\",\"data\":1001,\"error\":\"\"}]")
  }

  @Test("v3 takes the action from the path or the body, and knows an unknown one as 404")
  func v3() async throws {
    let host = try ObservedHost()
    let unknown =
      "{\"result\":\"Error\",\"error\":{\"code\":404,\"text\":\"Неизвестный метод\"}}"
    #expect(await host.json("/developer/v3/person", "{}") == unknown)
    #expect(await host.json("/developer/v3/person/addlist", "{}") == unknown)
    #expect(await host.json("/developer/v3/person", "{\"action\":\"list\"}") == "{\"count\":0}")
    #expect(await host.json("/developer/v3/nosuch/list", "{}") == "")
  }

  @Test("blanks and letter case around and in credentials do not matter")
  func credentials() async throws {
    let host = try ObservedHost()
    #expect(await host.post(" list ", login: " CHIEF@test.invalid ") == "{\"count\":0}")
    #expect(await host.post("list", login: "") == Self.unknownUser)
    #expect(
      await host.post("addlist")
        == "{\"error\":{\"code\":402,\"text\":\"Неизвестный метод\"}}")
  }

  @Test("gzip is sent by the newer Apache only, and can be read back")
  func gzip() async throws {
    for (profile, isGzip) in [(SandboxProfile.php74, false), (.php82, true)] {
      let host = try ObservedHost(profile)
      var request = SandboxRequest.query(ObservedHost.account() + [("action", "list")])
      request.headers = [("Accept-Encoding", "gzip, deflate")]
      let reply = await host.application.respond(request)
      #expect(reply.headers.contains { $0.name == "Content-Encoding" } == isGzip)
      // One stored block: ten bytes of header, five of the block's own, eight behind it.
      let plain = isGzip ? reply.body.dropFirst(15).dropLast(8) : reply.body[...]
      #expect(String(decoding: plain, as: UTF8.self) == "{\"count\":0}")
    }
    #expect(
      Gzip.wrapped(Array("123456789".utf8)).suffix(8) == [0x26, 0x39, 0xF4, 0xCB, 9, 0, 0, 0])
  }

  @Test("a stored escape of a Russian letter spoils the page, others do not")
  func escapes() async throws {
    var fixture = SandboxFixture.recordings
    fixture.contacts = [["pid": "1001", "iduser": "1", "person": #"\u0410 \u00e9 \u044F \\u0451"#]]
    let host = try ObservedHost(.php74, fixture)
    let page = await host.post("list", [("fields", "person")])
    #expect(page == #"{"data":[{"person":"\А \\u00e9 \\u044F \\\ё"}],"count":1}"#)
  }

  @Test("between two rows of a batch others may read, and a batch is finished without its sender")
  func interleaving() async throws {
    let (rows, stored) = AsyncStream.makeStream(of: Void.self)
    let (pause, end) = AsyncStream.makeStream(of: Void.self)
    let host = try ObservedHost {
      $0.selfCallDelay = .seconds(5)
      $0.sleep = { _ in
        stored.yield()
        for await _ in pause {}
      }
    }
    let batch = Task { await host.post("add.list", Self.rows(2, fields: 1)) }
    for await _ in rows { break }
    #expect(try await host.list().pids.count == 1)
    batch.cancel()
    end.finish()
    #expect(await batch.value.split(separator: "{").count == 3)
  }

  @Test("with hidden errors a failing log makes a short answer a 500, but not a long one")
  func hiddenLogFailure() async throws {
    for (count, status) in [(1, 500), (80, 200)] {
      let host = try ObservedHost {
        $0.errorDisplay = .hidden
        $0.isLogWritable = false
      }
      let form = ObservedHost.account() + [("action", "add.list")] + Self.rows(count, fields: 1)
      let reply = await host.application.respond(.form(form))
      #expect(reply.status == status)
      #expect(reply.body.count { $0 == UInt8(ascii: "{") } == count)
    }
  }
}
