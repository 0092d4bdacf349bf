/// How one kind of server differs from the others: every difference is a value here.
///
/// Code elsewhere asks for the value and never for the server.
package struct Variant: Sendable, Equatable {
  /// What journals and messages call the variant.
  package var name: String
  /// Where the method stands under the CRM's root; see ``request(_:body:credentials:)``.
  package var path: String
  /// How parameters become bytes.
  package var format: WireFormat
  /// What ``Action/addList`` is called.
  package var addListName: String
  /// Whether `loyalty` and `clientpath` may be sent as texts; otherwise only as identifiers.
  package var takesGuideTexts: Bool
  /// Whether `update` takes the social contacts in a `socials` array; otherwise as flat keys.
  package var updatesSocialsAsArray: Bool
  /// Whether `update` leaves alone what is not sent; otherwise every active field has to be sent.
  package var isUpdatePartial: Bool
  /// Whether the answers to `add` and `update` can be relied on to be JSON.
  ///
  /// The observed v2 script dies on PHP 8 while it writes these two answers, in the same words whether
  /// or not it has stored anything, and nothing but such a request shows which PHP it is. So where
  /// this is false a contact is added through an addlist of one, and what became of an update is
  /// looked up afterwards.
  package var answersSingleWrites: Bool
  /// How large an addlist request should become, unless the user says otherwise.
  package var limits: AddListLimits

  /// What it does to values before it stores them.
  package var storedValues = StoredValueRules.observed

  /// The server as documented: `addlist`, texts for guides, partial updates.
  package static let documented = Variant(
    name: "addlist", path: "developer/v2/person", format: .form, addListName: "addlist",
    takesGuideTexts: true, updatesSocialsAsArray: true, isUpdatePartial: true,
    answersSingleWrites: true, limits: AddListLimits(), storedValues: .documented)

  /// The server as observed: `add.list`, identifiers for guides, updates that empty the rest.
  package static let dotted = Variant(
    name: "add.list", path: "developer/v2/person", format: .form, addListName: "add.list",
    takesGuideTexts: false, updatesSocialsAsArray: false, isUpdatePartial: false,
    answersSingleWrites: false, limits: AddListLimits())

  /// The same server's third version: JSON, of which nothing is cut off; otherwise as ``dotted``.
  package static let v3 = Variant(
    name: "v3", path: "developer/v3/person", format: .json, addListName: "add.list",
    takesGuideTexts: false, updatesSocialsAsArray: false, isUpdatePartial: false,
    answersSingleWrites: true, limits: AddListLimits(maximumRows: 500))

  /// All variants that ferry speaks.
  package static let all: [Variant] = [.documented, .dotted, .v3]

  /// What an action is called on the wire.
  package func wireName(of action: Action) -> String {
    action == .addList ? addListName : action.rawValue
  }
}

/// Which versions of the API a user lets ferry speak (`--api`).
package enum APIChoice: String, Sendable, CaseIterable {
  /// v3 where the server has it, otherwise v2.
  case auto
  /// The form API alone.
  case v2
  /// The JSON API alone.
  case v3

  /// Whether v3 is to be looked for.
  package var allowsV3: Bool { self != .v2 }
  /// Whether v2 will do.
  package var allowsV2: Bool { self != .v3 }
}
