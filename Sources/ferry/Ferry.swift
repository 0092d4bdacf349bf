import ArgumentParser
import ContactModel
import Foundation

/// Moves contacts in bulk between files and SalesMan CRM.
struct Ferry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ferry",
    abstract: "Moves contacts in bulk between files and SalesMan CRM.",
    discussion: """
      Try it without a CRM: 'ferry import contacts.csv --mapping mapping.yaml --sandbox crm.sqlite'. \
      The address, login and key of a real one come from FERRY_URL, FERRY_LOGIN and FERRY_APIKEY.
      """,
    version: Version.text,
    subcommands: [
      CheckCommand.self, ImportCommand.self, ResumeCommand.self, UndoCommand.self,
      RunsCommand.self, ResultsCommand.self, ExportCommand.self, VerifyCommand.self,
      ConvertCommand.self,
      PersonCommand.self, DoctorCommand.self, SandboxCommand.self,
    ])
}

/// ferry's own version.
enum Version {
  static let text = "0.1.0"
}

/// Where the process begins: parse, run, and turn whatever happened into an exit status.
@main
enum Main {
  static func main() async {
    // A reader that goes away (`ferry … | head`) is not an error; writes report it instead.
    signal(SIGPIPE, SIG_IGN)
    let status = await run(language: CommonOptions.language(of: CommandLine.arguments))
    exit(status.adjusted.rawValue)
  }

  @concurrent
  private static func run(language: Language) async -> ExitStatus {
    do {
      var command = try Ferry.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      return .success
    } catch {
      return status(of: error, language: language)
    }
  }

  /// Says what is wrong, unless it is help that was asked for, and picks the exit status.
  private static func status(of error: any Error, language: Language) -> ExitStatus {
    if let finished = error as? Finished { return finished.status }
    let code = Ferry.exitCode(for: error)
    if code == .success {
      try? Terminal.output(Ferry.fullMessage(for: error) + "\n")
      return .success
    }
    if Self.isAboutUsage(error) {
      let message = Ferry.message(for: error)
      Terminal.fail(
        Failure(message.prefix(1).lowercased() + message.dropFirst(), status: .usage),
        language: language)
      Terminal.say(
        language.pick("see 'ferry --help'", "подсказка: 'ferry --help'"))
      return .usage
    }
    let failure = Failure(error, language: language)
    if !failure.message.isEmpty { Terminal.fail(failure, language: language) }
    return failure.status
  }

  private static func isAboutUsage(_ error: any Error) -> Bool {
    error is ValidationError || Ferry.exitCode(for: error) == .validationFailure
  }
}

/// A command that has said all there is to say and ends with this status.
struct Finished: Error {
  let status: ExitStatus
}
