import Synchronization

/// The faults of a sandbox, and how far each has counted.
///
/// Chances fall alike for the same seed and the same order of requests.
final class FaultPlan: Sendable {
  let faults: [SandboxFault]
  private let state: Mutex<State>

  private struct State {
    /// For each fault, how many of the requests came that it can hit.
    var counts: [Int]
    var generator: FaultGenerator
  }

  init(_ faults: [SandboxFault], seed: UInt64) {
    self.faults = faults
    state = Mutex(State(counts: faults.map { _ in 0 }, generator: FaultGenerator(seed)))
  }

  var isEmpty: Bool { faults.isEmpty }

  /// Whether every connection is to be closed at once, whatever it asks.
  var refusesEverything: Bool {
    faults.contains { $0.kind == .refuse && $0.scope == .any && $0.timing == .always }
  }

  /// What goes wrong with the next request, which counts.
  ///
  /// - Parameter subject: The request's action; `nil` where it has none that is known.
  /// - Returns: The faults that hit it.
  func next(_ subject: FaultScope?) -> RequestFaults {
    state.withLock { state in
      var kinds: [SandboxFault.Kind] = []
      for (index, fault) in faults.enumerated() where fault.scope.contains(subject) {
        state.counts[index] += 1
        let hits =
          switch fault.timing {
          case .always: true
          case .numbers(let range): range.contains(state.counts[index])
          case .chance(let percent): Int.random(in: 0..<100, using: &state.generator) < percent
          }
        if hits { kinds.append(fault.kind) }
      }
      return RequestFaults(kinds: kinds, seed: state.generator.next())
    }
  }
}

/// A sequence of numbers that looks random and is the same for the same seed (SplitMix64).
struct FaultGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
