import Foundation

/// A connection on this machine that is read message by message; it blocks.
final class Connection {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var chunk = [UInt8](repeating: 0, count: 1 << 18)

  init(descriptor: Int32) {
    self.descriptor = descriptor
    var one: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit { close(descriptor) }

  /// Connects to a port of this machine.
  convenience init?(port: UInt16) {
    guard let descriptor = Self.socket() else { return nil }
    var address = Self.address(port: port)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else {
      close(descriptor)
      return nil
    }
    self.init(descriptor: descriptor)
  }

  /// The next request or reply; `nil` where the peer has hung up.
  func next() -> Message? {
    var message = Message(next: buffer)
    while message == nil {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      guard count > 0 else { return nil }
      buffer.append(contentsOf: chunk[..<count])
      // Looking at a long body again for each piece of it would cost more than reading it.
      if let known = needed, buffer.count < known { continue }
      message = Message(next: buffer)
      needed = message == nil ? Message.length(of: buffer) : nil
    }
    needed = nil
    if let message { buffer.removeFirst(message.bytes.count) }
    return message
  }
  private var needed: Int?

  /// Sends bytes.
  ///
  /// - Returns: Whether all were sent.
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { bytes -> Int in
        guard let base = bytes.baseAddress else { return 0 }
        return Foundation.send(descriptor, base + sent, bytes.count - sent, 0)
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  static func socket() -> Int32? {
    #if canImport(Darwin)
      let descriptor = Foundation.socket(AF_INET, SOCK_STREAM, 0)
    #else
      let descriptor = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    return descriptor < 0 ? nil : descriptor
  }

  static func address(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }
}

/// Accepts connections of this machine, each in a thread of its own.
enum Listener {
  /// Prints its address and serves until the process is ended.
  static func run(_ serve: @escaping @Sendable (Connection) -> Void) -> Never {
    guard let descriptor = Connection.socket() else { exit(2) }
    var address = Connection.address(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isListening else { exit(2) }
    FileHandle.standardOutput.write(
      Data("http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))\n".utf8))
    while true {
      let accepted = accept(descriptor, nil, nil)
      if accepted < 0 { continue }
      Thread { serve(Connection(descriptor: accepted)) }.start()
    }
  }
}
