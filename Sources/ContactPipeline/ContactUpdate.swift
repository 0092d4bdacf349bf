package import CRMClient
package import ContactModel
package import PersonAPI

/// Changes some fields of one contact and keeps the others, also where the server's updates empty
/// whatever they are not sent.
///
/// There the contact is read first and sent whole, with its owner, its source and its loyalty by their
/// numbers. What cannot be kept so is not touched: the update is refused before anything is sent.
package struct ContactUpdate: Sendable {
  /// Why a contact cannot be changed without harm.
  package enum Problem: Error, Sendable, Equatable {
    /// No list shows the contact, so that its owner's number is not known.
    case notListed
    /// The CRM has no user with the login.
    case ownerUnknown(String)
    /// The number of a guide's entry cannot be found out.
    case entryUnknown(PersonField, String)
    /// The server takes a guide's entries by number, and a text was given.
    case guideText(PersonField)
    /// The server would store nothing as the contact's name.
    case nameless
    /// A value would break the request on the server.
    case breaking(PersonField)
    /// A value that was not to be changed would be.
    case wouldChange(PersonField)
    /// The field is switched off.
    case switchedOff(PersonField)
  }

  private let client: CRMClient

  /// - Parameter client: The server; its variant has been found out.
  package init(_ client: CRMClient) { self.client = client }

  /// Changes a contact.
  ///
  /// - Parameters:
  ///   - pid: The contact.
  ///   - changes: The new values.
  /// - Returns: What became of it.
  /// - Throws: `CRMError` if the server cannot be asked or refuses; ``Problem``.
  package func change(_ pid: Int, to changes: [FieldValue]) async throws -> MutationOutcome {
    guard !client.variant.isUpdatePartial else {
      return try await client.update(UpdateRequest(pid: pid, values: changes))
    }
    let active = Set(try await client.fields().compactMap(\.field))
    let route = client.variant.format == .json ? ValueRoute.updateJSON : .updateForm
    let predictor = StoredValuePredictor(
      schema: ContactSchema(columns: []), variant: client.variant, route: route,
      activeFields: active)
    for change in changes where !predictor.isActive(change.field) {
      throw Problem.switchedOff(change.field)
    }
    let present = try await present(pid, active)
    var values = present
    for change in changes { values[change.field] = change.value }
    if let login = changes.first(where: { $0.field == .user })?.value {
      let users = try await client.users() ?? []
      guard let user = users.first(where: { NameKey($0.login) == NameKey(login) }) else {
        throw Problem.ownerUnknown(login)
      }
      values[.iduser] = "\(user.number)"
    }
    values[.user] = nil
    try await number(&values, changes)
    let request = UpdateRequest(
      pid: pid,
      values: PersonField.allCases.compactMap { field in
        values[field].map { FieldValue(field, $0) }
      })
    try check(request, present, changes, predictor)
    return try await client.update(request) { value in
      guard
        case .text(let bytes) = predictor.storedValue(of: Array(value.value.utf8), in: value.field)
      else { return "" }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// The contact's values as the list shows them, every active field among them.
  private func present(_ pid: Int, _ active: Set<PersonField>) async throws -> [PersonField: String]
  {
    let columns = PersonField.allCases.filter { field in
      field.socialKey != nil || [.pid, .iduser, .user].contains(field)
        || (active.contains(field) && field.isWritable && field != .dateCreate)
    }
    // The filter finds whatever holds the digits; of these the number itself is the least.
    let page = try await client.list(
      ListRequest(
        order: "pid", first: .oldestFirst, fields: columns, wantsSocials: true,
        filter: [.init(field: "pid", value: "\(pid)")]), columns: columns)
    guard let record = page.pids.firstIndex(of: pid) else { throw Problem.notListed }
    var values: [PersonField: String] = [:]
    for (column, field) in columns.enumerated() where field != .pid {
      values[field] = page.records.text(record: record, field: column)
    }
    guard values[.iduser]?.isEmpty == false, values[.iduser] != "0" else { throw Problem.notListed }
    return values
  }

  /// Puts numbers in the place of the titles of a source and a loyalty.
  private func number(_ values: inout [PersonField: String], _ changes: [FieldValue]) async throws {
    for field in [PersonField.clientpath, .loyalty] {
      guard let title = values[field] else { continue }
      let isChanged = changes.contains { $0.field == field }
      if isChanged, Int(title) != nil { continue }
      guard !title.isEmpty else {
        // No number at all keeps the source as it is, and is no loyalty.
        values[field] = "0"
        continue
      }
      var names = AccountNames()
      if field == .clientpath {
        names.know((try await client.clientpathGuide() ?? []).map { ($0.id, $0.title) }, of: field)
      } else {
        names.know(try await ServerNames(client).loyaltyEntries(), of: field)
      }
      guard let number = names.entry(title, of: field) else {
        throw Problem.entryUnknown(field, title)
      }
      values[field] = "\(number)"
    }
  }

  /// Refuses an update that would break on the server, or change what was to stay.
  private func check(
    _ request: UpdateRequest, _ present: [PersonField: String], _ changes: [FieldValue],
    _ predictor: StoredValuePredictor
  ) throws {
    for value in request.values {
      let bytes = Array(value.value.utf8)
      guard BreakingValue(bytes, in: value.field, by: predictor.route) == nil else {
        throw Problem.breaking(value.field)
      }
      let isChanged = changes.contains { $0.field == value.field }
      guard !isChanged, ![.iduser, .clientpath, .loyalty].contains(value.field),
        value.field.socialKey == nil, !value.value.isEmpty
      else { continue }
      guard predictor.storedValue(of: bytes, in: value.field) == .text(bytes) else {
        throw Problem.wouldChange(value.field)
      }
    }
  }
}

extension ContactUpdate.Problem {
  /// The sentence for a person: what is wrong, then what to do.
  package func message(in language: Language) -> String {
    switch self {
    case .notListed:
      language.pick(
        "no list shows this contact to you, and an update without its owner's number would hide it for good, so nothing was sent; change it in the CRM itself",
        "ни один список не показывает вам этот контакт, а обновление без номера владельца скрыло бы его насовсем, поэтому ничего не отправлено; измените его в самой CRM"
      )
    case .ownerUnknown(let login):
      language.pick(
        "the CRM has no user '\(login)'; 'ferry doctor' lists them",
        "в CRM нет пользователя '\(login)'; их список даёт 'ferry doctor'")
    case .entryUnknown(let field, let title):
      language.pick(
        "the number of '\(title)' in '\(field.name)' cannot be found out, and without it an update would lose it, so nothing was sent; give it as \(field.name)=NUMBER",
        "номер записи '\(title)' в '\(field.name)' не узнать, а без него обновление её потеряло бы, поэтому ничего не отправлено; укажите его: \(field.name)=НОМЕР"
      )
    case .guideText(let field):
      language.pick(
        "this server takes '\(field.name)' only by number and would misread a text, so nothing was sent; give it as \(field.name)=NUMBER ('ferry doctor' lists the sources)",
        "этот сервер принимает '\(field.name)' только номером и понял бы текст неверно, поэтому ничего не отправлено; укажите его: \(field.name)=НОМЕР (источники перечисляет 'ferry doctor')"
      )
    case .nameless:
      language.pick(
        "the CRM would store nothing for this name (a lone 0, or only a tag), so nothing was sent; write it in another way",
        "вместо этого имени CRM не сохранит ничего (одинокий 0 или только тег), поэтому ничего не отправлено; напишите его иначе"
      )
    case .breaking(let field):
      language.pick(
        "the value of '\(field.name)' would break on the server, so nothing was sent; give another one as \(field.name)=…",
        "значение '\(field.name)' сломалось бы на сервере, поэтому ничего не отправлено; укажите другое: \(field.name)=…"
      )
    case .wouldChange(let field):
      language.pick(
        "an update has to send '\(field.name)' along, and this server would store it otherwise, so nothing was sent; change the contact in the CRM itself",
        "обновлению пришлось бы отправить и '\(field.name)', а сервер сохранил бы его иначе, поэтому ничего не отправлено; измените контакт в самой CRM"
      )
    case .switchedOff(let field):
      language.pick(
        "'\(field.name)' is switched off in the CRM; switch it on in its settings",
        "поле '\(field.name)' в CRM отключено; включите его в её настройках")
    }
  }
}
