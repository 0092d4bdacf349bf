/// What a kind of server does to values before it stores them: each difference is a value here.
///
/// Part of ``Variant``, which also says whether guide entries go by text. What both kinds do alike (lengths, trimming, characters that cannot be
/// stored) has no switch.
package struct StoredValueRules: Sendable, Equatable {
  /// Whether certain values end a whole request in a fatal error or run as SQL, so that they are
  /// never sent and others are repaired before they are.
  package var isBrokenByValues: Bool
  /// Whether the time of creation that is sent is stored.
  package var storesCreationTime: Bool
  /// Whether new contacts are compared with those there, which lets names break a request as well.
  ///
  /// A module of the CRM that is off unless bought; no reply tells.
  package var comparesNames: Bool

  /// The server as documented: where the document is silent it changes texts as the observed one
  /// does, but no value breaks a request.
  package static let documented = StoredValueRules(
    isBrokenByValues: false, storesCreationTime: true, comparesNames: false)

  /// The server as observed.
  package static let observed = StoredValueRules(
    isBrokenByValues: true, storesCreationTime: false, comparesNames: false)
}
