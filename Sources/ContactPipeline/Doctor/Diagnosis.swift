package import CRMClient
package import ContactMapping
package import ContactModel
package import PersonAPI

/// What a server turned out to be, asked by `ferry doctor`.
///
/// Questions only: nothing is stored, changed or deleted, no guide entry is made.
package struct Diagnosis: Sendable {
  /// The server's address.
  package let server: String
  /// Its kind.
  package let variant: Variant
  /// The fields that are switched on, with the account's titles for them.
  package let fields: [FieldsReply.Entry]
  /// The users; `nil` where the server does not list them.
  package let users: [CRMUser]?
  /// The entries of the guide `clientpath`; `nil` where the server does not list them.
  package let sources: [GuideEntry]?
  /// What was measured.
  package let findings: ServerFindings
  /// Why the mapping cannot be used with this server, if it cannot.
  package let mappingProblem: PlanningError?
  /// The fields that could hold an import key: free texts that are on and that the mapping leaves
  /// alone, the longest first.
  package let keyFields: [PersonField]
  /// How many contacts have something in each of the fields that could hold an import key; a field
  /// that could not be asked about is missing.
  package let keyFieldUse: [PersonField: Int]
  /// The fields that the mapping fills; empty without one.
  package let mappedFields: [PersonField]

  /// The largest body that is tried, in bytes: the most that ferry sends.
  ///
  /// The CRM logs every form it is sent, so nothing larger is tried for curiosity's sake.
  static let largestBody = 2 << 20

  /// Asks the server.
  ///
  /// - Parameters:
  ///   - client: Who asks.
  ///   - api: Which versions of the API will do.
  ///   - mapping: A mapping to be used with the server, if one is at hand.
  /// - Throws: `CRMError` if the server cannot be reached, refuses the credentials or is no CRM.
  package init(of client: CRMClient, api: APIChoice, mapping: Mapping?) async throws {
    var client = client
    client.variant = try await client.detectVariant(api)
    server = client.server
    variant = client.variant
    fields = try await client.fields()
    users = try await client.users()
    sources = try await client.clientpathGuide()
    findings = try await ServerProbe(client: client, largestBody: Self.largestBody)
      .findings(users: users)
    mappedFields =
      (mapping?.fields.map(\.field) ?? []) + (mapping?.owner == nil ? [] : [PersonField.user])
    mappingProblem = try await Self.problem(of: mapping, on: client)
    keyFields = Self.freeTexts.filter { [fields, mappedFields] field in
      fields.contains { $0.field == field } && !mappedFields.contains(field)
    }
    var use: [PersonField: Int] = [:]
    // An empty filter finds what is not empty, but only on the observed servers.
    if !client.variant.takesGuideTexts {
      for field in keyFields {
        let request = ListRequest(
          fields: [.pid], filter: [.init(field: field.name, value: "")])
        if let page = try? await client.list(request, columns: [.pid]) { use[field] = page.total }
      }
    }
    keyFieldUse = use
  }

  /// What an import with the mapping would be stopped by before it sends anything.
  private static func problem(
    of mapping: Mapping?, on client: CRMClient
  ) async throws -> PlanningError? {
    guard let mapping else { return nil }
    do {
      let names = try await ServerNames(client).names(for: mapping).names
      try mapping.checkOwners(names)
      _ = try mapping.resolvingGuides(for: client.variant, names)
      let looksUp = mapping.fields.contains { $0.lookup != nil }
      if looksUp, try await client.clients(titled: "ferry") == nil { return .clientsUnlisted }
      return nil
    } catch let problem as PlanningError {
      return problem
    }
  }

  /// The fields that the mapping fills and the CRM drops.
  package var mappedFieldsOff: [PersonField] {
    let on = Set(fields.compactMap(\.field))
    return mappedFields.filter { field in
      switch field {
      case .person, .mperson, .dateCreate: false
      case .user: !on.contains(.user) && !on.contains(.iduser)
      default: !on.contains(field)
      }
    }
  }

  private static let freeTexts: [PersonField] = [
    .input10, .input9, .input8, .input7, .input6, .input5, .input4, .input3, .input2, .input1,
  ]
}
