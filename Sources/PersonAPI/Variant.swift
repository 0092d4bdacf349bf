/// How one kind of server differs from the others: every difference is a value here.
///
/// Code elsewhere asks for the value and never for the server.
package struct Variant: Sendable, Equatable {
  /// What journals and messages call the variant.
  package var name: String
  /// Where the method stands under the CRM's root.
  package var path: String
  /// What ``Action/addList`` is called.
  package var addListName: String
  /// Whether `loyalty` and `clientpath` may be sent as texts; otherwise only as identifiers.
  package var takesGuideTexts: Bool
  /// Whether `update` takes the social contacts in a `socials` array; otherwise as flat keys.
  package var updatesSocialsAsArray: Bool
  /// Whether `update` leaves alone what is not sent; otherwise every active field has to be sent.
  package var isUpdatePartial: Bool
  /// What it does to values before it stores them.
  package var storedValues = StoredValueRules.observed

  /// The server as documented: `addlist`, texts for guides, partial updates.
  package static let documented = Variant(
    name: "addlist", path: "developer/v2/person", addListName: "addlist", takesGuideTexts: true,
    updatesSocialsAsArray: true, isUpdatePartial: true, storedValues: .documented)

  /// The server as observed: `add.list`, identifiers for guides, updates that empty the rest.
  package static let dotted = Variant(
    name: "add.list", path: "developer/v2/person", addListName: "add.list", takesGuideTexts: false,
    updatesSocialsAsArray: false, isUpdatePartial: false)

  /// All variants that ferry speaks.
  package static let all: [Variant] = [.documented, .dotted]

  /// What an action is called on the wire.
  package func wireName(of action: Action) -> String {
    action == .addList ? addListName : action.rawValue
  }
}
