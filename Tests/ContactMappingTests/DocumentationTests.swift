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

  /// The page's fenced blocks: `yaml`, or `yaml wrong` with the `text` that follows.
  static func examples() throws -> [Example] {
    let page = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/mapping.md")
    let lines = String(decoding: try Data(contentsOf: page), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
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
