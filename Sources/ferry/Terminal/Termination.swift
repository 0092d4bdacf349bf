import Dispatch
import Foundation

/// Waits for the signal that ends a server.
enum Termination {
  /// Returns on SIGINT or SIGTERM.
  static func wait() async {
    let queue = DispatchQueue(label: "ferry.signals")
    var sources: [any DispatchSourceSignal] = []
    let (signals, received) = AsyncStream<Void>.makeStream()
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { received.yield() }
      source.resume()
      sources.append(source)
    }
    for await _ in signals { break }
    for source in sources { source.cancel() }
  }
}
