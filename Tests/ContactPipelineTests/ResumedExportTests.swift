import CRMClient
import ContactFormats
import ContactModel
import Foundation
import PersonAPI
import RunJournal
import Synchronization
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("exports that go on where another one ended")
struct ResumedExportTests {
  /// A list of 1,000 contacts on five pages, which fails once at a page and notes which were asked for.
  private final class FailingList: Sendable {
    let pages = Mutex<[Int]>([])
    let failing = Mutex<Int?>(nil)
    /// Contacts that somebody has deleted.
    let deleted = Mutex<Set<Int>>([])

    func transport() -> FakeTransport {
      FakeTransport { (form) throws(TransportError) in
        let page = Int(form["offset"] ?? "") ?? 0
        // In the end the list is gone through once more by numbers alone.
        if form["fields"] != "pid" || form["order"] == nil {
          self.pages.withLock { $0.append(page) }
        }
        if self.failing.withLock({ $0 == page }) { throw TransportError(.lost) }
        let gone = self.deleted.withLock { $0 }
        let pids = (1...1000).filter { !gone.contains($0) }
        let records = pids.dropFirst(page * 200).prefix(200).map {
          #"{"pid":\#($0),"person":"Person \#($0)"}"#
        }
        return .json(#"{"data":[\#(records.joined(separator: ","))],"count":\#(pids.count)}"#)
      }
    }
  }

  private let folder: TemporaryFolder
  private let list = FailingList()
  private let client: CRMClient

  init() throws {
    folder = try TemporaryFolder()
    client = CRMClient(
      server: "http://fake.example", credentials: Credentials(login: "me", apikey: "key"),
      transport: list.transport())
  }

  private func request(resumes: Bool, columns: [PersonField] = [.pid, .person]) -> ExportRequest {
    var request = ExportRequest(
      path: folder.file("out.csv"), output: WriterSettings(format: .csv), columns: columns)
    request.resumes = resumes
    return request
  }

  /// Exports until the list fails at a page, and forgets which pages were asked for.
  private func exportUntil(page: Int) async throws {
    list.failing.withLock { $0 = page }
    await #expect(throws: CRMError.self) {
      _ = try await ExportPipeline(request: request(resumes: false), client: client).run()
    }
    list.failing.withLock { $0 = nil }
    list.pages.withLock { $0 = [] }
  }

  private func pids() throws -> [Int] {
    try folder.text("out.csv").split(separator: "\n").dropFirst().compactMap {
      Int($0.prefix { $0 != "," })
    }
  }

  @Test("only what has not been read is asked for")
  func goesOn() async throws {
    try await exportUntil(page: 2)
    #expect(ExportPipeline.canResume(folder.file("out.csv"), after: CancellationError()))
    let result = try await ExportPipeline(request: request(resumes: true), client: client).run()
    // The rest backwards, then what may have come meanwhile.
    #expect(list.pages.withLock { $0 } == [2, 1, 0, 4])
    #expect(try pids() == Array(1...1000) && result.contacts == 1000)
    #expect(result.resumedContacts == 400)
    #expect(result.remarkLines(in: .english).contains { $0.hasSuffix("not read again: 400") })
    #expect(try folder.names() == ["out.csv", "out.csv.manifest.json"])
  }

  @Test("what is deleted meanwhile moves contacts to where the reading has not been")
  func deletions() async throws {
    try await exportUntil(page: 2)
    list.deleted.withLock { $0 = Set(1...150) }
    _ = try await ExportPipeline(request: request(resumes: true), client: client).run()
    // The last two pages had been read, before anything was deleted.
    #expect(try pids() == Array(151...1000))
  }

  @Test("without --resume an export begins anew")
  func anew() async throws {
    try await exportUntil(page: 2)
    _ = try await ExportPipeline(request: request(resumes: false), client: client).run()
    #expect(list.pages.withLock { $0 } == [0, 4, 3, 2, 1, 0, 4])
    #expect(try pids() == Array(1...1000))
  }

  @Test("an export of other columns does not go on, and takes nothing away")
  func others() async throws {
    try await exportUntil(page: 2)
    await #expect(throws: ExportError.otherPartial(folder.file("out.csv"))) {
      let other = request(resumes: true, columns: [.pid, .tel])
      _ = try await ExportPipeline(request: other, client: client).run()
    }
    _ = try await ExportPipeline(request: request(resumes: true), client: client).run()
    #expect(list.pages.withLock { $0 } == [2, 1, 0, 4])
  }

  @Test("a contact that a change in the middle moved into what had been read is found all the same")
  func movedWhileInterrupted() async throws {
    list.deleted.withLock { $0 = [1] }
    try await exportUntil(page: 2)
    // One comes in front and one that has been read goes: the list is as long as before.
    list.deleted.withLock { $0 = [900] }
    _ = try await ExportPipeline(request: request(resumes: true), client: client).run()
    #expect(try pids() == Array(1...1000))
  }

  @Test("what was begun more than a day ago is not taken for today's")
  func old() async throws {
    try await exportUntil(page: 2)
    let description = ".out.csv.ferry-part/export.json"
    let text = try folder.text(description)
    let aged = text.replacing(
      /"from": "[^"]+"/, with: #""from": "\#(Date(timeIntervalSinceNow: -90_000).iso8601)""#)
    #expect(aged != text)
    try folder.write(aged, to: description)
    _ = try await ExportPipeline(request: request(resumes: true), client: client).run()
    #expect(list.pages.withLock { $0 }.first == 0)
    #expect(try pids() == Array(1...1000))
  }

  @Test("an export that goes on with nothing is one like any other")
  func nothing() async throws {
    let result = try await ExportPipeline(request: request(resumes: true), client: client).run()
    #expect(try pids() == Array(1...1000))
    #expect(result.resumedContacts == 0 && result.remarkLines(in: .english).count == 1)
  }
}
