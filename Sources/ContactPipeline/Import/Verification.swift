import CRMClient
import ContactModel
import PersonAPI
import RunJournal

/// A row whose contact does not hold what was foretold of it.
struct ChangedRow: Sendable {
  /// The index of the source file in the run's list.
  var file: Int
  /// The record's number in the file.
  var record: Int
  /// The contact.
  var pid: Int
  /// The fields that differ.
  var fields: [FieldDifference]
}

/// Says field by field how contacts differ from what was foretold of them.
///
/// The journal has hashes only, so that the source is gone through again, as far as it takes.
struct Verification: Sendable {
  let sources: [PlannedSource]

  /// The differences of some contacts.
  ///
  /// - Parameter changed: Contacts whose hash is another.
  /// - Returns: The rows in input order. A row is missing where nothing differs but by chance.
  /// - Throws: ``InputError``, and `CRMError` where names have to be looked up again.
  func differences(of changed: [ClosingSweep.Changed]) async throws -> [ChangedRow] {
    var rows: [ChangedRow] = []
    for number in sources.indices {
      let own = changed.filter { $0.row.file == number }
      var byRecord = Dictionary(grouping: own, by: \.row.record)
      guard !byRecord.isEmpty else { continue }
      let preflight = sources[number].preflight
      var fitting = preflight.fitting
      try await sources[number].reopened().batches.deliver { prepared in
        let first = prepared.source.recordNumber(0)
        let records = (0..<prepared.source.count).filter { byRecord[first + $0] != nil }
        guard !records.isEmpty else { return true }
        let contacts = try await fitting.fit(prepared).contacts
        for record in records {
          for contact in byRecord.removeValue(forKey: first + record) ?? [] {
            let fields = preflight.marker.differences(
              of: contacts, contact: record, from: contact.values)
            guard !fields.isEmpty else { continue }
            rows.append(
              ChangedRow(
                file: number, record: first + record, pid: contact.row.pid, fields: fields))
          }
        }
        return !byRecord.isEmpty
      }
    }
    return rows
  }
}
