import ArgumentParser
import ContactPipeline
import Foundation
import RunReports

/// `ferry verify`: whether files are what their manifest says.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks the files of an export or of a run against their manifest.",
    discussion: """
      Lengths and SHA-256 are compared; the CRM is not asked. The exit status is 1 where a file is \
      missing or is not what it was, or none of the manifest's files.

      Example: ferry verify contacts.csv
      """)

  @Argument(
    help: "The manifest, a file that was exported, or a run's folder.", completion: .file())
  var path: String

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let language = common.language
    let check = try ManifestCheck(of: path, language: language)
    let status = Terminal.conclude(check.isGood ? .success : .rows, language: language) {
      try Terminal.output(check.text(in: language))
    }
    if status != .success { throw Finished(status: status) }
  }
}
