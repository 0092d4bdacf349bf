/// How one kind of server words its answers.
///
/// The actions decide what happened; a profile says it. Everything in which servers differ on the
/// wire belongs here, so that a further kind of server is a further profile and nothing else.
protocol PersonProfile: Sendable {
  /// The action behind a name; `nil` where the server knows no such method.
  func action(named name: String) -> SandboxAction?

  /// The body of an answer that says no.
  func failure(_ failure: PersonFailure) -> [UInt8]

  /// The body of `fields`.
  func fields(_ active: [PersonColumn]) -> [UInt8]

  /// The body of `add`.
  func added(pid: Int) -> [UInt8]

  /// The body of `addlist`: an element a row, in the order of arrival.
  func added(_ rows: [Result<Int, PersonFailure>]) -> [UInt8]

  /// The body of `update`.
  func updated(pid: Int, _ change: ContactChange) -> [UInt8]

  /// The body of `delete`.
  func deleted(pid: Int) -> [UInt8]

  /// The body of one page of `list`, of the records written so far and the count of all.
  func page(_ records: [ContactRecord], count: Int, selection: FieldSelection) -> [UInt8]

  /// The body of `info`.
  func info(_ record: ContactRecord, selection: FieldSelection) -> [UInt8]
}

/// What an update changed.
enum ContactChange: Equatable, Sendable {
  case nothing
  case fields(socials: Bool)
}
