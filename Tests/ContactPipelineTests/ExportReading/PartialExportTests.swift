import Foundation
import RunJournal
import RunReports
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("what an interrupted export leaves")
struct PartialExportTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let part = ".out.csv.ferry-part"
  private var target: String { folder.file("out.csv") }
  private let page = RecordSpool.Page(rows: [["1", "Anna"]])

  private let windows = [
    DateWindow(start: "1970-01-01 00:00:00", end: "2024-03-05 00:16:39"),
    DateWindow(start: "2024-03-05 00:16:40", end: "9999-12-31 23:59:59"),
  ]

  private func beginning(
    _ identity: String = "crm\nme", windows: [DateWindow?] = [nil]
  ) -> PartialExport.Beginning {
    PartialExport.Beginning(identity: identity, from: "2026-01-02T03:04:05Z", windows: windows)
  }

  @Test("a beginning is there again for the same export only")
  func identity() throws {
    let choices: [[DateWindow?]] = [[nil], windows]
    for choice in choices {
      let begun = beginning("crm\n\"Анна\"", windows: choice)
      do {
        let partial = try PartialExport(of: target)
        #expect(try partial.begin(begun).count == choice.count)
      }
      let partial = try PartialExport(of: target)
      #expect(partial.beginning(of: "crm\n\"Анна\"") == begun)
      #expect(partial.beginning(of: "crm\n\"Анна\" ") == nil)
      #expect(partial.beginning(of: "") == nil)
    }
  }

  @Test("without a beginning there is nothing to go on with")
  func nothing() throws {
    #expect(!PartialExport.isLeft(of: target))
    let partial = try PartialExport(of: target)
    #expect(partial.beginning(of: "crm\nme") == nil)
    #expect(!PartialExport.isLeft(of: target))
    _ = try partial.begin(beginning())
    #expect(PartialExport.isLeft(of: target))
    #expect(!PartialExport.isLeft(of: folder.file("out2.csv")))
    #expect(try folder.names() == [Self.part])
    #expect(try folder.mode(of: Self.part) == 0o700)
  }

  @Test(
    "a description that is not whole, or another version's, is none",
    arguments: [
      "", "{", "[]", "null", #"{"version":1,"identity":"i","from":"f","windows":[]}"#,
      #"{"version":2,"identity":"i","from":"f","windows":[{}]}"#,
      #"{"version":1,"identity":"i","windows":[{}]}"#,
    ])
  func damaged(text: String) throws {
    let partial = try PartialExport(of: target)
    try folder.write(text, to: "\(Self.part)/export.json")
    #expect(partial.beginning(of: "i") == nil)
    try folder.write(
      #"{"version":1,"identity":"i","from":"f","windows":[{}]}"#, to: "\(Self.part)/export.json")
    #expect(
      partial.beginning(of: "i")
        == PartialExport.Beginning(identity: "i", from: "f", windows: [nil]))
  }

  @Test("what was kept is there again, each window by itself")
  func spools() throws {
    let begun = beginning(windows: windows)
    let position = PageWalk.Position(backward: 2, lowest: 1, highest: 1, total: 500)
    do {
      let partial = try PartialExport(of: target)
      let spools = try partial.begin(begun)
      try spools[1].prepend(page, at: position)
      withExtendedLifetime(partial) {}
    }
    let partial = try PartialExport(of: target)
    let spools = try partial.spools(begun)
    #expect(spools.map(\.pageCount) == [0, 1])
    #expect(spools.map(\.position) == [nil, position])
    #expect(try spools[1].page(0) == page)
  }

  @Test("who begins anew finds nothing of the one before")
  func anew() throws {
    let partial = try PartialExport(of: target)
    let position = PageWalk.Position(backward: 2, lowest: 1, highest: 1, total: 500)
    for spool in try partial.begin(beginning("other", windows: windows)) {
      try spool.prepend(page, at: position)
    }
    try folder.write("{", to: "\(Self.part)/.ferry-abc.part")
    let spools = try partial.begin(beginning())
    #expect(spools.map(\.pageCount) == [0])
    #expect(spools.map(\.position) == [nil])
    #expect(try folder.names(in: Self.part) == ["0.spool", "export.json"])
    #expect(partial.beginning(of: "other") == nil)
    #expect(partial.beginning(of: "crm\nme") == beginning())
  }

  @Test("a second export into the same file is kept out while the first is at work")
  func locked() throws {
    do {
      let partial = try PartialExport(of: target)
      _ = try partial.begin(beginning())
      #expect(throws: ExportError.underWay(target)) { _ = try PartialExport(of: target) }
      // Another file is nobody's.
      _ = try PartialExport(of: folder.file("out2.csv"))
      // The attempt has harmed nothing.
      #expect(partial.beginning(of: "crm\nme") == beginning())
    }
    _ = try PartialExport(of: target)
  }

  @Test("nothing stays where it is removed")
  func removed() throws {
    let partial = try PartialExport(of: target)
    for spool in try partial.begin(beginning(windows: windows)) { try spool.append(page) }
    try folder.write("{", to: "\(Self.part)/.ferry-abc.part")
    partial.remove()
    #expect(try folder.names() == [])
    // Whoever comes next has a folder of its own, even while the old one is still held.
    let next = try PartialExport(of: target)
    #expect(next.beginning(of: "crm\nme") == nil)
    withExtendedLifetime(partial) {}
  }

  @Test("what somebody else has put into the folder stays")
  func foreignFile() throws {
    let partial = try PartialExport(of: target)
    _ = try partial.begin(beginning(windows: windows))
    try folder.write("mine", to: "\(Self.part)/notes.txt")
    partial.remove()
    #expect(try folder.names(in: Self.part) == ["notes.txt"])
    #expect(try folder.text("\(Self.part)/notes.txt") == "mine")
    #expect(!PartialExport.isLeft(of: target))
  }

  @Test("a folder that cannot be made is an error of the file")
  func noFolder() {
    #expect(throws: OutputError.self) {
      _ = try PartialExport(of: folder.file("none/out.csv"))
    }
  }

  @Test("a link in place of the folder is not followed")
  func link() throws {
    try folder.write("", to: "elsewhere/notes.txt")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file(Self.part), withDestinationPath: folder.file("elsewhere"))
    #expect(throws: OutputError.self) { _ = try PartialExport(of: target) }
    #expect(try folder.names(in: "elsewhere") == ["notes.txt"])
  }

  @Test(
    "only what was begun within a day is gone on with",
    arguments: [(0, true), (-23, true), (-25, false), (-240, false), (25, false)])
  func young(hours: Int, isYoung: Bool) {
    var begun = beginning()
    begun.from = Date(timeIntervalSinceNow: Double(hours) * 3600).iso8601
    #expect(begun.isYoung == isYoung)
    begun.from = "yesterday"
    #expect(!begun.isYoung)
  }
}
