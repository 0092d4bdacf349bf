import Foundation
import Testing

@testable import CRMSandbox

@Suite("Exchanges with a real CRM, asked again", .timeLimit(.minutes(20)))
struct ReplayTests {
  /// Exchanges that the sandbox is known to answer differently, each with the reason; at present
  /// there are none.
  private static let different: [String: String] = [:]

  /// The share of the exchanges that has to come out equal.
  private static let required = 0.95

  @Test(
    "the observed server answers as recorded",
    .enabled(if: ReplayExchange.folder != nil, "needs ../shared/crm/recordings"))
  func replay() async throws {
    var report = ReplayReport()
    for exchange in try ReplayExchange.all() {
      do {
        let comparison = try await ReplayComparison(exchange)
        report.add(exchange, comparison.differences, known: Self.different[exchange.label])
      } catch let unfit as ReplayExchange.Unfit {
        report.skip(exchange, unfit.reason)
      }
    }
    print(report.text)
    #expect(report.share >= Self.required)
    // What is listed as different and no longer is has to leave the list.
    #expect(report.equal.filter { Self.different[$0] != nil } == [])
  }
}

/// How many exchanges came out equal, by group.
struct ReplayReport {
  private var groups: [String: (equal: Int, all: Int)] = [:]
  private var lines: [String] = []
  private var skipped: [String: [String]] = [:]
  /// The exchanges that came out equal.
  private(set) var equal: [String] = []

  mutating func add(_ exchange: ReplayExchange, _ differences: [String], known: String?) {
    groups[exchange.group, default: (0, 0)].all += 1
    if differences.isEmpty {
      groups[exchange.group, default: (0, 0)].equal += 1
      equal.append(exchange.label)
      return
    }
    lines.append("  \(exchange.label): \(known ?? "not known to differ")")
    lines += differences.map { "    \($0)" }
  }

  mutating func skip(_ exchange: ReplayExchange, _ reason: String) {
    skipped[reason, default: []].append(exchange.label)
  }

  /// The share of equal ones among those that could be asked again.
  var share: Double {
    let all = groups.values.reduce(0) { $0 + $1.all }
    return all == 0 ? 1 : Double(groups.values.reduce(0) { $0 + $1.equal }) / Double(all)
  }

  var text: String {
    let table = groups.sorted { $0.key < $1.key }
      .map { "  \($0.key): \($0.value.equal) of \($0.value.all)" }
    let left = skipped.sorted { $0.key < $1.key }
      .map { "  \($0.key): \($0.value.joined(separator: ", "))" }
    let total = groups.values.reduce(into: (0, 0)) {
      $0.0 += $1.equal
      $0.1 += $1.all
    }
    return
      (["replayed, equal: \(total.0) of \(total.1)"] + table + ["not replayed:"] + left
      + ["different:"] + lines).joined(separator: "\n")
  }
}
