import Foundation
import Glibc

/// A real PHP behind a socket, as the judge of what the wire means.
///
/// It answers every form with what PHP made of it, written in hexadecimal so that nothing is lost on
/// the way back. Stop it when the test ends.
final class PHPServer {
  /// Where PHP is installed, if it is.
  static let executable: URL? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { URL(fileURLWithPath: "\($0)/php") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }

  /// Whether to run: without PHP the tests are skipped, but never where CI counts on them.
  static let isWanted = executable != nil || ProcessInfo.processInfo.environment["CI"] != nil

  /// What PHP made of a variable of the form.
  enum Variable: Equatable {
    case text([UInt8])
    case array([(key: String, value: Variable)])

    static func == (left: Variable, right: Variable) -> Bool {
      switch (left, right) {
      case (.text(let left), .text(let right)): left == right
      case (.array(let left), .array(let right)):
        left.map(\.key) == right.map(\.key) && left.map(\.value) == right.map(\.value)
      default: false
      }
    }
  }

  struct Failure: Error {
    var reason: String
  }

  private let process = Process()
  private let folder: URL
  private let port: UInt16

  init() throws {
    guard let executable = Self.executable else { throw Failure(reason: "php is not installed") }
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let router = folder.appendingPathComponent("router.php")
    try Data(Self.router.utf8).write(to: router)
    port = try Self.freePort()
    process.executableURL = executable
    process.arguments = [
      "-n", "-d", "max_input_vars=1000", "-d", "display_errors=0", "-d", "log_errors=0",
      "-S", "127.0.0.1:\(port)", router.path,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for _ in 0..<500 {
      if let socket = Self.connect(port) {
        close(socket)
        return
      }
      usleep(20_000)
    }
    stop()
    throw Failure(reason: "php does not listen")
  }

  func stop() {
    // Not SIGTERM: a child started from a thread that blocks signals inherits that, and stays.
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    try? FileManager.default.removeItem(at: folder)
  }

  /// Posts a form and returns what PHP made of it.
  func decode(_ form: [UInt8]) throws -> Variable {
    let head = """
      POST / HTTP/1.0\r
      Host: 127.0.0.1\r
      Content-Type: application/x-www-form-urlencoded\r
      Content-Length: \(form.count)\r
      \r\n
      """
    guard let socket = Self.connect(port) else { throw Failure(reason: "no connection") }
    defer { close(socket) }
    let request = Array(head.utf8) + form
    var sent = 0
    while sent < request.count {
      let count = request[sent...].withUnsafeBytes { send(socket, $0.baseAddress, $0.count, 0) }
      guard count > 0 else { throw Failure(reason: "the request was not taken") }
      sent += count
    }
    var reply: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socket, &chunk, chunk.count, 0)
      guard count > 0 else { break }
      reply += chunk[..<count]
    }
    let lines = String(decoding: reply, as: UTF8.self).components(separatedBy: "\r\n\r\n")
    guard lines.count == 2 else { throw Failure(reason: "not an HTTP reply") }
    var words = lines[1].split(separator: " ")[...]
    return try Self.variable(&words)
  }

  /// Reads the router's notation: `a 2 KEY … KEY …` for an array, `t HEX` for a text.
  private static func variable(_ words: inout ArraySlice<Substring>) throws -> Variable {
    switch words.popFirst() {
    case "t": return .text(bytes(words.popFirst() ?? ""))
    case "a":
      guard let count = words.popFirst().flatMap({ Int($0) }) else { break }
      return .array(
        try (0..<count).map { _ in
          let key = bytes(words.popFirst() ?? "")
          return (String(decoding: key, as: UTF8.self), try variable(&words))
        })
    default: break
    }
    throw Failure(reason: "not the router's notation")
  }

  /// The bytes behind `x` and hexadecimal digits.
  private static func bytes(_ word: Substring) -> [UInt8] {
    let digits = Array(word.utf8.dropFirst())
    return stride(from: 0, to: digits.count, by: 2).map { index in
      UInt8(String(decoding: digits[index..<(index + 2)], as: UTF8.self), radix: 16) ?? 0
    }
  }

  private static let router = #"""
    <?php
    function show($value) {
      if (!is_array($value)) return 't x' . bin2hex($value);
      $text = 'a ' . count($value);
      foreach ($value as $key => $item) $text .= ' x' . bin2hex((string)$key) . ' ' . show($item);
      return $text;
    }
    header('Content-Type: text/plain');
    echo show($_POST);
    """#

  private static func freePort() throws -> UInt16 {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = loopback(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && getsockname(listener, $0, &length) == 0
      }
    }
    guard isBound else { throw Failure(reason: "no free port") }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func connect(_ port: UInt16) -> Int32? {
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = loopback(port: port)
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    if isConnected { return connection }
    close(connection)
    return nil
  }

  private static func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return address
  }
}
