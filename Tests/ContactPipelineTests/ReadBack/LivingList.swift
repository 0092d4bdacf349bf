import CRMClient
import ContactModel
import Synchronization
import TestSupport

@testable import ContactPipeline
@testable import PersonAPI

/// A CRM's contacts, which change at random between any two requests.
final class LivingList: Sendable {
  /// What may happen to contacts.
  enum Change: CaseIterable {
    /// New ones, behind all others.
    case add
    /// Some that are there go.
    case delete
    /// Some are edited so that they do not match any more, as one given to another owner.
    case leave
    /// Some are edited so that they match.
    case enter

    var isGain: Bool { self == .add || self == .enter }
  }

  struct Contact {
    var pid: Int
    var owner: Int
  }

  struct State {
    var contacts: [Contact]
    var generator: SeededGenerator
    var requests = 0
    /// The contacts that have been with their owner since the first request.
    var lasting: Set<Int> = []
    /// All there ever were.
    var ever: Set<Int>
    /// The highest identifier there ever was.
    var highest: Int
  }

  /// Which changes there are between two requests.
  typealias Choice = @Sendable (inout SeededGenerator) -> [Change]

  let state: Mutex<State>
  private let pageSize: Int
  private let owners: Int
  private let choice: Choice
  /// After so many requests nothing happens any more.
  private let liveliest: Int

  /// - Parameters:
  ///   - count: How many contacts there are at first.
  ///   - owners: Among how many owners they are; owner 0 is the one whose list is read.
  ///   - pageSize: How many contacts a page has.
  ///   - liveliest: After so many requests nothing happens any more.
  ///   - seed: Decides everything.
  ///   - choice: What happens between two requests.
  init(
    count: Int, owners: Int, pageSize: Int, liveliest: Int, seed: UInt64, choice: @escaping Choice
  ) {
    var generator = SeededGenerator(seed: seed)
    var pid = Int.random(in: 1...1000, using: &generator)
    var contacts: [Contact] = []
    for _ in 0..<count {
      contacts.append(Contact(pid: pid, owner: Int.random(in: 0..<owners, using: &generator)))
      pid += Bool.random(using: &generator) ? 1 : Int.random(in: 1...4, using: &generator)
    }
    self.pageSize = pageSize
    self.owners = owners
    self.choice = choice
    self.liveliest = liveliest
    state = Mutex(
      State(
        contacts: contacts, generator: generator, ever: Set(contacts.map(\.pid)), highest: pid))
  }

  /// A page of an owner's list, and the list's length.
  func page(_ number: Int, of owner: Int) -> (pids: [Int], total: Int) {
    state.withLock { state in
      if state.requests == 0 {
        state.lasting = Set(state.contacts.map(\.pid))
      } else if state.requests < liveliest {
        for change in choice(&state.generator) { apply(change, to: &state) }
      }
      state.requests += 1
      let list = state.contacts.filter { $0.owner == owner }
      return (list.dropFirst(number * pageSize).prefix(pageSize).map(\.pid), list.count)
    }
  }

  /// What there is of an owner that has been there all the time, above a `pid`.
  func lasting(of owner: Int, above floor: Int) -> Set<Int> {
    state.withLock { state in
      Set(
        state.contacts.filter { $0.owner == owner && $0.pid > floor }.map(\.pid)
      ).intersection(state.lasting)
    }
  }

  private func apply(_ change: Change, to state: inout State) {
    let most = max(1, pageSize * 3 / 2)
    let number = Int.random(in: 1...most, using: &state.generator)
    switch change {
    case .add:
      for _ in 0..<number {
        state.highest += Int.random(in: 1...3, using: &state.generator)
        state.contacts.append(
          Contact(
            pid: state.highest, owner: Int.random(in: 0..<owners, using: &state.generator)))
        state.ever.insert(state.highest)
      }
    case .delete:
      // Runs of neighbors, so that whole pages move.
      guard !state.contacts.isEmpty else { return }
      let start = Int.random(in: 0..<state.contacts.count, using: &state.generator)
      state.contacts.removeSubrange(start..<min(start + number, state.contacts.count))
    case .leave: move(number, from: 0, to: owners - 1, in: &state)
    case .enter: move(number, from: owners - 1, to: 0, in: &state)
    }
  }

  private func move(_ number: Int, from old: Int, to new: Int, in state: inout State) {
    let indexes = state.contacts.indices.filter { state.contacts[$0].owner == old }
    guard let last = indexes.indices.last, old != new else { return }
    let start = Int.random(in: 0...last, using: &state.generator)
    for index in indexes[start...].prefix(number) {
      state.contacts[index].owner = new
      state.lasting.remove(state.contacts[index].pid)
    }
  }
}

extension LivingList {
  /// The list of owner 0, as pages of any size.
  var list: OrderedList {
    OrderedList(
      server: "http://fake.example", selection: ListRequest(), columns: [.pid], pageSize: pageSize
    ) { request, _ async throws(CRMError) in
      let (pids, total) = self.page(request.page, of: 0)
      return Self.listPage(pids, total: total)
    }
  }

  /// A page with nothing but identifiers.
  static func listPage(_ pids: [Int], total: Int) -> ListPage {
    var bytes: [UInt8] = []
    var ends: [UInt32] = []
    for pid in pids {
      bytes += Array("\(pid)".utf8)
      ends.append(UInt32(bytes.count))
    }
    return ListPage(
      total: total,
      records: RecordBatch(
        bytes: bytes, fieldEnds: ends, recordEnds: pids.indices.map { UInt32($0 + 1) },
        lines: pids.indices.map { $0 + 1 }, firstRecord: 1),
      pids: pids)
  }

  /// Answers `list` as the server does, for the caller "owner0" and any `user`.
  func answer(_ form: FakeTransport.Form) -> HTTPReply {
    let owner = Int((form["user"] ?? "owner0").drop { !$0.isNumber }) ?? 0
    let (pids, total) = page(Int(form["offset"] ?? "") ?? 0, of: owner)
    let records = pids.map { #"{"pid":\#($0),"person":"Person \#($0)"}"# }
    let data = records.isEmpty ? "" : #""data":[\#(records.joined(separator: ","))],"#
    return .json(#"{\#(data)"count":\#(total)}"#)
  }
}
