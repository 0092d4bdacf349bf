package import ContactModel

/// One cell to fetch for a contact, and what stands behind it.
struct MappingStep: Sendable, Equatable {
  /// The source column, or -1 for a value that stays empty.
  var source: Int
  /// Whether the cell begins an alternative, wanted only if the value is blank so far.
  var beginsStandIn: Bool
  /// Whether the cell is the first that the column's condition looks at, wanted in any case.
  var beginsCondition: Bool
  /// Whether the value ends here; otherwise a separator follows and the next cell.
  var endsValue: Bool

  /// The steps that fill a contact's columns in order.
  static func steps(for columns: [ResolvedColumn]) -> [MappingStep] {
    columns.flatMap { resolved in
      let own = resolved.column.sources
      let sources = own + (resolved.column.condition?.sources ?? [])
      guard !sources.isEmpty else {
        return [
          MappingStep(source: -1, beginsStandIn: false, beginsCondition: false, endsValue: true)
        ]
      }
      return sources.enumerated().map { place, source in
        MappingStep(
          source: source, beginsStandIn: resolved.standIns.contains(place),
          beginsCondition: place == own.count, endsValue: place == sources.count - 1)
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
  /// column, and then those its condition looks at, with ``ContactModel/ASCII/unitSeparator`` between
  /// them; a cell that holds that byte itself has a blank in its place there. Columns with a constant stay empty, and so do cells a
  /// short record does not have, and alternatives (`first:`) behind the first that is not blank.
  ///
  /// - Complexity: O(*n*) in the bytes moved; two allocations a batch.
  package func map(_ batch: RecordBatch) -> ContactBatch {
    let separatorCount = steps.count - schema.columns.count
    let capacity = batch.bytes.count * mostUses + batch.count * separatorCount + CellBlock.size
    let valueCount = batch.count * schema.columns.count
    // Only a damaged or hostile file has the separator in its text.
    let isBlanking =
      separatorCount > 0 && batch.bytes.withUnsafeBytes { CellBlock.hasSeparator(in: $0) }
    var contacts = ContactBatch(columnCount: schema.columns.count)
    contacts.bytes = [UInt8](unsafeUninitializedCapacity: capacity) { bytes, byteCount in
      contacts.valueEnds = [UInt32](unsafeUninitializedCapacity: valueCount) { ends, endCount in
        byteCount = batch.bytes.withUnsafeBytes { source in
          let bytes = UnsafeMutableRawBufferPointer(bytes)
          return isBlanking || hasStandIns
            ? copyCells(from: source, of: batch, to: bytes, ends: ends, isPlain: false)
            : copyCells(from: source, of: batch, to: bytes, ends: ends, isPlain: true)
        }
        endCount = valueCount
      }
    }
    return contacts
  }

  /// Copies the cells one behind the other and returns how many bytes they have.
  ///
  /// Unsafe buffers, since most cells are a few bytes long: `append(contentsOf:)` takes longer to
  /// make room than to copy. `bytes` has room for every cell as often as the most used column is
  /// used, for the separators and for one block; `ends` has room for every value. Inlined, so that
  /// the loop for `isPlain`, where no cell is a stand-in or holds a separator, need not ask.
  @inline(__always)
  private func copyCells(
    from source: UnsafeRawBufferPointer, of batch: RecordBatch,
    to bytes: UnsafeMutableRawBufferPointer, ends: UnsafeMutableBufferPointer<UInt32>,
    isPlain: Bool
  ) -> Int {
    let fieldEnds = batch.fieldEnds.span
    let steps = steps.span
    let separator = ASCII.unitSeparator
    var byteCount = 0
    var endCount = 0
    var valueStart = 0
    var isSkipping = false
    for record in 0..<batch.count {
      let fields = batch.fieldIndexes(ofRecord: record)
      for index in steps.indices {
        let step = steps[index]
        if !isPlain, step.beginsStandIn {
          isSkipping = CellBlock.hasText(in: bytes, valueStart..<byteCount)
        }
        if !isPlain, step.beginsCondition { isSkipping = false }
        let field = fields.lowerBound + step.source
        if step.source >= 0, field < fields.upperBound, isPlain || !isSkipping {
          let start = field == 0 ? 0 : Int(fieldEnds[field - 1])
          let count = Int(fieldEnds[field]) - start
          CellBlock.copy(count, from: source, at: start, to: bytes, at: byteCount)
          if !isPlain, byteCount > valueStart || !step.endsValue {
            CellBlock.blankSeparators(in: bytes, byteCount..<(byteCount + count))
          }
          byteCount += count
        }
        if step.endsValue {
          ends[endCount] = UInt32(truncatingIfNeeded: byteCount)
          endCount += 1
          valueStart = byteCount
          isSkipping = false
        } else {
          bytes[byteCount] = separator
          byteCount += 1
        }
      }
    }
    return byteCount
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

  /// Whether any of the cells there is more than blank.
  static func hasText(in bytes: UnsafeMutableRawBufferPointer, _ range: Range<Int>) -> Bool {
    bytes[range].contains { $0 > ASCII.space }
  }

  /// Puts a blank where a cell of a value with several cells holds the separator itself.
  static func blankSeparators(in bytes: UnsafeMutableRawBufferPointer, _ range: Range<Int>) {
    for index in range where bytes[index] == ASCII.unitSeparator { bytes[index] = ASCII.space }
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
