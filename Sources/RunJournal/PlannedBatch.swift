package import ContactModel

/// Some rows that are about to be sent in one request.
package struct PlannedBatch: Sendable, Equatable {
  /// The batch's number in its run; a later batch has a greater one.
  package var id: Int64
  /// The index of the source file in the run's list.
  package var file: Int
  /// The numbers of the records, from 1, in the order they are sent.
  package var recordNumbers: [Int]
  /// What each row says, in the same order.
  package var fingerprints: [Fingerprint]

  /// - Precondition: There is a fingerprint for every record number.
  package init(id: Int64, file: Int, recordNumbers: [Int], fingerprints: [Fingerprint]) {
    precondition(recordNumbers.count == fingerprints.count, "a fingerprint for every record")
    self.id = id
    self.file = file
    self.recordNumbers = recordNumbers
    self.fingerprints = fingerprints
  }

  /// How many rows the batch has.
  package var count: Int { recordNumbers.count }
}

/// A batch as the journal has it.
package struct JournaledBatch: Sendable, Equatable {
  /// What was intended.
  package var plan: PlannedBatch
  /// What became of each row; `nil` while nobody knows.
  package var outcomes: [Outcome]?

  /// Whether the outcomes are known.
  package var isSettled: Bool { outcomes != nil }
}

/// Which batches to read back.
package enum BatchState: Sendable, CaseIterable {
  /// Intended, perhaps sent, outcome not recorded: what a killed run leaves behind.
  case open
  /// With outcomes.
  case settled
  /// Both.
  case any
}
