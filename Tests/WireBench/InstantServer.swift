import Foundation
import Synchronization

/// A server that stores nothing and answers at once, so that only ferry's own work is measured.
///
/// Batches get rising numbers; what ferry asks before it sends is answered as a real sandbox did;
/// lists are empty.
final class InstantServer: Sendable {
  private let answers: [[UInt8]: [UInt8]]
  private let pids = Atomic(1000)

  init(recorded: [Recording.Exchange]) {
    var answers: [[UInt8]: [UInt8]] = [:]
    for exchange in recorded where exchange.request.rows == 0 && !Self.isList(exchange.request) {
      answers[exchange.request.question] = exchange.reply
    }
    self.answers = answers
  }

  private static func isList(_ request: Message) -> Bool {
    let question = String(decoding: request.question, as: UTF8.self)
    return question.contains("person/list") || question.contains("action=list")
      || question.contains(#""action":"list""#)
  }

  /// Answers requests until the client hangs up.
  func serve(_ connection: Connection) {
    while let request = connection.next() {
      let rows = request.rows
      let reply =
        rows > 0
        ? Message.reply(stored(rows))
        : answers[request.question] ?? Message.reply(Array(#"{"count":0}"#.utf8))
      guard connection.send(reply) else { return }
    }
  }

  private static let before = Array(#"{"result":"Контакт добавлен","data":"#.utf8)
  private static let behind = Array(#","error":""}"#.utf8)

  private func stored(_ rows: Int) -> [UInt8] {
    let last = pids.add(rows, ordering: .relaxed).newValue
    var body: [UInt8] = [UInt8(ascii: "[")]
    body.reserveCapacity(rows * (Self.before.count + Self.behind.count + 10))
    for pid in (last - rows + 1)...last {
      if body.count > 1 { body.append(UInt8(ascii: ",")) }
      body += Self.before
      body += String(pid).utf8
      body += Self.behind
    }
    body.append(UInt8(ascii: "]"))
    return body
  }
}
