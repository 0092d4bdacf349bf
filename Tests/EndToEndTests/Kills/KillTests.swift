import TestSupport
import Testing

@Suite("imports that are killed", .serialized)
struct KillTests {
  /// As many rows as take a dozen requests, since the first are small.
  private static let source = KillSource(count: 120)

  @Test(
    "an import killed at any moment, and killed again, ends as one that nobody disturbed",
    arguments: KillCombination.all)
  func kills(_ combination: KillCombination) async throws {
    let settings = KillSettings()
    if let only = settings.only, only != combination.description { return }
    let stand = KillStand(combination, Self.source, settings)
    let undisturbed = try await stand.undisturbed()
    let faults = try await stand.faults(of: undisturbed)
    #expect(faults.isEmpty, "undisturbed: \(faults.joined(separator: "\n"))")
    #expect(undisturbed.status == 1)
    #expect(undisturbed.run.outcomes["created"] == Self.source.contacts.count)
    try await stand.end()
    guard faults.isEmpty else { return }

    let count = settings.points ?? combination.points
    let salt = UInt64(KillCombination.all.firstIndex { "\($0)" == "\(combination)" } ?? 0)
    let points = KillPoint.spread(
      count: count, over: undisturbed.times, rows: Self.source.contacts.count,
      settings: settings, salt: salt
    ).filter { settings.point == nil || settings.point == $0.index }
    let queue = KillQueue(points)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<settings.jobs {
        group.addTask {
          let stand = KillStand(combination, Self.source, settings)
          while let point = await queue.next() {
            if let finding = try await stand.run(point, beside: undisturbed) {
              Issue.record("\(finding)")
            }
          }
          try await stand.end()
        }
      }
      try await group.waitForAll()
    }
  }
}

/// The points that are left, handed to whoever is free.
private actor KillQueue {
  private var points: ArraySlice<KillPoint>

  init(_ points: [KillPoint]) { self.points = points[...] }

  func next() -> KillPoint? { points.popFirst() }
}
