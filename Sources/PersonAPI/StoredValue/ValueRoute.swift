/// The way a contact's values reach the server, which changes what it makes of them.
package enum ValueRoute: Sendable, CaseIterable {
  /// Rows of addlist in a form.
  case listForm
  /// Rows of addlist as JSON.
  case listJSON
  /// `add` as a form.
  case addForm
  /// `add` as JSON.
  case addJSON
  /// `update` as a form.
  case updateForm
  /// `update` as JSON.
  case updateJSON

  /// Whether values that stand directly in the form are trimmed and lose their quotes before anything
  /// else looks at them.
  var cleansScalars: Bool { self == .addForm || self == .updateForm }

  /// Whether a contact is changed: then an empty value is stored as such, not as none, and the four
  /// characters `\r\n` become a line break.
  package var isUpdate: Bool { self == .updateForm || self == .updateJSON }
}
