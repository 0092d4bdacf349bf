/// What the `person` method can be asked to do.
package enum Action: String, Sendable, CaseIterable {
  /// Names and titles of the active fields.
  case fields
  /// A page of contacts.
  case list
  /// One contact.
  case info
  /// Creates one contact.
  case add
  /// Creates several contacts. Its name on the wire depends on the ``Variant``.
  case addList = "addlist"
  /// Changes one contact.
  case update
  /// Deletes one contact.
  case delete

  /// The action that a request names, in any variant's spelling.
  ///
  /// Whether a server takes that spelling is for its ``Variant`` to say.
  package init?(wireName: String) {
    if wireName == Variant.dotted.addListName {
      self = .addList
    } else {
      self.init(rawValue: wireName)
    }
  }
}
