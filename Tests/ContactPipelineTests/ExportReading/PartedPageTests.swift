import CRMClient
import ContactModel
import PersonAPI
import Synchronization
import Testing

@testable import ContactPipeline

@Suite("a page in parts")
struct PartedPageTests {
  /// A value that breaks an answer.
  private struct Fault: Hashable {
    var pid: Int
    var field: PersonField
  }

  /// The second page of a list, some of whose values break answers.
  private final class BrokenPage: Sendable {
    struct State {
      /// The contacts of the page.
      var listed: [Int]
      /// Those that `info` knows.
      var known: Set<Int>
      /// The fields of every request for the page.
      var lists: [[PersonField]] = []
      /// The contacts that were asked for one by one.
      var infos: [Int] = []
    }

    let state: Mutex<State>
    private let inList: Set<Fault>
    private let inInfo: Set<Fault>
    private let change: @Sendable (inout State) -> Void

    /// - Parameters:
    ///   - pids: The contacts.
    ///   - inList: What breaks the page.
    ///   - inInfo: What breaks the answer for one contact.
    ///   - change: What becomes of the page behind the first request.
    init(
      _ pids: [Int], inList: Set<Fault>, inInfo: Set<Fault> = [],
      change: @escaping @Sendable (inout State) -> Void = { _ in }
    ) {
      state = Mutex(State(listed: pids, known: Set(pids)))
      (self.inList, self.inInfo, self.change) = (inList, inInfo, change)
    }

    func page(_ request: ListRequest, _ columns: [PersonField]) throws(CRMError) -> ListPage {
      let listed = state.withLock { state in
        let listed = state.listed
        state.lists.append(request.fields)
        if state.lists.count == 1 { change(&state) }
        return listed
      }
      guard !inList.contains(where: { listed.contains($0.pid) && columns.contains($0.field) })
      else { throw CRMError(.list, server: "s", cause: .notUnderstood(status: 200)) }
      return ListPage(
        rows: listed.map { pid in columns.map { Self.value(pid, $0) } }, pids: listed,
        total: 203, firstRecord: request.page * 200 + 1)
    }

    func contact(_ request: InfoRequest) throws(CRMError) -> ContactDetails? {
      let isKnown = state.withLock { state in
        state.infos.append(request.pid)
        return state.known.contains(request.pid)
      }
      guard !request.fields.contains(where: { inInfo.contains(Fault(pid: request.pid, field: $0)) })
      else { throw CRMError(.info, server: "s", cause: .notUnderstood(status: 200)) }
      guard isKnown else { return nil }
      var values: [PersonField: String] = [:]
      for field in request.fields { values[field] = Self.value(request.pid, field) }
      return ContactDetails(pid: request.pid, values: values)
    }

    private static func value(_ pid: Int, _ field: PersonField) -> String {
      field == .pid ? "\(pid)" : "\(field.name)\(pid)"
    }
  }

  private let columns: [PersonField] = [.pid, .person, .tel, .mail, .ptitle, .rol]

  private func read(
    _ list: BrokenPage, columns: [PersonField]
  ) async throws(CRMError) -> (page: ListPage, unreadable: Int) {
    var parted = PartedPage(
      ListRequest(page: 1), columns: columns,
      ask: { request, columns async throws(CRMError) in try list.page(request, columns) },
      askOne: { request async throws(CRMError) in try list.contact(request) })
    let page = try await parted.read()
    return (page, parted.unreadable)
  }

  @Test("only the value that breaks everything is missing, and counted")
  func oneValue() async throws {
    let fault: Set = [Fault(pid: 8, field: .tel)]
    let list = BrokenPage([7, 8, 9], inList: fault, inInfo: fault)
    let (page, unreadable) = try await read(list, columns: columns)
    #expect(
      page.rows == [
        ["7", "person7", "tel7", "mail7", "ptitle7", "rol7"],
        ["8", "person8", "", "mail8", "ptitle8", "rol8"],
        ["9", "person9", "tel9", "mail9", "ptitle9", "rol9"],
      ])
    #expect(page.pids == [7, 8, 9])
    #expect(page.total == 203)
    #expect(page.records.firstRecord == 201)
    #expect(page.records.lines == [201, 202, 203])
    #expect(unreadable == 1)
    let state = list.state.withLock { $0 }
    #expect(
      state.lists == [
        [.pid], [.pid, .person, .tel, .mail, .ptitle, .rol], [.pid, .person, .tel],
        [.pid, .person], [.pid, .tel], [.pid, .mail, .ptitle, .rol],
      ])
    #expect(state.infos == [7, 8, 9])
  }

  @Test("what breaks a list and not a contact's own answer is not missing")
  func brokenInListOnly() async throws {
    let list = BrokenPage(
      [7, 8], inList: [Fault(pid: 8, field: .person), Fault(pid: 7, field: .rol)])
    let (page, unreadable) = try await read(list, columns: columns)
    #expect(
      page.rows == [
        ["7", "person7", "tel7", "mail7", "ptitle7", "rol7"],
        ["8", "person8", "tel8", "mail8", "ptitle8", "rol8"],
      ])
    #expect(unreadable == 0)
  }

  @Test("several broken values are each counted")
  func severalValues() async throws {
    let faults: Set = [
      Fault(pid: 7, field: .tel), Fault(pid: 8, field: .tel), Fault(pid: 8, field: .rol),
    ]
    let list = BrokenPage([7, 8], inList: faults, inInfo: faults)
    let (page, unreadable) = try await read(list, columns: columns)
    #expect(
      page.rows == [
        ["7", "person7", "", "mail7", "ptitle7", "rol7"],
        ["8", "person8", "", "mail8", "ptitle8", ""],
      ])
    #expect(unreadable == 3)
  }

  @Test("columns come in their order, wherever the pid stands")
  func order() async throws {
    let list = BrokenPage([7], inList: [Fault(pid: 7, field: .skype)])
    let (page, unreadable) = try await read(list, columns: [.skype, .person, .pid])
    #expect(page.rows == [["socials.skype7", "person7", "7"]])
    #expect(unreadable == 0)
  }

  @Test("a contact that goes away between the parts is left out", arguments: [[], [9]] as [[Int]])
  func vanished(broken: [Int]) async throws {
    let faults = Set(broken.map { Fault(pid: $0, field: .mail) })
    let list = BrokenPage([7, 8, 9], inList: faults) { state in
      state.listed = [7, 9]
      state.known = [7, 9]
    }
    let (page, unreadable) = try await read(list, columns: [.pid, .person, .mail])
    #expect(page.rows == [["7", "person7", "mail7"], ["9", "person9", "mail9"]])
    #expect(page.pids == [7, 9])
    #expect(page.records.lines == [201, 202])
    #expect(unreadable == 0)
  }

  @Test("a contact that moves to another page meanwhile is asked for by its number")
  func moved() async throws {
    let list = BrokenPage([7, 8], inList: [], inInfo: [Fault(pid: 8, field: .mail)]) { state in
      state.listed = [7]
    }
    let (page, unreadable) = try await read(list, columns: columns)
    #expect(
      page.rows == [
        ["7", "person7", "tel7", "mail7", "ptitle7", "rol7"],
        ["8", "person8", "tel8", "", "ptitle8", "rol8"],
      ])
    #expect(unreadable == 1)
    // All fields at once, then each of the five.
    #expect(list.state.withLock { $0.infos } == Array(repeating: 8, count: 6))
  }

  @Test("a page of which not even the numbers can be read is not read")
  func numbers() async throws {
    let list = BrokenPage([7, 8], inList: [Fault(pid: 8, field: .pid)])
    do {
      _ = try await read(list, columns: columns)
      Testing.Issue.record("the page was read")
    } catch {
      #expect(PartedPage.isBroken(error))
    }
    #expect(list.state.withLock { $0.lists } == [[.pid]])
  }

  @Test("only an answer that is not understood is taken for broken")
  func causes() {
    func isBroken(_ cause: CRMError.Cause) -> Bool {
      PartedPage.isBroken(CRMError(.list, server: "s", cause: cause))
    }
    #expect(isBroken(.notUnderstood(status: 200)))
    #expect(!isBroken(.notUnderstood(status: 502)))
    #expect(!isBroken(.databaseDown))
    #expect(!isBroken(.refused(code: 403, text: "")))
    #expect(!isBroken(.transport(TransportError(.lost))))
  }
}
