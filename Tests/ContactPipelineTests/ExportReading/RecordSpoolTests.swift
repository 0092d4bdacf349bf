import RunReports
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("pages on the disk")
struct RecordSpoolTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private let first = PageWalk.Position(backward: 1, lowest: 401, highest: 402, total: 402)
  private let second = PageWalk.Position(backward: -1, lowest: 3, highest: 402, total: 402)

  private func page(_ pids: Int...) -> RecordSpool.Page {
    RecordSpool.Page(rows: pids.map { ["\($0)", "Имя \($0)", ""] })
  }

  private func pages(of spool: RecordSpool) throws -> [RecordSpool.Page] {
    var pages: [RecordSpool.Page] = []
    for index in 0..<spool.pageCount { pages.append(try spool.page(index)) }
    return pages
  }

  private func open(_ name: String) throws -> RecordSpool {
    try RecordSpool(lastingAt: folder.file(name))
  }

  /// A spool's file with two parts, and where the second begins.
  private func twoParts() throws -> (bytes: [UInt8], start: Int) {
    let spool = try open("spool")
    try spool.prepend(page(401, 402), at: first)
    let start = try folder.bytes("spool").count
    try spool.prepend(page(3, 4, 5), at: second)
    return (try folder.bytes("spool"), start)
  }

  @Test("pages come in their order, and leave no file")
  func order() throws {
    let spool = try RecordSpool(folder: folder.path)
    try spool.prepend(page(5, 6))
    try spool.append(page(7))
    try spool.prepend(page(3, 4))
    try spool.append(page(8, 9))
    try spool.prepend(page(1))
    #expect(try pages(of: spool) == [page(1), page(3, 4), page(5, 6), page(7), page(8, 9)])
    var read: [RecordSpool.Page] = []
    try spool.readAll { read.append($0) }
    #expect(try read == pages(of: spool))
    #expect(spool.pageCount == 5)
    #expect(spool.valueCount == 8 * 3)
    #expect(try folder.names() == [])
  }

  @Test("what was kept is there again, with how far the walk had come")
  func reopened() throws {
    let added = PageWalk.Position(backward: -1, lowest: 3, highest: 410, total: 403)
    do {
      let spool = try open("spool")
      #expect(spool.position == nil)
      try spool.prepend(page(401, 402), at: first)
      try spool.prepend(page(3, 4), at: second)
      try spool.append(page(410), at: added)
    }
    let spool = try open("spool")
    #expect(try pages(of: spool) == [page(3, 4), page(401, 402), page(410)])
    #expect(spool.position == added)
    #expect(spool.valueCount == 5 * 3)
    #expect(try folder.mode(of: "spool") == 0o600)
    // And it goes on.
    try spool.append(page(411), at: nil)
    let again = try open("spool")
    #expect(try pages(of: again) == [page(3, 4), page(401, 402), page(410), page(411)])
    #expect(again.position == added)
  }

  @Test(
    "every position comes back",
    arguments: [
      PageWalk.Position(), PageWalk.Position(backward: 0, lowest: 1, highest: 1, total: 1),
      PageWalk.Position(backward: -1, lowest: .max, highest: 0, total: 0),
      PageWalk.Position(
        backward: 1_000_000, lowest: 1, highest: .max, total: 200_000_000),
    ])
  func positions(position: PageWalk.Position) throws {
    try open("spool").append(page(1), at: position)
    #expect(try open("spool").position == position)
  }

  @Test("a page without contacts says how far the walk had come")
  func emptyPage() throws {
    try open("spool").prepend(RecordSpool.Page(), at: second)
    let spool = try open("spool")
    #expect(spool.position == second)
    #expect(try pages(of: spool) == [RecordSpool.Page()])
    #expect(spool.valueCount == 0)
  }

  @Test("of a file that is cut the whole parts stay, and more may follow")
  func torn() throws {
    let (bytes, start) = try twoParts()
    for count in start..<bytes.count {
      try folder.write(Array(bytes.prefix(count)), to: "torn")
      let spool = try open("torn")
      #expect(try pages(of: spool) == [page(401, 402)], "cut at \(count)")
      #expect(spool.position == first, "cut at \(count)")
      #expect(try folder.bytes("torn") == Array(bytes.prefix(start)), "cut at \(count)")
      try spool.prepend(page(9), at: second)
      #expect(try pages(of: open("torn")) == [page(9), page(401, 402)], "cut at \(count)")
    }
    for count in 0..<start {
      try folder.write(Array(bytes.prefix(count)), to: "torn")
      let spool = try open("torn")
      #expect(spool.pageCount == 0, "cut at \(count)")
      #expect(spool.position == nil, "cut at \(count)")
    }
  }

  @Test("a part with a changed byte is not taken, nor what comes behind it")
  func flipped() throws {
    let (bytes, start) = try twoParts()
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 1
      try folder.write(damaged, to: "damaged")
      let spool = try open("damaged")
      let whole = index < start ? [] : [page(401, 402)]
      #expect(try pages(of: spool) == whole, "byte \(index)")
      #expect(spool.position == (index < start ? nil : first), "byte \(index)")
    }
  }

  @Test(
    "a part whose numbers have become negative is not taken",
    arguments: 3...6)
  func negative(word: Int) throws {
    let (bytes, start) = try twoParts()
    var damaged = bytes
    damaged[start + word * 8 + 7] ^= 0x80
    try folder.write(damaged, to: "damaged")
    #expect(try pages(of: open("damaged")) == [page(401, 402)])
  }

  @Test("what is only zeros, or no spool at all, is empty", arguments: [0, 1, 71, 72, 500])
  func foreign(count: Int) throws {
    for byte in [0, 0x20, 0xFF] as [UInt8] {
      try folder.write(Array(repeating: byte, count: count), to: "foreign")
      let spool = try open("foreign")
      #expect(spool.pageCount == 0)
      #expect(try folder.bytes("foreign").isEmpty)
    }
  }

  @Test("a spool in no folder is none")
  func noFolder() {
    #expect(throws: OutputError.self) {
      _ = try RecordSpool(lastingAt: folder.file("none/spool"))
    }
    #expect(throws: OutputError.self) {
      _ = try RecordSpool(folder: folder.file("none"))
    }
  }
}
