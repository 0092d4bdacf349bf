import ContactMapping
import ContactModel
import PersonAPI
import TestSupport
import Testing

@testable import ContactPipeline

@Suite("A mapping beside a file and a server")
struct PlanningErrorTests {
  private func mapping(_ rules: String, source: String = "") throws -> Mapping {
    try Mapping(
      yaml: "version: 1\n\(source)fields:\n  person: ФИО\n\(rules)", fileName: "map.yaml")
  }

  /// A rule, what the documented server makes of it, and what a server with identifiers does.
  static let guides: [(String, PlanningError?, PlanningError?)] = [
    ("  tel: Телефон\n", nil, nil),
    ("  loyalty: Лояльность\n", nil, .guideText(.loyalty)),
    ("  clientpath: { value: Импорт }\n", nil, .guideText(.clientpath)),
    ("  clientpath: { value: { id: 3 } }\n", .guideNumber(.clientpath), nil),
    ("  loyalty: { from: Л, values: { Да: { id: 3 } } }\n", .guideNumber(.loyalty), nil),
    ("  loyalty: { from: Л, values: { Да: Лояльный } }\n", nil, .guideText(.loyalty)),
    (
      "  loyalty: { from: Л, values: { Да: Лояльный, Нет: { id: 2 } } }\n",
      .guideNumber(.loyalty), .guideText(.loyalty)
    ),
  ]

  @Test("a guide's entries are named as the server understands them", arguments: guides)
  func guideEntries(rule: String, documented: PlanningError?, dotted: PlanningError?) throws {
    let mapping = try mapping(rule)
    for (variant, expected) in [(Variant.documented, documented), (.dotted, dotted)] {
      var found: PlanningError?
      do { _ = try mapping.resolvingGuides(for: variant, AccountNames()) } catch { found = error }
      #expect(found == expected, "\(rule) on \(variant.name)")
    }
  }

  @Test("columns known by number only need to be told whether there is a header")
  func headers() throws {
    let sources: [(String, Bool)] = [
      ("", true), ("source: { header: auto }\n", true), ("source: { header: no }\n", false),
      ("source: { header: yes }\n", false),
    ]
    for (source, isRefused) in sources {
      let text = "version: 1\n\(source)fields:\n  person: '#1'\n  tel: ['#2', '#3']\n"
      let mapping = try Mapping(yaml: text, fileName: "map.yaml")
      var found: PlanningError?
      do { try mapping.checkHeader() } catch { found = error }
      #expect(found == (isRefused ? .headerNotStated : nil), "\(source)")
    }
    try mapping("  tel: '#2'\n").checkHeader()
  }

  @Test("nothing is sent to a server that would misread a guide entry")
  func nothingSent() async throws {
    let bench = try ImportBench()
    try bench.write(records: 3)
    let transport = FakeTransport { _ in .rows([1, 2, 3]) }
    let mapping = """
      version: 1
      fields:
        person: Name
        loyalty: { value: { id: 3 } }
      """
    await #expect(throws: PlanningError.guideNumber(.loyalty)) {
      _ = try await bench.run(transport, mapping: mapping)
    }
    #expect(transport.forms.allSatisfy { $0.people.isEmpty })
  }

  @Test("every sentence stands in both languages, lower case first")
  func sentences() {
    for error in [
      PlanningError.headerNotStated, .guideNumber(.loyalty), .guideText(.clientpath),
      .entryUnknown(.loyalty, "А"), .entryUnknown(.clientpath, "А"), .filterUnknown("А"),
      .userUnknown("a"),
      .clientsUnlisted, .ownersUnlisted, .ownerUnknown("a"), .unfinishedRun("r", file: "a"),
      .sameFileTwice("a", "b"), .earlierRunUnread("r", path: "a"), .notResumable("r"),
    ] {
      for language in Language.allCases {
        let text = error.message(in: language)
        #expect(text.first?.isLowercase == true && !text.hasSuffix("."))
      }
      #expect(error.message(in: .english) != error.message(in: .russian))
    }
  }
}
