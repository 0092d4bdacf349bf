/// What a server turned out to be like, from questions alone.
package struct ServerFindings: Sendable, Equatable {
  /// How many contacts a user has, as far as they are shown.
  package struct OwnerCount: Sendable, Equatable {
    /// The user.
    package var user: CRMUser
    /// How many contacts the list has; `nil` if it was refused.
    package var contacts: Int?

    package init(user: CRMUser, contacts: Int?) {
      self.user = user
      self.contacts = contacts
    }
  }

  /// How many variables of a form arrive; `nil` where they are not counted, or it could not be told.
  package var variables: MeasuredLimit?
  /// How many bytes of a body arrive; `nil` if it could not be told.
  package var bodyBytes: MeasuredLimit?
  /// How long the smallest question takes, the middle one of several.
  package var latency: Duration?
  /// How many contacts the list shows to whoever asks.
  package var visibleContacts: Int?
  /// What the list shows of each user's contacts; `nil` if the server does not tell its users.
  package var contactsOfUsers: [OwnerCount]?
  /// Whether `info` shows a contact that the list shows; `nil` if there is none to try.
  package var answersInfo: Bool?

  package init(
    variables: MeasuredLimit? = nil, bodyBytes: MeasuredLimit? = nil, latency: Duration? = nil,
    visibleContacts: Int? = nil, contactsOfUsers: [OwnerCount]? = nil, answersInfo: Bool? = nil
  ) {
    self.variables = variables
    self.bodyBytes = bodyBytes
    self.latency = latency
    self.visibleContacts = visibleContacts
    self.contactsOfUsers = contactsOfUsers
    self.answersInfo = answersInfo
  }
}

extension Duration {
  /// The middle one of some durations, the longer of two; `nil` if there are none.
  package static func median(of durations: [Duration]) -> Duration? {
    durations.isEmpty ? nil : durations.sorted()[durations.count / 2]
  }
}
