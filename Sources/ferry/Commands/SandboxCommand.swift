import ArgumentParser
import CRMSandbox
import ContactModel
import Foundation

/// `ferry sandbox`: a local CRM to try everything on.
struct SandboxCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Serves a local CRM, to try things without one.",
    discussion: """
      The CRM as documented or as real ones behave, kept in one file, with faults on demand. A \
      shell talks to it like this:

        ferry sandbox --database crm.sqlite --port 8080 &
        eval "$(ferry sandbox --database crm.sqlite --port 8080 --print-env)"
        ferry person list
      """)

  @Option(help: ArgumentHelp("The file that keeps the CRM's data.", valueName: "file"))
  var database = "ferry-sandbox.sqlite"

  @Option(help: "The port to listen on; 0 picks a free one and prints the address.")
  var port = 8080

  @Option(
    help: ArgumentHelp(
      "The address to listen on; others than 127.0.0.1 open it to the network.",
      valueName: "address"))
  var host = "127.0.0.1"

  @Option(
    help: ArgumentHelp(
      "PHP's max_input_vars: a request's variables beyond it are dropped; 0 for no limit.",
      valueName: "count"))
  var maxInputVars = 1000

  @Flag(help: "Print the lines a shell needs to reach a sandbox on this port, and exit.")
  var printEnv = false

  @OptionGroup var options: SandboxOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError.outOfRange("--port", port, least: 0, most: 65_535)
    }
    if printEnv, port == 0 {
      throw ValidationError(
        "'--print-env' needs the port the sandbox listens on; name it with --port",
        "для '--print-env' нужен порт, на котором работает песочница; укажите --port")
    }
    guard maxInputVars >= 0 else {
      throw ValidationError.outOfRange("--max-input-vars", maxInputVars, least: 0)
    }
  }

  func run() async throws {
    let language = common.language
    var configuration = try options.configuration(
      file: database, opensOnly: printEnv, language: language)
    if printEnv {
      try printEnvironment(of: configuration.fixture)
      return
    }
    configuration.host = host
    configuration.port = port
    configuration.maxInputVars = maxInputVars == 0 ? nil : maxInputVars
    let server = try Sandbox.server(configuration, language: language)
    let listening: Int
    do {
      listening = try await server.start()
    } catch {
      throw Failure(
        language.pick(
          "\(host):\(port): cannot listen here; another program may, choose another --port",
          "\(host):\(port): порт занят или недоступен; выберите другой через --port"),
        status: .unavailable)
    }
    try Terminal.output("http://\(reachableHost):\(listening)\n")
    Terminal.say(
      language.pick(
        "the sandbox listens; Ctrl-C ends it", "песочница работает; Ctrl-C завершает её"))
    await Termination.wait()
    await server.stop()
  }

  /// The address to reach the sandbox under from this machine.
  private var reachableHost: String {
    switch host {
    case "0.0.0.0": "127.0.0.1"
    case "::": "[::1]"
    default: host.contains(":") ? "[\(host)]" : host
    }
  }

  private func printEnvironment(of account: SandboxFixture) throws {
    try Terminal.output(
      """
      export FERRY_URL=http://\(reachableHost):\(port)
      export FERRY_LOGIN=\(Self.quoted(account.chief))
      export FERRY_APIKEY=\(Self.quoted(account.apikey))

      """)
  }

  /// A text as a shell takes it; a fixture may hold anything.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "@._-".utf8.contains(byte)
      }
    }
    if isPlain, !text.isEmpty { return text }
    let parts = text.split(separator: "'", omittingEmptySubsequences: false)
    return "'\(parts.joined(separator: "'\\''"))'"
  }
}
