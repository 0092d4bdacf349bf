import Foundation
import TestSupport
import Testing

/// The files in `samples/` are what `samples/README.md` says, with the mappings in `mappings/`.
@Suite("samples")
struct SamplesTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The rows of the tables in the README whose first cell is code: the cells without back-ticks.
  private static func table(columns: Int) throws -> [[String]] {
    let text = try String(contentsOfFile: "\(root)/samples/README.md", encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
      line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "`", with: "")
      }
    }.filter {
      $0.count == columns && $0[0] != "file" && $0[0] != "defect" && !$0[0].hasPrefix("-")
    }
  }

  /// How many records of the template the README says are rejected.
  private static func rejectedCount() throws -> Int {
    let text = try String(contentsOfFile: "\(root)/samples/README.md", encoding: .utf8)
    let count = text.firstMatch(of: /ferry rejects ([0-9]+) records/).flatMap { Int($0.1) }
    return try #require(count)
  }

  private struct Summary: Decodable {
    struct File: Decodable {
      let format: String
      let encoding: String
      let delimiter: String?
    }
    struct Issue: Decodable {
      struct Column: Decodable {
        let column: String?
        let count: Int
      }
      let code: String
      let count: Int
      let columns: [Column]
    }
    let records: Int
    let outcomes: [String: Int]
    let files: [File]
    let issues: [Issue]
  }

  private func check(_ file: String, _ mapping: String) async throws -> CommandRun {
    try await CommandRun.ferry(
      ["check", "samples/\(file)", "--mapping", "mappings/\(mapping)", "--json"],
      in: Self.root)
  }

  @Test("every sample is listed, and every one listed is there")
  func listing() throws {
    let listed = try Self.table(columns: 4).map { $0[0] }.sorted()
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(Self.root)/samples")
      .filter { $0 != "README.md" }.sorted()
    #expect(listed == files)
  }

  @Test("samples have the records the README says, whatever their format")
  func records() async throws {
    for row in try Self.table(columns: 4) {
      let run = try await check(row[0], row[1])
      let summary = try JSONDecoder().decode(Summary.self, from: Data(run.output))
      #expect(summary.records == Int(row[2]), "\(row[0])")
      #expect(row[0].hasSuffix(summary.files[0].format), "\(row[0])")
    }
  }

  @Test("an address book needs no mapping")
  func addressBooks() async throws {
    for file in ["phone-book.vcf", "contacts.xml"] {
      let run = try await CommandRun.ferry(["check", "samples/\(file)", "--json"], in: Self.root)
      let summary = try JSONDecoder().decode(Summary.self, from: Data(run.output))
      #expect(summary.outcomes["rejected"] == 0, "\(run.outputText)")
    }
  }

  @Test("the template's defects are found, as many as were put in, in their columns")
  func defects() async throws {
    let run = try await check("crm-template-cp1251.csv", "crm-template.yaml")
    #expect(run.status == 1)
    let summary = try JSONDecoder().decode(Summary.self, from: Data(run.output))
    #expect(summary.files.first?.encoding == "windows-1251")
    #expect(summary.files.first?.delimiter == ";")

    let defects = try Self.table(columns: 5)
    #expect(defects.count > 20)
    // A code can be that of several defects; so the counts of a column and a code add up.
    var expected: [String: Int] = [:]
    for row in defects where !row[4].isEmpty {
      let column = row[2] == "—" ? "" : row[2]
      expected["\(row[4]) \(column)", default: 0] += Int(row[1]) ?? 0
    }
    var found: [String: Int] = [:]
    for issue in summary.issues {
      for column in issue.columns {
        found["\(issue.code) \(column.column ?? "")"] = column.count
      }
    }
    for (key, count) in expected { #expect(found[key] == count, "\(key)") }
    // Beyond these there are notes only, about values that were rewritten.
    let rest = Set(found.keys).subtracting(expected.keys).sorted()
    for key in rest {
      #expect(
        [
          "phone.repaired", "email.repaired", "phone.repeated", "email.repeated",
          "stored.quotes-changed",
        ].contains { key.hasPrefix($0) }, "\(key)")
    }
    // The README's own sum.
    #expect(summary.outcomes["rejected"] == (try Self.rejectedCount()))
  }

  @Test(
    "the samples that are read can be imported and exported",
    arguments: [
      ("crm-template-cp1251.csv", "crm-template.yaml", 300), ("google.csv", "google.yaml", 40),
      ("outlook.csv", "outlook.yaml", 30),
    ])
  func imports(file: String, mapping: String, records: Int) async throws {
    let folder = try TemporaryFolder()
    let run = try await CommandRun.ferry(
      [
        "import", "\(Self.root)/samples/\(file)", "--mapping", "\(Self.root)/mappings/\(mapping)",
        "--sandbox", "crm.sqlite",
      ], in: folder.path)
    #expect(run.status == (file.hasPrefix("crm") ? 1 : 0), "\(run.errorText)")
    let export = try await CommandRun.ferry(
      ["export", "-", "--sandbox", "crm.sqlite", "--fields", "person"], in: folder.path)
    let runs = try folder.names(in: "ferry-runs").filter { !$0.hasPrefix(".") }
    let rejected = try? folder.text("ferry-runs/\(runs.first ?? "")/rejected.csv")
    // The template's mapping rejects what the README says; the other sample is clean.
    #expect((rejected == nil) == (run.status == 0))
    let count = SimpleCSV.rows(export.outputText).count
    #expect(count == records - (file.hasPrefix("crm") ? try Self.rejectedCount() : 0))
  }

  /// Imports a file into a CRM of its own, which is empty.
  private func importing(
    _ file: String, _ mapping: String, into sandbox: String, in folder: TemporaryFolder
  ) async throws -> CommandRun {
    try await CommandRun.ferry(
      // One request at a time keeps the rows' order.
      [
        "import", file, "--mapping", "\(Self.root)/mappings/\(mapping)", "--sandbox", sandbox,
        "--max-in-flight", "1",
      ], in: folder.path)
  }

  /// What a CRM's contacts are, but for what it makes itself.
  private func contacts(
    of sandbox: String, in folder: TemporaryFolder
  ) async throws -> [[String: String]] {
    let run = try await CommandRun.ferry(["export", "-", "--sandbox", sandbox], in: folder.path)
    #expect(run.status == 0, "\(run.errorText)")
    return SimpleCSV.rows(run.outputText).map { row in
      row.filter { !["pid", "date_create", "date_edit"].contains($0.key) }
    }
  }

  @Test(
    "what was imported and is exported with the same mapping is taken back, and is the same",
    arguments: [
      ("crm-template-cp1251.csv", "crm-template.yaml", "csv"), ("google.csv", "google.yaml", "csv"),
      ("outlook.csv", "outlook.yaml", "csv"), ("contacts.jsonl", "jsonlines.yaml", "jsonl"),
      ("phone-book.vcf", "vcard.yaml", "vcf"), ("contacts.xml", "xcard.yaml", "xml"),
    ])
  func backAgain(file: String, mapping: String, ending: String) async throws {
    let folder = try TemporaryFolder()
    _ = try await importing("\(Self.root)/samples/\(file)", mapping, into: "a.sqlite", in: folder)
    let export = try await CommandRun.ferry(
      [
        "export", "back.\(ending)", "--sandbox", "a.sqlite", "--mapping",
        "\(Self.root)/mappings/\(mapping)",
      ], in: folder.path)
    #expect(export.status == 0, "\(export.errorText)")
    let back = try await importing("back.\(ending)", mapping, into: "b.sqlite", in: folder)
    #expect(back.status == 0, "\(back.outputText)\(back.errorText)")
    let first = try await contacts(of: "a.sqlite", in: folder)
    #expect(!first.isEmpty)
    let second = try await contacts(of: "b.sqlite", in: folder)
    #expect(second == first)
  }

  @Test(
    "an export with the API's names goes into an empty CRM as it is",
    arguments: ["csv", "jsonl", "xlsx"])
  func exportedAsItIs(ending: String) async throws {
    let folder = try TemporaryFolder()
    _ = try await importing(
      "\(Self.root)/samples/google.csv", "google.yaml", into: "a.sqlite", in: folder)
    let export = try await CommandRun.ferry(
      ["export", "all.\(ending)", "--sandbox", "a.sqlite"], in: folder.path)
    #expect(export.status == 0, "\(export.errorText)")
    let back = try await importing(
      "all.\(ending)", "ferry-export.yaml", into: "b.sqlite", in: folder)
    #expect(back.status == 0, "\(back.outputText)\(back.errorText)")
    let first = try await contacts(of: "a.sqlite", in: folder)
    #expect(first.count == 40)
    let second = try await contacts(of: "b.sqlite", in: folder)
    #expect(second == first)
  }

  @Test("an export of some fields is taken with the mapping of all")
  func someFields() async throws {
    let folder = try TemporaryFolder()
    try folder.write("person,tel\nИванов Пётр,нет такого\n", to: "some.csv")
    let run = try await importing("some.csv", "ferry-export.yaml", into: "a.sqlite", in: folder)
    #expect(run.status == 0, "\(run.outputText)\(run.errorText)")
    let people = try await contacts(of: "a.sqlite", in: folder)
    #expect(people.map { [$0["person"], $0["tel"]] } == [["Иванов Пётр", "нет такого"]])
  }
}
