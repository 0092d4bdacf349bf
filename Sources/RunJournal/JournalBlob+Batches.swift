import ContactModel

/// A batch's record numbers, fingerprints and marks as one blob: about 42 bytes a row with four
/// traces.
///
/// In order: the floor, how many rows, their numbers, their fingerprints, the hashes of their marks,
/// and for each row how many traces it has and these.
enum PlanBlob {
  // 1 was a plan without marks.
  private static let format: UInt8 = 3

  static func encode(_ batch: PlannedBatch) -> [UInt8] {
    let marks = batch.marks
    var writer = JournalBlobWriter(format: format, reserving: batch.count * 46 + 20)
    writer.append(signed: batch.floor)
    writer.append(varint: UInt64(batch.count))
    var previous = 0
    for number in batch.recordNumbers {
      writer.append(signed: number &- previous)
      previous = number
    }
    for fingerprint in batch.fingerprints { writer.append(fingerprint) }
    for hash in marks.stored { writer.append(word: hash) }
    for row in 0..<marks.count {
      let traces = marks.traces(of: row)
      writer.append(varint: UInt64(traces.count))
      for trace in traces { writer.append(word: trace) }
    }
    return writer.finish()
  }

  static func decode(
    _ bytes: [UInt8], id: Int64, file: Int
  ) throws(JournalBlobError) -> PlannedBatch {
    var reader = try JournalBlobReader(bytes, format: format)
    let floor = try reader.readSigned()
    let numbers = try recordNumbers(from: &reader)
    var fingerprints: [Fingerprint] = []
    fingerprints.reserveCapacity(numbers.count)
    for _ in numbers { fingerprints.append(try reader.readFingerprint()) }
    var hashes: [UInt64] = []
    hashes.reserveCapacity(numbers.count)
    for _ in numbers { hashes.append(try reader.readWord()) }
    var marks = RowMarks()
    for hash in hashes {
      for _ in 0..<(try reader.readCount(bytesPerRow: 4)) {
        marks.addTrace(try reader.readWord())
      }
      marks.endRow(stored: hash)
    }
    guard reader.remainingCount == 0 else { throw JournalBlobError() }
    return PlannedBatch(
      id: id, file: file, recordNumbers: numbers, fingerprints: fingerprints, marks: marks,
      floor: floor)
  }

  /// The record numbers alone; the whole blob is checked all the same.
  static func recordNumbers(of bytes: [UInt8]) throws(JournalBlobError) -> [Int] {
    var reader = try JournalBlobReader(bytes, format: format)
    _ = try reader.readSigned()
    return try recordNumbers(from: &reader)
  }

  /// The fingerprints alone, one after the other as bytes; the whole blob is checked all the same.
  static func fingerprintBytes(of bytes: [UInt8]) throws(JournalBlobError) -> ArraySlice<UInt8> {
    var reader = try JournalBlobReader(bytes, format: format)
    _ = try reader.readSigned()
    let count = try recordNumbers(from: &reader).count
    return try reader.readBytes(16 * count)
  }

  private static func recordNumbers(
    from reader: inout JournalBlobReader
  ) throws(JournalBlobError) -> [Int] {
    // A number, a fingerprint, a hash and how many traces.
    let count = try reader.readCount(bytesPerRow: 1 + 16 + 8 + 1)
    var numbers: [Int] = []
    numbers.reserveCapacity(count)
    var previous = 0
    for _ in 0..<count {
      previous &+= try reader.readSigned()
      numbers.append(previous)
    }
    return numbers
  }
}

/// A batch's outcomes as one blob: a byte a row for the kind and the evidence, and one or two for the
/// identifier, since a server counts them up.
enum OutcomeBlob {
  // 2 was outcomes without evidence.
  private static let format: UInt8 = 4

  static func encode(_ rows: [SettledRow]) -> [UInt8] {
    var writer = JournalBlobWriter(format: format, reserving: rows.count * 3 + 10)
    writer.append(varint: UInt64(rows.count))
    var previous = 0
    for row in rows {
      writer.append(kindByte(of: row.outcome) | row.evidence.rawValue << 4)
      if let pid = row.outcome.pid {
        writer.append(signed: pid &- previous)
        previous = pid
      }
    }
    return writer.finish()
  }

  static func decode(_ bytes: [UInt8]) throws(JournalBlobError) -> [SettledRow] {
    var reader = try JournalBlobReader(bytes, format: format)
    let count = try reader.readCount(bytesPerRow: 1)
    var rows: [SettledRow] = []
    rows.reserveCapacity(count)
    var previous = 0
    for _ in 0..<count {
      let byte = try reader.readByte()
      let kind = byte & 0x0F
      guard let evidence = Evidence(rawValue: byte >> 4) else { throw JournalBlobError() }
      if kind < 4 { previous &+= try reader.readSigned() }
      let outcome = try outcome(of: kind, pid: previous)
      rows.append(SettledRow(outcome, evidence: evidence))
    }
    guard reader.remainingCount == 0 else { throw JournalBlobError() }
    return rows
  }

  private static func outcome(of kind: UInt8, pid: Int) throws(JournalBlobError) -> Outcome {
    switch kind {
    case 0: .created(pid: pid)
    case 1: .updated(pid: pid)
    case 2: .unchanged(pid: pid)
    case 3: .duplicate(pid: pid)
    case 4: .rejected
    case 5: .failed(.refused)
    case 6: .failed(.requestRefused)
    case 7: .uncertain
    case 8: .notAttempted
    case 9: .failed(.fatal)
    default: throw JournalBlobError()
    }
  }

  /// The low half of the byte on disk; never renumber these, journals outlive versions.
  private static func kindByte(of outcome: Outcome) -> UInt8 {
    switch outcome {
    case .created: 0
    case .updated: 1
    case .unchanged: 2
    case .duplicate: 3
    case .rejected: 4
    case .failed(.refused): 5
    case .failed(.requestRefused): 6
    case .uncertain: 7
    case .notAttempted: 8
    case .failed(.fatal): 9
    }
  }
}
