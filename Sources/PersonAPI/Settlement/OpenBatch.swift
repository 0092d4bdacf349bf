package import ContactModel

/// The rows of a request that did not answer for all of them, in the order they were sent.
package struct OpenBatch: Sendable {
  /// What recognises the rows.
  package var marks: RowMarks
  /// The rows' import keys, where they carry them.
  package var keys: [ImportKey]?
  /// Everything the request stores has a greater identifier.
  package var floor: Int
  /// The identifiers of rows that the answer spoke for, as that of a truncated request does; empty where
  /// it spoke for none.
  package var known: [Int?]
  /// The rows that the answer refused.
  package var refused: Set<Int>

  /// - Precondition: As many keys and known identifiers as rows, where there are any.
  package init(
    marks: RowMarks, keys: [ImportKey]? = nil, floor: Int, known: [Int?] = [],
    refused: Set<Int> = []
  ) {
    precondition(keys.map { $0.count == marks.count } ?? true, "a key for every row")
    precondition(known.isEmpty || known.count == marks.count, "what is known of every row")
    self.marks = marks
    self.keys = keys
    self.floor = floor
    self.known = known
    self.refused = refused
  }

  /// How many rows there are.
  package var count: Int { marks.count }

  /// The identifier of a row that the answer spoke for.
  func knownPID(_ row: Int) -> Int? { known.isEmpty ? nil : known[row] }
}

/// What became of a row whose request did not say so.
package enum RowFate: Sendable, Equatable {
  /// It is stored under this identifier.
  case created(pid: Int, Evidence)
  /// It is not stored, and may be sent again.
  case absent
  /// The answer refused it.
  case refused
  /// It cannot be told; these contacts, in rising order, may be the row.
  case uncertain(candidates: [Int])
}
