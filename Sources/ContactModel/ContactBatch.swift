/// Some contacts: one value for every column of a ``ContactSchema``, in one arena of bytes.
///
/// The mapper makes a *raw* batch from a ``RecordBatch`` and the normalizer makes a *normalized*
/// one from that; both have this shape. Contact *i* belongs to record *i* of the source batch, which
/// travels along until the outcome, since result files need the source's own text.
///
/// In a raw batch a value may come from several source columns. Their cells then stand in schema
/// order, and behind them those the column's condition looks at, with ``ASCII/unitSeparator`` between
/// all of them (also around empty ones), so that an issue can name the column a bad cell came from.
/// A normalized batch has no such separators.
package struct ContactBatch: Sendable {
  /// All values, one after the other, in UTF-8.
  package var bytes: [UInt8]
  /// Where each value ends in ``bytes``: `contact * columnCount + column`.
  package var valueEnds: [UInt32]
  /// How many columns the schema has.
  package let columnCount: Int

  /// An empty batch for a schema with so many columns, with room for so many contacts.
  package init(columnCount: Int, reservingContacts count: Int = 0, bytes byteCount: Int = 0) {
    self.bytes = []
    self.bytes.reserveCapacity(byteCount)
    self.valueEnds = []
    self.valueEnds.reserveCapacity(count * columnCount)
    self.columnCount = columnCount
  }

  /// How many contacts the batch holds.
  package var count: Int { columnCount == 0 ? 0 : valueEnds.count / columnCount }

  /// Where a value's bytes stand.
  package func valueRange(contact: Int, column: Int) -> Range<Int> {
    let index = contact * columnCount + column
    return (index == 0 ? 0 : Int(valueEnds[index - 1]))..<Int(valueEnds[index])
  }

  /// A value as text, to be shown; not for the hot path.
  package func text(contact: Int, column: Int) -> String {
    String(decoding: bytes[valueRange(contact: contact, column: column)], as: UTF8.self)
  }

  /// Ends the value that has just been appended to ``bytes``.
  package mutating func endValue() { valueEnds.append(UInt32(bytes.count)) }
}
