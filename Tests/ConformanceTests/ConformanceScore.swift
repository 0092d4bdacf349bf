import Foundation
import Testing

/// What one of other people's test suites says of ferry: how many of its cases came out as expected.
///
/// ```swift
/// @Test(.enabled(if: Corpora.isPresent, Corpora.absence))
/// func csvSpectrum() {
///   var score = ConformanceScore(suite: "csv-spectrum", reference: "JSON beside each file")
///   score.count("simple", passed: rows == expected)
///   score.finish(atLeast: 11)
/// }
/// ```
struct ConformanceScore {
  private let suite: String
  private let reference: String
  private var passed = 0
  private var misses: [(name: String, reason: String)] = []

  /// - Parameters:
  ///   - suite: The suite's name in `../shared/corpora`.
  ///   - reference: What it is compared with.
  init(suite: String, reference: String) {
    self.suite = suite
    self.reference = reference
  }

  /// How many cases were counted.
  var total: Int { passed + misses.count }

  /// Counts a case; one that missed is listed with a reason.
  mutating func count(_ name: String, passed: Bool, reason: @autoclosure () -> String = "") {
    if passed { self.passed += 1 } else { misses.append((name, reason())) }
  }

  /// Prints the suite's line and the misses, and judges.
  func finish(atLeast floor: Int, of expectedTotal: Int? = nil) {
    let share = total == 0 ? 0 : Double(passed) * 100 / Double(total)
    print(
      "conformance: \(suite): \(passed) of \(total) (\(String(format: "%.1f", share)) %) equal to "
        + reference)
    for miss in misses { print("conformance:   missed \(miss.name): \(miss.reason)") }
    #expect(passed >= floor, "\(suite): \(misses.map(\.name))")
    if let expectedTotal {
      #expect(total == expectedTotal, "\(suite) has other cases than expected")
    }
  }
}

/// Where the suites are.
enum Corpora {
  /// The folder beside the project.
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/corpora")

  /// Whether it is there; a clone on its own goes without.
  static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// Why a suite is skipped.
  static let absence: Comment = "needs the test suites in ../shared/corpora"
}
