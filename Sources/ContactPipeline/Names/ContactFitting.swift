import CRMClient
import ContactModel
import PersonAPI

/// Makes prepared contacts fit for one server: names become what it takes, and values it would store
/// otherwise are repaired, reported or set aside.
///
/// Batches have to come one after the other: the server is asked for names it has not been asked for
/// before, one at a time.
struct ContactFitting: Sendable {
  /// What is done about entries that the guide `clientpath` lacks.
  enum EntryCreation: Sendable {
    /// Nothing: they are issues.
    case never
    /// They are made.
    case made
    /// They are reported as if they had been made, in a dry run.
    case foretold
  }

  private let client: CRMClient
  private let reviewer: ContactReviewer
  private let creation: EntryCreation
  private var resolver: NameResolver
  /// Titles of entries that have been made, or would be.
  private var created: Set<NameKey> = []

  /// - Parameters:
  ///   - client: The server.
  ///   - resolver: What is known of its names so far.
  ///   - reviewer: What it does to values.
  ///   - creation: What is done about entries that the guide `clientpath` lacks.
  init(
    client: CRMClient, resolver: NameResolver, reviewer: ContactReviewer, creation: EntryCreation
  ) {
    self.client = client
    self.resolver = resolver
    self.reviewer = reviewer
    self.creation = creation
  }

  /// Fits a batch.
  ///
  /// - Throws: `CRMError` if the server cannot be asked; the batch is then not fit to be sent.
  mutating func fit(_ batch: PreparedBatch) async throws(CRMError) -> PreparedBatch {
    var (contacts, isRejected) = (batch.contacts, batch.isRejected)
    var issues: [Issue] = []
    if !resolver.isEmpty {
      try await lookUp(resolver.unknownNames(of: .clid, in: contacts, isRejected: isRejected))
      if creation != .never {
        let titles = resolver.unknownNames(of: .clientpath, in: contacts, isRejected: isRejected)
        try await create(titles, for: batch, &issues)
      }
      let resolution = resolver.resolve(contacts, isRejected: isRejected)
      (contacts, isRejected) = (resolution.contacts, resolution.isRejected)
      issues += resolution.issues
    }
    let reviewed = reviewer.review(contacts, isRejected: isRejected)
    issues += reviewed.issues
    return batch.replacing(
      contacts: reviewed.contacts, isRejected: reviewed.isRejected, addingIssues: issues,
      predictor: reviewer.predictor)
  }

  private mutating func lookUp(_ titles: [String]) async throws(CRMError) {
    for title in titles {
      // There was such a list before the run began.
      guard let clients = try await client.clients(titled: title) else {
        throw CRMError(.list, server: client.server, cause: .notUnderstood(status: 404))
      }
      switch clients.count {
      case 0: resolver.names.know(client: .none, titled: title)
      case 1: resolver.names.know(client: .one(clients[0].clid), titled: title)
      default: resolver.names.know(client: .several, titled: title)
      }
    }
  }

  /// Makes entries and notes each at the first contact that has it.
  private mutating func create(
    _ titles: [String], for batch: PreparedBatch, _ issues: inout [Issue]
  ) async throws(CRMError) {
    guard let column = reviewer.predictor.schema.column(of: .clientpath) else { return }
    for title in titles where ServerNames.canBeEntry(title) {
      guard created.insert(NameKey(title)).inserted else { continue }
      if creation == .made, !client.variant.takesGuideTexts {
        let entries = try await client.createSource(title)
        resolver.names.know(entries.map { ($0.id, $0.title) }, of: .clientpath)
      } else {
        // No number is sent: nothing is, or the server makes the entry itself of the text.
        resolver.names.know([(Int(Int32.max), title)], of: .clientpath)
      }
      guard resolver.names.entry(title, of: .clientpath) != nil else { continue }
      let first = (0..<batch.contacts.count).first { contact in
        batch.contacts.text(contact: contact, column: column) == title
      }
      issues.append(
        Issue(
          .guideCreated, record: first ?? 0,
          sourceColumn: reviewer.predictor.schema.columns[column].sources.first,
          field: .clientpath))
    }
  }
}
