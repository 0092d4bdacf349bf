import ContactFormats
import ContactModel
import Foundation

/// Prepares the batches of a source on all cores and hands them on in the source's order.
///
/// At most ``inFlight`` batches exist at a time, so memory does not depend on the source's size: a
/// slow consumer holds up the reader.
package struct OrderedBatches: Sendable {
  /// The most batches that are read but not yet handed on: enough to keep all cores at work.
  package static let inFlight = min(16, 2 * ProcessInfo.processInfo.activeProcessorCount + 2)

  private let stream: BatchStream
  private let preparation: Preparation

  package init(stream: BatchStream, preparation: Preparation) {
    self.stream = stream
    self.preparation = preparation
  }

  /// Hands every prepared batch to `body`, one after the other, in input order.
  ///
  /// A source that breaks off is handed on as far as it was read; then its error is thrown.
  ///
  /// - Parameter body: Returns `false` to stop early.
  /// - Throws: ``InputError`` from the source, `MappingError` if it never had the columns that make a
  ///   contact, and whatever `body` throws.
  package func deliver(
    to body: (PreparedBatch) async throws -> Bool
  ) async throws {
    try await withThrowingTaskGroup(of: PreparedBatch.self) { group in
      var ready: [Int: PreparedBatch] = [:]
      var (read, delivered) = (0, 0)
      var (isExhausted, readError) = (false, (any Error)?.none)
      var preparation = preparation
      while true {
        while !isExhausted, read - delivered < Self.inFlight {
          do {
            guard let batch = try await stream.next() else {
              isExhausted = true
              try await preparation.checkNames(in: stream.profile.header)
              break
            }
            preparation = try preparation.adapted(to: batch.header)
            let (index, adapted) = (read, preparation)
            group.addTask { adapted.prepare(batch, index: index) }
            read += 1
          } catch {
            (isExhausted, readError) = (true, error)
          }
        }
        guard let prepared = try await group.next() else {
          if let readError { throw readError }
          return
        }
        ready[prepared.index] = prepared
        while let batch = ready.removeValue(forKey: delivered) {
          delivered += 1
          if try await !body(batch) {
            group.cancelAll()
            return
          }
        }
      }
    }
  }
}
