import Foundation
import RunReports
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("exports that are kept")
struct ExportArchiveTests {
  private let folder: TemporaryFolder
  private let first = "2026-11-27T02:30:12Z"

  init() throws { folder = try TemporaryFolder() }

  /// Writes files and their manifest as an export does.
  private func export(
    _ texts: [String: String], as name: String = "contacts.csv"
  ) throws -> [Manifest.Entry] {
    var entries: [Manifest.Entry] = []
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
      let file = try OutputFile(path: folder.file(name))
      try file.append(text)
      entries.append(Manifest.Entry(name: name, written: try file.commit()))
    }
    let manifest = ExportManifest(
      ferryVersion: "1.2.3", server: "http://fake.example", login: "me", from: first, until: first,
      duration: .seconds(1), selection: [], columns: ["person"], contacts: 1, requests: 1,
      files: entries)
    let file = try OutputFile(path: folder.file(name + ".manifest.json"))
    try file.append(manifest.bytes)
    try file.commit()
    return entries
  }

  /// Exports and keeps it.
  private func keep(
    _ text: String, at until: String, most: Int = 2, as name: String = "contacts.csv"
  ) throws {
    try ExportArchive(path: folder.file(name), most: most)
      .keep(try export([name: text], as: name), at: until)
  }

  private func inode(_ name: String) -> UInt64 {
    var status = stat()
    return stat(folder.file(name), &status) == 0 ? UInt64(status.st_ino) : 0
  }

  @Test("the same files stand in a folder of their own, where they can be verified")
  func kept() throws {
    let files = try export([
      "contacts-0001.csv": "person\nAnna\n", "contacts-0002.csv": "person\nBoris\n",
      "contacts.added.csv": "person\n",
    ])
    try ExportArchive(path: folder.file("contacts.csv"), most: 3).keep(files, at: first)
    let kept = "contacts.kept/2026-11-27T02-30-12Z"
    #expect(try folder.names(in: "contacts.kept") == ["2026-11-27T02-30-12Z"])
    #expect(
      try folder.names(in: kept) == [
        "contacts-0001.csv", "contacts-0002.csv", "contacts.added.csv",
        "contacts.csv.manifest.json",
      ])
    #expect(try folder.mode(of: "contacts.kept") == 0o700)
    #expect(try folder.mode(of: kept) == 0o700)
    let check = try ManifestCheck(of: folder.file("\(kept)/contacts.csv"))
    #expect(check.findings.map(\.verdict) == [.intact, .intact, .intact])
    #expect(check.path == folder.file("\(kept)/contacts.csv.manifest.json"))
    // They take no room of their own.
    for name in try folder.names(in: kept) {
      #expect(inode(name) != 0 && inode(name) == inode("\(kept)/\(name)"))
    }
  }

  @Test("a later export leaves it as it was, and the oldest beyond the most go")
  func oldest() throws {
    for day in 1...4 { try keep("day \(day)", at: "2026-11-0\(day)T02:30:00Z") }
    #expect(
      try folder.names(in: "contacts.kept") == ["2026-11-03T02-30-00Z", "2026-11-04T02-30-00Z"])
    #expect(try folder.text("contacts.kept/2026-11-03T02-30-00Z/contacts.csv") == "day 3")
    #expect(try folder.text("contacts.kept/2026-11-04T02-30-00Z/contacts.csv") == "day 4")
    #expect(
      try ManifestCheck(of: folder.file("contacts.kept/2026-11-03T02-30-00Z/contacts.csv")).isGood)
    // Fewer than before.
    try keep("day 5", at: "2026-11-05T02:30:00Z", most: 1)
    #expect(try folder.names(in: "contacts.kept") == ["2026-11-05T02-30-00Z"])
  }

  @Test("exports within one second are kept beside each other")
  func oneSecond() throws {
    for number in 1...11 { try keep("\(number)", at: first, most: 20) }
    #expect(try folder.text("contacts.kept/2026-11-27T02-30-12Z/contacts.csv") == "1")
    #expect(try folder.text("contacts.kept/2026-11-27T02-30-12Z-2/contacts.csv") == "2")
    #expect(try folder.text("contacts.kept/2026-11-27T02-30-12Z-11/contacts.csv") == "11")
    // The eleventh is newer than the second.
    try keep("next", at: "2026-11-27T02:30:13Z", most: 3)
    #expect(
      try folder.names(in: "contacts.kept") == [
        "2026-11-27T02-30-12Z-10", "2026-11-27T02-30-12Z-11", "2026-11-27T02-30-13Z",
      ])
  }

  @Test("the new one stays where the clock went back")
  func clock() throws {
    try keep("later", at: "2026-11-27T02:30:12Z", most: 2)
    try keep("later still", at: "2026-11-28T02:30:12Z", most: 2)
    try keep("new", at: "2026-11-01T02:30:12Z", most: 2)
    #expect(
      try folder.names(in: "contacts.kept") == ["2026-11-01T02-30-12Z", "2026-11-28T02-30-12Z"])
  }

  @Test("what is no kept export, or holds anything else, stays")
  func foreign() throws {
    for day in 1...4 { try keep("day \(day)", at: "2026-11-0\(day)T02:30:00Z", most: 9) }
    let kept = "contacts.kept"
    try folder.write("mine", to: "\(kept)/2026-11-01T02-30-00Z/notes.txt")
    try folder.write("{}", to: "\(kept)/2026-11-02T02-30-00Z/contacts.csv.manifest.json")
    try folder.write("mine", to: "\(kept)/2026-10-01T02-30-00Z")
    try folder.write("mine", to: "\(kept)/2026-10-02T02-30-00Z/contacts.csv")
    try folder.write("mine", to: "\(kept)/notes/contacts.csv")
    let copied = folder.file("\(kept)/2026-11-03T02-30-00Z")
    try FileManager.default.copyItem(atPath: copied, toPath: folder.file("\(kept)/good"))
    try FileManager.default.copyItem(
      atPath: copied, toPath: folder.file("\(kept)/2026-11-03T02-30-00Z-1"))
    try FileManager.default.copyItem(atPath: copied, toPath: folder.file("elsewhere"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("\(kept)/2026-10-03T02-30-00Z"),
      withDestinationPath: folder.file("elsewhere"))
    try keep("day 5", at: "2026-11-05T02:30:00Z", most: 1)
    #expect(
      try folder.names(in: kept) == [
        "2026-10-01T02-30-00Z", "2026-10-02T02-30-00Z", "2026-10-03T02-30-00Z",
        "2026-11-01T02-30-00Z", "2026-11-02T02-30-00Z", "2026-11-03T02-30-00Z-1",
        "2026-11-05T02-30-00Z", "good", "notes",
      ])
    #expect(try folder.text("\(kept)/2026-11-01T02-30-00Z/contacts.csv") == "day 1")
    #expect(try folder.names(in: "elsewhere").count == 2)
  }

  @Test("exports whose names differ in their endings do not count for each other")
  func otherEnding() throws {
    for day in 1...3 {
      try keep("csv \(day)", at: "2026-11-0\(day)T02:30:00Z", most: 2)
      try keep("jsonl \(day)", at: "2026-11-0\(day)T02:30:00Z", most: 1, as: "contacts.jsonl")
    }
    #expect(
      try folder.names(in: "contacts.kept") == [
        "2026-11-02T02-30-00Z", "2026-11-03T02-30-00Z", "2026-11-03T02-30-00Z-2",
      ])
    #expect(
      try folder.names(in: "contacts.kept/2026-11-03T02-30-00Z-2") == [
        "contacts.jsonl", "contacts.jsonl.manifest.json",
      ])
  }

  @Test("what a killed run has left goes with the next export, other hidden things do not")
  func leftovers() throws {
    let kept = "contacts.kept"
    try folder.write("half", to: "\(kept)/.ferry-kept-aB3dE6/contacts.csv")
    try folder.write("half", to: "\(kept)/.ferry-kept-aB3dE6/.ferry-1x.part")
    try folder.write("mine", to: "\(kept)/.ferry-kept-notes/contacts.csv")
    try folder.write("mine", to: "\(kept)/.ferry-kept-file12")
    try folder.write("mine", to: "elsewhere/contacts.csv")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("\(kept)/.ferry-kept-link12"),
      withDestinationPath: folder.file("elsewhere"))
    try keep("day 1", at: first)
    #expect(
      try folder.names(in: kept) == [
        ".ferry-kept-file12", ".ferry-kept-link12", ".ferry-kept-notes", "2026-11-27T02-30-12Z",
      ])
    #expect(try folder.text("elsewhere/contacts.csv") == "mine")
  }

  @Test("an export of which a file is missing is not kept, and leaves nothing")
  func incomplete() throws {
    let files = try export(["contacts.csv": "a", "contacts.added.csv": "b"])
    try FileManager.default.removeItem(atPath: folder.file("contacts.added.csv"))
    #expect(throws: OutputError.self) {
      try ExportArchive(path: folder.file("contacts.csv"), most: 1).keep(files, at: first)
    }
    #expect(try folder.names(in: "contacts.kept").isEmpty)
  }

  @Test("of an export through a link the file is kept, not the link")
  func link() throws {
    try folder.write("", to: "data/real.csv")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("contacts.csv"), withDestinationPath: "data/real.csv")
    try keep("day 1", at: first)
    let kept = "contacts.kept/2026-11-27T02-30-12Z/contacts.csv"
    #expect(inode(kept) == inode("data/real.csv"))
    try keep("day 2", at: "2026-11-28T02:30:12Z")
    #expect(try folder.text(kept) == "day 1")
    #expect(try folder.text("data/real.csv") == "day 2")
  }

  #if os(Linux)
    @Test("on another disk the files are copied, with their rights")
    func otherDisk() throws {
      let other = "/dev/shm/ferry-test-\(UUID().uuidString)"
      guard mkdir(other, 0o700) == 0 else { return }
      defer { try? FileManager.default.removeItem(atPath: other) }
      try FileManager.default.createSymbolicLink(
        atPath: folder.file("contacts.kept"), withDestinationPath: other)
      // More than is copied at once.
      let text = "person\n" + String(repeating: "Anna\n", count: 100_000)
      let files = try export(["contacts.csv": text])
      #expect(chmod(folder.file("contacts.csv"), 0o640) == 0)
      try ExportArchive(path: folder.file("contacts.csv"), most: 1).keep(files, at: first)
      let kept = "contacts.kept/2026-11-27T02-30-12Z"
      #expect(try folder.names(in: kept) == ["contacts.csv", "contacts.csv.manifest.json"])
      #expect(try ManifestCheck(of: folder.file("\(kept)/contacts.csv")).isGood)
      #expect(try folder.mode(of: "\(kept)/contacts.csv") == 0o640)
      #expect(try folder.mode(of: "\(kept)/contacts.csv.manifest.json") == 0o600)
    }
  #endif

  @Test(
    "only names that ferry gives are names of kept exports",
    arguments: [
      ("2026-11-27T02-30-12Z", true), ("2026-11-27T02-30-12Z-2", true),
      ("2026-11-27T02-30-12Z-12", true), ("2026-11-27T02-30-12Z-1", false),
      ("2026-11-27T02-30-12Z-02", false), ("2026-11-27T02-30-12Z-", false),
      ("2026-11-27T02-30-12Z2", false), ("2026-11-27T02-30-12Z-+2", false),
      ("2026-11-27T02:30:12Z", false), ("2026-11-27", false), ("", false),
      ("2026-11-27T02-30-1٢Z", false), ("x2026-11-27T02-30-12Z", false),
    ])
  func name(text: String, isName: Bool) {
    #expect((KeptName(text) != nil) == isName)
  }
}
