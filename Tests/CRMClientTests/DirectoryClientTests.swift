import PersonAPI
import Testing

@testable import CRMClient

@Suite("users, guides and clients")
struct DirectoryClientTests {
  private func client(_ transport: CannedTransport) -> CRMClient {
    CRMClient(
      server: "crm", credentials: Credentials(login: "me", apikey: "k3y"), variant: .v3,
      transport: transport)
  }

  @Test("a server without the method gives nil, one that refuses the key an error")
  func missing() async throws {
    let missing = client(CannedTransport(.notFound))
    #expect(try await missing.users() == nil)
    #expect(try await missing.clientpathGuide() == nil)
    #expect(try await missing.clients(word: "a") == nil)
    #expect(try await missing.clients(titled: "a") == nil)
    let refused = client(CannedTransport(#"{"result":"Error","error":{"code":401,"text":"x"}}"#))
    await #expect(throws: CRMError.self) { try await refused.users() }
    let down = client(CannedTransport("", status: 503))
    await #expect(throws: CRMError.self) { try await down.clientpathGuide() }
  }

  @Test("clients come from all pages, each once", arguments: [0, 1, 200, 201, 450])
  func pages(count: Int) async throws {
    let transport = CannedTransport { _, number in
      let ids = (200 * number..<max(200 * number, min(count, 200 * number + 200)))
      guard !ids.isEmpty else { return .body(#"{"count":\#(count)}"#) }
      let records = ids.map { #"{"clid":\#($0 + 1),"title":"К \#($0)"}"# }
      return .body(#"{"data":[\#(records.joined(separator: ","))],"count":\#(count)}"#)
    }
    let found = try await client(transport).clients(word: "К")
    #expect(found?.map(\.clid) == Array(0..<count).map { $0 + 1 })
    #expect(transport.requests.count == max(1, (count + 199) / 200))
  }

  @Test("without a total, pages are asked for until one brings nothing new")
  func unknownTotal() async throws {
    let transport = CannedTransport { _, number in
      let ids = min(250, 200 * number)..<min(250, 200 * number + 200)
      let records = ids.map { #"{"clid":\#($0 + 1),"title":"К"}"# }
      return .body(#"{"data":[\#(records.joined(separator: ","))]}"#)
    }
    #expect(try await client(transport).clients(word: "К")?.count == 250)
  }

  @Test(
    "the request that makes a source is never repeated, and the guide is read afterwards",
    arguments: [
      CannedTransport.Answer.failure(TransportError(.lost)), .body("", status: 504),
      .body("", status: 429), .body(#"{"count":0}"#),
    ])
  func source(answer: CannedTransport.Answer) async throws {
    let guide = #"{"data":[{"id":"7","title":"Новый"}]}"#
    let transport = CannedTransport { wire, _ in
      wire.path.hasSuffix("guides") ? .body(guide) : answer
    }
    let client = CRMClient(
      server: "crm", credentials: Credentials(login: "me", apikey: "k3y"), variant: .dotted,
      retry: RetryPolicy(), transport: transport)
    #expect(try await client.createSource("Новый") == [GuideEntry(id: 7, title: "Новый")])
    #expect(transport.requests.map(\.wire.path) == ["developer/v2/person", "developer/v2/guides"])
  }

  @Test("a server that repeats a page for ever is not asked for ever")
  func repeating() async throws {
    let transport = CannedTransport(#"{"data":[{"clid":1,"title":"A"}],"count":9}"#)
    #expect(try await client(transport).clients(word: "A")?.count == 1)
    #expect(transport.requests.count == 2)
  }

  @Test("a title is asked for as a word and compared whole")
  func titled() async throws {
    let transport = CannedTransport(
      #"{"data":[{"clid":1,"title":"Завод"},{"clid":2,"title":"Завод Пробный"}],"count":2}"#)
    #expect(try await client(transport).clients(titled: "Завод")?.map(\.clid) == [1])
    #expect(transport.requests[0].form.contains("&word=%D0%97%D0%B0%D0%B2%D0%BE%D0%B4&"))
    #expect(try await client(transport).clients(titled: " ")?.isEmpty == true)
    #expect(transport.requests.count == 1)
  }
}
