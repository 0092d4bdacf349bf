import ContactModel
import TestSupport
import Testing

@testable import ContactNormalization

/// Cells of names: what is repaired, with which issue, and what is left alone.
@Suite("cells of names")
struct PersonNameCellTests {
  typealias Result = NameCell.Result

  private func plain(_ text: String) -> Result {
    NameCell.normalized(text, settings: NameSettings())
  }

  @Test(
    "capitals are corrected where all are capital or small",
    arguments: [
      ("ИВАНОВ ПЁТР СЕРГЕЕВИЧ", "Иванов Пётр Сергеевич"), ("иванов пётр", "Иванов Пётр"),
      ("ИВАНОВ-ПЕТРОВ", "Иванов-Петров"), ("о’коннор", "О’Коннор"), ("О'КОННОР", "О'Коннор"),
      ("o'connor", "O'Connor"), ("ЛУК’ЯНОВ ИВАН", "Лук’янов Иван"), ("MCDONALD", "McDonald"),
      ("MACHADO", "Machado"), ("MACKENZIE", "Mackenzie"), ("JOHN SMITH JR.", "John Smith Jr."),
      ("HENRY FORD III", "Henry Ford III"), ("ИВАНОВ И.И.", "Иванов И.И."),
      ("иванов и.и.", "Иванов И.И."), ("иванов и и", "Иванов И И"),
      ("ФОН ДЕР ЛЯЙЕН", "Фон дер Ляйен"), ("УРСУЛА ФОН ДЕР ЛЯЙЕН", "Урсула фон дер Ляйен"),
      ("МАМЕДОВ АЛИ ГАСАН ОГЛЫ", "Мамедов Али Гасан оглы"),
      ("МАМЕДОВ АЛИ ГАСАН-ОГЛЫ", "Мамедов Али Гасан-оглы"), ("ИВАНОВ Пётр", "Иванов Пётр"),
      ("иванов Пётр", "Иванов Пётр"), ("Jean DUPONT", "Jean Dupont"),
      ("ЁЛКИНА АЛЁНА", "Ёлкина Алёна"), ("ЦОЙ ВИКТОР", "Цой Виктор"), ("ЛИ АННА", "Ли Анна"),
      ("НГУЕН ВАН АНЬ", "Нгуен Ван Ань"), ("ИВАНОВ,ПЁТР", "Иванов,Пётр"),
      ("MÜLLER JÜRGEN", "Müller Jürgen"), ("ж.-п. бельмон", "Ж.-П. Бельмон"),
      ("КИМ", "Ким"), ("ЯН", "Ян"), ("ИЯ ЧЕРНЫХ", "Ия Черных"),
    ])
  func capitals(text: String, expected: String) {
    #expect(plain(text) == Result(text: expected, codes: [.nameCapitals]))
    #expect(plain(expected) == Result(text: expected))
  }

  @Test(
    "what may be meant so is left as it is",
    arguments: [
      "ван дер Вальс Йохан", "McDonald", "MacKenzie John", "Machado", "иОанн", "ИвАнОв",
      "ООО «РОМАШКА»", "ООО РОМАШКА", "ИП ИВАНОВ И.И.", "ип иванов иван", "ИВАНОВ (БУХГАЛТЕР)",
      "ТД МИР", "АО МИР", "иванов пётр 2", "ИВАНОВ/ПЕТРОВ", "пётр и анна ивановы", "МИР",
      "БАНК РОССИЯ", "Иванов Пётр сосед", "Мария мама Пети", "IŞIK İBRAHIM",
      "D’Artagnan", "Иванов ТД", "Пётр ч", "王小明", "אבגד", "İ", "и", "Иванов, Пётр",
      "Мария-Луиза фон Берг", "ivanov@example.com", "«Ромашка»", "Ed Al", "ЖК", "Х",
    ])
  func untouched(text: String) {
    let expected = text == "и" ? "И" : text
    let result = plain(text)
    #expect(result.text == expected)
    #expect(result.codes == (expected == text ? [] : [.nameCapitals]))
  }

  @Test(
    "letters of the wrong alphabet are replaced where one reading is left",
    arguments: [
      // The letter in question is written as an escape: it cannot be seen.
      ("Иван\u{6F}в Пётр", "Иванов Пётр"), ("\u{41}нна Ильина", "Анна Ильина"),
      ("Sm\u{456}th John", "Smith John"), ("\u{421}harles Dillon", "Charles Dillon"),
      ("CEPOB Иванов Пётр", "СЕРОВ Иванов Пётр"), ("Иванов \u{41}.\u{41}.", "Иванов А.А."),
      ("John \u{410}. Smith", "John A. Smith"), ("П\u{EB}тр Жилин", "Пётр Жилин"),
      ("\u{41E}'Connor Jim", "O'Connor Jim"),
      ("\u{43E}\u{441}\u{65}\u{6F}\u{6F} Жилин", "осеоо Жилин"),
    ])
  func lookAlikes(text: String, expected: String) {
    let result = NameLookAlikes.repaired(text)
    #expect(result == .init(text: expected, isRepaired: true))
    #expect(NameLookAlikes.repaired(expected) == .init(text: expected))
    #expect(plain(text).codes.first == .nameLookAlikesRepaired)
  }

  @Test(
    "words that mix alphabets for good are reported",
    arguments: ["Ивановs Пётр", "Жzh", "Пётр Smiтh", "\u{430}\u{63}", "Иванов-Жf"])
  func mixed(text: String) {
    #expect(plain(text) == Result(text: text, codes: [.nameMixedAlphabets]))
  }

  @Test(
    "pure words of two alphabets are no mixture", arguments: ["Анна-Maria Schmidt", "John Жуков"])
  func pure(text: String) { #expect(plain(text) == Result(text: text)) }

  @Test("ё is never exchanged for е, nor е for ё")
  func yo() {
    for text in ["Пётр Королёв", "Петр Королев", "Артём Семёнов", "Артем Семенов"] {
      #expect(plain(text) == Result(text: text))
      for part in NamePart.allCases {
        let result = NameCell.normalized(text, settings: NameSettings(part: part))
        #expect(text.contains(result.text) || result.text.isEmpty)
      }
    }
  }

  @Test("blanks are collapsed, invisible characters removed, marks joined to their letters")
  func tidied() throws {
    #expect(plain("  Иванов \u{A0}\t Пётр\n") == Result(text: "Иванов Пётр"))
    #expect(plain("Ива\u{AD}нов\u{200B} Пётр") == Result(text: "Иванов Пётр", removed: 2))
    let composed = plain("Сергеи\u{306} Королё\u{432}")
    #expect(Array(composed.text.utf8) == Array("Сергей Королёв".utf8))
    #expect(Array(plain("Пе\u{308}тр").text.utf8) == Array("Пётр".utf8))
    #expect(plain("ООО  «РОМАШКА» ") == Result(text: "ООО «РОМАШКА»"))
    let row = try NormalizerHarness(.name).cell("Иванов\u{200B} Пётр\u{1}")
    #expect(row.values == ["Иванов Пётр"])
    #expect(row.issues == ["value.control-characters@4=2"])
  }

  @Test("an order is kept, made, or reported as unclear")
  func ordered() {
    let familyFirst = NameSettings(order: .familyFirst)
    let givenFirst = NameSettings(order: .givenFirst)
    func check(_ text: String, _ settings: NameSettings, _ expected: String, _ codes: [IssueCode]) {
      #expect(NameCell.normalized(text, settings: settings) == Result(text: expected, codes: codes))
    }
    check("Иванов Пётр", familyFirst, "Иванов Пётр", [])
    check("Пётр Иванов", familyFirst, "Иванов Пётр", [.nameReordered])
    check("Иванов, Пётр", familyFirst, "Иванов Пётр", [.nameReordered])
    check("Иванов И.И.", givenFirst, "И.И. Иванов", [.nameReordered])
    check("И. И. Иванов", familyFirst, "Иванов И. И.", [.nameReordered])
    check("Пётр Сергеевич", familyFirst, "Пётр Сергеевич", [])
    check("Иванов", givenFirst, "Иванов", [])
    check("Замир", familyFirst, "Замир", [])
    check("Давид Роман", familyFirst, "Давид Роман", [.nameOrderUnclear])
    check("ООО «РОМАШКА»", familyFirst, "ООО «РОМАШКА»", [.nameOrderUnclear])
    check("Сергеевич Иванов", familyFirst, "Сергеевич Иванов", [.nameOrderUnclear])
    check("John Smith Jr.", familyFirst, "Smith John Jr.", [.nameReordered])
    check("Урсула фон дер Ляйен", familyFirst, "фон дер Ляйен Урсула", [.nameReordered])
    check("СЕРГЕЙ ИВАНОВ", familyFirst, "Иванов Сергей", [.nameCapitals, .nameReordered])
  }

  @Test("a part that cannot be told is left out, but for a single word")
  func parted() {
    func check(_ text: String, _ part: NamePart, _ expected: String, isUnclear: Bool) {
      let result = NameCell.normalized(text, settings: NameSettings(part: part))
      #expect(result == Result(text: expected, codes: isUnclear ? [.nameOrderUnclear] : []))
    }
    check("Иванов Пётр", .family, "Иванов", isUnclear: false)
    check("Иванов Пётр", .additional, "", isUnclear: false)
    check("Иванов", .given, "", isUnclear: false)
    check("Давид Роман", .family, "", isUnclear: true)
    check("ООО «РОМАШКА»", .family, "", isUnclear: true)
    check("Замир", .family, "Замир", isUnclear: true)
    check("Замир", .given, "Замир", isUnclear: true)
    check("Замир", .additional, "", isUnclear: false)
  }

  @Test("what the scan takes for clean, the slow way leaves as it is", arguments: 0..<40)
  func scan(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = [
      "Иванов", "Пётр", "иванов", "И.", "И", "А", "A", "Smith", "John", "J.", "Hop", "CEPOB", "МИР",
      "ван", "Де", "-", " ", " ", " ", ".", "’", "Jr.", "Ё", "ё", "й", ",", "ООО", "Банк", "I",
      "Ii",
      "Оглы", "оглы", "Г-н", "\u{301}", "Mc", "Donald",
    ]
    var clean = 0
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 1...6, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let bytes = Array(text.utf8)
      guard NameScan.isClean(bytes, 0..<bytes.count) else { continue }
      clean += 1
      #expect(plain(text) == Result(text: text), "seed \(seed)")
    }
    #expect(clean > 10)
  }

  @Test("usual names are clean")
  func cleanNames() {
    for text in [
      "Иванов Пётр Сергеевич", "Римский-Корсаков Николай", "Иванов И.И.", "И. И. Иванов", "Ёлкин",
      "John Smith", "John F. Kennedy", "Пётр", "Я",
    ] {
      let bytes = Array(text.utf8)
      #expect(NameScan.isClean(bytes, 0..<bytes.count), "\(text)")
    }
    for text in ["", " ", "-", "И..", "Иванов ", "Иванов  П", "иванов", "О’Коннор", "Иван John"] {
      let bytes = Array(text.utf8)
      #expect(!NameScan.isClean(bytes, 0..<bytes.count), "\(text)")
    }
  }

  @Test("placeholders are empty, whatever field the name is for")
  func placeholders() throws {
    for field in [PersonField.person, .input1] {
      let harness = try NormalizerHarness(
        ContactSchema(columns: [ContactColumn(field: field, sources: [4], treatment: .name)]))
      for text in ["нет", "Нет", "-", "—", "n/a", "НЕ УКАЗАНО"] {
        let row = harness.cell(text)
        #expect(
          row == .init(values: [""], issues: ["value.placeholder@4"], isRejected: false), "\(text)")
      }
    }
  }

  static let settings: [NameSettings] =
    [NameSettings()] + NameOrder.allCases.map { NameSettings(order: $0) }

  @Test("whatever the text, nothing crashes, and the result is a fixed point", arguments: 0..<20)
  func hostile(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed) + 100)
    let pieces = [
      "Иванов", "ПЁТР", "сергеевич", "оглы", "фон", "де", "И.", "и", ",", " ", " ", " ", "-", "’",
      ".",
      "Smith", "jr", "III", "\u{301}", "\u{200D}", "\u{200B}", "е\u{308}", "A", "А", "ooo", "Ж",
      "z",
      "王", "ß", "İ", "ǆ", "1", "(", "аль-", "mc", "Г-н", "Роман", "Али", "Иванович", "Станкевич",
      "ким",
    ]
    for _ in 0..<80 {
      let text = (0..<Int.random(in: 1...8, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      for settings in Self.settings {
        let once = NameCell.normalized(text, settings: settings)
        let twice = NameCell.normalized(once.text, settings: settings)
        #expect(twice.text == once.text, "\(text.debugDescription) \(settings), seed \(seed)")
        let notes: Set<IssueCode> = [.nameCapitals, .nameReordered, .nameLookAlikesRepaired]
        #expect(notes.isDisjoint(with: twice.codes), "\(text.debugDescription), seed \(seed)")
        // Nothing but blanks changes without an issue.
        if once.codes.allSatisfy({ !notes.contains($0) }), once.removed == 0 {
          let before = text.unicodeScalars.split(separator: " ").map { String($0) }
            .joined(separator: " ")
          #expect(once.text == before, "\(text.debugDescription), seed \(seed)")
        }
      }
    }
  }

  @Test("long and odd cells are left as they are, in linear time")
  func long() throws {
    let harness = try NormalizerHarness(.name)
    for text in [
      String(repeating: "а", count: 300_000), String(repeating: "и.", count: 200_000),
      String(repeating: "А ", count: 200_000) + "А", String(repeating: "\u{301}", count: 100_000),
      String(repeating: "’", count: 100_000), String(repeating: "Ф-", count: 190),
    ] {
      #expect(harness.cell(text).values == [text])
    }
  }
}
