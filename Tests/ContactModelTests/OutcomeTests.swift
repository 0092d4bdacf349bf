import Testing

@testable import ContactModel

@Suite("outcomes")
struct OutcomeTests {
  private static let outcomes: [Outcome] = [
    .created(pid: 1), .updated(pid: 2), .unchanged(pid: 3), .duplicate(pid: 4), .rejected,
    .failed(.refused), .uncertain, .notAttempted,
  ]

  @Test("every outcome has a kind of its own")
  func kinds() {
    #expect(Self.outcomes.map(\.kind) == OutcomeKind.allCases)
  }

  @Test("those that name a contact have its identifier")
  func identifiers() {
    #expect(Self.outcomes.map(\.pid) == [1, 2, 3, 4, nil, nil, nil, nil])
  }

  @Test("counts add up")
  func counts() {
    var counts = OutcomeCounts()
    #expect(counts.total == 0)
    for outcome in Self.outcomes + [.rejected, .created(pid: 9)] { counts.add(outcome) }
    #expect(counts[.created] == 2)
    #expect(counts[.rejected] == 2)
    #expect(counts[.uncertain] == 1)
    #expect(counts.total == 10)
    counts[.uncertain] = 0
    #expect(counts.total == 9)
  }

  @Test("all reasons to fail are failures, under their identifiers")
  func reasons() {
    #expect(Outcome.failed(.requestRefused).kind == .failed)
    #expect(Outcome.failed(.requestRefused) != .failed(.refused))
    let reasons = ["server.refused", "server.request-refused", "server.fatal"]
    #expect(FailureReason.allCases.map(\.rawValue) == reasons)
  }
}
