import ArgumentParser
import ContactPipeline
import PersonAPI

/// Flags about how contacts are sent: how many at once, how long to wait, what is looked at again.
struct DeliveryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "At most so many rows in a request; by default what suits the server.", valueName: "rows"))
  var batchSize: Int?

  @Option(help: ArgumentHelp("At most so many requests under way at once.", valueName: "requests"))
  var maxInFlight = 4

  @Option(help: ArgumentHelp("At most so many rows a second.", valueName: "rows"))
  var rate: Double?

  @OptionGroup var waiting: WaitingOptions

  @Flag(
    inversion: .prefixedNo, exclusivity: .exclusive,
    help: """
      Compare the created contacts with what was sent, also those that no list shows, one by one; or \
      compare none (default: those that are read at the end anyway).
      """)
  var verify: Bool?

  @Flag(help: "Do not ask before mails are sent to owners or entries are made in guides.")
  var yes = false

  @Flag(help: "Show the values in question in reports. They are people's data.")
  var showValues = false

  @Flag(help: "List everything that was found out about the files.")
  var verbose = false

  @Flag(help: "Print the summary as JSON.")
  var json = false

  func validate() throws {
    if let batchSize, !(1...1000).contains(batchSize) {
      throw ValidationError.outOfRange("--batch-size", batchSize, least: 1, most: 1000)
    }
    guard (1...32).contains(maxInFlight) else {
      throw ValidationError.outOfRange("--max-in-flight", maxInFlight, least: 1, most: 32)
    }
    if let rate, !(rate > 0 && rate <= 1_000_000) {
      throw ValidationError(
        "'--rate \(rate)' is out of range; use a number of rows a second, such as 20 or 0.5",
        "'--rate \(rate)' вне пределов; нужно число строк в секунду, например 20 или 0.5")
    }
  }

  /// Puts what these flags say into the options of a run.
  func apply(to options: inout ImportOptions) throws {
    options.batchSize = batchSize
    options.maxInFlight = maxInFlight
    options.rate = rate
    options.settle = try waiting.settleTime
    options.wait = try waiting.waitTime
    options.verifies = verify
    options.showsValues = showValues
  }
}
