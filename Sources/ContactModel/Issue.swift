/// Something about a record that a person should know: bad data as a value, not an error.
///
/// Issues are made on the hot path, so an issue holds numbers only. Place and text come from the
/// batch it belongs to, when and if it is shown.
package struct Issue: Sendable, Equatable {
  /// What was noticed.
  package var code: IssueCode
  /// The record's index in its batch.
  package var record: Int32
  /// The source column's index, or -1 where the whole record is meant.
  package var sourceColumn: Int16
  /// The CRM's field, where the issue is about a value on its way there.
  package var field: PersonField?
  /// A figure for the sentence, such as the number of digits found; 0 where there is none.
  package var detail: Int32

  package init(
    _ code: IssueCode, record: Int, sourceColumn: Int? = nil, field: PersonField? = nil,
    detail: Int = 0
  ) {
    self.code = code
    self.record = Int32(clamping: record)
    self.sourceColumn = Int16(clamping: sourceColumn ?? -1)
    self.field = field
    self.detail = Int32(clamping: detail)
  }

  /// How bad it is.
  package var severity: IssueSeverity { code.severity }
}

/// How bad an issue is.
package enum IssueSeverity: String, Sendable, CaseIterable, Comparable {
  /// A value was changed in a way its meaning survives.
  case note
  /// Something may not be as the user thinks; the value is sent.
  case warning
  /// A value or a record is not valid; the mapping's `invalid:` says what follows.
  case error

  package static func < (left: IssueSeverity, right: IssueSeverity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}
