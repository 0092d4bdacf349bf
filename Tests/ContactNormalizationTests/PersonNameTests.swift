import ContactModel
import Foundation
import TestSupport
import Testing

@testable import ContactNormalization

/// Names and their parts.
@Suite("names and their parts")
struct PersonNameTests {
  struct Label: Sendable {
    var text: String
    var parts: [String]
  }

  /// The labelled names of the fixture.
  static let labels: [Label] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/labelled-names.txt")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { String($0).trimmed }
      return Label(text: fields[0], parts: Array(fields.dropFirst()))
    }
  }()

  /// What is read from a text, as the fixture writes it.
  static func parts(of text: String) -> [String] {
    let name = PersonName(reading: text)
    return switch name.clarity {
    case .clear: [name.family, name.given, name.additional]
    case .unclear: ["?", "", ""]
    case .notAPerson: ["!", "", ""]
    }
  }

  @Test("the labelled names are split as their owners would, but for those named here")
  func labelled() {
    let misses = Self.labels.filter { Self.parts(of: $0.text) != $0.parts }.map(\.text)
    #expect(Self.labels.count == 193)
    #expect(Set(misses) == ["Новак Джокович", "Ravi Chandran", "Уго Санчес"])
    // None of the misses is a wrong reading: what ferry does not know, it leaves.
    let wrong = Self.labels.filter {
      let parts = Self.parts(of: $0.text)
      return parts != $0.parts && parts[0] != "?"
    }
    #expect(wrong.map(\.text) == [])
  }

  static let families = [
    ("Иванов", "Иванова"), ("Достоевский", "Достоевская"),
    ("Римский-Корсаков", "Римская-Корсакова"),
    ("Жук", "Жук"), ("Коваленко", "Коваленко"), ("Черных", "Черных"), ("Петросян", "Петросян"),
    ("Фёдоров", "Фёдорова"), ("фон Берг", "фон Берг"), ("Тер-Ованесян", "Тер-Ованесян"),
    ("Маркович", "Маркович"), ("Данелия", "Данелия"), ("Пушкин", "Пушкина"),
  ]
  static let given = [
    ("Пётр", "Анна"), ("Роман", "Марина"), ("Замир", "Зухра"), ("Константин", "Ирина"),
    ("Лев", "Мария"), ("Эдвин", "Анна-Мария"), ("Али", "Лейла"), ("Семён", "Алёна"),
  ]
  static let patronymics = [
    ("Сергеевич", "Сергеевна"), ("Ильич", "Ильинична"), ("Львович", "Львовна"),
    ("Гасан оглы", "Гасан кызы"), ("Фёдорович", "Фёдоровна"), ("Замирович", "Замировна"),
  ]

  /// A random name with all three parts.
  static func random(using generator: inout SeededGenerator) -> (String, String, String) {
    let isMan = Bool.random(using: &generator)
    func pick(_ list: [(String, String)]) -> String {
      let pair = list[Int.random(in: 0..<list.count, using: &generator)]
      return isMan ? pair.0 : pair.1
    }
    return (pick(families), pick(given), pick(patronymics))
  }

  @Test("full names have the same parts in both orders and in any case", arguments: 0..<10)
  func orders(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<50 {
      let (family, given, patronymic) = Self.random(using: &generator)
      let texts = ["\(family) \(given) \(patronymic)", "\(given) \(patronymic) \(family)"]
      for text in texts {
        #expect(Self.parts(of: text) == [family, given, patronymic], "\(text), seed \(seed)")
        for spelled in [text.uppercased(), text.lowercased(), "  \(text)\u{A0} "] {
          for (order, expected) in zip([NameOrder.familyFirst, .givenFirst], texts) {
            let result = NameCell.normalized(spelled, settings: NameSettings(order: order))
            // A particle that begins a value in capitals has one.
            #expect(
              result.text.lowercased() == expected.lowercased(), "\(spelled), seed \(seed)")
            let again = NameCell.normalized(result.text, settings: NameSettings(order: order))
            #expect(again == NameCell.Result(text: result.text), "\(spelled), seed \(seed)")
          }
        }
      }
    }
  }

  @Test("each part of a full name can be taken, in either order", arguments: NamePart.allCases)
  func taken(part: NamePart) {
    for text in ["ИВАНОВ ПЁТР СЕРГЕЕВИЧ", "пётр сергеевич иванов", "Иванов Пётр Сергеевич"] {
      let result = NameCell.normalized(text, settings: NameSettings(part: part))
      let expected: [NamePart: String] = [
        .family: "Иванов", .given: "Пётр", .additional: "Сергеевич",
      ]
      #expect(result.text == expected[part])
      #expect(!result.codes.contains(.nameOrderUnclear))
    }
  }

  @Test(
    "the sentences say what told the parts",
    arguments: [
      (
        "Пётр Сергеевич Жук", "“Сергеевич” is a patronymic, so the name before it is the given name"
      ),
      ("Замир Алиев", "“Алиев” ends in “-ев”, as surnames do"),
      ("Жук, Замир", "a comma stands behind the surname"),
      ("Ступка Пётр", "“Пётр” is a given name"),
      ("И.И. Жук", "“И.” is an initial, and surnames are written out"),
      ("Урсула фон Берг", "“фон Берг” begins with a particle that surnames have"),
      ("Анна Рабинович", "“Рабинович” looks like a patronymic but stands where a surname does"),
      ("Гончаренок Замир", "the words say as much for one order as for the other"),
      ("ООО Ромашка", "“ООО” is a word of companies' names"),
      ("Иванов (бухгалтер)", "names have no “(”"),
      ("ТД МИР", "“ТД” is a word of companies' names"),
    ])
  func sentences(text: String, sentence: String) {
    let lines = PersonName.explain(text, language: .english)
    #expect(lines.contains(sentence), "\(lines)")
    #expect(PersonName.explain(text, language: .russian).count == lines.count)
  }

  @Test("what is written is said last, where something is asked for")
  func explained() {
    let settings = NameSettings(order: .givenFirst)
    let lines = PersonName.explain("ИВАНОВ ПЁТР", settings: settings, language: .english)
    #expect(lines.first == "surname “Иванов”, name “Пётр”")
    #expect(lines.last == "written as “Пётр Иванов”")
    let russian = PersonName.explain(
      "Гончаренок Замир", settings: NameSettings(part: .family), language: .russian)
    #expect(russian.last == "не пишется ничего")
  }
}

extension String {
  /// The text without blanks around it.
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
