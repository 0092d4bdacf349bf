import Foundation
import Testing

/// Imports in which anything may go wrong, several things at once.
///
/// Ten thousand where they are built with the optimizer (`make test`), five hundred without it;
/// `FERRY_MIXTURES` plays another number.
@Suite("simulated mixtures")
struct MixtureTests {
  /// As many seeds as `FERRY_MIXTURES` says, or the one seed of `FERRY_SEED`.
  private static let seeds: Range<UInt64> = {
    let environment = ProcessInfo.processInfo.environment
    if let seed = environment["FERRY_SEED"].flatMap({ UInt64($0) }) { return seed..<(seed + 1) }
    let usual: UInt64 = environment["FERRY_OPTIMIZED"] == "1" ? 10_000 : 500
    return 1..<((environment["FERRY_MIXTURES"].flatMap { UInt64($0) } ?? usual) + 1)
  }()

  @Test("no mixture of troubles and deaths loses or doubles a row in silence")
  func mixtures() async throws {
    let results = try await Net.play(Self.seeds.map { $0 }) { seed in
      Net.Case(
        name: "seed \(seed) (alone: FERRY_SEED=\(seed) swift test --filter MixtureTests)",
        plan: ScenePlan(seed: seed))
    }
    for failure in results.failures { Issue.record("\(failure)") }
  }
}
