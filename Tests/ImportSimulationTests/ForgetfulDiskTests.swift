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
    var plan = world.plan([])
    // Contacts of colleagues stand in lists of their own, which the journal's first write has to know.
    for index in [1, 5, 10] { plan.source.records[index].owner = SimulatedTable.users[1] }
    let peaceful = try await Scene(plan).play()
    let last = peaceful.places.count
    // The first step at which there is a journal, with nothing but its first write.
    let first = try #require(peaceful.places.firstIndex { $0.hasPrefix("before intent") }) + 1
    // The journal's beginning, and so many steps before the death.
    let losses = (first + 1...last).flatMap { (death: Int) -> [Loss] in
      let steps: Set<Int> = [first, death / 2, death - 8, death - 3, death - 1]
      return steps.filter { $0 >= first }.sorted().map { Loss(death: death, remembered: $0) }
    }
    let results = try await Net.play(losses) { [plan] loss in
      var plan = plan
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
    #expect(losses.count > 80)
  }
}
