import ContactModel

/// A batch's record numbers and fingerprints as one blob: about 17 bytes a row.
enum PlanBlob {
  private static let format: UInt8 = 1

  static func encode(_ batch: PlannedBatch) -> [UInt8] {
    var writer = JournalBlobWriter(format: format, reserving: batch.count * 18 + 10)
    writer.append(varint: UInt64(batch.count))
    var previous = 0
    for number in batch.recordNumbers {
      writer.append(signed: number &- previous)
      previous = number
    }
    for fingerprint in batch.fingerprints { writer.append(fingerprint) }
    return writer.finish()
  }

  static func decode(
    _ bytes: [UInt8], id: Int64, file: Int
  ) throws(JournalBlobError) -> PlannedBatch {
    var reader = try JournalBlobReader(bytes, format: format)
    let count = try reader.readCount(bytesPerRow: 17)
    var numbers: [Int] = []
    numbers.reserveCapacity(count)
    var previous = 0
    for _ in 0..<count {
      previous &+= try reader.readSigned()
      numbers.append(previous)
    }
    var fingerprints: [Fingerprint] = []
    fingerprints.reserveCapacity(count)
    for _ in 0..<count { fingerprints.append(try reader.readFingerprint()) }
    guard reader.remainingCount == 0 else { throw JournalBlobError() }
    return PlannedBatch(id: id, file: file, recordNumbers: numbers, fingerprints: fingerprints)
  }
}

/// A batch's outcomes as one blob: a byte a row for the kind, and one or two for the identifier,
/// since a server counts them up.
enum OutcomeBlob {
  private static let format: UInt8 = 2

  static func encode(_ outcomes: [Outcome]) -> [UInt8] {
    var writer = JournalBlobWriter(format: format, reserving: outcomes.count * 3 + 10)
    writer.append(varint: UInt64(outcomes.count))
    var previous = 0
    for outcome in outcomes {
      writer.append(kindByte(of: outcome))
      if let pid = outcome.pid {
        writer.append(signed: pid &- previous)
        previous = pid
      }
    }
    return writer.finish()
  }

  static func decode(_ bytes: [UInt8]) throws(JournalBlobError) -> [Outcome] {
    var reader = try JournalBlobReader(bytes, format: format)
    let count = try reader.readCount(bytesPerRow: 1)
    var outcomes: [Outcome] = []
    outcomes.reserveCapacity(count)
    var previous = 0
    for _ in 0..<count {
      let kind = try reader.readByte()
      if kind < 4 { previous &+= try reader.readSigned() }
      switch kind {
      case 0: outcomes.append(.created(pid: previous))
      case 1: outcomes.append(.updated(pid: previous))
      case 2: outcomes.append(.unchanged(pid: previous))
      case 3: outcomes.append(.duplicate(pid: previous))
      case 4: outcomes.append(.rejected)
      case 5: outcomes.append(.failed(.refused))
      case 6: outcomes.append(.failed(.requestRefused))
      case 7: outcomes.append(.uncertain)
      case 8: outcomes.append(.notAttempted)
      case 9: outcomes.append(.failed(.fatal))
      default: throw JournalBlobError()
      }
    }
    guard reader.remainingCount == 0 else { throw JournalBlobError() }
    return outcomes
  }

  /// The byte on disk; never renumber these, journals outlive versions.
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
