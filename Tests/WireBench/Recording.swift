import Foundation

/// Requests with their replies, in a file: both lengths in 4 bytes, then both.
final class Recording: Sendable {
  /// One request and what was answered.
  struct Exchange: Sendable {
    let request: Message
    let reply: [UInt8]
  }

  private let file: FileHandle
  private let lock = NSLock()

  init?(creating path: String) {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { return nil }
    self.file = file
  }

  /// Keeps an exchange.
  func append(_ request: [UInt8], _ reply: [UInt8]) {
    var data = Data()
    for bytes in [request, reply] {
      withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { data.append(contentsOf: $0) }
    }
    data.append(contentsOf: request)
    data.append(contentsOf: reply)
    lock.withLock { file.write(data) }
  }

  /// Reads a file; one that ends in the midst of an exchange ends before it.
  static func read(_ path: String) -> [Exchange]? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let bytes = [UInt8](data)
    var exchanges: [Exchange] = []
    var place = 0
    func number(at place: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
    while place + 8 <= bytes.count {
      let start = place + 8
      let middle = start + number(at: place)
      let end = middle + number(at: place + 4)
      guard end <= bytes.count, let request = Message(next: Array(bytes[start..<middle]))
      else { break }
      exchanges.append(Exchange(request: request, reply: Array(bytes[middle..<end])))
      place = end
    }
    return exchanges
  }
}

/// Stands between ferry and a server and keeps what passes.
struct RecordingProxy {
  private let client: Connection
  private let server: Connection
  private let recording: Recording

  init?(client: Connection, server port: UInt16, recording: Recording) {
    guard let server = Connection(port: port) else { return nil }
    (self.client, self.server, self.recording) = (client, server, recording)
  }

  /// Passes requests on until one of the two hangs up.
  func serve() {
    while let request = client.next() {
      guard server.send(request.bytes), let reply = server.next() else { return }
      recording.append(request.bytes, reply.bytes)
      guard client.send(reply.bytes) else { return }
    }
  }
}
