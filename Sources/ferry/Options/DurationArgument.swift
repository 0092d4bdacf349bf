/// A length of time as one writes it on a command line: `300ms`, `60s`, `5m`, `2h`.
enum DurationArgument {
  /// Reads a length of time; a number without a unit means seconds.
  ///
  /// - Returns: The duration; `nil` for anything else, also for what is longer than thirty days.
  static func parse(_ text: String) -> Duration? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int64(digits), number >= 0 else { return nil }
    let milliseconds: Int64
    switch text.dropFirst(digits.count) {
    case "ms": milliseconds = 1
    case "", "s": milliseconds = 1000
    case "m", "min": milliseconds = 60_000
    case "h": milliseconds = 3_600_000
    default: return nil
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: milliseconds)
    guard !overflow, product <= 30 * 24 * 3_600_000 else { return nil }
    return .milliseconds(product)
  }
}
