import CRMClient
import ContactModel
import PersonAPI
import TestSupport

/// Somebody who adds, edits and deletes contacts at random, and knows what is there.
actor RandomWriter {
  /// What was there in a time that others want to know about.
  struct Truth: Sendable {
    /// Contacts that were there all the time, with the name they had all the time; `nil` if it changed.
    var throughout: [Int: String?] = [:]
    /// All that were there at any moment.
    var ever: Set<Int> = []
  }

  private let client: CRMClient
  private var generator: SeededGenerator
  private var names: [Int: String]
  /// The same contacts in an order by which one can be picked.
  private var pids: [Int]
  private var truth = Truth()
  private var count = 0
  private(set) var problems: [String] = []

  init(client: CRMClient, names: [Int: String], seed: UInt64) {
    self.client = client
    self.names = names
    pids = names.keys.sorted()
    generator = SeededGenerator(seed: seed)
  }

  /// From now on it is remembered what was there.
  func begin() { truth = Truth(throughout: names, ever: Set(names.keys)) }

  /// What was there since ``begin()``.
  func end() -> Truth { truth }

  /// Does up to three things, or nothing.
  func act() async {
    for _ in 0..<Int.random(in: 0...3, using: &generator) {
      count += 1
      do throws(CRMError) {
        switch Int.random(in: 0..<10, using: &generator) {
        // As many come as go, so that any number of exports finds about as many.
        case 0..<4: try await add("Added \(count)")
        case 4..<6: try await edit("Edited \(count)")
        default: try await delete()
        }
      } catch {
        problems.append("\(error)")
      }
    }
  }

  private func add(_ name: String) async throws(CRMError) {
    let outcome = try await client.add(AddRequest(values: [FieldValue(.person, name)]))
    guard case .done(let answer) = outcome, let pid = answer.pid else {
      return problems.append("an addition has no outcome: \(outcome)")
    }
    names[pid] = name
    pids.append(pid)
    truth.ever.insert(pid)
  }

  private func edit(_ name: String) async throws(CRMError) {
    guard let pid = pids.randomElement(using: &generator) else { return }
    // An update without the owner would hide the contact.
    _ = try await client.update(
      UpdateRequest(pid: pid, values: [FieldValue(.person, name), FieldValue(.iduser, "1")]))
    names[pid] = name
    if truth.throughout[pid] != nil { truth.throughout[pid] = .some(nil) }
  }

  private func delete() async throws(CRMError) {
    guard let index = pids.indices.randomElement(using: &generator) else { return }
    pids.swapAt(index, pids.count - 1)
    let pid = pids.removeLast()
    guard case .done = try await client.delete(DeleteRequest(pid: pid)) else {
      return problems.append("a deletion has no outcome")
    }
    names[pid] = nil
    truth.throughout[pid] = nil
  }
}

/// Lets somebody act before every request.
struct InterleavingTransport: Transport {
  let base: any Transport
  let act: @Sendable () async -> Void

  func send(_ request: WireRequest, timeout: Duration) async throws(TransportError) -> HTTPReply {
    await act()
    return try await base.send(request, timeout: timeout)
  }

  func shutDown() async {}
}
