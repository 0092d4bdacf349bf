import ArgumentParser

/// Flags about how long requests and servers are waited for.
struct WaitingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      How long a request without an answer may still be at work in the CRM, such as 300ms, 60s or \
      5m: for that long nothing new of it may appear before its rows are taken for absent (default: \
      60s, or what the run began with).
      """,
      valueName: "time"))
  var settle: String?

  @Option(
    help: ArgumentHelp(
      """
      How long to wait for a server that does not answer before stopping, resumable (default: 5m, or \
      what the run began with).
      """,
      valueName: "time"))
  var wait: String?

  func validate() throws {
    _ = try settleTime
    _ = try waitTime
  }

  /// What `--settle` says; `nil` where it is not given.
  var settleTime: Duration? {
    get throws { try Self.duration("--settle", settle) }
  }

  /// What `--wait` says; `nil` where it is not given.
  var waitTime: Duration? {
    get throws { try Self.duration("--wait", wait) }
  }

  private static func duration(_ option: String, _ text: String?) throws -> Duration? {
    guard let text else { return nil }
    guard let duration = DurationArgument.parse(text) else {
      throw ValidationError(
        "'\(option) \(text)' is not a length of time; write it as 300ms, 60s, 5m or 2h",
        "'\(option) \(text)' — не длительность; пишите так: 300ms, 60s, 5m или 2h")
    }
    return duration
  }
}
