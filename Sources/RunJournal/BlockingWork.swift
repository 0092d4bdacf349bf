import Dispatch
import GRDB

/// Runs work that blocks on a thread that may block.
func offPool<Value: Sendable>(
  path: String, _ work: @escaping @Sendable () throws -> Value
) async throws(JournalError) -> Value {
  let result: Result<Value, JournalError> = await withCheckedContinuation { continuation in
    DispatchQueue.global().async {
      continuation.resume(returning: Result(path: path, work))
    }
  }
  return try result.get()
}

extension DatabaseQueue {
  /// Works on the database's own queue, never on the cooperative pool.
  ///
  /// Waiting ignores cancellation, as a commit's does.
  func onQueue<Value: Sendable>(
    path: String, _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalError) -> Value {
    let result: Result<Value, JournalError> = await withCheckedContinuation { continuation in
      asyncWriteWithoutTransaction { database in
        continuation.resume(returning: Result(path: path) { try work(database) })
      }
    }
    return try result.get()
  }
}

extension Result where Failure == JournalError {
  fileprivate init(path: String, _ work: () throws -> Success) {
    do {
      self = .success(try work())
    } catch {
      self = .failure(JournalError(error, path: path))
    }
  }
}
