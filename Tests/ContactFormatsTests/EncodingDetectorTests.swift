import TestSupport
import Testing

@testable import ContactFormats

@Suite("encoding detector")
struct EncodingDetectorTests {
  private func encoded(_ text: String, as encoding: TextEncoding) -> [UInt8] {
    var encoder = TextEncoder(encoding)
    return encoder.encode(Array(text.utf8))
  }

  private func found(_ bytes: [UInt8], isWhole: Bool = true) -> TextEncoding? {
    EncodingDetector.encoding(of: bytes, isWhole: isWhole)
  }

  /// What a text in an encoding is taken for, as text: some are the same bytes in two encodings.
  private func text(_ text: String, as encoding: TextEncoding) -> String {
    let bytes = encoded(text, as: encoding)
    guard let found = found(bytes) else { return "nothing found" }
    return String(decoding: TextDecoder.decode(bytes, as: found).utf8, as: UTF8.self)
  }

  static let cyrillic = TextEncoding.allCases.filter { $0 != .windows1252 }

  static let files = [
    "id;name;phone\n1;Щукин Юрий;+7 999 000-00-01\n2;Яшина Эмма;+7 999 000-00-02\n",
    "name,city,amount\nДарья,Тверь,100\nГлеб,Омск,2000\nЖанна,Ялта,30\nЛев,Чита,7\n",
    "EMAIL;NAME\na@example.com;ИГОРЬ\nb@example.com;ОЛЬГА\nc@example.com;СВЕТЛАНА\n",
    "1,2,3,4,5\nзаметка: перезвонить завтра,,,,\n9,9,9,9,9\n",
    "Имя;Телефон\nКонстантин Эрнестович;8 800 000-00-00\n",
  ]

  @Test("a short table with a few names is read as it was written", arguments: files, cyrillic)
  func shortTables(file: String, encoding: TextEncoding) {
    #expect(text(file, as: encoding) == file)
  }

  @Test(
    "other Slavic names are read in the encodings that their countries use",
    arguments: [
      ("Шевченко Ярина;Київ;вулиця Незалежності\nЄвген Їжакевич;Рівне", .windows1251),
      ("Янка Ўладзіміраўна;Мінск;вуліца Кальварыйская", .windows1251),
      ("Иван Пенчев;Пловдив;бул. Възраждане\nСъбка Джурова;Търново", .windows1251),
      ("Љубица Ђорђевић;Београд\nНенад Живковић;Чачак;улица Његошева", .windows1251),
      ("Иван Пенчев;Пловдив;бул. Възраждане\nСъбка Джурова;Търново", .cp855),
    ] as [(String, TextEncoding)])
  func slavic(file: String, encoding: TextEncoding) {
    #expect(text(file, as: encoding) == file)
  }

  @Test(
    "names of Western Europe are windows-1252",
    arguments: [
      "name;city\nJürgen Groß;Köln\n", "nom;ville\nRenée Lefèvre;Besançon\n", "José;Logroño",
      "id,name\n1,Søren\n", "Zoë", "FRANÇOISE;ÉVRY", "Müller", "Åke Öberg;Malmö",
    ])
  func western(file: String) {
    #expect(found(encoded(file, as: .windows1252)) == .windows1252)
  }

  @Test(
    "a single Russian word is windows-1251", arguments: ["Имя", "Пётр", "Ёлка", "ОЛЬГА", "щит"])
  func oneWord(word: String) {
    #expect(text(word, as: .windows1251) == word)
  }

  @Test("plain ASCII says nothing, and neither does half a character behind it")
  func undecided() {
    #expect(found([]) == nil)
    #expect(found(Array("name;phone\r\n\t\u{1B}".utf8)) == nil)
    #expect(found(Array("name;".utf8) + [0xD0], isWhole: false) == nil)
    #expect(found(Array("name;".utf8) + [0xCF], isWhole: true) == .windows1251)
  }

  @Test("a character cut off at the end of the sample does not matter")
  func cutOff() {
    let bytes = Array("Имя;日本".utf8)
    for length in 1...bytes.count {
      let expected: TextEncoding? = length == 1 ? nil : .utf8
      #expect(found(Array(bytes[..<length]), isWhole: false) == expected, "\(length)")
    }
  }

  @Test("a broken character does not make UTF-8 into something else")
  func damagedUTF8() {
    let text = Array("Имя;Телефон;Город".utf8)
    for place in text.indices where text[place] >= 0x80 {
      for byte in [0x20, 0xFF, 0xD0, 0x80] as [UInt8] {
        var damaged = text
        damaged[place] = byte
        #expect(found(damaged) == .utf8, "\(place) \(byte)")
      }
    }
  }

  @Test("a pair of letters that looks like UTF-8 does not make a file into UTF-8")
  func accidentalUTF8() {
    // Лё is C9 B8 in windows-1251, a letter of two bytes in UTF-8.
    #expect(text("Лёва и Чёрный кот", as: .windows1251) == "Лёва и Чёрный кот")
  }

  @Test("words of three letters that look like UTF-8 in CP866 do not make it UTF-8")
  func threeLetters() {
    let abbreviations = "phone\n123 (тел. 4)\n567 (тел. 8)\n"
    #expect(text(abbreviations, as: .cp866) == abbreviations)
    let more = String(repeating: abbreviations, count: 9) + "г. Тула\n"
    #expect(text(more, as: .cp866) == more)
    // Signs that texts in English have, and other scripts, stay UTF-8.
    for text in ["name – “note”\n", "5 €\n", "हिन्दी\n", "日本語\n", "ქართული\n", "→ ⇒\n"] {
      #expect(found(Array(text.utf8)) == .utf8, "\(text)")
    }
  }

  @Test(
    "UTF-16 is found without a mark",
    arguments: [TextEncoding.utf16LittleEndian, .utf16BigEndian],
    ["BEGIN:VCARD\r\n", "Имя;Телефон\n", "ИМЯ", "ab", "Ł;Øst;№ 5\n\u{2014}abcdefgh"])
  func utf16(encoding: TextEncoding, text: String) {
    let bytes = encoded(text, as: encoding)
    #expect(found(bytes) == encoding)
    #expect(found(encoding.byteOrderMark + bytes) == encoding)
    #expect(found(bytes + [0x41], isWhole: false) == encoding)
  }

  @Test(
    "zero bytes here and there do not make a text UTF-16",
    arguments: ["a;b\u{0}\n", "\u{0}name;phone\n1;2\n", "a\u{0}\u{0}b;c;d;e"])
  func zeros(text: String) {
    #expect(found(Array(text.utf8)) == nil)
  }

  @Test("frames of DOS tables are no letters")
  func frames() {
    let table = "┌────────┬──────┐\n│ Фамилия│ Город│\n├────────┼──────┤\n│ Быков  │ Орёл │\n"
    #expect(found(encoded(table, as: .cp866)) == .cp866)
  }

  @Test("any bytes at all get an answer, and the same one each time", arguments: 0..<100)
  func anything(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let bytes = (0..<Int.random(in: 1...200, using: &generator)).map { _ in
      UInt8.random(in: 0...255, using: &generator)
    }
    let answer = found(bytes)
    #expect(answer == found(bytes), "seed \(seed)")
    #expect((answer == nil) == bytes.allSatisfy { $0 < 0x80 }, "seed \(seed)")
  }
}
