import CRMClient
import PersonAPI
import Synchronization

/// The CRM's `person` method in memory, with everything that can go wrong with it, by a simulated clock.
///
/// It keeps what no server tells: which request's which row made a contact, and who else did. What it
/// does after its client has gone, it does when the clock gets there.
final class SimulatedServer: Sendable {
  /// Which kind of CRM it is.
  enum Profile: String, Sendable, CaseIterable {
    case documented
    case php74
    case php82
  }

  /// What it is like.
  struct Settings: Sendable {
    var profile = Profile.php74
    /// Whether its third version is spoken.
    var hasV3 = false
    /// Whether the caller's list holds everybody's contacts.
    var seesAll = true
    /// How long a row takes.
    var rowTime = Duration.milliseconds(5)
    /// Names at which PHP dies, and whether the row is stored then.
    var poison: [String: Bool] = [:]
  }

  struct State: Sendable {
    var table = SimulatedTable()
    var counts: [RequestScope: Int] = [:]
    var outageEnd = Duration.zero
    var isCalm = false
    /// How often PHP died at a row, or it was turned away alone, by the name it was sent with.
    var deaths: [String: Int] = [:]
    /// What happened, for the report of a failure.
    var log: [String] = []
  }

  let settings: Settings
  let clock: SimulatedClock
  let troubles: [Trouble]
  let state = Mutex(State())

  init(settings: Settings, clock: SimulatedClock, troubles: [Trouble] = []) {
    self.settings = settings
    self.clock = clock
    self.troubles = troubles
  }

  /// All contacts there ever were.
  var table: SimulatedTable { state.withLock { $0.table } }
  /// How often PHP died at a row of this name, or it was turned away alone.
  func deaths(of name: String) -> Int { state.withLock { $0.deaths[name, default: 0] } }
  /// How many requests of a scope there were.
  func count(of scope: RequestScope) -> Int { state.withLock { $0.counts[scope, default: 0] } }

  /// Writes a line into the log.
  func note(_ line: @autoclosure () -> String) {
    let now = clock.now
    state.withLock { $0.log.append("\(now): \(line())") }
  }

  /// From now on nothing goes wrong.
  func calm() {
    state.withLock { state in
      state.isCalm = true
      state.outageEnd = .zero
    }
  }

  /// Colleagues enter contacts.
  func enter(_ rows: [[String: String]]) {
    state.withLock { state in
      for row in rows { state.table.store(row, origin: .colleague, caller: 1) }
    }
  }

  /// Answers a request of a process, as long as that is alive.
  func exchange(
    _ wire: WireRequest, timeout: Duration, life: KillSwitch
  ) async throws(TransportError) -> HTTPReply {
    let request = SimulatedRequest(wire)
    let scope: RequestScope = request.isBatch ? .batch : request.action == "list" ? .list : .any
    guard life.survives("before \(request.action)") else { throw TransportError(.cancelled) }
    let (number, overall) = state.withLock { state in
      let number = state.counts[scope, default: 0]
      state.counts[scope] = number + 1
      let overall = scope == .any ? number : state.counts[.any, default: 0]
      if scope != .any { state.counts[.any] = overall + 1 }
      return (number, overall)
    }
    let isCalm = state.withLock { $0.isCalm }
    let hits = (isCalm ? [] : troubles).filter { trouble in
      trouble.scope == scope && trouble.hits(number)
        || trouble.scope == .any && trouble.hits(overall)
    }
    let faults = hits.compactMap { trouble in
      if case .fault(let fault) = trouble.event { fault } else { nil }
    }
    let acts = hits.compactMap { trouble in
      if case .act(let act, let row) = trouble.event { (act, row) } else { nil }
    }
    let fault = faults.first
    if let fault { note("\(scope) \(number): \(fault)") }
    clock.pass(.milliseconds(10))
    if case .outage(let time)? = fault {
      let now = clock.now
      state.withLock { $0.outageEnd = max($0.outageEnd, now + time) }
    }
    if clock.now < state.withLock({ $0.outageEnd }) || fault == .refused {
      throw TransportError(.unreachable)
    }
    if request.isBatch {
      return try await add(
        Batch(number: number, request: request, acts: acts), fault: fault, timeout: timeout,
        life: life)
    }
    for (act, _) in acts { perform(act) }
    return try read(request, fault: fault)
  }

  /// Somebody else's work.
  func perform(_ act: ColleagueAct) {
    note("\(act)")
    state.withLock { state in
      switch act {
      case .add(let rows):
        for row in rows { state.table.store(row, origin: .colleague, caller: 1) }
      case .deleteFerrys(let count):
        for contact in state.table.alive.filter(\.isFerrys).suffix(count) {
          state.table.delete(contact.pid)
        }
      case .editFerrys(let count):
        for contact in state.table.alive.filter(\.isFerrys).suffix(count) {
          state.table.edit(contact.pid)
        }
      case .deleteOwn(let count):
        for contact in state.table.alive.filter({ !$0.isFerrys }).prefix(count) {
          state.table.delete(contact.pid)
        }
      }
    }
  }
}

/// A process's way to the server.
struct SimulatedTransport: Transport {
  let server: SimulatedServer
  let life: KillSwitch

  func send(_ request: WireRequest, timeout: Duration) async throws(TransportError) -> HTTPReply {
    try await server.exchange(request, timeout: timeout, life: life)
  }

  func shutDown() async {}
}
