package import RunJournal

/// What became of the contacts of a run that was undone.
package struct UndoResult: Sendable {
  /// At most so many contacts that stay are listed one by one.
  package static let mostListed = 1000

  /// The run.
  package let run: RunID
  /// The run's folder.
  package let folder: String
  /// The CRM's address.
  package let server: String
  /// The names of the run's files, which ``KeptContact/file`` counts.
  package let fileNames: [String]
  /// Whether only the later contacts of doubled rows were to go.
  package let isDoubledOnly: Bool
  /// Whether contacts were to go whatever became of them since.
  package let isForced: Bool
  /// How many contacts met which fate, this time.
  package let counts: UndoCounts
  /// The contacts that stay, at most ``mostListed`` of them.
  package let kept: [KeptContact]
  /// How many contacts of the run are not known to be gone, over all undos.
  package let remaining: Int
  /// How many rows may have made contacts that nobody knows.
  package let uncertainRows: Int
  /// How the run stands now; ``RunStatus/undone`` when nothing that is known of it is left.
  package let status: RunStatus
  /// Why the undo ended before its end, if it did; to be run again.
  package let stop: UndoStop?
  /// What went wrong, in its own words.
  package let error: (any Error)?
}

/// A contact that was to go and stays.
package struct KeptContact: Sendable, Equatable {
  /// The row's file, by its index in the run.
  package let file: Int
  /// The row's record, from 1.
  package let record: Int
  /// The contact.
  package let pid: Int
  /// Why it stays.
  package let fate: UndoneContact.Fate
  /// The server's words, where it has any.
  package let remark: String?

  /// A contact that stays.
  package init(
    file: Int, record: Int, pid: Int, fate: UndoneContact.Fate, remark: String? = nil
  ) {
    self.file = file
    self.record = record
    self.pid = pid
    self.fate = fate
    self.remark = remark
  }
}

/// How many contacts met which fate.
package struct UndoCounts: Sendable, Equatable {
  private var counts: [UndoneContact.Fate: Int]

  /// Counts; those that are missing are 0.
  package init(_ counts: [UndoneContact.Fate: Int] = [:]) {
    self.counts = counts.filter { $0.value != 0 }
  }

  /// The number for one fate.
  package subscript(fate: UndoneContact.Fate) -> Int {
    get { counts[fate] ?? 0 }
    set { counts[fate] = newValue == 0 ? nil : newValue }
  }

  /// All contacts counted.
  package var total: Int { counts.values.reduce(0, +) }
  /// Those that are no longer there.
  package var gone: Int { counts.filter { $0.key.isGone }.values.reduce(0, +) }
  /// Those that stay.
  package var kept: Int { total - gone }
}
