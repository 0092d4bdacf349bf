import ContactModel
import RunReports
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("check, and the order of batches")
struct CheckPipelineTests {
  @Test("records with values that go nowhere are rejected where the mapping says so")
  func unmappedReject() async throws {
    let bench = try ImportBench()
    try bench.folder.write(
      "Name,Mail,City\nA,a@example.com,\nB,b@example.com,Perm\nC,,\n", to: "source.csv")
    for (policy, rejected, named) in [("report", 0, 1), ("ignore", 0, 0), ("reject", 1, 1)] {
      let summary = try await CheckPipeline(
        request: bench.request(mapping: ImportBench.mapping + "\nunmapped: \(policy)\n"),
        startedAt: "2026-01-01T00:00:00Z", version: "1"
      ).run()
      #expect(summary.outcomes[.rejected] == rejected, "\(policy)")
      #expect(summary.outcomes[.notAttempted] == 3 - rejected, "\(policy)")
      #expect(summary.files[0].unmapped.count == named, "\(policy)")
      #expect(summary.isBalanced)
    }
  }

  /// About 4 MB, so that it has some 80 batches and does not fit into those in flight.
  private func writeLongSource(_ bench: ImportBench, records: Int) throws {
    let filler = String(repeating: "x", count: 60)
    var text = "Name,Mail,Filler\n"
    for number in 1...records { text += "Person \(number),p\(number)@example.com,\(filler)\n" }
    try bench.folder.write(text, to: "source.csv")
  }

  @Test("batches come in input order, though all cores prepare them")
  func order() async throws {
    let bench = try ImportBench()
    try writeLongSource(bench, records: 20_000)
    let source = try await bench.request().open()
    var (index, next) = (0, 1)
    try await source.batches.deliver { batch in
      #expect(batch.index == index)
      #expect(batch.source.firstRecord == next)
      #expect(batch.contacts.count == batch.source.count)
      index += 1
      next += batch.source.count
      return true
    }
    #expect(next == 20_001)
    #expect(index > 16)
  }

  @Test("a slow reader of batches holds up the file")
  func backPressure() async throws {
    let bench = try ImportBench()
    try writeLongSource(bench, records: 40_000)
    let size = try bench.folder.bytes("source.csv").count
    let source = try await bench.request().open()
    var consumed = 0
    var largest = 0
    try await source.batches.deliver { batch in
      largest = max(largest, batch.source.bytes.count)
      let ahead = await source.stream.byteCount - consumed
      // Those in flight, and what the reader holds; a batch has commas and line ends beside.
      #expect(ahead < (OrderedBatches.inFlight + 1) * largest * 5 / 4 + 512 * 1024)
      consumed += batch.source.bytes.count
      return true
    }
    #expect(size > 3_000_000)
    #expect(consumed > size * 9 / 10)
  }

  @Test("whoever has seen enough ends the reading")
  func stopping() async throws {
    let bench = try ImportBench()
    try writeLongSource(bench, records: 40_000)
    let source = try await bench.request().open()
    var count = 0
    try await source.batches.deliver { _ in
      count += 1
      return count < 3
    }
    #expect(count == 3)
    #expect(await source.stream.byteCount < 2_500_000)
  }
}
