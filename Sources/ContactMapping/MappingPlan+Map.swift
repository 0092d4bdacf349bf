package import ContactModel

/// One cell to fetch for a contact, and what stands behind it.
struct MappingStep: Sendable, Equatable {
  /// The source column, or -1 for a value that stays empty.
  var source: Int
  /// Whether the value ends here; otherwise a separator follows and the next cell.
  var endsValue: Bool

  /// The steps that fill a contact's columns in order.
  static func steps(for columns: [ContactColumn]) -> [MappingStep] {
    columns.flatMap { column in
      guard !column.sources.isEmpty else { return [MappingStep(source: -1, endsValue: true)] }
      return column.sources.enumerated().map { place, source in
        MappingStep(source: source, endsValue: place == column.sources.count - 1)
      }
    }
  }

  /// How often the source column that is used most is used, which bounds what is copied.
  static func mostUses(in steps: [MappingStep]) -> Int {
    var uses: [Int: Int] = [:]
    for step in steps where step.source >= 0 { uses[step.source, default: 0] += 1 }
    return uses.values.max() ?? 0
  }
}

extension MappingPlan {
  /// Moves the cells of a batch into the raw contacts they are for.
  ///
  /// Contact *i* comes from record *i*. Cells are copied byte for byte, several sources of one
  /// column with ``ContactModel/ASCII/unitSeparator`` between them; a cell that holds that byte
  /// itself has a blank in its place there. Columns with a constant stay empty, and so do cells a
  /// short record does not have.
  ///
  /// - Complexity: O(*n*) in the bytes moved; two allocations a batch.
  package func map(_ batch: RecordBatch) -> ContactBatch {
    let separatorCount = steps.count - schema.columns.count
    let capacity = batch.bytes.count * mostUses + batch.count * separatorCount + CellBlock.size
    let valueCount = batch.count * schema.columns.count
    var contacts = ContactBatch(columnCount: schema.columns.count)
    contacts.bytes = [UInt8](unsafeUninitializedCapacity: capacity) { bytes, byteCount in
      contacts.valueEnds = [UInt32](unsafeUninitializedCapacity: valueCount) { ends, endCount in
        byteCount = batch.bytes.withUnsafeBytes { source in
          copyCells(from: source, of: batch, to: UnsafeMutableRawBufferPointer(bytes), ends: ends)
        }
        endCount = valueCount
      }
    }
    if separatorCount > 0, batch.bytes.withUnsafeBytes({ CellBlock.hasSeparator(in: $0) }) {
      blankSeparators(in: &contacts, of: batch)
    }
    return contacts
  }

  /// Copies the cells one behind the other and returns how many bytes they have.
  ///
  /// Unsafe buffers, since most cells are a few bytes long: `append(contentsOf:)` takes longer to
  /// make room than to copy. `bytes` has room for every cell as often as the most used column is
  /// used, for the separators and for one block; `ends` has room for every value.
  private func copyCells(
    from source: UnsafeRawBufferPointer, of batch: RecordBatch,
    to bytes: UnsafeMutableRawBufferPointer, ends: UnsafeMutableBufferPointer<UInt32>
  ) -> Int {
    let fieldEnds = batch.fieldEnds.span
    let steps = steps.span
    let separator = ASCII.unitSeparator
    var byteCount = 0
    var endCount = 0
    for record in 0..<batch.count {
      let fields = batch.fieldIndexes(ofRecord: record)
      for index in steps.indices {
        let step = steps[index]
        let field = fields.lowerBound + step.source
        if step.source >= 0, field < fields.upperBound {
          let start = field == 0 ? 0 : Int(fieldEnds[field - 1])
          let count = Int(fieldEnds[field]) - start
          CellBlock.copy(count, from: source, at: start, to: bytes, at: byteCount)
          byteCount += count
        }
        if step.endsValue {
          ends[endCount] = UInt32(truncatingIfNeeded: byteCount)
          endCount += 1
        } else {
          bytes[byteCount] = separator
          byteCount += 1
        }
      }
    }
    return byteCount
  }

  /// Puts a blank where a cell of a value with several cells holds the separator itself.
  ///
  /// Only a damaged or hostile file has that byte, so speed does not matter here.
  private func blankSeparators(in contacts: inout ContactBatch, of batch: RecordBatch) {
    var place = 0
    var isOneCell = true
    for record in 0..<batch.count {
      for step in steps {
        let length =
          step.source < 0 ? 0 : batch.fieldRange(record: record, field: step.source).count
        if !isOneCell || !step.endsValue {
          for index in place..<(place + length)
          where contacts.bytes[index] == ASCII.unitSeparator {
            contacts.bytes[index] = ASCII.space
          }
        }
        place += length + (step.endsValue ? 0 : 1)
        isOneCell = step.endsValue
      }
    }
  }
}

/// Copies short runs of bytes by whole blocks.
///
/// A block is copied even if the cell is shorter: what comes behind it is overwritten by the next
/// cell or lies in the spare block at the end. This takes a third of a `memcpy` call's time.
private enum CellBlock {
  static let size = 16

  @inline(__always)
  static func copy(
    _ count: Int, from source: UnsafeRawBufferPointer, at start: Int,
    to target: UnsafeMutableRawBufferPointer, at place: Int
  ) {
    if count <= 8 * size, start + count + size <= source.count {
      var offset = 0
      while offset < count {
        let block = source.loadUnaligned(fromByteOffset: start + offset, as: SIMD16<UInt8>.self)
        target.storeBytes(of: block, toByteOffset: place + offset, as: SIMD16<UInt8>.self)
        offset += size
      }
    } else {
      let cell = UnsafeRawBufferPointer(rebasing: source[start..<(start + count)])
      UnsafeMutableRawBufferPointer(rebasing: target[place..<(place + count)])
        .copyMemory(from: cell)
    }
  }

  /// Whether a byte of the text is the separator.
  static func hasSeparator(in source: UnsafeRawBufferPointer) -> Bool {
    let separators = SIMD16<UInt8>(repeating: ASCII.unitSeparator)
    var nearest = SIMD16<UInt8>(repeating: .max)
    let whole = source.count - source.count % size
    for start in stride(from: 0, to: whole, by: size) {
      let block = source.loadUnaligned(fromByteOffset: start, as: SIMD16<UInt8>.self)
      nearest = pointwiseMin(nearest, block ^ separators)
    }
    return nearest.min() == 0 || source[whole...].contains(ASCII.unitSeparator)
  }
}
