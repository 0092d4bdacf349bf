import Dispatch

/// Runs an actor's work on a thread of its own, so that calls that block (files, fsync) never hold
/// up the threads that all tasks share.
package final class BlockingExecutor: SerialExecutor {
  private let queue: DispatchQueue

  /// - Parameter label: The queue's name, for debuggers.
  package init(label: String) { queue = DispatchQueue(label: label) }

  /// Runs a job on the executor's own thread.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  /// The executor as an actor names it.
  package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    UnownedSerialExecutor(ordinary: self)
  }
}
