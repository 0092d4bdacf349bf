import ContactModel
import TestSupport
import Testing

@testable import RunJournal

@Suite struct JournalBlobTests {
  static let rows: [SettledRow] = [
    SettledRow(.created(pid: 1)), SettledRow(.created(pid: 2), evidence: .values),
    SettledRow(.created(pid: 3), evidence: .importKey), SettledRow(.updated(pid: 900_000)),
    SettledRow(.unchanged(pid: 7)), SettledRow(.duplicate(pid: Int.max)), SettledRow(.rejected),
    SettledRow(.failed(.refused)), SettledRow(.failed(.requestRefused)),
    SettledRow(.failed(.fatal)), SettledRow(.uncertain, evidence: .values),
    SettledRow(.notAttempted), SettledRow(.created(pid: 0)),
  ]

  static func plan(_ numbers: [Int], seed: UInt64 = 1) -> PlannedBatch {
    var generator = SeededGenerator(seed: seed)
    var marks = RowMarks()
    for _ in numbers {
      let traceCount = Int.random(in: 0...5, using: &generator)
      marks.append(
        stored: generator.next(),
        traces: (0..<traceCount).map { _ in UInt32.random(in: 0...UInt32.max, using: &generator) })
    }
    return PlannedBatch(
      id: 5, file: 2, recordNumbers: numbers,
      fingerprints: numbers.map { _ in
        Fingerprint(high: generator.next(), low: generator.next())
      }, marks: marks, floor: Int.random(in: 0...3_000_000, using: &generator))
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

  @Test("the record numbers alone are those of the plan")
  func recordNumbers() throws {
    let batch = Self.plan([7, 3, 900, 901])
    #expect(try PlanBlob.recordNumbers(of: PlanBlob.encode(batch)) == [7, 3, 900, 901])
  }

  @Test("outcomes of every kind come back as they were, and how they are known")
  func outcomes() throws {
    #expect(try OutcomeBlob.decode(OutcomeBlob.encode(Self.rows)) == Self.rows)
    #expect(try OutcomeBlob.decode(OutcomeBlob.encode([])) == [])
    #expect(Set(Self.rows.map(\.outcome.kind)).count == OutcomeKind.allCases.count)
    #expect(Set(Self.rows.map(\.evidence)).count == Evidence.allCases.count)
  }

  @Test("random outcomes come back as they were", arguments: [1, 2, 3] as [UInt64])
  func randomOutcomes(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows: [SettledRow] = (0..<2000).map { _ in
      let pid = Int.random(in: 0...(1 << Int.random(in: 0...62, using: &generator)))
      let outcome: Outcome =
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: .created(pid: pid)
        case 1: .updated(pid: pid)
        case 2: .unchanged(pid: pid)
        case 3: .duplicate(pid: pid)
        case 4: .rejected
        case 5: .failed(.refused)
        case 6: .failed(.requestRefused)
        case 7: .uncertain
        case 8: .failed(.fatal)
        default: .notAttempted
        }
      let evidence = Evidence.allCases[Int.random(in: 0...2, using: &generator)]
      return SettledRow(outcome, evidence: evidence)
    }
    #expect(try OutcomeBlob.decode(OutcomeBlob.encode(rows)) == rows, "seed \(seed)")
  }

  @Test("the bytes on disk are these, for every later version")
  func layout() {
    var marks = RowMarks()
    marks.append(stored: 0x1112_1314_1516_1718, traces: [0xA1A2_A3A4, 5])
    marks.append(stored: 2, traces: [])
    marks.append(stored: 3, traces: [0xFF])
    let plan = PlannedBatch(
      id: 1, file: 0, recordNumbers: [3, 2, 300],
      fingerprints: (1...3).map { Fingerprint(high: $0, low: 0x0102_0304_0506_0708) },
      marks: marks, floor: 64)
    let low: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
    var expected: [UInt8] = [3, 0x80, 0x01, 3]  // the format, 64 in zigzag, three rows
    expected += [6, 1, 0xD4, 0x04]  // +3, -1, +298 = 596 in zigzag
    for high: UInt8 in 1...3 { expected += [0, 0, 0, 0, 0, 0, 0, high] + low }
    expected += [0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18]
    for hash: UInt8 in 2...3 { expected += [0, 0, 0, 0, 0, 0, 0, hash] }
    expected += [2, 0xA1, 0xA2, 0xA3, 0xA4, 0, 0, 0, 5]
    expected += [0]
    expected += [1, 0, 0, 0, 0xFF]
    #expect(Array(PlanBlob.encode(plan).dropLast(8)) == expected)

    let rows = [
      SettledRow(.created(pid: 1)), SettledRow(.created(pid: 2), evidence: .values),
      SettledRow(.created(pid: 3), evidence: .importKey), SettledRow(.rejected),
      SettledRow(.failed(.refused)), SettledRow(.failed(.requestRefused)),
      SettledRow(.uncertain), SettledRow(.notAttempted), SettledRow(.failed(.fatal)),
    ]
    let body: [UInt8] = [4, 9, 0x00, 2, 0x20, 2, 0x10, 2, 4, 5, 6, 7, 8, 9]
    #expect(Array(OutcomeBlob.encode(rows).dropLast(8)) == body)
  }

  @Test("a blob with any bit flipped is refused")
  func everyBit() {
    let blobs = [PlanBlob.encode(Self.plan([1, 2, 9])), OutcomeBlob.encode(Self.rows)]
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
      [] as [UInt8], [1], [1, 0], [1, 10], [1, 0x34], [2, 4], [0, 4], [1, 4, 4],
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [1, 0, 0x80], [0x80],
    ])
  func nonsense(body: [UInt8]) {
    #expect(throws: JournalBlobError.self) { try OutcomeBlob.decode(Self.blob(4, body)) }
    #expect(throws: JournalBlobError.self) {
      try PlanBlob.decode(Self.blob(3, [0] + body), id: 1, file: 0)
    }
  }

  @Test("a plan is not read as outcomes, nor the other way round")
  func kinds() {
    #expect(throws: JournalBlobError.self) {
      try OutcomeBlob.decode(PlanBlob.encode(Self.plan([1])))
    }
    #expect(throws: JournalBlobError.self) {
      try PlanBlob.decode(OutcomeBlob.encode(.answered(.rejected)), id: 1, file: 0)
    }
  }
}
