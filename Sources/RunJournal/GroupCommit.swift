import GRDB
import Synchronization

/// Lets all writes that wait at the same moment share one commit.
///
/// A commit costs an fsync, whatever is in it. While one is under way, further writes gather; the
/// next commit takes all of them. Each caller waits until the commit with its own write is on disk.
///
/// The statements and the fsync run on the database's own queue, never on the cooperative pool.
/// Waiting ignores cancellation: a write that was begun is either on disk or reported as failed.
final class GroupCommit: Sendable {
  /// A write, run inside the shared transaction.
  typealias Write = @Sendable (Database) throws -> Void

  private struct Waiting {
    let write: Write
    let continuation: CheckedContinuation<Result<Void, JournalError>, Never>
  }

  private struct State {
    var waiting: [Waiting] = []
    var isDraining = false
    var commitCount = 0
  }

  private let database: DatabaseQueue
  private let path: String
  private let state = Mutex(State())

  init(database: DatabaseQueue, path: String) {
    self.database = database
    self.path = path
  }

  /// How many commits there were.
  var commitCount: Int { state.withLock { $0.commitCount } }

  /// Runs a write in the next commit and returns when it is durable.
  ///
  /// A write that breaks a constraint fails alone. Any other failure undoes the whole commit and
  /// fails everyone in it: then none of their writes is on disk.
  func perform(_ write: @escaping Write) async throws(JournalError) {
    let result = await withCheckedContinuation { continuation in
      let mustStart = state.withLock { state in
        state.waiting.append(Waiting(write: write, continuation: continuation))
        defer { state.isDraining = true }
        return !state.isDraining
      }
      if mustStart { database.asyncWriteWithoutTransaction { self.drain($0) } }
    }
    try result.get()
  }

  /// Commits group after group until nobody waits.
  private func drain(_ database: Database) {
    while true {
      let group = state.withLock { state in
        let group = state.waiting
        state.waiting = []
        state.isDraining = !group.isEmpty
        return group
      }
      if group.isEmpty { return }
      let results = commit(group, in: database)
      for (waiting, result) in zip(group, results) {
        waiting.continuation.resume(returning: result)
      }
    }
  }

  private func commit(
    _ group: [Waiting], in database: Database
  ) -> [Result<Void, JournalError>] {
    var results: [Result<Void, JournalError>] = []
    do {
      try database.inTransaction(.immediate) {
        for waiting in group {
          do {
            try waiting.write(database)
            results.append(.success(()))
          } catch let error as JournalError {
            results.append(.failure(error))
          } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            results.append(.failure(JournalError(error, path: path)))
          }
        }
        return .commit
      }
    } catch {
      return group.map { _ in .failure(JournalError(error, path: path)) }
    }
    state.withLock { $0.commitCount += 1 }
    return results
  }
}
