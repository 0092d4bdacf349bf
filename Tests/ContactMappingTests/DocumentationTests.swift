import ContactMapping
import ContactModel
import Foundation
import Testing

@Suite("docs/mapping.md: what it says is so")
struct DocumentationTests {
  /// An example of the page, with the message it is shown with if it is a wrong one.
  struct Example: Sendable, CustomTestStringConvertible {
    var line: Int
    var yaml: String
    var message: String?

    var testDescription: String { "line \(line)" }
  }

  /// A file with all that the examples name.
  private static let header = ["ФИО", "Телефон", "Телефон", "E-mail", "Лояльность"]

  private static func lines() throws -> [Substring] {
    let page = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/mapping.md")
    return String(decoding: try Data(contentsOf: page), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The page's fenced blocks: `yaml`, or `yaml wrong` with the `text` that follows.
  static func examples() throws -> [Example] {
    let lines = try lines()
    var examples: [Example] = []
    var fence: Substring?
    var block: [Substring] = []
    for (index, line) in lines.enumerated() {
      if let kind = fence {
        guard line == "```" else {
          block.append(line)
          continue
        }
        let text = block.joined(separator: "\n")
        switch kind {
        case "```yaml": examples.append(Example(line: index, yaml: text))
        case "```yaml wrong": examples.append(Example(line: index, yaml: text, message: ""))
        default:
          try #require(examples.last?.message == "", "a message without its example")
          examples[examples.count - 1].message = text
        }
        fence = nil
        block = []
      } else if line.hasPrefix("```") {
        fence = line
      }
    }
    return examples
  }

  /// An example as a whole mapping: one that shows a single key gets its fields.
  private static func complete(_ yaml: String) -> String {
    yaml.contains("fields") ? yaml : yaml + "\nfields: { person: ФИО }"
  }

  @Test("the page has examples of both kinds")
  func count() throws {
    let examples = try Self.examples()
    #expect(examples.filter { $0.message == nil }.count >= 12)
    #expect(examples.filter { $0.message != nil }.count >= 24)
  }

  @Test("the table of encodings has each with the names it is also read by")
  func encodings() throws {
    let lines = try Self.lines()
    let start = try #require(lines.firstIndex(of: "| encoding | also called |"))
    var listed: [String] = []
    for line in lines[(start + 2)...].prefix(while: { $0.hasPrefix("|") }) {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: ["`", " "]) }
      let encoding = try #require(SourceEncoding(rawValue: cells.first ?? ""))
      listed.append(encoding.rawValue)
      for name in cells.dropFirst().joined().components(separatedBy: ", ") where !name.isEmpty {
        let yaml = Self.complete("source: { encoding: \(name) }")
        #expect(try Mapping(yaml: yaml, fileName: "m").source.encoding == encoding, "\(name)")
      }
    }
    #expect(listed == SourceEncoding.allCases.map(\.rawValue))
  }

  @Test("every right example is read", arguments: try Self.examples().filter { $0.message == nil })
  func right(example: Example) throws {
    _ = try Mapping(yaml: Self.complete(example.yaml), fileName: "mappings/acme.yaml")
  }

  @Test(
    "every wrong example gives the message beside it",
    arguments: try Self.examples().filter { $0.message != nil })
  func wrong(example: Example) throws {
    let error = try #require(
      throws: MappingError.self,
      performing: {
        let mapping = try Mapping(
          yaml: Self.complete(example.yaml), fileName: "mappings/acme.yaml")
        return try MappingPlan(mapping, header: Self.header)
      })
    #expect(error.message(in: .english) == example.message)
  }
}
