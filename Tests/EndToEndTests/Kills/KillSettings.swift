import Foundation
import Testing

/// How hard imports are killed, as the environment has it; `make soak` asks for more than `make test`.
struct KillSettings: Sendable {
  /// The number that decides what is left to chance; the same number, the same points.
  var seed: UInt64 = 1
  /// How many points each combination has, where it is not the combination's own number.
  var points: Int?
  /// The only combination to be run, such as `php74-v3-key`.
  var only: String?
  /// The only point to be run, to see a finding again.
  var point: Int?
  /// How many imports are under way at once, each with a server of its own.
  var jobs = ProcessInfo.processInfo.activeProcessorCount + 1
  /// What `--settle` is given; `nil` leaves it at what users get.
  var settle: String? = "300ms"
  /// How many of a hundred points import the file a second time.
  var repeats = 25
  /// Where the folders of findings are kept.
  var findings = URL(filePath: NSTemporaryDirectory()).appending(path: "ferry-kills").path

  /// What the environment asks for.
  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    func number(_ name: String) -> Int? { environment["FERRY_KILL_\(name)"].flatMap { Int($0) } }
    seed = number("SEED").map { UInt64($0) } ?? seed
    points = number("POINTS")
    only = environment["FERRY_KILL_ONLY"]
    point = number("POINT")
    jobs = number("JOBS") ?? jobs
    repeats = number("REPEATS") ?? repeats
    if let text = environment["FERRY_KILL_SETTLE"] { settle = text == "default" ? nil : text }
    findings = environment["FERRY_KILL_FINDINGS"] ?? findings
  }

  /// The options that say how long a request may stay open.
  var settleOptions: [String] { settle.map { ["--settle", $0] } ?? [] }

  /// How long a command may take before the test gives up on it.
  var timeout: Duration { settle == nil ? .seconds(900) : .seconds(90) }
}

/// A kind of server, a way to speak with it, and whether rows carry an import key.
struct KillCombination: Sendable, CustomStringConvertible, CustomTestStringConvertible {
  let profile: String
  let api: String
  let hasKey: Bool
  /// At how many points `make test` kills.
  let points: Int

  /// Every combination there is: the documented server knows no v3.
  static let all = [
    Self(profile: "php74", api: "v2", hasKey: false, points: 100),
    Self(profile: "php74", api: "v3", hasKey: false, points: 100),
    Self(profile: "php74", api: "v2", hasKey: true, points: 20),
    Self(profile: "php74", api: "v3", hasKey: true, points: 20),
    Self(profile: "php82", api: "v2", hasKey: false, points: 20),
    Self(profile: "php82", api: "v3", hasKey: false, points: 20),
    Self(profile: "php82", api: "v2", hasKey: true, points: 20),
    Self(profile: "php82", api: "v3", hasKey: true, points: 20),
    Self(profile: "documented", api: "v2", hasKey: false, points: 20),
    Self(profile: "documented", api: "v2", hasKey: true, points: 20),
  ]

  /// Those whose imports are undone, at fewer points: the way back is the same for all.
  static let undone = [
    Self(profile: "php74", api: "v3", hasKey: false, points: 10),
    Self(profile: "php82", api: "v2", hasKey: true, points: 10),
  ]

  /// Lets each combination have chances of its own.
  var salt: UInt64 { description.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) } }

  var description: String { "\(profile)-\(api)\(hasKey ? "-key" : "")" }
  var testDescription: String { description }

  /// The options of `ferry import` that make it.
  var options: [String] {
    ["--api", api] + (hasKey ? ["--key-field", "input10"] : [])
  }
}
