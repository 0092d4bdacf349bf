import ContactModel
import PersonAPI
import Testing

@testable import CRMClient

@Suite("single writes")
struct MutationTests {
  private static let fatal =
    "<br />\n<b>Fatal error</b>:  Uncaught TypeError: Cannot access offset of type string on string"
    + " in /srv/crm/developer/v2/person.php:530\nStack trace:\n#0 {main}\n"

  private func client(_ transport: CannedTransport, _ variant: Variant) -> CRMClient {
    CRMClient(
      server: "crm", credentials: Credentials(login: "me", apikey: "k3y"), variant: variant,
      transport: transport)
  }

  private func action(_ request: WireRequest) -> String {
    if request.contentType == "application/json" {
      return request.path.split(separator: "/").last.map(String.init) ?? ""
    }
    let form = String(decoding: request.body, as: UTF8.self)
    return form.split(separator: "&").last.map { String($0.dropFirst("action=".count)) } ?? ""
  }

  @Test("add is an addlist of one where its answer cannot be relied on, and itself elsewhere")
  func add() async throws {
    let request = AddRequest(values: [FieldValue(.person, "A")])
    let list = CannedTransport(#"[{"result":"Контакт добавлен","data":1001,"error":""}]"#)
    #expect(
      try await client(list, .dotted).add(request) == .done(MutationAnswer(pid: 1001, result: "")))
    #expect(list.requests.map { action($0.wire) } == ["add.list"])
    for variant in [Variant.documented, .v3] {
      let single = CannedTransport(#"{"result":"Контакт добавлен","data":1001,"error":""}"#)
      #expect(
        try await client(single, variant).add(request)
          == .done(MutationAnswer(pid: 1001, result: "Контакт добавлен")))
      #expect(single.requests.map { action($0.wire) } == ["add"])
    }
  }

  @Test("an addlist of one that says nothing is unknown, never failed")
  func unknownAdd() async throws {
    let request = AddRequest(values: [FieldValue(.person, "A")])
    let cases: [(CannedTransport.Answer, MutationOutcome)] = [
      (.body(Self.fatal), .unknown(.fatalError)),
      (.body("", status: 500), .unknown(.hiddenFailure)),
      (.body("", status: 504), .unknown(.gateway)),
      (.failure(TransportError(.lost)), .unknown(nil)),
      (
        .body(#"[{"result":"","data":0,"error":""}]"#),
        .refused(MutationAnswer(pid: nil, result: ""))
      ),
      (.body("[]"), .refused(MutationAnswer(pid: nil, result: ""))),
    ]
    for (answer, expected) in cases {
      let transport = CannedTransport(answer)
      #expect(try await client(transport, .dotted).add(request) == expected)
      #expect(transport.requests.count == 1, "nothing is repeated")
    }
    for variant in [Variant.documented, .v3] {
      let transport = CannedTransport(Self.fatal)
      #expect(try await client(transport, variant).add(request) == .unknown(.fatalError))
    }
  }

  @Test("what was not sent, or was refused as a whole, is an error")
  func errors() async {
    let add = AddRequest(values: [FieldValue(.person, "A")])
    for variant in Variant.all {
      await #expect(throws: CRMError.self) {
        try await client(CannedTransport(.failure(TransportError(.unreachable))), variant).add(add)
      }
      await #expect(throws: CRMError.self) {
        try await client(
          CannedTransport(#"{"result":"Error","error":{"code":401,"text":"x"}}"#), variant
        ).add(add)
      }
    }
  }

  @Test("an update that PHP 8 dies of is looked up", arguments: [true, false])
  func update(isStored: Bool) async throws {
    let old = #"{"data":{"pid":7,"person":"А","tel":"1","date_edit":null}}"#
    let new = #"{"data":{"pid":7,"person":"Б","tel":"1","date_edit":"2026-01-01 00:00:00"}}"#
    let transport = CannedTransport { [self] request, number in
      if action(request) == "update" { return .body(Self.fatal) }
      return .body(isStored && number > 1 ? new : old)
    }
    let request = UpdateRequest(pid: 7, values: [FieldValue(.person, "Б")])
    let outcome = try await client(transport, .dotted).update(request)
    let answer = MutationAnswer(pid: 7, result: "")
    #expect(outcome == (isStored ? .done(answer) : .refused(answer)))
    #expect(transport.requests.map { action($0.wire) } == ["info", "update", "info"])
  }

  @Test("an update that is answered is believed; where nothing can be looked up it is unknown")
  func answeredUpdate() async throws {
    let request = UpdateRequest(pid: 7, values: [FieldValue(.person, "Б")])
    let answer = #"{"result":"Данные контакта обновлены","data":7,"error":""}"#
    for variant in [Variant.documented, .v3] {
      let transport = CannedTransport(answer)
      #expect(
        try await client(transport, variant).update(request)
          == .done(MutationAnswer(pid: 7, result: "Данные контакта обновлены")))
      #expect(transport.requests.count == 1)
      let dead = CannedTransport(Self.fatal)
      #expect(try await client(dead, variant).update(request) == .unknown(.fatalError))
    }
  }

  @Test("a deletion that PHP dies of is looked up", arguments: [true, false])
  func delete(isGone: Bool) async throws {
    let transport = CannedTransport { [self] request, _ in
      if action(request) == "delete" { return .body(Self.fatal) }
      return .body(isGone ? #"{"data":{"pid":null,"person":null}}"# : #"{"data":{"pid":7}}"#)
    }
    let outcome = try await client(transport, .dotted).delete(DeleteRequest(pid: 7))
    let answer = MutationAnswer(pid: 7, result: "")
    #expect(outcome == (isGone ? .done(answer) : .refused(answer)))
    #expect(transport.requests.count == 2)
  }
}
