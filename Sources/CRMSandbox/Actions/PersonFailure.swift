/// What a request can fail with; how it is said is the profile's business.
enum PersonFailure: Error, Equatable {
  case wrongKey
  case unknownUser
  case unknownMethod
  /// The pid is not among the caller's contacts.
  case notVisible
  /// `info`: no contact has the pid.
  case notFound
  case missingParameters
  /// `info`, `update` and `delete` without a pid.
  case missingPid
  /// `add`: a contact has the same mail.
  case duplicate
  case hasDeals
  /// A name that is no column went into the SQL: PHP dies.
  case unknownColumn(String, clause: String)
}
