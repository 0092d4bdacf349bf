import Foundation
import Testing

/// The real PHP, the judge of what the sandbox makes of a form.
///
/// Tests that need it are skipped where there is none, except on CI, where its absence fails them.
enum PHP {
  struct Failure: Error {
    let text: String
  }

  static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { "\($0)/php" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static let isExpected = path != nil || ProcessInfo.processInfo.environment["CI"] != nil

  /// Prints a value without any choice of format: numbers as keys, all bytes in hexadecimal.
  static let dump = """
    function dump($v) {
      if (!is_array($v)) return 's' . bin2hex($v);
      $r = [];
      foreach ($v as $k => $w) $r[] = (is_int($k) ? "i$k" : 's' . bin2hex($k)) . '=' . dump($w);
      return '(' . implode(',', $r) . ')';
    }

    """

  /// Runs a program and returns what it printed.
  static func run(_ program: String, input: String = "", options: [String] = []) async throws
    -> String
  {
    guard let path else { throw Failure(text: "php is not installed") }
    return try await withCheckedThrowingContinuation { continuation in
      Thread {
        continuation.resume(
          with: Result { try run(path, options + ["-r", program], input: input) })
      }.start()
    }
  }

  private static func run(_ path: String, _ arguments: [String], input: String) throws -> String {
    // The input goes through a file: a pipe could fill up while nobody reads the answer.
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(input.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: file)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(text: String(decoding: data, as: UTF8.self))
    }
    return String(decoding: data, as: UTF8.self)
  }
}

/// PHP's built-in web server with a script that prints what arrived.
struct PHPServer {
  let port: Int
  private let process: Process
  private let script: URL

  /// Starts the server and waits until it answers.
  init(options: [String]) async throws {
    guard let path = PHP.path else { throw PHP.Failure(text: "php is not installed") }
    script = FileManager.default.temporaryDirectory
      .appendingPathComponent(UUID().uuidString + ".php")
    let program =
      "<?php " + PHP.dump + "echo dump($_GET), \"\\n\", dump($_POST), \"\\n\", dump($_REQUEST);"
    try Data(program.utf8).write(to: script)
    port = Int.random(in: 20_000..<60_000)
    process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = options + ["-S", "127.0.0.1:\(port)", script.path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for _ in 0..<100 {
      guard process.isRunning else { throw PHP.Failure(text: "php -S found its port in use") }
      if (try? await SocketClient(port: port).send(.query([]))) != nil { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    stop()
    throw PHP.Failure(text: "php -S did not begin to listen")
  }

  func stop() {
    // Signals that can be blocked are, in what Foundation starts; and waiting for the end would
    // hold a thread that others need.
    kill(process.processIdentifier, SIGKILL)
    try? FileManager.default.removeItem(at: script)
  }
}
