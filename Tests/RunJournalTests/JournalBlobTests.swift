import ContactModel
import TestSupport
import Testing

@testable import RunJournal

@Suite struct JournalBlobTests {
  static let outcomes: [Outcome] = [
    .created(pid: 1), .created(pid: 2), .updated(pid: 900_000), .unchanged(pid: 7),
    .duplicate(pid: Int.max), .rejected, .failed(.refused), .failed(.requestRefused), .uncertain,
    .notAttempted, .created(pid: 0),
  ]

  static func plan(_ numbers: [Int], seed: UInt64 = 1) -> PlannedBatch {
    var generator = SeededGenerator(seed: seed)
    return PlannedBatch(
      id: 5, file: 2, recordNumbers: numbers,
      fingerprints: numbers.map { _ in
        Fingerprint(high: generator.next(), low: generator.next())
      })
  }

  @Test(
    "a plan comes back as it was",
    arguments: [
      [], [1], [1, 2, 3], [500, 2, 1000, 1000], [0, Int.max, -4, Int.min],
      Array(1...600), Array(stride(from: 1_000_000, to: 2_000_000, by: 997)),
    ])
  func plan(numbers: [Int]) throws {
    let batch = Self.plan(numbers)
    #expect(try PlanBlob.decode(PlanBlob.encode(batch), id: 5, file: 2) == batch)
  }

  @Test("outcomes of every kind come back as they were")
  func outcomes() throws {
    #expect(try OutcomeBlob.decode(OutcomeBlob.encode(Self.outcomes)) == Self.outcomes)
    #expect(try OutcomeBlob.decode(OutcomeBlob.encode([])) == [])
    #expect(Set(Self.outcomes.map(\.kind)).count == OutcomeKind.allCases.count)
  }

  @Test("random outcomes come back as they were", arguments: [1, 2, 3] as [UInt64])
  func randomOutcomes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let outcomes: [Outcome] = (0..<2000).map { _ in
      let pid = Int.random(in: 0...(1 << Int.random(in: 0...62, using: &generator)))
      return switch Int.random(in: 0..<9, using: &generator) {
      case 0: .created(pid: pid)
      case 1: .updated(pid: pid)
      case 2: .unchanged(pid: pid)
      case 3: .duplicate(pid: pid)
      case 4: .rejected
      case 5: .failed(.refused)
      case 6: .failed(.requestRefused)
      case 7: .uncertain
      default: .notAttempted
      }
    }
    #expect(try OutcomeBlob.decode(OutcomeBlob.encode(outcomes)) == outcomes, "seed \(seed)")
  }

  @Test("a batch of 500 rows takes less than 30 bytes a row on disk")
  func size() {
    let plan = PlanBlob.encode(Self.plan(Array(750_001...750_500)))
    let outcomes = OutcomeBlob.encode((0..<500).map { .created(pid: 2_000_000 + $0) })
    #expect(plan.count + outcomes.count < 30 * 500)
  }

  @Test("the bytes on disk are these, for every later version")
  func layout() {
    let plan = PlannedBatch(
      id: 1, file: 0, recordNumbers: [3, 2, 300],
      fingerprints: (1...3).map { Fingerprint(high: $0, low: 0x0102_0304_0506_0708) })
    let low: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
    var expected: [UInt8] = [1, 3]
    expected += [6, 1, 0xD4, 0x04]  // +3, -1, +298 = 596 in zigzag
    for high: UInt8 in 1...3 { expected += [0, 0, 0, 0, 0, 0, 0, high] + low }
    #expect(Array(PlanBlob.encode(plan).dropLast(8)) == expected)

    let outcomes = OutcomeBlob.encode(Self.outcomes.filter { $0 != .duplicate(pid: Int.max) })
    let body: [UInt8] = [2, 10, 0, 2, 0, 2, 1]
    #expect(Array(outcomes.prefix(7)) == body)
  }

  @Test("a blob with any bit flipped is refused")
  func everyBit() {
    let blobs = [PlanBlob.encode(Self.plan([1, 2, 9])), OutcomeBlob.encode(Self.outcomes)]
    for (index, blob) in blobs.enumerated() {
      for bit in 0..<blob.count * 8 {
        var damaged = blob
        damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        #expect(throws: JournalBlobError.self, "bit \(bit) of blob \(index)") {
          if index == 0 {
            _ = try PlanBlob.decode(damaged, id: 5, file: 2)
          } else {
            _ = try OutcomeBlob.decode(damaged)
          }
        }
      }
    }
  }

  @Test("a blob cut anywhere is refused")
  func everyLength() {
    let blob = PlanBlob.encode(Self.plan([1, 2, 9]))
    for length in 0..<blob.count {
      #expect(throws: JournalBlobError.self) {
        _ = try PlanBlob.decode(Array(blob[..<length]), id: 5, file: 2)
      }
    }
  }

  /// A blob whose checksum is right and whose body is not: what a mistake of ours would make.
  static func blob(_ format: UInt8, _ body: [UInt8]) -> [UInt8] {
    var writer = JournalBlobWriter(format: format, reserving: body.count)
    for byte in body { writer.append(byte) }
    return writer.finish()
  }

  @Test(
    "a body that makes no sense is refused, without a crash or much memory",
    arguments: [
      [] as [UInt8], [1], [1, 0], [1, 9], [2, 4], [0, 4], [1, 4, 4],
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [1, 0, 0x80], [0x80],
    ])
  func nonsense(body: [UInt8]) {
    #expect(throws: JournalBlobError.self) { try OutcomeBlob.decode(Self.blob(2, body)) }
    #expect(throws: JournalBlobError.self) {
      try PlanBlob.decode(Self.blob(1, body), id: 1, file: 0)
    }
  }

  @Test("a plan is not read as outcomes, nor the other way round")
  func kinds() {
    #expect(throws: JournalBlobError.self) {
      try OutcomeBlob.decode(PlanBlob.encode(Self.plan([1])))
    }
    #expect(throws: JournalBlobError.self) {
      try PlanBlob.decode(OutcomeBlob.encode([.rejected]), id: 1, file: 0)
    }
  }
}
