import RunReports
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("several spools as one")
struct SpoolMergeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A spool whose pages have these contacts; each value says which spool it is of.
  private func spool(_ name: String, _ pages: [[Int]], text: String = "") throws -> RecordSpool {
    let spool = try RecordSpool(folder: folder.path)
    for pids in pages {
      try spool.append(RecordSpool.Page(rows: pids.map { ["\(name)\($0)\(text)", "\($0)"] }))
    }
    return spool
  }

  /// The pages of the merged spools, each contact by its first value.
  private func merged(_ spools: [RecordSpool]) throws -> [[String]] {
    var merge = SpoolMerge(spools, width: 2, pidColumn: 1)
    var pages: [[String]] = []
    while let page = try merge.next() { pages.append(page.rows(width: 2).map { $0[0] }) }
    let more = try merge.next()
    #expect(more == nil)
    return pages
  }

  @Test("contacts come in order, whichever spool they are in")
  func order() throws {
    let spools = [
      try spool("a", [[1, 4], [7, 12]]), try spool("b", [[2], [8, 9, 10]]),
      try spool("c", [[3, 5, 6, 11]]),
    ]
    #expect(
      try merged(spools)
        == [["a1", "b2", "c3", "a4", "c5", "c6", "a7", "b8", "b9", "b10", "c11", "a12"]])
  }

  @Test("numbers are compared as such")
  func numbers() throws {
    #expect(
      try merged([try spool("a", [[9, 1000]]), try spool("b", [[10, 99, 1001]])])
        == [["a9", "b10", "b99", "a1000", "b1001"]])
  }

  @Test("a contact in several spools comes once")
  func duplicates() throws {
    #expect(
      try merged([
        try spool("a", [[1, 2], [5]]), try spool("b", [[2, 3], [5]]), try spool("c", [[5, 6]]),
      ]).joined().map { $0 } == ["a1", "a2", "b3", "a5", "c6"])
    let same = [[1, 2], [3, 4]]
    #expect(
      try merged([try spool("a", same), try spool("b", same)]).joined().map { $0 }
        == ["a1", "a2", "a3", "a4"])
  }

  @Test("pages of spools that follow each other stay as they are")
  func wholePages() throws {
    #expect(
      try merged([try spool("a", [[1, 2], [3, 4]]), try spool("b", [[5, 6], [7]])])
        == [["a1", "a2"], ["a3", "a4"], ["b5", "b6"], ["b7"]])
    // In whatever order the spools are.
    #expect(
      try merged([
        try spool("a", [[20, 21]]), try spool("b", [[1, 2], [3]]), try spool("c", [[10], [30]]),
      ]) == [["b1", "b2"], ["b3"], ["c10"], ["a20", "a21"], ["c30"]])
  }

  @Test("empty spools and empty pages are passed over")
  func empty() throws {
    #expect(try merged([]) == [])
    #expect(try merged([try spool("a", [])]) == [])
    #expect(try merged([try spool("a", [[], [1], []])]) == [["a1"]])
    #expect(
      try merged([
        try spool("a", [[], [1], [], [4]]), try spool("b", []), try spool("c", [[], [3]]),
      ])
        == [["a1"], ["c3"], ["a4"]])
  }

  @Test("one spool comes page by page")
  func single() throws {
    #expect(try merged([try spool("a", [[1, 2], [3], [9]])]) == [["a1", "a2"], ["a3"], ["a9"]])
  }

  @Test("pages that are put together are not much longer than 128 KB")
  func longPages() throws {
    // Three spools whose contacts alternate; 300 KB in all.
    let text = String(repeating: "x", count: 96)
    var spools: [RecordSpool] = []
    for place in 1...3 {
      let pages = (0..<5).map { page in
        Array(stride(from: page * 600 + place, through: page * 600 + 600, by: 3))
      }
      spools.append(try spool("", pages, text: text))
    }
    let pages = try merged(spools)
    #expect(pages.count == 3)
    #expect(pages.joined().map { $0 } == (1...3000).map { "\($0)\(text)" })
  }
}
