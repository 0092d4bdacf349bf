import Foundation
import Testing

@testable import CRMSandbox

@Suite("The sandbox's limits, its file and its server", .timeLimit(.minutes(20)))
struct SandboxLimitsTests {
  private static let auth = [
    ("login", SandboxCredentials.chief), ("apikey", SandboxCredentials.apikey),
  ]
  private static let unknownMethod =
    "{\"result\":\"Error\",\"error\":{\"code\":402,\"text\":\"Неизвестный метод\"}}"
  private static let wrongKey =
    "{\"result\":\"Error\",\"error\":{\"code\":400,\"text\":\"Не верный API key\"}}"

  private static func rows(_ count: Int, fields: Int) -> [(String, String)] {
    (0..<count).flatMap { row in
      (0..<fields).map { field in
        field == 0
          ? ("persons[\(row)][person]", "Ряд \(row)") : ("persons[\(row)][input\(field)]", "x")
      }
    }
  }

  @Test(
    "beyond 1000 variables the action is lost and nothing stored",
    arguments: SandboxTransport.allCases)
  func truncatedAction(_ transport: SandboxTransport) async throws {
    try await withSandbox(transport) { (host) async throws in
      let last = Self.auth + Self.rows(200, fields: 10) + [("action", "addlist")]
      let reply = try await host.send(.form(last))
      #expect(String(decoding: reply.body, as: UTF8.self) == Self.unknownMethod)
      #expect(try await host.pids() == [])
      let fitting = Self.auth + Self.rows(90, fields: 10) + [("action", "addlist")]
      let stored = try await host.send(.form(fitting))
      #expect(try JSONValue(text: String(decoding: stored.body, as: UTF8.self)).array.count == 90)
    }
  }

  @Test("with the action first, a truncated request stores what is left of it")
  func truncatedRows() async throws {
    try await withSandbox { (host) async throws in
      let first = Self.auth + [("action", "addlist")] + Self.rows(200, fields: 10)
      let reply = try await host.send(.form(first))
      // 1001 variables pass: three before the rows, 99 whole rows and eight fields of the next.
      #expect(try JSONValue(text: String(decoding: reply.body, as: UTF8.self)).array.count == 100)
      let cut = try await host.json("info", [("pid", "1100"), ("fields", "input7,input8")])["data"]
      #expect(cut == .object(["input7": "x", "input8": .null]))
    }
  }

  @Test("key and login behind the rows are lost as well")
  func truncatedKey() async throws {
    try await withSandbox { (host) async throws in
      let reply = try await host.send(
        .form([("action", "addlist")] + Self.rows(200, fields: 10) + Self.auth))
      #expect(String(decoding: reply.body, as: UTF8.self) == Self.wrongKey)
      #expect(try await host.pids() == [])
    }
  }

  @Test("a body over post_max_size is dropped whole", arguments: SandboxTransport.allCases)
  func longBody(_ transport: SandboxTransport) async throws {
    #expect(SandboxConfiguration().postMaxSize == 8 * 1024 * 1024)
    let configuration = SandboxConfiguration(postMaxSize: 100_000)
    try await withSandbox(transport, configuration) { (host) async throws in
      let person = [("person", String(repeating: "x", count: 100_001)), ("action", "add")]
      let reply = try await host.send(.form(Self.auth + person))
      #expect(String(decoding: reply.body, as: UTF8.self) == Self.wrongKey)
      let query = SandboxRequest.encode(Self.auth)
      let authorized = try await host.send(
        .form(encoded: SandboxRequest.encode(person), query: query))
      #expect(String(decoding: authorized.body, as: UTF8.self) == Self.unknownMethod)
      #expect(try await host.pids() == [])
    }
  }

  @Test("query and form are merged", arguments: SandboxTransport.allCases)
  func mixedRequest(_ transport: SandboxTransport) async throws {
    try await withSandbox(transport) { (host) async throws in
      let reply = try await host.send(
        .form(
          encoded: SandboxRequest.encode([("persons[0][person]", "А"), ("action", "addlist")]),
          query: SandboxRequest.encode(Self.auth + [("action", "nosuch")])))
      #expect(
        String(decoding: reply.body, as: UTF8.self) == "[{\"result\":\"Успешно\",\"data\":1001}]")
    }
  }

  @Test(
    "a body that is no urlencoded form is no form",
    arguments: [
      ("POST", "application/json"), ("POST", "multipart/form-data; boundary=x"), ("POST", ""),
      ("PUT", "application/x-www-form-urlencoded"),
    ])
  func otherBodies(_ method: String, _ type: String) async throws {
    try await withSandbox { (host) async throws in
      var request = SandboxRequest.form(Self.auth + [("action", "fields")])
      request.method = method
      request.headers = type.isEmpty ? [] : [("content-type", type)]
      let reply = try await host.send(request)
      #expect(String(decoding: reply.body, as: UTF8.self) == Self.wrongKey)
    }
  }

  @Test("only the person method is there", arguments: SandboxTransport.allCases)
  func paths(_ transport: SandboxTransport) async throws {
    try await withSandbox(transport) { (host) async throws in
      for path in [
        "/", "/developer/v2/person/", "/developer/v3/person/fields", "/developer/v3/person",
        "/developer/v2/user", "/developer/v2/client",
      ] {
        var request = SandboxRequest.form(Self.auth + [("action", "fields")])
        request.path = path
        #expect(try await host.send(request).status == 404)
      }
      var request = SandboxRequest.form(Self.auth + [("action", "list")])
      request.path = "/developer/v2/person.php"
      #expect(try await host.send(request).body == Array("{\"count\":0}".utf8))
      let long = SandboxRequest.query([("word", String(repeating: "x", count: 8200))])
      #expect(try await host.send(long).status == 414)
    }
  }

  @Test("bytes that are not UTF-8 become question marks, NUL goes")
  func invalidText() async throws {
    try await withSandbox { (host) async throws in
      let body = SandboxRequest.encode(Self.auth) + Array("&action=add&person=%FFA%00B".utf8)
      _ = try await host.send(.form(encoded: body))
      #expect(try await host.json("list")["data"].array.map { $0["person"] } == ["?AB"])
    }
  }

  @Test("data survive a restart, and two may serve one file", arguments: SandboxTransport.allCases)
  func restart(_ transport: SandboxTransport) async throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent(UUID().uuidString + ".sqlite").path
    defer {
      for ending in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + ending)
      }
    }
    let configuration = SandboxConfiguration(database: path)
    try await withSandbox(transport, configuration) { (host) async throws in
      try await host.addList([[("person", "Первый")]])
    }
    try await withSandbox(transport, configuration) { (host) async throws in
      #expect(try await host.pids() == [1001])
      let other = SandboxHost(application: try SandboxApplication(configuration), port: nil)
      #expect(try await other.addList([[("person", "Второй")]]) == [1002])
      #expect(try await host.addList([[("person", "Третий")]]) == [1003])
      #expect(try await other.pids() == [1001, 1002, 1003])
    }
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test("sandboxes that make and write one file at the same time lose nothing", arguments: 0..<8)
  func concurrentWriters(_ round: Int) async throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent(UUID().uuidString + ".sqlite").path
    defer {
      for ending in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + ending)
      }
    }
    let pids = try await withThrowingTaskGroup(of: [Int].self) { group in
      for writer in 0..<4 {
        group.addTask {
          let application = try SandboxApplication(SandboxConfiguration(database: path))
          let host = SandboxHost(application: application, port: nil)
          var pids: [Int] = []
          for batch in 0..<10 {
            pids += try await host.addList(
              (0..<5).map { [("person", "\(writer).\(batch).\($0)"), ("loyalty", "Общая")] })
          }
          return pids
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(pids.sorted() == Array(1001...1200))
    let store = try SandboxApplication(SandboxConfiguration(database: path)).store
    #expect(try await store.titles(of: .loyalty).filter { $0 == "Общая" }.count == 1)
  }

  @Test("a batch is finished although its sender has gone")
  func abandonedRequest() async throws {
    try await withSandbox { (host) async throws in
      let request = SandboxRequest.form(
        Self.auth + Self.rows(50, fields: 2) + [("action", "addlist")])
      let sending = Task { try await host.send(request) }
      sending.cancel()
      #expect(try await sending.value.status == 200)
      #expect(try await host.pids().count == 50)
    }
  }

  @Test("a database of something else is refused and left alone")
  func foreignDatabase() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("these are notes, not a database".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: (any Error).self) {
      _ = try SandboxApplication(SandboxConfiguration(database: path))
    }
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: path))
        == Data("these are notes, not a database".utf8))
  }

  @Test("a server can be stopped, and a port in use is an error")
  func serverLife() async throws {
    let server = try SandboxServer(SandboxConfiguration())
    let port = try await server.start()
    #expect(port > 0)
    let second = try SandboxServer(SandboxConfiguration(port: port))
    await #expect(throws: (any Error).self) { _ = try await second.start() }
    await server.stop()
    await #expect(throws: SocketClient.Failure.self) {
      _ = try await SocketClient(port: port).send(.query([]))
    }
  }

  @Test("run serves until its task is cancelled")
  func cancelledServer() async throws {
    let server = try SandboxServer(SandboxConfiguration())
    let port = try await server.start()
    let running = Task { try await server.run() }
    let reply = try await SocketClient(port: port).send(
      .query(Self.auth + [("action", "list")]))
    #expect(reply.body == Array("{\"count\":0}".utf8))
    running.cancel()
    _ = await running.result
    await #expect(throws: SocketClient.Failure.self) {
      _ = try await SocketClient(port: port).send(.query([]))
    }
  }
}
