import CRMClient
import ContactModel
import PersonAPI
import RunJournal

/// A contact that a run has made, and what the journal says of it.
struct RemovalCandidate: Sendable {
  /// The row's file, by its index in the run.
  var file: Int
  /// The row's record, from 1.
  var record: Int
  /// The contact.
  var pid: Int
  /// The hash of what was sent; `nil` if the journal does not have it.
  var stored: UInt64?
  /// Whether nothing but its values says so far that the contact is the row's.
  var needsProof: Bool
  /// The row's other contact, which has to be there if this one is to go; `nil` if it need not.
  var keptTwin: Int?
}

/// What became of a contact that was to go.
struct Removal: Sendable, Equatable {
  var fate: UndoneContact.Fate
  /// The server's words, where it has any.
  var remark: String?

  init(_ fate: UndoneContact.Fate, remark: String? = nil) {
    self.fate = fate
    self.remark = remark
  }
}

/// Deletes one contact, if it is still what the run made, and makes sure that it is gone.
///
/// The server confirms the deletion of anything, so its word counts for nothing: a contact is gone
/// when `info` does not find it.
struct ContactRemover: Sendable {
  let client: CRMClient
  /// Waits for a server that is down.
  let patience: Patience
  let marker: RowMarker
  /// The run's part of an import key; see ``isProven(_:by:)``.
  let run: RunID
  let isForced: Bool

  /// Deletes a contact, or says why it stays.
  ///
  /// - Throws: `CRMError` where the server could not be asked at all; then the contact may be there or
  ///   not, and asking again does no harm.
  func remove(_ candidate: RemovalCandidate) async throws(CRMError) -> Removal {
    if let twin = candidate.keptTwin {
      switch try await look(at: twin) {
      case .contact: break
      // Without its twin this is the row's only contact.
      case .absent: return Removal(.lastCopy)
      case .hidden, .unreadable: return Removal(.unclear)
      }
    }
    switch try await look(at: candidate.pid) {
    case .absent: return Removal(.absent)
    case .hidden(let words): return Removal(.refused, remark: words)
    case .unreadable: return Removal(.unclear)
    case .contact(let details):
      if let fate = reasonToStay(details, candidate) { return Removal(fate) }
    }
    return try await delete(candidate)
  }

  /// Why a contact stays that could be deleted; `nil` if it goes.
  private func reasonToStay(
    _ details: ContactDetails, _ candidate: RemovalCandidate
  ) -> UndoneContact.Fate? {
    guard !isForced else { return nil }
    guard let stored = candidate.stored else { return .unproven }
    guard let seen = marker.seen(details), seen.matches(stored) else { return .edited }
    return !candidate.needsProof || isProven(candidate, by: seen.key) ? nil : .unproven
  }

  /// Whether the contact carries the import key of this very row.
  private func isProven(_ candidate: RemovalCandidate, by key: ImportKey?) -> Bool {
    guard let key else { return false }
    return key.run == ImportKey.token(run.text) && key.file == candidate.file
      && key.record == candidate.record
  }

  /// How often a deletion is sent whose answers are lost.
  private static let mostDeletions = 3

  // `attempt` says how often the deletion was sent, this time among them.
  private func delete(
    _ candidate: RemovalCandidate, attempt: Int = 1
  ) async throws(CRMError) -> Removal {
    let answered: Removal
    do {
      answered = Self.judge(try await client.delete(DeleteRequest(pid: candidate.pid)))
    } catch {
      switch error.cause {
      case .refused(let code, let words):
        answered = Removal(code == Self.hasDealsCode ? .hasDeals : .refused, remark: words)
      // The look that follows waits for the server.
      case _ where error.isServerDown: answered = Removal(.unclear)
      default: throw error
      }
    }
    switch try await look(at: candidate.pid) {
    case .absent: return Removal(.removed)
    case .contact(let details) where answered.fate == .unclear && attempt < Self.mostDeletions:
      // The request was lost, or PHP is still at work on it. Once more does no harm, unless somebody has
      // worked on the contact meanwhile.
      if let fate = reasonToStay(details, candidate) { return Removal(fate) }
      return try await delete(candidate, attempt: attempt + 1)
    case .contact: return answered
    case .hidden, .unreadable: return Removal(.unclear)
    }
  }

  /// What an answer means for a contact that is still there.
  private static func judge(_ outcome: MutationOutcome) -> Removal {
    switch outcome {
    // Deleted, and yet there.
    case .done: Removal(.refused)
    case .refused(let answer) where answer.error.lowercased().contains(dealsWord):
      Removal(.hasDeals)
    case .refused: Removal(.refused)
    // PHP may still be at work on it.
    case .unknown: Removal(.unclear)
    }
  }

  /// The documented server's code for a contact with deals.
  private static let hasDealsCode = 406
  /// What the observed server says of one has this in it: "Причина - Имеются связанные записи - Сделки".
  private static let dealsWord = "сделк"

  /// What `info` shows of a contact.
  private enum Sight {
    case contact(ContactDetails)
    case absent
    /// The account may not see it; the server's words.
    case hidden(String)
    /// There is an answer, and it shows nothing.
    case unreadable
  }

  private func look(at pid: Int) async throws(CRMError) -> Sight {
    do {
      let details = try await patience.untilAnswered { () throws(CRMError) in
        try await client.info(InfoRequest(pid: pid))
      }
      guard let details else { return .absent }
      return details.pid == pid ? .contact(details) : .unreadable
    } catch {
      switch error.cause {
      case .refused(403, let words): return .hidden(words)
      case .refused: return .unreadable
      // A gateway's answer is about the server, any other about this contact.
      case .notUnderstood(let status) where ![429, 502, 503, 504].contains(status):
        return .unreadable
      default: throw error
      }
    }
  }
}
