import ArgumentParser
import ContactMapping
import ContactModel
import ContactPipeline
import Foundation
import JSONSyntax
import RunReports

/// `ferry doctor`: what would go wrong with this CRM, before it does.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Says what kind of CRM answers, and what would go wrong, before it does.",
    discussion: """
      Asks only, and stores nothing. Exits with 1 if something will go wrong: each finding says what \
      follows from it and what to do.

      Example: ferry doctor --mapping mappings/google.yaml
      """)

  @Option(
    help: ArgumentHelp("A mapping whose fields are to be looked at too.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var mapping: String?

  @Flag(help: "Print the findings as JSON.")
  var json = false

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let language = common.language
    let mapping = try mapping.map { try MappingFile.read($0, language: language).mapping }
    let diagnosis = try await Connection.with(connection, language: language) { client in
      try await Diagnosis(of: client, api: connection.api, mapping: mapping)
    }
    let findings = diagnosis.findings(in: language)
    if json {
      try Terminal.output(Self.json(of: findings, server: diagnosis.server))
    } else {
      try Terminal.output(Self.page(of: findings, server: diagnosis.server, in: language))
    }
    if findings.contains(where: { $0.level == .problem }) { throw Finished(status: .rows) }
  }

  /// The page, free of control characters that a server's names may hold.
  private static func page(
    of findings: [DoctorFinding], server: String, in language: Language
  ) -> String {
    let width = DoctorFinding.Level.allCases.map { $0.name(in: language).count }.max() ?? 0
    var lines = ["Doctor  \(server)", ""]
    if language == .russian { lines[0] = "Осмотр  \(server)" }
    let indent = String(repeating: " ", count: width + 2)
    for finding in findings {
      let level = finding.level.name(in: language)
      lines.append(
        level + String(repeating: " ", count: width + 2 - level.count) + finding.statement)
      if !finding.consequence.isEmpty { lines.append(indent + "→ " + finding.consequence) }
      if !finding.cure.isEmpty {
        lines.append(indent + language.pick("hint: ", "совет: ") + finding.cure)
      }
    }
    return lines.map(PlainText.shown).joined(separator: "\n") + "\n"
  }

  private static func json(of findings: [DoctorFinding], server: String) -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.key("server")
    json.string(server)
    json.key("findings")
    json.beginArray()
    for finding in findings {
      json.beginObject()
      for (key, value) in [
        ("subject", finding.subject), ("level", finding.level.rawValue),
        ("statement", finding.statement), ("consequence", finding.consequence),
        ("cure", finding.cure),
      ] {
        json.key(key)
        json.string(value)
      }
      json.endObject()
    }
    json.endArray()
    json.endObject()
    json.endLine()
    return json.take()
  }
}
