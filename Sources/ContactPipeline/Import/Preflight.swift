import CRMClient
import ContactMapping
import ContactModel
import PersonAPI

/// Everything that has to be known about a server and a source together before anything is sent.
///
/// Asks only: nothing is written to the server, but for the guide entries a user wants made.
struct Preflight: Sendable {
  /// The source, its mapping in the server's terms.
  let source: OpenSource
  /// What makes its contacts fit for the server.
  let fitting: ContactFitting
  /// What the user should know before rows are sent.
  let notices: [ServerNotice]
  /// Recognises contacts that are read back.
  let marker: RowMarker
  /// Whether the contacts of every owner are in a list: the server knows its users.
  let ownersAreListed: Bool
  private let names: AccountNames

  /// Asks the server and meets its answers with the mapping.
  ///
  /// - Parameters:
  ///   - client: The server; its variant has been found out.
  ///   - source: The source.
  ///   - options: How the import is to be done.
  ///   - isDryRun: Whether nothing may be written, guide entries included.
  /// - Throws: `CRMError`, or ``PlanningError`` where the mapping names what the account does not have.
  init(
    client: CRMClient, source: OpenSource, options: ImportOptions, isDryRun: Bool = false
  ) async throws {
    let active = try await Self.activeFields(client)
    var (names, notices) = try await ServerNames(client).names(for: source.mapping)
    try source.mapping.checkOwners(names)
    if source.schema.columns.contains(where: \.isLookedUp) {
      // Whether there is such a list shows with any title.
      guard try await client.clients(titled: "ferry") != nil else {
        throw PlanningError.clientsUnlisted
      }
    }
    var mapping = source.mapping
    let titles =
      options.createsGuides
      ? mapping.newEntries(of: .clientpath, names).filter(ServerNames.canBeEntry) : []
    // First as if they were there, so that nothing is made for a mapping that will not do.
    var foretold = names
    for title in titles { foretold.know([(Int(Int32.max), title)], of: .clientpath) }
    mapping = try source.mapping.resolvingGuides(for: client.variant, foretold)
    if isDryRun || client.variant.takesGuideTexts {
      names = foretold
    } else if !titles.isEmpty {
      for title in titles {
        let entries = try await client.createSource(title)
        names.know(entries.map { ($0.id, $0.title) }, of: .clientpath)
      }
      mapping = try source.mapping.resolvingGuides(for: client.variant, names)
    }
    notices += titles.map(ServerNotice.entryCreated)
    ownersAreListed = !notices.contains(.ownersUnseen)
    if let keyField = options.keyField {
      guard !mapping.fields.contains(where: { $0.field == keyField }) else {
        throw PlanningError.keyFieldInUse(keyField)
      }
      // Filled row by row once the contacts are fit to be sent.
      mapping.fields.append(
        FieldRule(field: keyField, content: .constant(.text(""))))
    }
    self.source = try source.remapped(to: mapping)
    let schema = self.source.schema
    let predictor = StoredValuePredictor(
      schema: schema, variant: client.variant,
      route: client.variant.format == .json ? .listJSON : .listForm, activeFields: active)
    guard !ContactReviewer(predictor: predictor).hasBreakingOwner else {
      throw PlanningError.ownerUnknown(schema.owner ?? "")
    }
    if let keyField = options.keyField, !predictor.isActive(keyField) {
      throw PlanningError.keyFieldOff(keyField)
    }
    marker = RowMarker(predictor: predictor, keyField: options.keyField)
    let off = schema.columns.map(\.field).filter { !predictor.isActive($0) }
    if !off.isEmpty { notices.append(.fieldsOff(off)) }
    fitting = ContactFitting(
      client: client,
      resolver: NameResolver(
        schema: schema, variant: client.variant, names: names, numbers: mapping.entryNumbers),
      reviewer: ContactReviewer(predictor: predictor),
      creation: !options.createsGuides ? .never : isDryRun ? .foretold : .made)
    self.names = names
    self.notices = notices
  }

  /// The login of the owner that a source writes so; `nil` where the account has no such user.
  func login(of owner: String) -> String? {
    names.owners == nil ? owner : names.owner(owner)?.login
  }

  /// The fields that are switched on; `nil` where the server does not say.
  private static func activeFields(_ client: CRMClient) async throws(CRMError) -> Set<PersonField>?
  {
    let fields = Set(try await client.fields().compactMap(\.field))
    return fields.isEmpty ? nil : fields
  }
}
