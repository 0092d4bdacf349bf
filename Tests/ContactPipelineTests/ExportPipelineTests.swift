import CRMClient
import ContactFormats
import ContactModel
import Foundation
import PersonAPI
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("export")
struct ExportPipelineTests {
  private func export(
    to path: String, columns: [PersonField] = [.person], keepsImportKeys: Bool = false,
    isInterrupted: Bool = false, _ script: @escaping FakeTransport.Script
  ) async throws -> ExportResult {
    let client = CRMClient(
      server: "http://fake.example", credentials: Credentials(login: "me", apikey: "key"),
      transport: FakeTransport { (form) throws(TransportError) in
        guard form.action == "fields" else { return try await script(form) }
        return .json(#"{"data":{"pid":"Номер","person":"Имя","tel":"Тел."}}"#)
      })
    return try await ExportPipeline(
      request: ExportRequest(
        path: path, output: WriterSettings(format: .csv), columns: columns,
        keepsImportKeys: keepsImportKeys),
      client: client
    ).run(isInterrupted: { isInterrupted })
  }

  /// A page of a list of 500 contacts.
  private static func page(
    _ form: FakeTransport.Form, count: Int = 500, suffix: String = ""
  ) -> HTTPReply {
    let page = Int(form["offset"] ?? "") ?? 0
    let pids = (page * 200)..<min(500, page * 200 + 200)
    let records = pids.map { #"{"pid":\#($0 + 1),"person":"Person \#($0 + 1)\#(suffix)"}"# }
    return .json(#"{"data":[\#(records.joined(separator: ","))],"count":\#(count)}"#)
  }

  @Test("a file holds all contacts in order, without the pid where it was not asked for")
  func wholeFile() async throws {
    let folder = try TemporaryFolder()
    let result = try await export(to: folder.file("out.csv")) { Self.page($0) }
    let lines = try folder.text("out.csv").split(separator: "\n")
    let people = (1...500).map { "Person \($0)" }
    #expect(lines.map(String.init) == ["person"] + people)
    #expect(result.contacts == 500)
    #expect(try folder.mode(of: "out.csv") == 0o600)
    #expect(try folder.names() == ["out.csv", "out.csv.manifest.json"])
    #expect(try folder.mode(of: "out.csv.manifest.json") == 0o600)
  }

  @Test("import keys stay only where asked for, and what is not a whole key always stays")
  func importKeys() async throws {
    let key = ImportKey(run: "k7pqamab", file: 0, record: 12).text
    let values = [key, "x" + key, String(key.dropLast()) + ".", "", "ferry-"]
    let script: FakeTransport.Script = { _ in
      let records = values.enumerated().map {
        #"{"pid":\#($0 + 1),"person":"A","input10":"\#($1)"}"#
      }
      return .json(#"{"data":[\#(records.joined(separator: ","))],"count":\#(values.count)}"#)
    }
    let folder = try TemporaryFolder()
    for keeps in [false, true] {
      _ = try await export(
        to: folder.file("out.csv"), columns: [.input10, .person], keepsImportKeys: keeps, script)
      let kept = [keeps ? key : ""] + values.dropFirst()
      #expect(
        try folder.text("out.csv")
          == "input10,person\n" + kept.map { "\($0),A\n" }.joined())
    }
  }

  #if os(Linux)
    // More than the file's buffer, which would otherwise hide what is written too early.
    @Test("a list that has to be walked again comes once, also through a pipe")
    func walkedAgain() async throws {
      let folder = try TemporaryFolder()
      let pipe = folder.file("pipe")
      #expect(mkfifo(pipe, 0o600) == 0)
      // Open both ways, so that neither side waits for the other.
      let descriptor = open(pipe, O_RDWR | O_NONBLOCK)
      defer { close(descriptor) }
      // F_SETPIPE_SZ: room for all of it, twice.
      #expect(fcntl(descriptor, 1031, 1 << 20) >= 1 << 20)
      let suffix = String(repeating: "x", count: 200)
      _ = try await export(to: pipe) { form in
        // The first walk, five requests behind `fields`, is told of one contact more than there is.
        Self.page(form, count: form.number > 5 ? 500 : 501, suffix: suffix)
      }
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
        bytes += buffer.prefix(count)
      }
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
      #expect(lines.count == 501)
      #expect(lines == ["person"] + (1...500).map { "Person \($0)\(suffix)" })
    }
  #endif

  @Test("contacts that come faster than they are read do not keep an export from its end")
  func growing() async throws {
    let folder = try TemporaryFolder()
    let result = try await export(to: folder.file("out.csv"), columns: [.pid]) { form in
      let count = 500 + 200 * form.number
      let start = (Int(form["offset"] ?? "") ?? 0) * 200
      let records = (start..<max(start, min(count, start + 200))).map { #"{"pid":\#($0 + 1)}"# }
      return .json(#"{"data":[\#(records.joined(separator: ","))],"count":\#(count)}"#)
    }
    let pids = try folder.text("out.csv").split(separator: "\n").dropFirst().compactMap { Int($0) }
    // All that were there at the beginning, and as much of the rest as it got.
    #expect(pids == Array(1...result.contacts) && result.contacts >= 500)
  }

  @Test(
    "a failure leaves the old file as it was, and beside it what is needed to go on",
    arguments: 0...3)
  func failure(page: Int) async throws {
    let folder = try TemporaryFolder()
    try folder.write("what was here before", to: "out.csv")
    await #expect(throws: CRMError.self) {
      _ = try await export(to: folder.file("out.csv")) { (form) throws(TransportError) in
        // The pages come as 0 (for the length), 2, 1, 0, 2; each is the one to fail once.
        if form.number == page + 1 { throw TransportError(.lost) }
        return Self.page(form)
      }
    }
    #expect(try folder.text("out.csv") == "what was here before")
    // Before the last page has come there is nothing to keep.
    #expect(try folder.names() == (page < 1 ? [] : [".out.csv.ferry-part"]) + ["out.csv"])
  }

  @Test("an interruption leaves the old file as it was")
  func interruption() async throws {
    let folder = try TemporaryFolder()
    try folder.write("what was here before", to: "out.csv")
    await #expect(throws: CancellationError.self) {
      _ = try await export(to: folder.file("out.csv"), isInterrupted: true) { Self.page($0) }
    }
    #expect(try folder.text("out.csv") == "what was here before")
    #expect(try folder.names() == ["out.csv"])
  }
}
