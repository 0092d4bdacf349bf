import ContactModel
import TestSupport

/// Everything that one simulated import is made of; the same plan plays the same way, as far as two
/// requests under way at once let it.
struct ScenePlan: Sendable {
  /// One process: where it dies, and what happens before the next one.
  struct Life: Sendable, Equatable {
    /// The step at which it dies; `nil` if it lives.
    var death: Int?
    /// The step behind which the disk has lost the journal when it dies; `nil` if nothing is lost.
    var remembered: Int?
    /// How long it takes until somebody starts the next one.
    var pause = Duration.zero
    /// Whether that somebody forgets that there is `resume`.
    var triesImport = false
  }

  var source = SimulatedSource.people(12)
  var server = SimulatedServer.Settings()
  var troubles: [Trouble] = []
  var keyField: PersonField?
  var batchSize: Int? = 4
  var inFlight = 2
  /// Whether questions are repeated at once, besides being asked again once the server is well.
  var retries = false
  /// How many contacts there are before.
  var older = 3
  /// Which records somebody has entered before, in just the same way.
  var entered: [Int] = []
  /// The processes, in order; further ones live.
  var lives: [Life] = []
  /// Whether the file is imported once more at the end.
  var isImportedAgain = false
}

extension ScenePlan {
  /// A mixture of everything, by chance.
  init(seed: UInt64) {
    var chance = Chance(seed: seed)
    source = chance.source()
    server.profile = chance.one(of: SimulatedServer.Profile.allCases)
    server.hasV3 = chance.happens(30)
    server.seesAll = chance.happens(80)
    server.rowTime = chance.happens(15) ? .seconds(5) : .milliseconds(5)
    if chance.happens(15) {
      let name = chance.one(of: source.records).name
      server.poison[name] = chance.happens(50)
    }
    keyField = chance.happens(40) ? .input10 : nil
    batchSize = chance.happens(20) ? nil : chance.number(1...8)
    inFlight = chance.number(1...4)
    retries = chance.happens(20)
    older = chance.happens(3) ? 250 : chance.number(0...5)
    while chance.happens(25) { entered.append(chance.number(1...source.records.count)) }
    for _ in 0..<chance.number(0...4) { troubles.append(chance.trouble(source)) }
    // A row that arrives without its key is another story, see `EveryStepTests`.
    if keyField != nil {
      for index in troubles.indices {
        if case .fault(.truncated) = troubles[index].event {
          troubles[index].event = .fault(.cutReply)
        }
      }
    }
    for _ in 0..<chance.number(0...3) {
      lives.append(
        Life(
          death: chance.happens(85) ? chance.number(1...70) : nil,
          pause: chance.one(of: [.zero, .milliseconds(2), .seconds(3), .seconds(90), .seconds(900)]
          ),
          triesImport: chance.happens(15)))
    }
    isImportedAgain = chance.happens(10)
  }
}

/// Choices by a seed.
private struct Chance {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func happens(_ percent: Int) -> Bool { number(1...100) <= percent }
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }
  mutating func one<Element>(of choices: [Element]) -> Element {
    choices[number(0...(choices.count - 1))]
  }

  /// Mostly different people with plain values; some that are alike, some that are equal, some whose names
  /// are stored otherwise than they are written.
  mutating func source() -> SimulatedSource {
    var source = SimulatedSource.people(happens(10) ? number(30...60) : number(1...16))
    let hasOwners = happens(12)
    for index in source.records.indices {
      switch number(1...20) {
      case 1 where index > 0: source.records[index] = source.records[number(0...(index - 1))]
      case 2 where index > 0: source.records[index].mail = source.records[index - 1].mail
      case 3 where index > 0: source.records[index].phone = source.records[index - 1].phone
      case 4: source.records[index].name += " «Ромашка»"
      case 5: source.records[index].name += " <b>зам</b>"
      case 6: (source.records[index].mail, source.records[index].phone) = ("", "")
      case 7...9 where hasOwners: source.records[index].owner = SimulatedTable.users[number(0...2)]
      case 10: source.records[index].note = "заметка № \(number(1...3)); \"важно\""
      default: break
      }
    }
    return source
  }

  mutating func trouble(_ source: SimulatedSource) -> Trouble {
    let scope = one(of: [RequestScope.batch, .batch, .batch, .list, .list, .any])
    let event: Trouble.Event =
      happens(75) ? .fault(fault()) : .act(act(source), row: number(0...5))
    return Trouble(
      event: event, scope: scope, first: number(0...(scope == .any ? 40 : 6)),
      count: happens(80) ? 1 : number(2...6))
  }

  mutating func fault() -> Fault {
    let row = number(0...5)
    let death = happens(50) ? number(0...7) : nil
    switch number(0...20) {
    case 0: return .refused
    case 1: return .outage(one(of: [.seconds(2), .seconds(60), .seconds(900)]))
    case 2: return .lostBefore
    case 3: return .lostAfter
    case 4, 5: return .lostDuring(rows: row, diesAt: death)
    case 6: return .timedOut(rows: row, diesAt: death)
    case 7: return .late(one(of: [.milliseconds(1), .seconds(20), .seconds(50)]))
    case 8: return .late(one(of: [.seconds(70), .seconds(200), .seconds(2000)]))
    case 9: return .gateway(status: one(of: [502, 503, 504]), rows: row, goesOn: happens(60))
    case 10, 11: return .fatal(row: row, isStored: happens(50))
    case 12: return .hiddenFatal(row: row, isStored: happens(50))
    case 13: return .cutReply
    case 14: return happens(50) ? .htmlBefore : .htmlAfter
    case 15: return .truncated(rows: row + 1)
    case 16: return .emptyArray
    case 17: return .apiError(one(of: [401, 402]))
    case 18: return happens(50) ? .tooLarge : .firewall
    case 19: return happens(50) ? .databaseDown : .foreign
    default: return .slow
    }
  }

  mutating func act(_ source: SimulatedSource) -> ColleagueAct {
    var record = one(of: source.records)
    switch number(0...6) {
    case 0, 1: return .add([record.row])
    case 2:
      record.name = "Петров Пётр \(number(1...9))"
      return .add([record.row])
    case 3:
      return .add(
        (0..<(happens(20) ? 210 : number(1...9))).map {
          ["person": "Сидоров Сидор \($0)", "mail": "s\($0)@example.org"]
        })
    case 4: return .deleteFerrys(number(1...3))
    case 5: return .editFerrys(number(1...3))
    default: return .deleteOwn(number(1...230))
    }
  }
}
