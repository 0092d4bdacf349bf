import ContactModel
import PersonAPI
import RunJournal

/// Fills requests with the contacts of prepared batches, in input order.
struct Packer: ~Copyable {
  private var builder: AddListBatchBuilder
  private let canonical: CanonicalRowEncoder
  private var rows: [Shipment.Row] = []
  private var fingerprints: [Fingerprint] = []
  private var scratch: [UInt8] = []
  private var nextID: Int64 = 1

  init(
    schema: ContactSchema, credentials: Credentials, variant: Variant, limits: AddListLimits
  ) {
    builder = AddListBatchBuilder(
      schema: schema, credentials: credentials, variant: variant, limits: limits)
    canonical = CanonicalRowEncoder(schema: schema)
  }

  /// Appends a contact to the request being filled.
  ///
  /// - Returns: The request that had to be ended first, if one had, and whether the contact is in
  ///   the next one; otherwise no request can hold it.
  mutating func append(_ batch: PreparedBatch, record: Int) -> (ended: Shipment?, isPacked: Bool) {
    var ended: Shipment?
    var result = builder.append(batch.contacts, contact: record)
    if result == .full {
      ended = flush()
      result = builder.append(batch.contacts, contact: record)
    }
    guard result == .appended else { return (ended, false) }
    note(batch, record)
    return (ended, true)
  }

  /// Ends the request being filled; `nil` if it has no rows.
  mutating func flush() -> Shipment? {
    guard !rows.isEmpty else { return nil }
    defer {
      (rows, fingerprints) = ([], [])
      nextID += 1
    }
    return Shipment(id: nextID, body: builder.finish(), rows: rows, fingerprints: fingerprints)
  }

  /// Makes requests of some contacts alone; the request being filled stays as it is.
  ///
  /// Their rows have been sent before and were refused as a whole.
  mutating func packAlone(_ contacts: [(batch: PreparedBatch, record: Int)]) -> [Shipment] {
    var other = Packer(copying: self)
    var shipments: [Shipment] = []
    for (batch, record) in contacts {
      if let ended = other.append(batch, record: record).ended { shipments.append(ended) }
    }
    if let last = other.flush() { shipments.append(last) }
    for index in shipments.indices { shipments[index].isHalf = true }
    // Numbers are given once; the request being filled takes the next one when it ends.
    nextID = other.nextID
    return shipments
  }

  /// An empty packer of the same kind that numbers on.
  private init(copying other: borrowing Packer) {
    builder = other.builder
    _ = builder.finish()
    canonical = other.canonical
    nextID = other.nextID
  }

  private mutating func note(_ batch: PreparedBatch, _ record: Int) {
    rows.append(
      Shipment.Row(
        batch: batch.index, record: record, number: batch.source.recordNumber(record)))
    scratch.removeAll(keepingCapacity: true)
    canonical.append(batch.contacts, contact: record, to: &scratch)
    fingerprints.append(Fingerprint(of: scratch.span))
  }
}
