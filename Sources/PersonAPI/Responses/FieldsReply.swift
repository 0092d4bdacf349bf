package import ContactModel
import JSONSyntax

/// The fields that are switched on in the CRM: what can be written and read.
package enum FieldsReply: Sendable, Equatable {
  /// The fields in the server's order.
  case fields([Entry])
  /// The request was refused.
  case error(APIError)
  /// There is no complete JSON value of a known shape.
  case unreadable

  /// One field and what the account calls it.
  package struct Entry: Sendable, Equatable {
    /// The name on the wire; the social contacts' as in a mapping, `socials.blog`.
    package var name: String
    /// What people of this account call it.
    package var title: String
    /// The field, if ferry knows it.
    package var field: PersonField?

    package init(name: String, title: String) {
      field = PersonField(wireKey: name)
      self.name = field?.name ?? name
      self.title = title
    }
  }

  /// Reads a body; the social contacts may stand in `social`, in `socials` or flat.
  package init(_ body: ReplyBody) {
    let value = body.value
    if let error = APIError(value?["error"]) {
      self = .error(error)
    } else if let members = value?["data"]?.members {
      self = .fields(members.flatMap(Self.entries))
    } else {
      self = .unreadable
    }
  }

  private static func entries(_ member: JSONMember) -> [Entry] {
    if let members = member.value.members { return members.flatMap(entries) }
    return [Entry(name: member.key, title: member.value.string ?? "")]
  }
}
