import CRMClient
import ContactModel
import PersonAPI

/// Everything that has to be known about a server and a source together before anything is sent.
///
/// Asks only: nothing is written to the server, but for the guide entries a user wants made.
struct Preflight: Sendable {
  /// The client, which knows the server's variant now.
  let client: CRMClient
  /// The source, its mapping in the server's terms.
  let source: OpenSource
  /// What makes its contacts fit for the server.
  let fitting: ContactFitting
  /// What the user should know before rows are sent.
  let notices: [ServerNotice]

  /// Asks the server and meets its answers with the mapping.
  ///
  /// - Throws: `CRMError`, or ``PlanningError`` where the mapping names what the account does not have.
  init(
    client: CRMClient, source: OpenSource, options: ImportOptions, isDryRun: Bool = false
  ) async throws {
    var client = client
    client.variant = try await client.detectVariant(options.api)
    let active = try await Self.activeFields(client)
    var (names, notices) = try await ServerNames(client).names(for: source.mapping)
    try source.mapping.checkOwners(names)
    if source.schema.columns.contains(where: \.isLookedUp) {
      // Whether there is such a list shows with any title.
      guard try await client.clients(titled: "ferry") != nil else {
        throw PlanningError.clientsUnlisted
      }
    }
    // Servers that take texts make an entry of a new one by themselves, when it is sent.
    if options.createsGuides, !client.variant.takesGuideTexts {
      for title in source.mapping.newEntries(of: .clientpath, names)
      where ServerNames.canBeEntry(title) {
        if isDryRun {
          names.know([(Int(Int32.max), title)], of: .clientpath)
        } else {
          let entries = try await ServerNames(client).create(entry: title)
          names.know(entries.map { ($0.id, $0.title) }, of: .clientpath)
        }
        notices.append(.entryCreated(title))
      }
    }
    let mapping = try source.mapping.resolvingGuides(for: client.variant, names)
    self.source = try source.remapped(to: mapping)
    let schema = self.source.schema
    let predictor = StoredValuePredictor(
      schema: schema, variant: client.variant,
      route: client.variant.format == .json ? .listJSON : .listForm, activeFields: active)
    let off = schema.columns.map(\.field).filter { !predictor.isActive($0) }
    if !off.isEmpty { notices.append(.fieldsOff(off)) }
    fitting = ContactFitting(
      client: client,
      resolver: NameResolver(
        schema: schema, variant: client.variant, names: names, numbers: mapping.entryNumbers),
      reviewer: ContactReviewer(predictor: predictor),
      creation: !options.createsGuides ? .never : isDryRun ? .foretold : .made)
    self.client = client
    self.notices = notices
  }

  /// The fields that are switched on; `nil` where the server does not say.
  private static func activeFields(_ client: CRMClient) async throws(CRMError) -> Set<PersonField>?
  {
    let fields = Set(try await client.fields().compactMap(\.field))
    return fields.isEmpty ? nil : fields
  }
}
