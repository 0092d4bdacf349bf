/// What goes wrong with one request, at the places where something can go wrong.
struct RequestFaults: Sendable {
  var kinds: [SandboxFault.Kind] = []
  /// For whatever is left to chance within the request.
  var seed: UInt64 = 0
  /// Where the answer goes, for those who cut the connection and go on.
  var exchange: SandboxExchange?

  /// Nothing goes wrong.
  static let none = RequestFaults()

  /// Before the request is begun: it waits, is refused, or is turned away.
  ///
  /// - Returns: The answer of a server that is busy; `nil` where the request is to be executed.
  /// - Throws: ``SandboxError/connectionCut``, or an error of SQLite.
  func begin(in store: SandboxStore, now: Int) async throws -> SandboxReply? {
    for case .late(let delay) in kinds { try await Task.sleep(for: delay) }
    if kinds.contains(.refuse) { throw SandboxError.connectionCut }
    for case .busy(let status) in kinds { return .busy(status) }
    for case .churn(let count) in kinds {
      try await Churn(count: count, seed: seed, now: now).run(in: store)
    }
    return nil
  }

  /// Whether something can go wrong between the rows of a batch.
  var concernRows: Bool { kinds.contains { $0.widestScope == .addlist } }

  /// Before each row of a batch: rows can be slow.
  func beforeRow() async throws {
    for case .slow(let delay) in kinds { try await Task.sleep(for: delay) }
  }

  /// Once so many rows of a batch are stored: the connection or the database can be gone.
  ///
  /// To be asked before the first row, with 0, and after each that was stored.
  ///
  /// - Parameters:
  ///   - count: How many rows are stored.
  ///   - death: What PHP dies of without its database.
  /// - Throws: ``SandboxError/connectionCut`` or ``PHPFatal``; the rest is not to be stored.
  func stored(_ count: Int, death: @autoclosure () -> PHPFatal) throws {
    if kinds.contains(.hangUp(count)) { exchange?.end(.failure(.connectionCut)) }
    if kinds.contains(.dropAfter(count)) { throw SandboxError.connectionCut }
    if kinds.contains(.databaseGone(count)) { throw death() }
  }

  /// Once the script has answered: text can stand around the answer, or half of it be missing.
  ///
  /// - Parameters:
  ///   - reply: The answer before it is compressed.
  ///   - before: The warning that can stand before it.
  ///   - after: What PHP can die of behind it.
  func reshape(_ reply: inout SandboxReply, before: [UInt8], after: PHPFatal) {
    if kinds.contains(.htmlBefore) { reply.body = before + reply.body }
    if kinds.contains(.htmlAfter) { reply.body += after.html }
    if kinds.contains(.cutText) { reply.body = Array(reply.body.prefix(reply.body.count / 2)) }
    for case .status(let status) in kinds { reply.status = status }
  }

  /// Once the answer is ready to be sent: it can wait, or be cut on its way.
  func finish(_ reply: inout SandboxReply) async throws {
    if kinds.contains(.cutReply) {
      reply.promisedLength = reply.body.count
      reply.body = Array(reply.body.prefix(reply.body.count / 2))
    }
    for case .stall(let delay) in kinds { try await Task.sleep(for: delay) }
  }
}
