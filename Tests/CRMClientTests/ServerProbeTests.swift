import ContactModel
import PersonAPI
import Synchronization
import Testing

@testable import CRMClient

@Suite("server probe")
struct ServerProbeTests {
  private static let fields = #"{"data":{"pid":"Номер","person":"Ф.И.О."}}"#
  private static let unknownMethod = #"{"error":{"code":402,"text":"Неизвестный метод"}}"#
  private static let unknownUser =
    #"{"result":"Error","error":{"code":401,"text":"Неизвестный пользователь"}}"#

  private func client(_ transport: CannedTransport, _ variant: Variant = .dotted) -> CRMClient {
    CRMClient(
      server: "crm", credentials: Credentials(login: "me", apikey: "k3y"), variant: variant,
      transport: transport)
  }

  /// A server that drops variables and bodies beyond a limit, as PHP does.
  private func server(
    variables: Int = 1001, bytes: Int = 128 << 10, tooLarge: CannedTransport.Answer? = nil
  ) -> CannedTransport {
    let own = "login=me&apikey=k3y&action=fields".utf8.count
    return CannedTransport { request, _ in
      if request.body.count > bytes { return tooLarge ?? .body(Self.unknownUser) }
      // A probe of bytes has one long variable, one of variables many short ones.
      let middle = request.body.dropFirst(40).prefix(40)
      let isLong = middle.count == 40 && middle.allSatisfy { $0 == UInt8(ascii: "1") }
      let count = isLong ? 4 : 3 + (request.body.count - own) / "&x[]=1".utf8.count
      if request.contentType != "application/json", count > variables {
        return .body(Self.unknownMethod)
      }
      return .body(Self.fields)
    }
  }

  /// A probe that tries no body above 256 KB, in steps of 1 KB.
  private func probe(_ transport: CannedTransport, _ variant: Variant = .dotted) -> ServerProbe {
    ServerProbe(client: client(transport, variant), largestBody: 256 << 10, bodyStep: 1024)
  }

  @Test("the limit of variables is found", arguments: [3, 1001, 2501])
  func variables(limit: Int) async throws {
    let transport = server(variables: limit)
    let found = try #require(await probe(transport).variables())
    #expect(found.atLeast <= limit)
    #expect(found.below.map { $0 > limit } ?? (limit >= 10_000))
    #expect((found.below ?? found.atLeast) - found.atLeast <= 40)
    if limit == 1001 { #expect(found == MeasuredLimit(atLeast: 1001, below: 1002)) }
    #expect(transport.requests.count <= 12)
    #expect(transport.requests.allSatisfy { $0.form.hasSuffix("&action=fields") })
  }

  @Test(
    "the limit of bodies is found to the step", arguments: [1, 7, 64, 128, 129, 300])
  func bodies(kilobytes: Int) async throws {
    let limit = kilobytes << 10
    let transport = server(bytes: limit)
    let found = try #require(await probe(transport).bodyBytes())
    #expect(found.atLeast == min(limit, 256 << 10))
    #expect(found.below == (kilobytes < 256 ? limit + 1024 : nil))
    #expect(transport.requests.count <= 12)
  }

  @Test("a server may refuse a large body in other ways")
  func refusals() async {
    for refusal in [
      CannedTransport.Answer.body("<html>", status: 413), .failure(TransportError(.lost)),
    ] {
      let transport = server(bytes: 64 << 10, tooLarge: refusal)
      #expect(await probe(transport).bodyBytes()?.atLeast == 64 << 10)
    }
  }

  @Test("v3 does not count variables and answers whatever becomes of a body: nothing is measured")
  func v3() async throws {
    let transport = server(bytes: 64 << 10, tooLarge: .body("<html>", status: 413))
    let probe = probe(transport, .v3)
    #expect(await probe.variables() == nil)
    #expect(await probe.bodyBytes() == nil)
    #expect(transport.requests.isEmpty)
  }

  @Test("an answer that says nothing of the size ends the search without a finding")
  func unclear() async {
    let transport = CannedTransport("", status: 502)
    #expect(await probe(transport).variables() == nil)
    #expect(await probe(transport).bodyBytes() == nil)
    let unreachable = CannedTransport(.failure(TransportError(.unreachable)))
    #expect(await probe(unreachable).bodyBytes() == nil)
    let lost = CannedTransport(.failure(TransportError(.lost)))
    #expect(await probe(lost).variables() == nil)
  }

  @Test("everything is found out with questions alone")
  func findings() async throws {
    let transport = CannedTransport { request, _ in
      let form = String(decoding: request.body, as: UTF8.self)
      if form.hasSuffix("&action=fields") { return .body(Self.fields) }
      if form.hasSuffix("&action=info") { return .body(#"{"data":{"pid":7,"person":"П"}}"#) }
      guard form.hasSuffix("&action=list") else { return .body(Self.unknownMethod) }
      if form.contains("&user=b&") { return .body(Self.unknownUser) }
      if form.contains("&user=a&") { return .body(#"{"count":0}"#) }
      return .body(#"{"data":[{"pid":7}],"count":12}"#)
    }
    let clock = Mutex(Duration.zero)
    let probe = ServerProbe(client: client(transport), largestBody: 64 << 10, bodyStep: 1024) {
      clock.withLock { time in
        time += .milliseconds(20)
        return time
      }
    }
    let users = ["a", "b"].enumerated().map {
      CRMUser(login: $1, number: $0 + 1, title: "", isActive: true)
    }
    let found = try await probe.findings(users: users)
    #expect(
      found
        == ServerFindings(
          variables: MeasuredLimit(atLeast: 10_000, below: nil),
          bodyBytes: MeasuredLimit(atLeast: 64 << 10, below: nil), latency: .milliseconds(20),
          visibleContacts: 12,
          contactsOfUsers: [
            .init(user: users[0], contacts: 0), .init(user: users[1], contacts: nil),
          ], answersInfo: true))
    for request in transport.requests {
      let isQuestion = ["fields", "list", "info"].contains {
        request.form.hasSuffix("&action=\($0)")
      }
      #expect(isQuestion)
    }
  }

  @Test("a server that does not answer the first question is an error")
  func silent() async {
    let probe = ServerProbe(client: client(CannedTransport(Self.unknownUser)))
    await #expect(throws: CRMError.self) { try await probe.findings(users: nil) }
  }
}
