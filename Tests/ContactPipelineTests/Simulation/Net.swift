import Synchronization

/// Plays scenes, as many at once as there are processors.
enum Net {
  /// A plan and what a person calls it.
  struct Case: Sendable {
    var name: String
    var plan: ScenePlan
  }

  /// How many are played at once.
  private static let width = 4
  /// How many failures are described.
  private static let mostFailures = 12

  /// Plays a scene for each input.
  ///
  /// - Returns: The descriptions of those with findings, with what happened in them; and how many steps
  ///   the first process of each took.
  static func play<Input: Sendable>(
    _ inputs: [Input], _ scene: @escaping @Sendable (Input) -> Case
  ) async throws -> (failures: [String], steps: [Int]) {
    let next = Mutex(0)
    let steps = Mutex(Array(repeating: 0, count: inputs.count))
    let failures = Mutex<[String]>([])
    try await withThrowingTaskGroup { group in
      for _ in 0..<width {
        group.addTask {
          while let index = next.withLock({ index -> Int? in
            guard index < inputs.count else { return nil }
            index += 1
            return index - 1
          }) {
            let test = scene(inputs[index])
            let (findings, count) = try await describe(test)
            steps.withLock { $0[index] = count }
            if let findings { failures.withLock { $0.append(findings) } }
          }
        }
      }
      try await group.waitForAll()
    }
    let descriptions = failures.withLock { failures in
      let shown = failures.prefix(mostFailures)
      let more = failures.count - shown.count
      return shown + (more > 0 ? ["and \(more) more"] : [])
    }
    return (descriptions, steps.withLock { $0 })
  }

  /// What is wrong with a scene, and what happened in it; `nil` where nothing is wrong.
  private static func describe(_ test: Case) async throws -> (text: String?, steps: Int) {
    let scene = try Scene(test.plan)
    let report = await scene.play()
    guard !report.findings.isEmpty else { return (nil, report.steps) }
    let log = scene.server.state.withLock { $0.log }
    let text = """
      \(test.name)
      \(report.findings.map { "  ! \($0)" }.joined(separator: "\n"))
      \(log.map { "    \($0)" }.joined(separator: "\n"))
      """
    return (text, report.steps)
  }
}
