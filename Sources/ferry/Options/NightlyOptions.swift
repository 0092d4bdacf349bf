import ArgumentParser
import ContactPipeline
import Foundation

/// Flags of exports that are made again and again.
struct NightlyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Remember the export in this folder, and write what is different from the one before beside it.",
      valueName: "folder"),
    completion: .directory)
  var state: String?

  @Option(
    help: ArgumentHelp(
      "With --state: stop where more of the contacts are missing (default: 50%).",
      valueName: "percent"))
  var maxShrink: String?

  @Option(
    help: ArgumentHelp(
      "Keep the last so many exports, this one among them, in a folder FILE.kept beside it.",
      valueName: "number"))
  var keep: Int?

  @Option(
    help: ArgumentHelp(
      "Write how the export went for Prometheus: a file for node_exporter that ends in .prom.",
      valueName: "file"),
    completion: .file(extensions: ["prom"]))
  var metrics: String?

  @Flag(help: "Print the summary as JSON.")
  var json = false

  /// What `--state` and `--max-shrink` say.
  ///
  /// - Returns: `nil` where nothing is to be remembered.
  func exportState() throws -> ExportState? {
    var share = 0.5
    if let maxShrink {
      share = try Percentage.parse("--max-shrink", maxShrink)
      guard state != nil else {
        throw ValidationError(
          "--max-shrink needs --state, which remembers how many there were",
          "для --max-shrink нужна папка --state: в ней хранится прежнее число")
      }
    }
    return state.map { ExportState(folder: $0, maxShrink: share) }
  }

  private static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  /// Refuses what cannot be meant for a file.
  func check(for file: String) throws {
    if let keep, !(1...10_000).contains(keep) {
      throw ValidationError.outOfRange("--keep", keep, least: 1, most: 10_000)
    }
    if let metrics, !metrics.hasSuffix(".prom") {
      throw ValidationError(
        "'--metrics \(metrics)' has to end in .prom, as node_exporter reads no other files",
        "имя «--metrics \(metrics)» должно кончаться на .prom: других файлов node_exporter не читает"
      )
    }
    if let metrics, Self.resolved(metrics) == Self.resolved(file) {
      throw ValidationError(
        "--metrics would replace the export; name another file",
        "--metrics заменил бы саму выгрузку; укажите другой файл")
    }
    guard file == "-" else { return }
    for (flag, isGiven) in [("--keep", keep != nil), ("--json", json)] where isGiven {
      throw ValidationError(
        "\(flag) needs a file; standard output has the contacts",
        "для \(flag) нужен файл: в стандартном выводе — сами контакты")
    }
  }
}

/// A share of something, written `5%`.
enum Percentage {
  static func parse(_ option: String, _ text: String) throws -> Double {
    guard text.hasSuffix("%"), let percent = Double(text.dropLast()), (0...100).contains(percent)
    else {
      throw ValidationError(
        "'\(option) \(text)' is no share; write it in percent, such as \(option) 5%",
        "'\(option) \(text)' — не доля; укажите проценты, например \(option) 5%")
    }
    return percent / 100
  }
}
