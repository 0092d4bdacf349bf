import ContactFormats
import ContactMapping
import ContactModel
import RunReports
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("convert")
struct ConvertPipelineTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Converts a file of the folder and returns the figures.
  @discardableResult
  private func convert(
    _ input: String, _ output: String, as format: FileFormat, columns: [String] = [],
    rejects: String? = nil, mapping: Mapping? = nil, isInterrupted: Bool = false
  ) async throws -> ConvertResult {
    try await ConvertPipeline(
      request: ConvertRequest(
        file: folder.file(input), mapping: mapping, path: folder.file(output),
        output: WriterSettings(format: format), columns: columns,
        rejectsPath: rejects.map(folder.file)),
      startedAt: "2026-01-01T00:00:00Z", version: "1"
    ).run(isInterrupted: { isInterrupted })
  }

  /// A table of made-up values that formats find hard to hold: blanks, quotes, breaks, letters.
  private func hardTable(rows: Int, seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    let values = [
      "", "Иванов", "a,b", "say \"\"hi\"\"", " blank ", "two\nlines", "=1+1", "007", "+79222505050",
      "semi;colon", "back\\slash", "<b>&amp;</b>", "ёжик 🦔", "1e5", "null", "a.b[0]", "-",
    ]
    var text = "name,tel,note,a.b,Город (2)\n"
    for _ in 0..<rows {
      var row = (0..<5).map { _ in values.randomElement(using: &generator) ?? "" }
      // An empty record has no line of its own in some formats.
      if row.allSatisfy(\.isEmpty) { row[0] = "x" }
      text += row.map { $0.isEmpty ? "" : "\"\($0)\"" }.joined(separator: ",") + "\n"
    }
    return text
  }

  @Test(
    "a table comes back from every format with the same values",
    arguments: [FileFormat.csv, .jsonLines, .vCard, .xCard, .xlsx])
  func thereAndBack(format: FileFormat) async throws {
    try folder.write(hardTable(rows: 700, seed: 1), to: "in.csv")
    try await convert("in.csv", "plain.csv", as: .csv)
    let there = try await convert("in.csv", "there.\(format.rawValue)", as: format)
    #expect(there.summary.issues.total == 0)
    #expect(there.summary.recordCount == 700)
    // Formats that leave out empty values may name the columns in another order.
    let columns = ["name", "tel", "note", "a.b", "Город (2)"]
    let back = try await convert(
      "there.\(format.rawValue)", "back.csv", as: .csv, columns: columns)
    #expect(back.summary.recordCount == 700)
    #expect(try folder.text("back.csv") == folder.text("plain.csv"))
  }

  @Test("columns named only late in a file have their place in every row")
  func lateColumns() async throws {
    let early = String(repeating: "{\"a\":\"1\"}\n", count: 2000)
    try folder.write(early + "{\"b\":\"2\"}\n", to: "in.jsonl")
    let result = try await convert("in.jsonl", "out.csv", as: .csv)
    #expect(result.columns == ["a", "b"])
    let text = try folder.text("out.csv")
    #expect(text.hasPrefix("a,b\n1,\n"))
    #expect(text.hasSuffix("1,\n,2\n"))
  }

  @Test(
    "a column that comes late is never taken for one that came before",
    arguments: [
      ("name", "Name"), ("a", "#1"), ("й", "и\u{306}"), ("a b", "a  b"),
    ])
  func similarColumns(early: String, late: String) async throws {
    let first = (0..<600).map { "{\"\(early)\":\"n\($0)\"}\n" }.joined()
    try folder.write(first + "{\"\(late)\":\"late\"}\n", to: "in.jsonl")
    try await convert("in.jsonl", "out.csv", as: .csv)
    let lines = try folder.text("out.csv").split(separator: "\n")
    #expect(lines[1] == "n0," && lines[600] == "n599," && lines[601] == ",late")
    try await convert("in.jsonl", "one.csv", as: .csv, columns: [late])
    #expect(try folder.text("one.csv").hasPrefix("\(late)\n\"\"\n"))
    #expect(try folder.text("one.csv").hasSuffix("\nlate\n"))
  }

  @Test("the text of a broken record is a column only where a record that is written has it")
  func brokenText() async throws {
    try folder.write("{\"a\":\"1\"}\n{\"a\":\n", to: "in.jsonl")
    try await convert("in.jsonl", "out.csv", as: .csv, rejects: "rest.jsonl")
    #expect(try folder.text("out.csv") == "a\n1\n")
    try await convert("rest.jsonl", "rest.csv", as: .csv)
    #expect(try folder.text("rest.csv") == "ferry.raw\n\"{\"\"a\"\":\"\n")
  }

  @Test(
    "no file is written that is read or written already",
    arguments: [("in.csv", "in.csv"), ("out.csv", "out.csv"), ("./in.csv", "./in.csv")])
  func rejectsElsewhere(rejects: String, named: String) async throws {
    let text = "a,b\n1,2\n3\n"
    try folder.write(text, to: "in.csv")
    await #expect(throws: ConvertError.sameFile(folder.file(named))) {
      try await convert("in.csv", "out.csv", as: .csv, rejects: rejects)
    }
    #expect(try folder.text("in.csv") == text)
  }

  @Test("rejects keep the lines above the header, so that they are read like their source")
  func rejectsBelowPreamble() async throws {
    try folder.write("Report\n\n2026\na,b\n1,2\nx\ny\n", to: "in.csv")
    let settings = ReaderSettings(header: .line(4))
    for (input, output) in [("in.csv", "rest.csv"), ("rest.csv", "again.csv")] {
      let result = try await ConvertPipeline(
        request: ConvertRequest(
          file: folder.file(input), settings: settings, path: folder.file("out.csv"),
          output: WriterSettings(format: .csv), rejectsPath: folder.file(output)),
        startedAt: "2026-01-01T00:00:00Z", version: "1"
      ).run()
      #expect(result.summary.outcomes[.rejected] == 2)
    }
    #expect(try folder.text("rest.csv") == "\n\n\na,b\nx\ny\n")
    #expect(try folder.text("again.csv") == folder.text("rest.csv"))
  }

  @Test("what an encoding lacks is said of the column that was written, names included")
  func unencodable() async throws {
    try folder.write("secret,Имя\nS1,Anna 🦔\n", to: "in.csv")
    let result = try await ConvertPipeline(
      request: ConvertRequest(
        file: folder.file("in.csv"), path: folder.file("out.csv"),
        output: WriterSettings(format: .csv, encoding: .windows1252), columns: ["Имя"]),
      startedAt: "2026-01-01T00:00:00Z", version: "1"
    ).run()
    let issues = result.summary.issues
    #expect(issues.columns(of: .unencodableCharacters).map(\.column) == ["Имя"])
    #expect(issues.columns(of: .unencodableName).map(\.column) == ["Имя"])
    #expect(try folder.text("out.csv") == "???\nAnna ?\n")
  }

  @Test("a record that cannot be read is left out, counted and kept for mending")
  func leftOut() async throws {
    try folder.write("a,b\n1,2\n3\n4,5\n", to: "in.csv")
    let result = try await convert("in.csv", "out.csv", as: .csv, rejects: "rest.csv")
    #expect(result.summary.outcomes[.rejected] == 1)
    #expect(result.summary.outcomes[.notAttempted] == 2)
    #expect(try folder.text("out.csv") == "a,b\n1,2\n4,5\n")
    #expect(try folder.text("rest.csv") == "a,b\n3\n", "not filled up, or it would look whole")
  }

  @Test("an interrupted conversion leaves the earlier file as it was")
  func interruption() async throws {
    try folder.write("a,b\n1,2\n", to: "in.csv")
    try folder.write("earlier", to: "out.csv")
    await #expect(throws: CancellationError.self) {
      try await convert("in.csv", "out.csv", as: .csv, isInterrupted: true)
    }
    #expect(try folder.text("out.csv") == "earlier")
    #expect(try folder.names() == ["in.csv", "out.csv"])
  }

  @Test("the file that is read is not written")
  func sameFile() async throws {
    try folder.write("a,b\n1,2\n", to: "in.csv")
    await #expect(throws: ConvertError.sameFile(folder.file("./in.csv"))) {
      try await convert("in.csv", "./in.csv", as: .csv)
    }
  }

  @Test("a column that is not there is named, with the one that was meant")
  func unknownColumn() async throws {
    try folder.write("Телефон,b\n1,2\n", to: "in.csv")
    await #expect(throws: ConvertError.unknownColumn("Теле", nearest: "Телефон")) {
      try await convert("in.csv", "out.csv", as: .csv, columns: ["b", "Теле"])
    }
    #expect(try folder.names() == ["in.csv"])
    try folder.write("{\"a\":1}\n", to: "in.jsonl")
    await #expect(throws: ConvertError.unknownColumn("c", nearest: nil)) {
      try await convert("in.jsonl", "out.csv", as: .csv, columns: ["a", "c"])
    }
    #expect(try folder.names() == ["in.csv", "in.jsonl"])
  }

  @Test("a table without a header goes by numbers where names are needed")
  func numbers() async throws {
    try folder.write("1,a@example.com\n2,b@example.com\n", to: "in.csv")
    let request = ConvertRequest(
      file: folder.file("in.csv"), settings: ReaderSettings(header: HeaderChoice.none),
      path: folder.file("out.jsonl"), output: WriterSettings(format: .jsonLines))
    _ = try await ConvertPipeline(request: request, startedAt: "", version: "1").run()
    #expect(
      try folder.text("out.jsonl")
        == "{\"#1\":\"1\",\"#2\":\"a@example.com\"}\n{\"#1\":\"2\",\"#2\":\"b@example.com\"}\n")
  }

  @Test("with a mapping several numbers become several properties of a card")
  func severalNumbers() async throws {
    try folder.write(
      "ФИО;Моб.\nИванов Иван;8 922 250-50-50, +7 342 206-72-02\nПетров;\n", to: "in.csv")
    let mapping = try Mapping(
      yaml: "version: 1\nfields:\n  person: ФИО\n  mob: Моб.\n", fileName: "map.yaml")
    try await convert("in.csv", "out.vcf", as: .vCard, mapping: mapping)
    let card = try folder.text("out.vcf")
    #expect(card.split(separator: "\r\n").count { $0.hasPrefix("TEL") } == 2)
    let back = try await convert("out.vcf", "back.csv", as: .csv)
    #expect(back.columns.contains("TEL[CELL] (2)"))
  }
}
