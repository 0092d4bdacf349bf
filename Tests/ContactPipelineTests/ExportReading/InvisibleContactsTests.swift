import CRMClient
import ContactModel
import PersonAPI
import Testing

@testable import ContactPipeline

@Suite("contacts that no list shows")
struct InvisibleContactsTests {
  /// What a scan came to.
  private struct Found {
    /// The contacts of each page.
    var pages: [[[String]]] = []
    /// How many numbers had been asked for with each page.
    var asked: [Int] = []
    var forbidden = 0
    var requests = 0

    var people: [String] { pages.joined().map { $0[0] } }
  }

  private func scan(
    _ contacts: Set<Int>, forbidden: Set<Int> = [], gaps: [Range<Int>], above highest: Int,
    columns: [PersonField] = [.person, .pid]
  ) async throws -> Found {
    try await scan(
      FakeTransport { form in
        let pid = Int(form["pid"] ?? "") ?? 0
        if forbidden.contains(pid) { return .refusal(403) }
        // Servers say in two ways that there is none.
        if !contacts.contains(pid) {
          return pid % 2 == 0
            ? .json(#"{"data":{"pid":null,"person":null}}"#) : .refusal(404)
        }
        return .json(#"{"data":{"pid":"\#(pid)","person":"Person \#(pid)","tel":null}}"#)
      }, gaps: gaps, above: highest, columns: columns)
  }

  private func scan(
    _ transport: FakeTransport, gaps: [Range<Int>], above highest: Int, columns: [PersonField]
  ) async throws -> Found {
    let client = PacedClient(
      client: CRMClient(
        server: "http://fake.example", credentials: Credentials(login: "me", apikey: "key"),
        transport: transport), limits: .none, isInterrupted: { false })
    var scan = InvisibleContacts(client: client, columns: columns)
    var found = Found()
    try await scan.scan(gaps: gaps, above: highest) { page, asked in
      found.pages.append(page.values.rows(width: columns.count))
      found.asked.append(asked)
    }
    found.forbidden = scan.forbidden
    found.requests = client.requests
    return found
  }

  @Test("those in gaps and behind the highest number are found, in order")
  func order() async throws {
    // What is listed is not asked for; 541 stands behind 200 numbers without a contact.
    let found = try await scan(
      [2, 4, 5, 10, 12, 150, 340, 541], gaps: [1..<3, 5..<6, 8..<10], above: 10)
    #expect(
      found.pages.joined().map { $0 } == [
        ["Person 2", "2"], ["Person 5", "5"], ["Person 12", "12"], ["Person 150", "150"],
        ["Person 340", "340"],
      ])
    // Five in gaps, then 11 to 540.
    #expect(found.requests == 5 + 530)
    #expect(found.asked.last == 5 + 530)
    #expect(found.forbidden == 0)
  }

  @Test("a contact behind 199 numbers without one is found")
  func nearEnd() async throws {
    let found = try await scan([210], gaps: [], above: 10)
    #expect(found.people == ["Person 210"])
    #expect(found.requests == 200 + 200)
  }

  @Test("a contact behind 200 numbers without one is not looked for")
  func behindEnd() async throws {
    let found = try await scan([211], gaps: [], above: 10)
    #expect(found.people.isEmpty)
    #expect(found.requests == 200)
  }

  @Test("without gaps only what is behind the highest number is asked for")
  func noGaps() async throws {
    let found = try await scan([7], gaps: [3..<3], above: 6)
    #expect(found.people == ["Person 7"])
    #expect(found.requests == 1 + 200)
  }

  @Test("an empty list is scanned from the first number on")
  func emptyList() async throws {
    let found = try await scan([1, 3], gaps: [], above: 0)
    #expect(found.people == ["Person 1", "Person 3"])
    #expect(found.requests == 3 + 200)
  }

  @Test("a contact of somebody whom the CRM knows is counted, and not there")
  func othersContacts() async throws {
    let transport = FakeTransport { form in
      let pid = Int(form["pid"] ?? "") ?? 0
      guard pid < 3 else { return .refusal(404) }
      let owner = pid == 1 ? "seller@ferry.example" : "0"
      return .json(#"{"data":{"pid":\#(pid),"person":"Person \#(pid)","iduser":"\#(owner)"}}"#)
    }
    let found = try await scan(transport, gaps: [1..<3], above: 2, columns: [.person])
    #expect(found.people == ["Person 2"] && found.forbidden == 1)
    #expect(transport.forms.first?["fields"]?.contains("iduser") == true)
  }

  @Test("what the account may not see is counted, and not there")
  func forbidden() async throws {
    let found = try await scan([2, 12], forbidden: [3, 11, 13], gaps: [1..<4], above: 10)
    #expect(found.people == ["Person 2", "Person 12"])
    // Those behind the highest number may have come since.
    #expect(found.forbidden == 1)
    // One that is there and not shown begins the count of absent ones anew.
    #expect(found.requests == 3 + 3 + 200)
  }

  @Test("pages have 200 contacts at most, and come also where nothing is found")
  func pages() async throws {
    let many = try await scan(Set(1..<251), gaps: [1..<251], above: 250)
    #expect(many.pages.map(\.count) == [200, 50])
    #expect(many.asked == [200, 450])
    #expect(many.people == (1...250).map { "Person \($0)" })
    let behind = try await scan(Set(1..<251), gaps: [], above: 0)
    #expect(behind.pages.map(\.count) == [200, 50])
    #expect(behind.asked == [200, 450])
    let none = try await scan([], gaps: [1..<401], above: 400)
    #expect(none.pages.map(\.count) == [0, 0, 0])
    #expect(none.asked == [200, 400, 600])
  }

  @Test("a value that the answer leaves out is empty")
  func columns() async throws {
    let found = try await scan(
      [1], gaps: [1..<2], above: 1, columns: [.tel, .pid, .person, .skype])
    #expect(found.pages.joined().map { $0 } == [["", "1", "Person 1", ""]])
  }

  @Test("another contact than was asked for is none")
  func otherContact() async throws {
    let transport = FakeTransport { _ in .json(#"{"data":{"pid":9,"person":"A"}}"#) }
    await #expect(throws: CRMError.self) {
      _ = try await scan(transport, gaps: [1..<2], above: 1, columns: [.pid, .person])
    }
  }

  @Test("any other refusal ends the scan")
  func refusal() async throws {
    let transport = FakeTransport { _ in .refusal(406) }
    await #expect(throws: CRMError.self) {
      _ = try await scan(transport, gaps: [], above: 1, columns: [.pid, .person])
    }
    #expect(transport.forms.count == 1)
  }
}
