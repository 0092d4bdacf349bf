import Testing

/// Imports whose process dies and whose disk has lost the end of the journal, as one does that says
/// "written" too early, or as a copy does that was put back.
///
/// Nothing else goes wrong: a contact that nobody knows of, and that somebody edits or hides before the
/// run is resumed, is beyond knowing.
@Suite("simulated imports on a disk that forgets")
struct ForgetfulDiskTests {
  /// A death and the step before it that the disk still knew the journal of.
  private struct Loss {
    var death: Int
    var remembered: Int
  }

  @Test("no row that the journal has lost is sent again", arguments: EveryStepTests.World.all)
  func losses(world: EveryStepTests.World) async throws {
    let peaceful = try await Scene(world.plan([])).play()
    let last = peaceful.places.count
    // The journal's beginning, and so many steps before the death.
    let losses = (2...last).flatMap { (death: Int) -> [Loss] in
      let steps: Set<Int> = [1, death / 2, death - 8, death - 3, death - 1]
      return steps.filter { $0 > 0 }.sorted().map { Loss(death: death, remembered: $0) }
    }
    let results = try await Net.play(losses) { loss in
      var plan = world.plan([])
      plan.lives = [
        ScenePlan.Life(death: loss.death, remembered: loss.remembered),
        // The one that finds the rows dies, too, somewhere on its way.
        ScenePlan.Life(death: 1 + (loss.death * 7 + loss.remembered) % last),
      ]
      return Net.Case(
        name: "\(world): death at step \(loss.death), the journal as it was at \(loss.remembered)",
        plan: plan, peaceful: peaceful.tables, mayDouble: false)
    }
    for failure in results.failures { Issue.record("\(failure)") }
    #expect(losses.count > 100)
  }
}
