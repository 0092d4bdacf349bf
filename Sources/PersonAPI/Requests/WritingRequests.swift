package import ContactModel

/// A field and the value it is to have.
package struct FieldValue: Sendable, Equatable {
  /// The field.
  package var field: PersonField
  /// Its value; empty clears the field in an update.
  package var value: String

  package init(_ field: PersonField, _ value: String) {
    self.field = field
    self.value = value
  }
}

/// Creates one contact through `add`.
///
/// On PHP 8 the answer to `add` never parses; an import sends single rows as an addlist of one.
package struct AddRequest: PersonRequest {
  /// The contact's values; `person` is the one the server requires.
  package var values: [FieldValue]

  package init(values: [FieldValue]) { self.values = values }

  package var action: Action { .add }

  /// Appends the request's own parameters.
  package func append(to parameters: inout RequestParameters, variant: Variant) {
    parameters.append(values, socialsAsArray: true)
  }
}

/// Changes one contact.
///
/// Where the variant's updates are not partial, everything that is not sent is emptied, the owner
/// included; the caller reads the contact first and sends all of it.
package struct UpdateRequest: PersonRequest {
  /// The contact's identifier.
  package var pid: Int
  /// The new values.
  package var values: [FieldValue]

  package init(pid: Int, values: [FieldValue]) {
    self.pid = pid
    self.values = values
  }

  package var action: Action { .update }

  /// Appends the request's own parameters.
  package func append(to parameters: inout RequestParameters, variant: Variant) {
    parameters.append("pid", "\(pid)")
    parameters.append(values, socialsAsArray: variant.updatesSocialsAsArray)
  }
}

/// Deletes one contact.
package struct DeleteRequest: PersonRequest {
  /// The contact's identifier.
  package var pid: Int

  package init(pid: Int) { self.pid = pid }

  package var action: Action { .delete }

  /// Appends the request's own parameters.
  package func append(to parameters: inout RequestParameters, variant: Variant) {
    parameters.append("pid", "\(pid)")
  }
}

extension RequestParameters {
  /// Appends values, `pid` left out: it names the contact and is no value of it.
  fileprivate mutating func append(_ values: [FieldValue], socialsAsArray: Bool) {
    for value in values where value.field != .pid {
      if value.field.socialKey != nil, socialsAsArray {
        append("socials", value.field.wireKey, value.value)
      } else {
        append(value.field.wireKey, value.value)
      }
    }
  }
}
