import Foundation

/// What `make bench-import` measures an import with: the same bytes without ferry, and a server
/// without a CRM.
///
/// ```
/// WireBench record URL FILE        # a proxy to URL that keeps each request with its reply
/// WireBench replay URL FILE COUNT  # sends the recorded batches, COUNT of them at once
/// WireBench serve FILE             # answers at once: batches by formula, the rest as recorded
/// ```
///
/// `record` and `serve` print their address and go on until they are ended; `replay` prints a line
/// of JSON.
@main
enum WireBench {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    // A peer that hangs up is an error of its connection, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    switch (arguments.first, arguments.count) {
    case ("record", 3):
      guard let port = port(arguments[1]), let recording = Recording(creating: arguments[2])
      else { break }
      Listener.run { RecordingProxy(client: $0, server: port, recording: recording)?.serve() }
    case ("replay", 4):
      guard let port = port(arguments[1]), let recorded = Recording.read(arguments[2]),
        let count = Int(arguments[3])
      else { break }
      print(LoadGenerator(recorded: recorded, port: port).run(inFlight: count))
      return
    case ("serve", 2):
      guard let recorded = Recording.read(arguments[1]) else { break }
      let server = InstantServer(recorded: recorded)
      Listener.run { server.serve($0) }
    default: break
    }
    FileHandle.standardError.write(
      Data("usage: WireBench record URL FILE | replay URL FILE COUNT | serve FILE\n".utf8))
    exit(64)
  }

  /// The port of a server on this machine.
  private static func port(_ address: String) -> UInt16? {
    URL(string: address)?.port.flatMap { UInt16(exactly: $0) }
  }
}
