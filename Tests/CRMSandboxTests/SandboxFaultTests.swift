import Testing

@testable import CRMSandbox

@Suite("A fault as it is written")
struct SandboxFaultTests {
  @Test(
    "every name is read with its value",
    arguments: [
      ("refuse", .refuse), ("stall=10s", .stall(.seconds(10))),
      ("late=20s", .late(.seconds(20))), ("late=2m", .late(.seconds(120))),
      ("drop-after=3", .dropAfter(3)), ("drop-after=0", .dropAfter(0)),
      ("hang-up=1", .hangUp(1)), ("status=500", .status(500)), ("html-before", .htmlBefore),
      ("html-after", .htmlAfter), ("cut-reply", .cutReply), ("cut-text", .cutText),
      ("slow=40ms", .slow(.milliseconds(40))), ("busy=429", .busy(429)), ("busy=503", .busy(503)),
      ("database-gone=3", .databaseGone(3)), ("churn=5", .churn(5)),
    ] as [(String, SandboxFault.Kind)])
  func names(_ text: String, _ kind: SandboxFault.Kind) throws {
    let fault = try SandboxFault(text)
    #expect(fault.kind == kind)
    #expect(fault.timing == .always)
  }

  @Test("what a help page lists can be read")
  func forms() throws {
    for form in SandboxFault.forms { _ = try SandboxFault(form) }
  }

  @Test(
    "a fault can be confined to some requests",
    arguments: [
      ("status=500", .any, .always), ("status=500@3", .write, .numbers(3...3)),
      ("status=500@2-4", .write, .numbers(2...4)),
      ("status=500@5+", .write, .numbers(5...Int.max)),
      ("status=500@10%", .write, .chance(percent: 10)), ("status=500@list", .list, .always),
      ("status=500@any:1", .any, .numbers(1...1)),
      ("status=500@read:50%", .read, .chance(percent: 50)), ("slow=1ms", .addlist, .always),
      ("slow=1ms@2", .addlist, .numbers(2...2)), ("slow=1ms@write:2", .addlist, .numbers(2...2)),
      ("churn=1@2+", .list, .numbers(2...Int.max)), ("churn=1@read", .list, .always),
    ] as [(String, FaultScope, FaultTiming)])
  func occasions(_ text: String, _ scope: FaultScope, _ timing: FaultTiming) throws {
    let fault = try SandboxFault(text)
    #expect(fault.scope == scope)
    #expect(fault.timing == timing)
  }

  @Test(
    "a mistake is named in both languages, with what would do",
    arguments: [
      ("", "there is no such fault", "такого сбоя нет"),
      ("stal=1s", "stall=10s", "stall=10s"), ("refuse=1", "takes no value", "нет значения"),
      ("stall", "with its unit: 40ms, 10s, 2m", "с единицей: 40ms, 10s, 2m"),
      ("stall=10", "with its unit", "с единицей"), ("stall=-1s", "with its unit", "с единицей"),
      ("stall=99999999999999999999s", "with its unit", "с единицей"),
      ("stall=2h", "with its unit", "с единицей"),
      ("drop-after", "a number from 0", "число от 0"),
      ("drop-after=x", "drop-after=3", "drop-after=3"),
      ("database-gone=0", "a number from 1", "число от 1"),
      ("status=200", "from 400 to 599", "от 400 до 599"), ("busy=500", "429 or 503", "429 или 503"),
      ("refuse@", "does not say when", "не понять, когда"),
      ("refuse@0", "does not say when", "не понять, когда"),
      ("refuse@4-2", "does not say when", "не понять, когда"),
      ("refuse@1-2-3", "does not say when", "не понять, когда"),
      ("refuse@101%", "does not say when", "не понять, когда"),
      ("refuse@remove", "use 3, 2-4", "допустимы 3, 2-4"),
      ("refuse@list:", "does not say when", "не понять, когда"),
      ("refuse@99999999999999999999", "does not say when", "не понять, когда"),
      ("slow=1ms@list", "in addlist only", "только в addlist"),
      ("churn=1@write", "in list only", "только в list"),
    ])
  func mistakes(_ text: String, _ english: String, _ russian: String) {
    #expect {
      _ = try SandboxFault(text)
    } throws: { error in
      let problem = error as? SandboxFault.Problem
      return problem?.english.contains("'\(text)'") == true
        && problem?.english.contains(english) == true && problem?.russian.contains(russian) == true
    }
  }

  @Test("each fault counts the requests it can hit")
  func counting() throws {
    let plan = try FaultPlan(
      ["status=500@2", "busy=429@list:1-2", "late=0s@any:3+"].map(SandboxFault.init), seed: 1)
    let subjects: [FaultScope?] = [.addlist, .list, nil, .add, .list, .list, .delete]
    #expect(
      subjects.map { plan.next($0).kinds } == [
        [], [.busy(429)], [.late(.zero)], [.status(500), .late(.zero)],
        [.busy(429), .late(.zero)], [.late(.zero)], [.late(.zero)],
      ])
  }

  @Test("chances are kept, and fall alike for the same seed")
  func chances() throws {
    let hits = { (seed: UInt64) in
      let plan = try FaultPlan([SandboxFault("refuse@write:20%")], seed: seed)
      return (0..<1000).map { _ in !plan.next(.add).kinds.isEmpty }
    }
    let first = try hits(1)
    #expect((150...250).contains(first.count { $0 }))
    #expect(try hits(1) == first)
    #expect(try hits(2) != first)
  }

  @Test("a batch without rows, which only asks for the spelling, is no request that writes")
  func detection() {
    #expect(FaultScope(.addlist, hasRows: false) == nil)
    #expect(FaultScope(.addDotList, hasRows: true) == .addlist)
    #expect(FaultScope.write.contains(.addlist))
    #expect(!FaultScope.write.contains(nil))
    #expect(FaultScope.read.contains(.list))
    #expect(!FaultScope.read.contains(.delete))
    #expect(FaultScope.any.contains(nil))
  }
}
