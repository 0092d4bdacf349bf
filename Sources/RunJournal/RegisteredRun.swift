package import ContactModel
import Foundation

/// A run as the user's state folder knows it: where its journal is, and how it stood last.
///
/// The journal is the truth; this is what can be listed without opening it.
package struct RegisteredRun: Sendable, Equatable {
  /// The run's name.
  package var id: RunID
  /// The account it belongs to.
  package var account: AccountID
  /// The journal's file, from the root.
  package var journal: String
  /// The files it reads, in the order of the command line.
  package var sources: [RunDescription.SourceFile]
  /// When it began, as text in ISO 8601.
  package var startedAt: String
  /// The CRM's address.
  package var server: String
  /// The account's login.
  package var login: String
  /// How it stood last; a run that was killed still says ``RunStatus/open``.
  package var status: RunStatus = .open
  /// When it ended, as text in ISO 8601.
  package var endedAt: String?
  /// How many rows ended in each outcome; `nil` while nobody counted.
  package var outcomes: OutcomeCounts?
  /// Whether there is no file where the journal was.
  package var isJournalMissing = false

  /// A run that begins.
  package init(_ run: RunDescription, journal: String) {
    id = run.id
    account = run.account
    self.journal = journal
    sources = run.sourceFiles
    startedAt = run.startedAt
    server = run.server
    login = run.login
  }
}

// MARK: - On disk

extension RegisteredRun {
  /// The entry's text: JSON, its members in the order of their names.
  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(Entry(self))) + [UInt8(ascii: "\n")]
  }

  /// - Throws: An error of any kind if the text is not an entry of this account.
  init(decoding bytes: [UInt8], account: AccountID) throws {
    let entry = try JSONDecoder().decode(Entry.self, from: Data(bytes))
    guard entry.version == Entry.version, entry.account == account.text,
      let id = RunID(entry.run), let status = RunStatus(rawValue: entry.status)
    else { throw JournalBlobError() }
    self.id = id
    self.account = account
    journal = entry.journal
    sources = entry.sources.map { .init(name: $0.name, size: $0.size, sha256: $0.sha256) }
    startedAt = entry.startedAt
    server = entry.server
    login = entry.login
    self.status = status
    endedAt = entry.endedAt
    outcomes = try entry.outcomes.map { counts in
      try counts.reduce(into: OutcomeCounts()) { outcomes, count in
        guard let kind = OutcomeKind(rawValue: count.key) else { throw JournalBlobError() }
        outcomes[kind] = count.value
      }
    }
    isJournalMissing = !JournalFile.exists(at: journal)
  }

  private struct Entry: Codable {
    static let version = 1

    struct Source: Codable {
      var name: String
      var size: Int
      var sha256: String
    }

    var version = Self.version
    var run: String
    var account: String
    var journal: String
    var sources: [Source]
    var startedAt: String
    var server: String
    var login: String
    var status: String
    var endedAt: String?
    var outcomes: [String: Int]?

    init(_ run: RegisteredRun) {
      self.run = run.id.text
      account = run.account.text
      journal = run.journal
      sources = run.sources.map { Source(name: $0.name, size: $0.size, sha256: $0.sha256) }
      startedAt = run.startedAt
      server = run.server
      login = run.login
      status = run.status.rawValue
      endedAt = run.endedAt
      outcomes = run.outcomes.map { counts in
        OutcomeKind.allCases.reduce(into: [:]) { $0[$1.rawValue] = counts[$1] }
      }
    }
  }
}
