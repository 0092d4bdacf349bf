import ContactModel
import Foundation
import Testing

/// A small import that dies at every step it takes, under every fault, on every kind of server.
@Suite("simulated import, every step and every fault")
struct EveryStepTests {
  /// A kind of server, with import keys or without.
  struct World: Sendable, CustomStringConvertible {
    var profile: SimulatedServer.Profile
    var hasV3: Bool
    var isKeyed: Bool

    var description: String {
      "\(profile)\(hasV3 ? " v3" : "")\(isKeyed ? ", with keys" : "")"
    }

    static let all = [false, true].flatMap { isKeyed in
      [
        World(profile: .documented, hasV3: false, isKeyed: isKeyed),
        World(profile: .php74, hasV3: false, isKeyed: isKeyed),
        World(profile: .php82, hasV3: true, isKeyed: isKeyed),
      ]
    }

    /// Twelve people in requests of four, two under way at once; two of them are equal, one is alike another
    /// and one is stored otherwise than written.
    func plan(_ troubles: [Trouble], death: Int? = nil) -> ScenePlan {
      var plan = ScenePlan()
      plan.source.records[6] = plan.source.records[2]
      plan.source.records[9].mail = plan.source.records[3].mail
      plan.source.records[4].name = "ООО «Лён» <b>Ольга</b>"
      plan.entered = [8]
      plan.server.profile = profile
      plan.server.hasV3 = hasV3
      plan.keyField = isKeyed ? .input10 : nil
      plan.troubles = troubles
      if let death { plan.lives = [ScenePlan.Life(death: death)] }
      return plan
    }
  }

  /// Something that goes wrong, once and always in the same place.
  struct Mishap: Sendable {
    var name: String
    var troubles: [Trouble]

    init(_ fault: Fault, in scope: RequestScope = .batch, at first: Int = 1, count: Int = 1) {
      name = "\(fault) in \(scope) \(first)" + (count > 1 ? " and the next \(count - 1)" : "")
      troubles = [Trouble(event: .fault(fault), scope: scope, first: first, count: count)]
    }

    init(_ name: String, _ troubles: [Trouble]) { (self.name, self.troubles) = (name, troubles) }

    static let all: [Mishap] = [Mishap("nothing", [])] + ofBatches + ofLists + ofColleagues

    private static let ofBatches: [Mishap] =
      [
        Fault.refused, .outage(.seconds(20)), .outage(.seconds(900)), .lostBefore, .lostAfter,
        .timedOut(rows: 1, diesAt: nil), .timedOut(rows: 0, diesAt: 2), .late(.seconds(30)),
        .late(.seconds(100)), .cutReply, .htmlBefore, .htmlAfter, .truncated(rows: 2), .emptyArray,
        .apiError(401), .apiError(402), .tooLarge, .firewall, .databaseDown, .slow, .foreign,
      ].map { Mishap($0) }
      + (0..<4).flatMap { row in
        [
          Fault.lostDuring(rows: row, diesAt: nil), .lostDuring(rows: row, diesAt: row + 1),
          .gateway(status: 502, rows: row, goesOn: false),
          .gateway(status: 504, rows: row, goesOn: true), .fatal(row: row, isStored: true),
          .fatal(row: row, isStored: false), .hiddenFatal(row: row, isStored: row % 2 == 0),
        ].map { Mishap($0) }
      }
      + [
        Mishap(.fatal(row: 0, isStored: false), at: 1, count: 2),
        Mishap(.apiError(401), at: 1, count: 3),
      ]

    /// A request is lost, and what became of it cannot be read at first, or at all.
    private static let ofLists: [Mishap] =
      [Fault.lostBefore, .gateway(status: 503, rows: 0, goesOn: false), .cutReply, .foreign]
      .flatMap { fault in
        [1, 10].map { count in
          var mishap = Mishap(fault, in: .list, at: 1, count: count)
          mishap.name += " after a lost batch"
          mishap.troubles += Mishap(.lostDuring(rows: 1, diesAt: 3)).troubles
          return mishap
        }
      }

    /// A request is lost while colleagues work.
    private static let ofColleagues: [Mishap] = {
      let people = World.all[0].plan([]).source.records
      var alike = people[5]
      alike.name = "Петров Пётр"
      let acts: [(String, ColleagueAct)] = [
        ("an equal contact", .add([people[5].row])), ("one alike", .add([alike.row])),
        ("a deletion", .deleteFerrys(1)), ("an edit", .editFerrys(1)),
        ("many contacts", .add((0..<230).map(Self.stranger))),
      ]
      return acts.flatMap { name, act in
        [(RequestScope.batch, 1), (.list, 2)].map { scope, first in
          Mishap(
            "\(name) in \(scope) \(first) after a lost batch",
            Mishap(.lostDuring(rows: 1, diesAt: 3)).troubles
              + [Trouble(event: .act(act, row: 1), scope: scope, first: first)])
        }
      }
    }()

    private static func stranger(_ number: Int) -> [String: String] {
      ["person": "Сидоров Сидор \(number)", "mail": "s\(number)@example.org"]
    }
  }

  /// Whether every world is played with every fault and every step (`FERRY_NET=full`).
  ///
  /// That takes half an hour without the optimizer. Otherwise the worlds take turns, and of questions
  /// asked one after the other only the first is a step to die at, since nothing changes between them.
  private static let isFull = ProcessInfo.processInfo.environment["FERRY_NET"] == "full"

  @Test("no death under no fault loses or doubles a row in silence", arguments: World.all)
  func deaths(world: World) async throws {
    let turn = World.all.firstIndex { $0.description == world.description } ?? 0
    // A row that arrives without its key cannot be known by it. No request of ferry's own comes to that:
    // what is cut off first is the action, without which nothing is stored.
    let mishaps = Mishap.all.filter { !world.isKeyed || $0.name != "truncated(rows: 2) in batch 1" }
    let peaceful = try await Scene(world.plan([])).play().tables
    #expect(peaceful?.kinds.values.allSatisfy { $0 == [.created] } == true)
    let survived = try await Net.play(mishaps) { mishap in
      Net.Case(
        name: "\(world): \(mishap.name)", plan: world.plan(mishap.troubles), peaceful: peaceful)
    }
    for failure in survived.failures { Issue.record("\(failure)") }

    let deaths = mishaps.indices.flatMap { index -> [(Int, Int)] in
      let places = survived.places[index]
      return places.indices.filter { step in
        guard !Self.isFull else { return true }
        let isRepeated = step > 0 && isQuestion(places[step]) && isQuestion(places[step - 1])
        return !isRepeated && (index + step) % World.all.count == turn
      }.map { (index, $0 + 1) }
    }
    let results = try await Net.play(deaths) { index, step in
      Net.Case(
        name: "\(world): \(mishaps[index].name), death at step \(step)",
        plan: world.plan(mishaps[index].troubles, death: step), peaceful: peaceful)
    }
    for failure in results.failures { Issue.record("\(failure)") }
    #expect(deaths.count > 2 * mishaps.count)
  }

  private func isQuestion(_ place: String) -> Bool {
    ["before fields", "before list", "before info", "before user.list", "before clientpath"]
      .contains(place)
  }
}
