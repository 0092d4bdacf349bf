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
  /// What recognises each row's contact once it is stored, in the same order.
  package var marks: RowMarks
  /// The greatest identifier of a contact that was known when this was planned: whatever the request
  /// stores has a greater one.
  package var floor: Int

  /// - Precondition: There are a fingerprint and a mark for every record number.
  package init(
    id: Int64, file: Int, recordNumbers: [Int], fingerprints: [Fingerprint], marks: RowMarks,
    floor: Int
  ) {
    precondition(recordNumbers.count == fingerprints.count, "a fingerprint for every record")
    precondition(recordNumbers.count == marks.count, "a mark for every record")
    self.id = id
    self.file = file
    self.recordNumbers = recordNumbers
    self.fingerprints = fingerprints
    self.marks = marks
    self.floor = floor
  }

  /// How many rows the batch has.
  package var count: Int { recordNumbers.count }
}

/// A batch as the journal has it.
package struct JournaledBatch: Sendable, Equatable {
  /// What was intended.
  package var plan: PlannedBatch
  /// What became of each row and how that is known; `nil` while nobody knows.
  package var rows: [SettledRow]?

  /// A batch as it was read, or as a test wants it.
  package init(plan: PlannedBatch, rows: [SettledRow]? = nil) {
    self.plan = plan
    self.rows = rows
  }

  /// What became of each row; `nil` while nobody knows.
  package var outcomes: [Outcome]? { rows?.map(\.outcome) }

  /// Whether the outcomes are known.
  package var isSettled: Bool { rows != nil }
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
