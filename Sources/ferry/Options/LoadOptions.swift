import ArgumentParser
import ContactPipeline

/// Flags about how hard the CRM may be worked by an export.
struct LoadOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read so many parts of the list at once, divided by dates of creation.",
      valueName: "requests"))
  var maxInFlight = 1

  @Option(help: ArgumentHelp("Read at most so many contacts a second.", valueName: "contacts"))
  var rate: Double?

  @Option(
    help: ArgumentHelp(
      "Keep the CRM busy for at most this share of the time, such as 30%.", valueName: "percent"))
  var maxLoad: String?

  @Option(
    help: ArgumentHelp(
      "--rate and --max-load hold between these times of the day only, such as 08:00-19:00.",
      valueName: "from-to"))
  var limitHours: String?

  func validate() throws {
    guard (1...8).contains(maxInFlight) else {
      throw ValidationError.outOfRange("--max-in-flight", maxInFlight, least: 1, most: 8)
    }
    if let rate, !(rate >= 0.01 && rate <= 1_000_000) {
      throw ValidationError(
        "'--rate \(rate)' is out of range; use a number of contacts a second, such as 200",
        "'--rate \(rate)' вне пределов; нужно число контактов в секунду, например 200")
    }
    _ = try limits
    if limitHours != nil, rate == nil, maxLoad == nil {
      throw ValidationError(
        "--limit-hours says when --rate or --max-load hold; add one of them",
        "--limit-hours говорит, когда действуют --rate и --max-load; добавьте одно из них")
    }
  }

  /// What the flags say.
  var limits: LoadLimits {
    get throws {
      var share = 1.0
      if let maxLoad {
        share = try Percentage.parse("--max-load", maxLoad)
        guard share >= 0.001 else {
          throw ValidationError(
            "'--max-load \(maxLoad)' is out of range; use 0.1% or more",
            "'--max-load \(maxLoad)' вне пределов; нужно от 0.1%")
        }
      }
      return LoadLimits(rate: rate, share: share, hours: try limitHours.map(Self.hours))
    }
  }

  /// Reads `08:00-19:00` or `8-19`; the second may be that of the next day.
  private static func hours(_ text: String) throws -> Range<Int> {
    let minutes = text.split(separator: "-", omittingEmptySubsequences: false).map(minute)
    guard minutes.count == 2, let from = minutes[0], let to = minutes[1], from != to else {
      throw ValidationError.unknown(
        "--limit-hours", text, use: "two times of the day such as 08:00-19:00",
        "два времени дня, например 08:00-19:00")
    }
    return from..<(to > from ? to : to + LoadLimits.minutesOfDay)
  }

  private static func minute(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      (1...2).contains(part.count) && part.allSatisfy { $0.isASCII && $0.isNumber }
        ? Int(part) : nil
    }
    guard numbers.count == parts.count, (1...2).contains(numbers.count), numbers[0] <= 24,
      numbers.count == 1 || numbers[1] < 60
    else { return nil }
    let minute = numbers[0] * 60 + (numbers.count == 2 ? numbers[1] : 0)
    return minute <= LoadLimits.minutesOfDay ? minute : nil
  }
}
