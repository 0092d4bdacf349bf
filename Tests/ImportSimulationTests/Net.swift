import Synchronization

/// Plays scenes, several at once.
enum Net {
  /// A plan and what a person calls it.
  struct Case: Sendable {
    var name: String
    var plan: ScenePlan
    /// The result files of the same import in peace; where all ends alike the files are the same.
    var peaceful: ResultTables?
    /// Whether rows may be stored twice as long as the run says so.
    var mayDouble = true
  }

  /// What came of some scenes.
  struct Results: Sendable {
    /// What is wrong, with what happened in those scenes.
    var failures: [String] = []
    /// The steps that the first process of each took.
    var places: [[String]]
  }

  /// What the players share.
  private final class Board: Sendable {
    let next = Mutex(0)
    let results: Mutex<Results>

    init(count: Int) {
      results = Mutex(Results(places: Array(repeating: [], count: count)))
    }

    /// The next scene's number; `nil` when all are taken.
    func take(of count: Int) -> Int? {
      next.withLock { next in
        guard next < count else { return nil }
        next += 1
        return next - 1
      }
    }
  }

  /// How many are played at once: with two a processor, one waits for its journal while another works.
  private static let width = 4
  /// How many failures are described.
  private static let mostFailures = 12

  /// Plays a scene for each input.
  static func play<Input: Sendable>(
    _ inputs: [Input], _ scene: @escaping @Sendable (Input) -> Case
  ) async throws -> Results {
    let board = Board(count: inputs.count)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<width {
        group.addTask {
          while let index = board.take(of: inputs.count) {
            let (failure, places) = try await play(scene(inputs[index]))
            board.results.withLock { results in
              results.places[index] = places
              if let failure { results.failures.append(failure) }
            }
          }
        }
      }
      try await group.waitForAll()
    }
    var results = board.results.withLock { $0 }
    let rest = results.failures.count - mostFailures
    if rest > 0 { results.failures = results.failures.prefix(mostFailures) + ["and \(rest) more"] }
    return results
  }

  /// What is wrong with a scene, and what happened in it; `nil` where nothing is wrong.
  private static func play(_ test: Case) async throws -> (failure: String?, places: [String]) {
    let scene = try Scene(test.plan)
    var report = await scene.play()
    if let tables = report.tables, let peaceful = test.peaceful, tables.kinds == peaceful.kinds,
      tables.withoutPIDs != peaceful.withoutPIDs
    {
      report.findings.append("the result files are not those of an import in peace")
    }
    if !test.mayDouble, report.doubled > 0 {
      report.findings.append("\(report.doubled) rows are stored twice")
    }
    guard !report.findings.isEmpty else { return (nil, report.places) }
    let log = scene.server.state.withLock { $0.log }
    let text = """
      \(test.name)
      \(report.findings.map { "  ! \($0)" }.joined(separator: "\n"))
      \(log.map { "    \($0)" }.joined(separator: "\n"))
      """
    return (text, report.places)
  }
}
