import PhoneNumbers
import TestSupport
import Testing

/// One number in every shape people give it.
@Suite("the shapes of telephone numbers")
struct PhoneShapeTests {
  @Test(
    "a number is the same behind every prefix and with every sign between its groups",
    arguments: ["8", "+7", "7", "", "+7 ", "8 ", "+ 7 ", "8-", "+7-", "(8)", "+(7)", "8 - ", "8."],
    [
      " ", "-", ".", "", "  ", " - ", "\u{A0}", "\u{202F}", "\u{2009}", "\u{2010}", "\u{2011}",
      "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}", "\t", "~", "\u{AD}", "\u{B7}", "\u{200B}",
      "\u{2060}", "\u{FEFF}", "\u{3000}", "'", ":",
    ])
  func separators(prefix: String, separator: String) throws {
    let harness = try #require(PhoneParserHarness())
    let groups = ["342", "206", "72", "02"].joined(separator: separator)
    let cell =
      prefix.isEmpty || prefix.hasSuffix(" ") ? prefix + groups : prefix + separator + groups
    #expect(harness.all(cell) == ["+73422067202"], "\(cell)")
    #expect(harness.all(" " + cell + "\u{A0}") == ["+73422067202"], "\(cell)")
    guard case .number(_, let repairs) = harness.first(cell) else {
      Issue.record("no number in \(cell)")
      return
    }
    #expect(repairs == [], "\(cell)")
  }

  @Test(
    "brackets may stand around any group",
    arguments: [
      "8(342)2067202", "8 (342) 206-72-02", "(8342)206-72-02", "8[342]2067202", "(342) 206-72-02",
      "+7(342)206-72-02", "+7 (342) 206 (72) 02", "(8 342 206-72-02)", "((8)(342))2067202",
      "+7(342)-206-72-02", "8/342/2067202", "+7/342/206-72-02", "8(342)206/72/02",
    ])
  func brackets(cell: String) throws {
    #expect(try #require(PhoneParserHarness()).all(cell) == ["+73422067202"])
  }

  @Test(
    "digits of other scripts are digits",
    arguments: [
      "８３４２２０６７２０２", "＋７（３４２）２０６－７２－０２", "٨٣٤٢٢٠٦٧٢٠٢", "۸۳۴۲۲۰۶۷۲۰۲", "8 ３42 2٠6 72 ۰2",
    ])
  func otherDigits(cell: String) throws {
    #expect(try #require(PhoneParserHarness()).all(cell) == ["+73422067202"])
  }

  @Test(
    "a label before or behind a number is no repair",
    arguments: [
      "тел", "Тел.", "ТЕЛЕФОН:", "т.", "моб.", "Мобильный", "м:", "сот.", "Сотовый", "раб.",
      "рабочий", "р.", "дом.", "Домашний", "факс",
      "городской", "прямой", "основной", "личный", "контакт", "номер",
      "tel", "Tel.:", "PHONE", "ph.", "mob", "Mobile:", "cell", "work", "home", "fax", "office",
      "direct", "main", "WhatsApp", "Viber:", "Telegram", "wa",
    ])
  func labels(label: String) throws {
    let harness = try #require(PhoneParserHarness())
    for cell in [
      label + " 8 902 123-45-67", "8 902 123-45-67 " + label, "8 902 123-45-67 (\(label))",
    ] {
      #expect(harness.all(cell) == ["+79021234567"], "\(cell)")
      guard case .number(_, let repairs) = harness.first(cell) else { continue }
      #expect(repairs == [], "\(cell)")
    }
  }

  @Test(
    "any other word beside a number is left out and said",
    arguments: ["Иван", "секретарь", "бухгалтерия", "call", "домик", "日本", "ü"])
  func words(word: String) throws {
    let harness = try #require(PhoneParserHarness())
    for cell in [word + " 8 902 123-45-67", "8 902 123-45-67 " + word] {
      #expect(harness.all(cell) == ["+79021234567"], "\(cell)")
      guard case .number(_, let repairs) = harness.first(cell) else { continue }
      #expect(repairs == .textRemoved, "\(cell)")
    }
  }

  @Test(
    "signs that mean nothing beside a number are said", arguments: ["*", "№", "?", "=", "&", "%"])
  func signs(sign: String) throws {
    guard
      case .number(_, let repairs) = try #require(PhoneParserHarness()).first("\(sign) 89021234567")
    else {
      Issue.record("no number")
      return
    }
    #expect(repairs == .textRemoved)
  }

  @Test(
    "what parts numbers",
    arguments: [
      ",", ";", ", ", " ; ", "\n", "\r\n", "\r", "|", " | ", " / ", "/", "\\", "\u{2028}", " и ",
      " или ", " моб. ", ",,", ";;\n", " +", "   ",
    ])
  func parting(separator: String) throws {
    let harness = try #require(PhoneParserHarness())
    let second = separator == " +" ? "79021234568" : "89021234568"
    #expect(
      harness.all("83422067202" + separator + second)
        == ["+73422067202", "+79021234568"], "\(separator.debugDescription)")
  }

  @Test("many numbers in a cell all come out, in their order", arguments: 1...12)
  func many(count: Int) throws {
    let harness = try #require(PhoneParserHarness())
    let numbers = (0..<count).map { "+7902123450\($0 % 10)" }
    for separator in [", ", "; ", "\n", " / ", " "] {
      #expect(harness.all(numbers.joined(separator: separator)) == numbers, "\(separator)")
    }
  }

  @Test(
    "a bad number does not take its neighbours along",
    arguments: [
      ("123, 89021234567", ["too short 3", "+79021234567"]),
      ("89021234567, 123, 83422067202", ["+79021234567", "too short 3", "+73422067202"]),
      ("8 (000) 000-00-00; 89021234567", ["not in use 11", "+79021234567"]),
      ("+999 1234567; 89021234567", ["unknown 10", "+79021234567"]),
      ("123456789012345678; 89021234567", ["too long 18", "+79021234567"]),
      ("8 902 123 45 678, 89021234567", ["too long 12", "+79021234567"]),
    ])
  func neighbours(cell: String, expected: [String]) throws {
    #expect(try #require(PhoneParserHarness()).all(cell) == expected)
  }

  @Test(
    "extensions with separators and brackets around them",
    arguments: [
      ("83422067202 доб. 12", "12"), ("83422067202(доб.12)", "12"), ("83422067202, доб: 12", "12"),
      ("83422067202 вн. 12", "12"), ("83422067202 #12", "12"),
      ("83422067202x12", "12"), ("83422067202 х12", "12"), ("83422067202;ext=12", "12"),
      ("83422067202 EXT12", "12"), ("83422067202 доб. 1-2", "1"), ("83422067202 доб. 000", "000"),
      ("83422067202 доб. 123456789012345678", "123456789012345678"),
    ])
  func extensions(cell: String, digits: String) throws {
    let harness = try #require(PhoneParserHarness(style: .crm))
    #expect(harness.all(cell).first == "+7(342)206-72-02 доб. \(digits)")
  }

  @Test(
    "what is no extension",
    arguments: [
      ("83422067202 доб.", ["+7(342)206-72-02"]), ("83422067202 доб. нет", ["+7(342)206-72-02"]),
      ("83422067202 доб. 1234567890123456789", ["+7(342)206-72-02", "too long 19"]),
      ("83422067202 ## 12", ["+7(342)206-72-02", "too short 2"]),
      ("83422067202, 12", ["+7(342)206-72-02", "too short 2"]),
      ("83422067202 кв. 12", ["+7(342)206-72-02", "too short 2"]),
    ])
  func noExtension(cell: String, expected: [String]) throws {
    #expect(try #require(PhoneParserHarness(style: .crm)).all(cell) == expected)
  }
}
