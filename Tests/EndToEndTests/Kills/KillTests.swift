import TestSupport
import Testing

@Suite("imports that are killed", .serialized)
struct KillTests {
  /// As many rows as take several requests, since the first are small.
  private static let source = KillSource(count: 80)

  @Test(
    "an import killed at any moment, and killed again, ends as one that nobody disturbed",
    arguments: KillCombination.all)
  func kills(_ combination: KillCombination) async throws {
    try await kill(combination, to: .end, again: 0.33)
  }

  @Test(
    "an undo killed at any moment, of an import that may have been killed, takes back all of it",
    arguments: KillCombination.undone)
  func undoes(_ combination: KillCombination) async throws {
    try await kill(combination, to: .undo, again: 0.75)
  }

  private func kill(
    _ combination: KillCombination, to goal: KillGoal, again: Double
  ) async throws {
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

    let points = KillPoint.spread(
      count: settings.points ?? combination.points, over: undisturbed.times,
      rows: Self.source.contacts.count, settings: settings, salt: combination.salt, again: again
    ).filter { settings.point == nil || settings.point == $0.index }
    let queue = KillQueue(points)
    let kills = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<settings.jobs {
        group.addTask {
          let stand = KillStand(combination, Self.source, settings)
          var kills = 0
          while let point = await queue.next() {
            let result = try await stand.run(point, to: goal, beside: undisturbed)
            kills += result.kills
            if let finding = result.finding { Issue.record("\(finding)") }
          }
          try await stand.end()
          return kills
        }
      }
      return try await group.reduce(0, +)
    }
    print("kills: \(combination), to \(goal): \(points.count) imports, \(kills) kills")
    // Kills that all come too late would find nothing.
    #expect(kills * 2 > points.count || points.count < 10)
  }
}

/// The points that are left, handed to whoever is free.
private actor KillQueue {
  private var points: ArraySlice<KillPoint>

  init(_ points: [KillPoint]) { self.points = points[...] }

  func next() -> KillPoint? { points.popFirst() }
}
