import CRMClient
import ContactFormats
import ContactModel
import Foundation
import PersonAPI
import RunReports
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("exports in several files, and their manifest")
struct DividedExportTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Contacts of a list, the oldest first.
  private struct Person {
    var name: String
    var owner: String
  }

  private func export(
    _ people: [Person], split: ExportSplit?, to name: String = "out.csv",
    format: FileFormat = .csv, isCompressed: Bool = false
  ) async throws -> ExportResult {
    let transport = FakeTransport { form in
      let page = Int(form["offset"] ?? "") ?? 0
      let fields = (form["fields"] ?? "").split(separator: ",").map(String.init)
      let records = people.enumerated().dropFirst(page * 200).prefix(200).map { index, person in
        let values = ["pid": "\(index + 1)", "person": person.name, "user": person.owner]
        // Whoever asks for the owner's number is told the login, too.
        let members = (fields + ["user"]).map { #""\#($0)":"\#(values[$0] ?? "")""# }
        return "{\(members.joined(separator: ","))}"
      }
      return .json(#"{"data":[\#(records.joined(separator: ","))],"count":\#(people.count)}"#)
    }
    return try await ExportPipeline(
      request: ExportRequest(
        path: folder.file(name), output: WriterSettings(format: format, isCompressed: isCompressed),
        columns: [.person], split: split, version: "1.2.3"),
      client: CRMClient(
        server: "http://fake.example", credentials: Credentials(login: "me", apikey: "key"),
        transport: transport)
    ).run()
  }

  private func people(_ count: Int, owner: (Int) -> String = { _ in "a@example.com" }) -> [Person] {
    (1...count).map { Person(name: "Person \($0)", owner: owner($0)) }
  }

  private func lines(_ name: String) throws -> [String] {
    try folder.text(name).split(separator: "\n").map(String.init)
  }

  @Test("so many contacts a file, in order, across pages")
  func byCount() async throws {
    let result = try await export(people(450), split: .count(170))
    #expect(result.files.map(\.name) == ["out-0001.csv", "out-0002.csv", "out-0003.csv"])
    #expect(result.files.map(\.rowCount) == [170, 170, 110])
    let read = try (1...3).flatMap { try lines("out-000\($0).csv").dropFirst() }
    #expect(read == (1...450).map { "Person \($0)" })
    for number in 1...3 { #expect(try lines("out-000\(number).csv").first == "person") }
    #expect(try !folder.names().contains("out.csv"))
    #expect(try ManifestCheck(of: folder.file("out.csv")).isGood)
  }

  @Test("a file for every owner, whose names no file system confuses")
  func byOwner() async throws {
    let owners = ["anna@example.com", "../../etc", "", "ANNA@example.com"]
    let result = try await export(people(9) { owners[$0 % 4] }, split: .field(.user))
    let names = Set(result.files.map(\.name))
    #expect(
      names == [
        "out-ANNA@example.com.csv", "out-..-..-etc.csv", "out-none.csv",
        "out-anna@example.com-2.csv",
      ])
    #expect(result.files.compactMap(\.rowCount).reduce(0, +) == 9)
    #expect(try lines("out-none.csv") == ["person", "Person 2", "Person 6"])
    // The owner says where a contact goes; the column was not asked for.
    #expect(result.columns == [.person])
  }

  @Test("parts that an export before had more of are taken away, other files are not")
  func staleParts() async throws {
    _ = try await export(people(450), split: .count(100))
    try folder.write("mine", to: "out-notes.csv")
    _ = try await export(people(150), split: .count(100))
    #expect(
      try folder.names()
        == ["out-0001.csv", "out-0002.csv", "out-notes.csv", "out.csv.manifest.json"])
  }

  @Test("a part that somebody has changed since stays")
  func editedPart() async throws {
    _ = try await export(people(300), split: .count(100))
    try folder.write("my notes", to: "out-0003.csv")
    _ = try await export(people(100), split: .count(100))
    #expect(
      try folder.names() == ["out-0001.csv", "out-0003.csv", "out.csv.manifest.json"])
  }

  /// Where capitals do not count, `out-anna.csv` is `out-ANNA.csv`.
  @Test("a part whose name differs in capitals only is not taken away")
  func renamedPart() async throws {
    _ = try await export(people(1) { _ in "ANNA" }, split: .field(.user))
    _ = try await export(people(1) { _ in "anna" }, split: .field(.user))
    #expect(
      try folder.names() == ["out-ANNA.csv", "out-anna.csv", "out.csv.manifest.json"])
  }

  @Test("without contacts there is a file with the columns")
  func empty() async throws {
    let result = try await export([], split: .count(5))
    #expect(result.files.map(\.rowCount) == [0])
    #expect(try lines("out-0001.csv") == ["person"])
  }

  @Test("more files than may be open are refused, and nothing is left behind")
  func tooMany() async throws {
    await #expect(throws: ExportError.tooManyFiles(ExportFiles.mostKeys)) {
      _ = try await export(people(300) { "u\($0)@example.com" }, split: .field(.user))
    }
    #expect(try folder.names().isEmpty)
  }

  @Test("a device takes one file only")
  func device() async throws {
    await #expect(throws: ExportError.cannotBeDivided("/dev/null")) {
      _ = try await ExportPipeline(
        request: ExportRequest(
          path: "/dev/null", output: WriterSettings(format: .csv), columns: [.person],
          split: .count(1)),
        client: CRMClient(
          server: "http://fake.example", credentials: Credentials(login: "me", apikey: "key"),
          transport: FakeTransport { _ in .json(#"{"data":[],"count":0}"#) })
      ).run()
    }
  }

  @Test("the manifest says what was asked for, when, and what the file is")
  func manifest() async throws {
    let result = try await export(people(3), split: nil)
    let data = try Data(contentsOf: URL(filePath: folder.file("out.csv.manifest.json")))
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(json["kind"] as? String == "export")
    #expect(json["ferry"] as? String == "1.2.3")
    #expect(json["login"] as? String == "me")
    #expect(json["contacts"] as? Int == 3)
    #expect(json["columns"] as? [String] == ["person"])
    #expect(try #require(json["from"] as? String) <= (try #require(json["until"] as? String)))
    #expect(!String(decoding: data, as: UTF8.self).contains("\"key\""))
    let file = try #require((json["files"] as? [[String: Any]])?.first)
    #expect(file["name"] as? String == "out.csv")
    #expect(file["rows"] as? Int == 3)
    #expect(file["bytes"] as? Int == (try folder.bytes("out.csv")).count)
    #expect(result.files.first?.sha256?.count == 64)
  }

  @Test("what was done to a file since is told from its manifest")
  func verification() async throws {
    _ = try await export(people(3), split: .count(1))
    let manifest = folder.file("out.csv.manifest.json")
    #expect(try ManifestCheck(of: manifest).findings.map(\.verdict) == [.intact, .intact, .intact])
    try folder.write("person\nPerson X\n", to: "out-0001.csv")
    try folder.write("person\n", to: "out-0002.csv")
    try FileManager.default.removeItem(atPath: folder.file("out-0003.csv"))
    let check = try ManifestCheck(of: manifest)
    #expect(check.findings.map(\.verdict) == [.otherContent, .otherLength(7), .missing])
    #expect(!check.isGood)
    #expect(check.text(in: .english).contains("BAD"))
  }

  @Test("a file that the last export did not write is not called good for others' sake")
  func unlisted() async throws {
    _ = try await export(people(3), split: nil)
    _ = try await export(people(3), split: .count(2))
    let check = try ManifestCheck(of: folder.file("out.csv"))
    #expect(check.findings.map(\.verdict) == [.unlisted, .intact, .intact])
    #expect(!check.isGood)
    // A part is found in the manifest of its export.
    let part = try ManifestCheck(of: folder.file("out-0002.csv"))
    #expect(part.findings.map(\.verdict) == [.intact, .intact])
    #expect(part.path.hasSuffix("/out.csv.manifest.json"))
  }

  @Test("what is no plain file is not waited for")
  func pipe() async throws {
    _ = try await export(people(3), split: nil)
    try FileManager.default.removeItem(atPath: folder.file("out.csv"))
    #expect(mkfifo(folder.file("out.csv"), 0o600) == 0)
    #expect(try ManifestCheck(of: folder.file("out.csv")).findings.map(\.verdict) == [.notAFile])
  }

  @Test(
    "what is no manifest is refused",
    arguments: [
      "", "{}", "[]", #"{"version":1,"files":[]}"#, #"{"version":2,"files":[]}"#,
      #"{"version":1,"files":[{"name":"../other","bytes":1}]}"#,
      #"{"version":1,"files":[{"name":"a"}]}"#,
    ])
  func noManifest(text: String) throws {
    try folder.write(text, to: "x.manifest.json")
    #expect(throws: ExportError.self) { try ManifestCheck(of: folder.file("x.manifest.json")) }
    #expect(throws: ExportError.self) { try ManifestCheck(of: folder.file("nothing.csv")) }
  }

  @Test("every format holds every contact", arguments: FileFormat.allCases, [false, true])
  func formats(format: FileFormat, isCompressed: Bool) async throws {
    guard format != .xlsx || !isCompressed else { return }
    let name = "out.\(format.rawValue)" + (isCompressed ? ".gz" : "")
    let result = try await export(
      people(450), split: nil, to: name, format: format, isCompressed: isCompressed)
    #expect(result.issues.isEmpty)
    let stream = try await BatchStream(file: folder.file(name), settings: ReaderSettings())
    let names = ["person", "FN"]
    var read: [String] = []
    while let batch = try await stream.next() {
      let column = try #require(batch.header.firstIndex(where: names.contains))
      read += (0..<batch.count).map { batch.text(record: $0, field: column) }
    }
    #expect(read == (1...450).map { "Person \($0)" })
  }
}
