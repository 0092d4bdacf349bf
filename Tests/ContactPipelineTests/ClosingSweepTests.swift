import CRMClient
import ContactModel
import ContactPipeline
import RunReports
import Synchronization
import TestSupport
import Testing

@Suite("what the reading at the end brings to light")
struct ClosingSweepTests {
  /// The middle one of three rows landed twice before, of requests that came much too late.
  @Test("all later copies of a row are reported beside the first")
  func manyCopies() async throws {
    let bench = try ImportBench()
    try bench.write(records: 3)
    let server = Mutex<FakeTransport?>(nil)
    let transport = FakeTransport(stores: true) { form throws(TransportError) in
      for pid in [15, 17] { server.withLock { $0 }?.store(row: 1, of: form, as: pid) }
      return .rows([21, 22, 23])
    }
    server.withLock { $0 = transport }
    let result = try await bench.run(transport)
    #expect(result.summary.outcomes[.created] == 3)
    #expect(result.summary.doubledCount == 2)
    let doubled = try bench.rows("doubled", of: result).map { row in
      [row["record"], row["pid"], row["later_pid"]].compactMap(\.self)
    }
    #expect(doubled == [["2", "15", "17"], ["2", "15", "22"]])
  }
}
