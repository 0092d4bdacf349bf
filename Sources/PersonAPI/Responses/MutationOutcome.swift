import ContactModel

/// What became of a request to add, change or delete one contact.
package enum MutationOutcome: Sendable, Equatable {
  /// It is done.
  case done(MutationAnswer)
  /// It is not done.
  case refused(MutationAnswer)
  /// It may be done or not; the reply is of this kind, `nil` if none came.
  case unknown(ReplyKind?)
}

/// A single write sent as an addlist, and read back from one.
extension AddRequest {
  /// The same contact as the only row of an addlist.
  ///
  /// The owner's number is left out, since rows do not take it; the login is taken.
  ///
  /// - Returns: The POST; `nil` if the contact is too large for any.
  package func asAddList(credentials: Credentials, variant: Variant) -> WireRequest? {
    var last: [PersonField: String] = [:]
    for value in values { last[value.field] = value.value }
    let fields = PersonField.allCases.filter { last[$0] != nil }
    let schema = ContactSchema(columns: fields.map { ContactColumn(field: $0, treatment: .text) })
    var contacts = ContactBatch(columnCount: fields.count)
    for field in fields {
      contacts.bytes.append(contentsOf: (last[field] ?? "").utf8)
      contacts.endValue()
    }
    var builder = AddListBatchBuilder(
      schema: schema, credentials: credentials, variant: variant, limits: variant.limits)
    guard builder.append(contacts, contact: 0) == .appended else { return nil }
    return variant.request(.addList, body: builder.finish(), credentials: credentials)
  }
}

extension MutationOutcome {
  /// What the reconciliation of an addlist with one row means for that contact.
  package init(_ reconciled: AddListReconciler) {
    switch reconciled.verdicts.first {
    case .created(let pid): self = .done(MutationAnswer(pid: pid, result: ""))
    case .refused, .notExecuted: self = .refused(MutationAnswer(pid: nil, result: ""))
    case .unknown, nil: self = .unknown(reconciled.kind)
    }
  }
}

/// Deciding from what is there afterwards, where the answer itself does not say.
extension MutationOutcome {
  /// What became of an update.
  ///
  /// Done are updates whose values the contact has. Not done are those after which nothing at all has
  /// changed, or there is no such contact, once PHP has ended. A contact that differs from both is left
  /// undecided: the server alters values, and others work on contacts too. Owner, guide entries and
  /// `mperson` are shown otherwise than they are sent, so they decide nothing.
  ///
  /// - Parameters:
  ///   - update: What was sent.
  ///   - before: The contact before it; `nil` if it was not read.
  ///   - after: The contact afterwards; `nil` if there is none.
  ///   - kind: What the reply was; `nil` if none came.
  ///   - stored: What the server makes of a value that it stores.
  package init(
    update: UpdateRequest, before: ContactDetails?, after: ContactDetails?, kind: ReplyKind?,
    stored: (FieldValue) -> String = { $0.value }
  ) {
    let isFinal = kind?.finality == .final
    guard let after else {
      self = isFinal ? .refused(MutationAnswer(pid: nil, result: "")) : .unknown(kind)
      return
    }
    var sent: [PersonField: String] = [:]
    for value in update.values where value.field.isShownAsSent { sent[value.field] = stored(value) }
    let isThere = sent.allSatisfy { field, value in
      Self.bare(value, field) == Self.bare(after.values[field] ?? "", field)
    }
    let isUntouched = before.map { $0.values == after.values }
    if isThere, !sent.isEmpty {
      self = .done(MutationAnswer(pid: update.pid, result: ""))
    } else if isFinal, isUntouched == true, !sent.isEmpty {
      self = .refused(MutationAnswer(pid: update.pid, result: ""))
    } else {
      self = .unknown(kind)
    }
  }

  /// What became of a deletion: the observed server dies on some names, before or after it.
  ///
  /// - Parameters:
  ///   - deletion: What was sent.
  ///   - isThere: Whether the contact is there afterwards.
  ///   - kind: What the reply was; `nil` if none came.
  package init(deletion: DeleteRequest, isThere: Bool, kind: ReplyKind?) {
    if !isThere {
      self = .done(MutationAnswer(pid: deletion.pid, result: ""))
    } else if kind?.finality == .final {
      self = .refused(MutationAnswer(pid: deletion.pid, result: ""))
    } else {
      self = .unknown(kind)
    }
  }

  /// No client is sent as 0 or as nothing.
  private static func bare(_ value: String, _ field: PersonField) -> String {
    field == .clid && value == "0" ? "" : value
  }
}

extension PersonField {
  /// Whether `info` shows the field's value as it was sent, but for what storing does to texts.
  fileprivate var isShownAsSent: Bool {
    switch self {
    case .pid, .user, .iduser, .mperson, .loyalty, .clientpath, .client, .dateCreate, .dateEdit:
      false
    default: true
    }
  }
}
