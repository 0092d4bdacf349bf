import Foundation
import Synchronization

/// Sends the batches of a recording as fast as a server takes them, and does nothing else.
struct LoadGenerator {
  private let batches: [Message]
  private let port: UInt16

  init(recorded: [Recording.Exchange], port: UInt16) {
    batches = recorded.map(\.request).filter { $0.rows > 0 }
    self.port = port
  }

  /// What threads share: whose turn it is, and what has gone wrong.
  private final class Turns: Sendable {
    let next = Atomic(0)
    let failures = Atomic(0)
  }

  /// Sends all batches with so many of them under way, and says in JSON what it took.
  func run(inFlight: Int) -> String {
    let turns = Turns()
    let finished = DispatchSemaphore(value: 0)
    let start = ContinuousClock.now
    for _ in 0..<inFlight {
      Thread { [batches, port] in
        defer { finished.signal() }
        guard let connection = Connection(port: port) else {
          turns.failures.add(1, ordering: .relaxed)
          return
        }
        while true {
          let turn = turns.next.add(1, ordering: .relaxed).oldValue
          guard turn < batches.count else { return }
          guard connection.send(batches[turn].bytes), connection.next() != nil else {
            turns.failures.add(1, ordering: .relaxed)
            return
          }
        }
      }.start()
    }
    for _ in 0..<inFlight { finished.wait() }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let rows = batches.reduce(0) { $0 + $1.rows }
    return """
      {"rows": \(rows), "requests": \(batches.count), "seconds": \(seconds), \
      "failures": \(turns.failures.load(ordering: .relaxed))}
      """
  }
}
