import ContactModel
import PersonAPI
import RunJournal

/// A batch that is fit to be sent, with what names its rows in the journal.
struct FittedBatch: Sendable {
  /// The records and their contacts; with import keys, if the run has them.
  let prepared: PreparedBatch
  /// What each row says, in 16 bytes; nothing for rejected records.
  ///
  /// The import key is not part of it.
  let fingerprints: [Fingerprint?]

  /// The batch's place in its source, from 0.
  var index: Int { prepared.index }
}

/// Names the rows of fitted batches: their fingerprints, and their import keys where they carry one.
struct RowNaming: Sendable {
  private let canonical: CanonicalRowEncoder
  private let keyColumn: Int?
  private let run: RunID
  private let file: Int

  /// - Parameters:
  ///   - schema: The contacts' columns, the key's among them.
  ///   - keyField: The field that carries import keys, if one does.
  ///   - run: The run.
  ///   - file: The index of the source file in the run's list.
  init(schema: ContactSchema, keyField: PersonField?, run: RunID, file: Int) {
    canonical = CanonicalRowEncoder(schema: schema)
    keyColumn = keyField.flatMap(schema.column(of:))
    self.run = run
    self.file = file
  }

  /// Names the rows of a batch.
  ///
  /// - Complexity: O(*n*) in the batch's bytes.
  func name(_ batch: PreparedBatch) -> FittedBatch {
    var scratch: [UInt8] = []
    let contacts = batch.contacts
    let fingerprints = (0..<contacts.count).map { contact -> Fingerprint? in
      guard !batch.isRejected[contact] else { return nil }
      scratch.removeAll(keepingCapacity: true)
      canonical.append(contacts, contact: contact, to: &scratch)
      return Fingerprint(of: scratch.span)
    }
    guard let keyColumn else { return FittedBatch(prepared: batch, fingerprints: fingerprints) }
    let keyed = contacts.filling(column: keyColumn) { contact in
      key(ofRecord: batch.source.recordNumber(contact)).text.utf8
    }
    return FittedBatch(prepared: batch.replacing(contacts: keyed), fingerprints: fingerprints)
  }

  private func key(ofRecord number: Int) -> ImportKey {
    ImportKey(run: ImportKey.token(run.text), file: file, record: number)
  }
}

extension ContactBatch {
  /// The batch with other values in one column.
  fileprivate func filling(
    column filled: Int, with value: (Int) -> some Sequence<UInt8>
  ) -> ContactBatch {
    var batch = ContactBatch(
      columnCount: columnCount, reservingContacts: count, bytes: bytes.count + count * 32)
    for contact in 0..<count {
      for column in 0..<columnCount {
        if column == filled {
          batch.bytes.append(contentsOf: value(contact))
        } else {
          batch.bytes.append(contentsOf: bytes[valueRange(contact: contact, column: column)])
        }
        batch.endValue()
      }
    }
    return batch
  }
}
