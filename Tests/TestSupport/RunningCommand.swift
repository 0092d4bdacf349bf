import Foundation

/// How a command ended.
package struct CommandRun: Sendable {
  /// What it wrote to standard output.
  package let output: [UInt8]
  /// What it wrote to standard error.
  package let errors: [UInt8]
  /// Its exit status; the negative number of the signal where one ended it.
  package let status: Int32

  /// Standard output as text.
  package var outputText: String { String(decoding: output, as: UTF8.self) }
  /// Standard error as text.
  package var errorText: String { String(decoding: errors, as: UTF8.self) }

  /// Runs the built `ferry` to its end.
  ///
  /// - Parameters:
  ///   - arguments: Its arguments.
  ///   - folder: The folder it runs in.
  ///   - environment: What its environment has beyond `PATH`, `HOME`, `LANG=C` and a `FERRY_STATE_DIR`
  ///     inside the folder: runs in one folder know of each other, and of no others.
  ///   - input: A file to be its standard input; otherwise that is empty.
  ///   - output: A file or device to be its standard output; otherwise that is kept.
  ///   - timeout: How long it may take before it is killed and the test fails.
  /// - Returns: How it ended.
  /// - Throws: ``CommandTimeout``, or the system's error if it cannot be started.
  package static func ferry(
    _ arguments: [String], in folder: String, environment: [String: String] = [:],
    input: String? = nil, output: String? = nil, timeout: Duration = .seconds(300)
  ) async throws -> CommandRun {
    try await RunningCommand(
      RunningCommand.ferryPath, arguments, in: folder, environment: environment, input: input,
      output: output
    ).end(within: timeout)
  }
}

/// A command that took longer than it may, and what it had said by then.
package struct CommandTimeout: Error, CustomStringConvertible {
  package let description: String
}

/// A command under way, which can be watched, signalled and awaited.
///
/// Its output goes to files, so that it never waits for a reader.
package final class RunningCommand {
  /// The `ferry` that was built with these tests.
  package static var ferryPath: String {
    let folder = Bundle.main.executableURL?.deletingLastPathComponent()
    return (folder ?? URL(filePath: ".build/debug")).appendingPathComponent("ferry").path
  }

  /// Where in its folder a command registers its runs, unless its environment says otherwise.
  package static let stateFolder = ".ferry-state"

  private let process = Process()
  private let files: TemporaryFolder
  private let command: String

  /// Starts a command; see ``CommandRun/ferry(_:in:environment:input:output:timeout:)``.
  package init(
    _ executable: String, _ arguments: [String], in folder: String,
    environment: [String: String] = [:], input: String? = nil, output: String? = nil
  ) throws {
    files = try TemporaryFolder()
    command = ([executable] + arguments).joined(separator: " ")
    try files.write([], to: "stdout")
    try files.write([], to: "stderr")
    let own = ProcessInfo.processInfo.environment
    var all = ["LANG": "C", "FERRY_STATE_DIR": "\(folder)/\(Self.stateFolder)"]
    for name in ["PATH", "HOME"] { all[name] = own[name] }
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.environment = all.merging(environment) { _, given in given }
    process.currentDirectoryURL = URL(filePath: folder)
    let handles = [
      try FileHandle(forReadingFrom: URL(filePath: input ?? "/dev/null")),
      try FileHandle(forWritingTo: URL(filePath: output ?? files.file("stdout"))),
      try FileHandle(forWritingTo: URL(filePath: files.file("stderr"))),
    ]
    // Foundation keeps a process and its files where no run loop runs; a thousand commands later
    // there would be no number left for a file.
    defer { for handle in handles { try? handle.close() } }
    process.standardInput = handles[0]
    process.standardOutput = handles[1]
    process.standardError = handles[2]
    try process.run()
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  /// What it has written to standard output so far.
  package var outputSoFar: String { (try? files.text("stdout")) ?? "" }
  /// What it has written to standard error so far.
  package var errorsSoFar: String { (try? files.text("stderr")) ?? "" }
  /// Whether it has not ended.
  package var isRunning: Bool { process.isRunning }

  /// Waits until a condition holds.
  ///
  /// - Throws: ``CommandTimeout`` if it does not in time, or if the command ends without.
  package func wait(
    within timeout: Duration = .seconds(300), until condition: () throws -> Bool
  ) async throws {
    let deadline = ContinuousClock.now + timeout
    while try !condition() {
      guard process.isRunning, ContinuousClock.now < deadline else {
        if try condition() { return }
        throw failure("did not get there")
      }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Sends it a signal.
  package func send(signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits until it has ended.
  ///
  /// - Throws: ``CommandTimeout`` if it has not in time; then it is killed.
  package func end(within timeout: Duration = .seconds(300)) async throws -> CommandRun {
    let deadline = ContinuousClock.now + timeout
    while process.isRunning {
      guard ContinuousClock.now < deadline else {
        kill(process.processIdentifier, SIGKILL)
        throw failure("did not end in \(timeout)")
      }
      try await Task.sleep(for: .milliseconds(5))
    }
    let status = process.terminationStatus
    return CommandRun(
      output: try files.bytes("stdout"), errors: try files.bytes("stderr"),
      status: process.terminationReason == .exit ? status : -status)
  }

  private func failure(_ what: String) -> CommandTimeout {
    CommandTimeout(
      description: "'\(command)' \(what)\nstdout: \(outputSoFar)\nstderr: \(errorsSoFar)")
  }
}
