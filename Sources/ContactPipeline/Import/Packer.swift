import ContactModel
import PersonAPI
import RunJournal

/// Fills requests with the contacts of fitted batches, in input order.
struct Packer: ~Copyable {
  private var builder: AddListBatchBuilder
  private let marker: RowMarker
  private let file: Int
  private var rows: [Shipment.Row] = []
  private var fingerprints: [Fingerprint] = []
  private var marks = RowMarks()

  /// - Parameters:
  ///   - builder: What makes the bodies.
  ///   - marker: What makes the marks.
  ///   - file: The index of the source file in the run's list.
  init(builder: AddListBatchBuilder, marker: RowMarker, file: Int) {
    self.builder = builder
    self.marker = marker
    self.file = file
  }

  /// How many rows the request being filled has.
  var rowCount: Int { rows.count }

  /// Appends a contact to the request being filled.
  ///
  /// - Returns: The request that had to be ended first, if one had, and whether the contact is in
  ///   the next one; otherwise no request can hold it.
  mutating func append(_ batch: FittedBatch, record: Int) -> (ended: Shipment?, isPacked: Bool) {
    var ended: Shipment?
    let contacts = batch.prepared.contacts
    var result = builder.append(contacts, contact: record)
    if result == .full {
      ended = flush()
      result = builder.append(contacts, contact: record)
    }
    guard result == .appended, let fingerprint = batch.fingerprints[record] else {
      return (ended, false)
    }
    rows.append(
      Shipment.Row(
        batch: batch.index, record: record, number: batch.prepared.source.recordNumber(record)))
    fingerprints.append(fingerprint)
    marker.mark(contacts, contact: record, into: &marks)
    return (ended, true)
  }

  /// Ends the request being filled; `nil` if it has no rows.
  mutating func flush() -> Shipment? {
    guard !rows.isEmpty else { return nil }
    defer { (rows, fingerprints, marks) = ([], [], RowMarks()) }
    return Shipment(
      file: file, body: builder.finish(), rows: rows, fingerprints: fingerprints, marks: marks)
  }

  /// Makes requests of some contacts alone; the request being filled stays as it is.
  ///
  /// - Parameters:
  ///   - contacts: The contacts, in the order they are to be sent.
  ///   - mostRows: How many of them one request may hold.
  /// - Returns: The requests, in the same order.
  func packAlone(
    _ contacts: [(batch: FittedBatch, record: Int)], mostRows: Int
  ) -> [Shipment] {
    var other = Packer(copying: self)
    var shipments: [Shipment] = []
    for (batch, record) in contacts {
      if other.rowCount >= mostRows, let ended = other.flush() { shipments.append(ended) }
      if let ended = other.append(batch, record: record).ended { shipments.append(ended) }
    }
    if let last = other.flush() { shipments.append(last) }
    return shipments
  }

  /// An empty packer of the same kind.
  private init(copying other: borrowing Packer) {
    builder = other.builder
    _ = builder.finish()
    marker = other.marker
    file = other.file
  }
}
