import Foundation

@testable import CRMSandbox

/// The least HTTP client that a test needs: one request, one connection, `Connection: close`.
struct SocketClient: Sendable {
  let port: Int

  struct Failure: Error {
    let step: String
  }

  /// Blocks a thread of its own, since the pool's few threads also serve the answer.
  func send(_ request: SandboxRequest) async throws -> SandboxReply {
    try await withCheckedThrowingContinuation { continuation in
      Thread {
        continuation.resume(with: Result { try exchange(request) })
      }.start()
    }
  }

  private func exchange(_ request: SandboxRequest) throws -> SandboxReply {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failure(step: "socket") }
    defer { close(descriptor) }
    try connect(descriptor)
    try send(bytes(of: request), to: descriptor)
    return try Self.reply(try receive(descriptor))
  }

  private func connect(_ descriptor: Int32) throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure(step: "connect") }
  }

  private func bytes(of request: SandboxRequest) -> [UInt8] {
    var bytes = Array("\(request.method) \(request.path)".utf8)
    if !request.query.isEmpty { bytes += [UInt8(ascii: "?")] + request.query }
    bytes += Array(" HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n".utf8)
    for (name, value) in request.headers { bytes += Array("\(name): \(value)\r\n".utf8) }
    bytes += Array("Content-Length: \(request.body.count)\r\n\r\n".utf8)
    return bytes + request.body
  }

  private func send(_ bytes: [UInt8], to descriptor: Int32) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Failure(step: "send") }
      sent += count
    }
  }

  private func receive(_ descriptor: Int32) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count >= 0 else { throw Failure(step: "recv") }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  private static func reply(_ bytes: [UInt8]) throws -> SandboxReply {
    let end = Array("\r\n\r\n".utf8)
    guard let split = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else {
      throw Failure(step: "read the head")
    }
    let head = String(decoding: bytes[..<split], as: UTF8.self).components(separatedBy: "\r\n")
    guard let status = Int(head[0].split(separator: " ")[1]) else {
      throw Failure(step: "read the status")
    }
    let headers = head.dropFirst().map { line in
      let name = line.prefix { $0 != ":" }
      return (
        name: String(name),
        value: line.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)
      )
    }
    let value = { (name: String) in headers.first { $0.name.lowercased() == name }?.value }
    let body = Array(bytes[(split + 4)...])
    let length = value("content-length").flatMap { Int($0) }
    return SandboxReply(
      status: status, contentType: value("content-type") ?? "", body: body, headers: headers,
      promisedLength: length == body.count ? nil : length)
  }
}
