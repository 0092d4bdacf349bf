import Testing

@testable import ContactFormats

/// The upper halves of the code pages, written down a second time by rows of sixteen or by rule.
@Suite("encodings of one byte a character")
struct EncodingTableTests {
  static let russian = "абвгдежзийклмнопрстуфхцчшщъыьэюя"

  /// Every encoding and the places of its letters: the first byte and the characters from there.
  static let places: [(TextEncoding, [(first: Int, characters: String)])] = [
    (
      .windows1251,
      [
        (0xC0, russian.uppercased()), (0xE0, russian), (0xA8, "Ё"), (0xB8, "ё№є"), (0xB2, "Ііґ"),
        (0xAA, "Є«"), (0xAF, "Ї"), (0xBB, "»"), (0xBF, "ї"), (0xA1, "Ўў"), (0x84, "„…"),
        (0x91, "‘’“”•–—"), (0x88, "€"), (0xA0, "\u{A0}"), (0x80, "ЂЃ"), (0x8A, "Љ‹ЊЌЋЏђ"),
      ]
    ),
    (
      .windows1252,
      [
        (0x80, "€"), (0x82, "‚ƒ„…†‡ˆ‰Š‹Œ"), (0x8E, "Ž"), (0x91, "‘’“”•–—˜™š›œ"), (0x9E, "žŸ"),
        (0xA0, String(String.UnicodeScalarView((0xA0...0xFF).compactMap(Unicode.Scalar.init)))),
      ]
    ),
    (
      .koi8R,
      [
        (0xC0, "юабцдефгхийклмнопярстужвьызшэщчъ"),
        (0xE0, "ЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ"), (0xA3, "ё"), (0xB3, "Ё"), (0xBF, "©"),
        (0x80, "─│┌┐└┘├┤┬┴┼"), (0x9A, "\u{A0}"),
      ]
    ),
    (
      .cp866,
      [
        (0x80, russian.uppercased()), (0xA0, String(russian.prefix(16))),
        (0xE0, String(russian.dropFirst(16))), (0xF0, "ЁёЄєЇїЎў°∙·√№¤■\u{A0}"), (0xB0, "░▒▓│┤"),
        (0xD9, "┘┌█▄▌▐▀"),
      ]
    ),
    (
      .cp855,
      [
        (0x80, "ђЂѓЃёЁєЄѕЅіІїЇјЈ"), (0x90, "љЉњЊћЋќЌўЎџЏюЮъЪ"), (0xA0, "аАбБцЦдДеЕфФгГ«»"),
        (0xB5, "хХиИ"), (0xBD, "йЙ"), (0xC6, "кК"), (0xD0, "лЛмМнНоОп"), (0xDD, "Пя"),
        (0xE0, "ЯрРсСтТуУжЖвВьЬ№"), (0xF1, "ыЫзЗшШэЭщЩчЧ§■"),
      ]
    ),
    (
      .macCyrillic,
      [
        (0x80, russian.uppercased()), (0xE0, String(russian.dropLast())), (0xDC, "№Ёёя"),
        (0xD0, "–—“”‘’"), (0xC7, "«»…\u{A0}"), (0xA2, "Ґ"), (0xA7, "І"), (0xB4, "і"), (0xB6, "ґ"),
        (0xB8, "ЄєЇї"), (0xFF, "€"), (0xD8, "Ўў"),
      ]
    ),
    (
      .iso8859_5,
      [
        (0xB0, russian.uppercased()), (0xD0, russian), (0xA0, "\u{A0}ЁЂЃЄЅІЇЈЉЊЋЌ\u{AD}ЎЏ"),
        (0xF0, "№ёђѓєѕіїјљњћќ§ўџ"),
      ]
    ),
  ]

  @Test("the letters stand where the code page has them", arguments: places)
  func letters(encoding: TextEncoding, places: [(first: Int, characters: String)]) throws {
    let table = try #require(encoding.table)
    for place in places {
      for (offset, scalar) in place.characters.unicodeScalars.enumerated() {
        #expect(table.upperHalf[place.first + offset - 0x80] == scalar.value, "\(scalar)")
      }
    }
  }

  static let singleByte = TextEncoding.allCases.filter { $0.table != nil }

  @Test("each byte decodes to its character, which encodes to that byte", arguments: singleByte)
  func everyByte(encoding: TextEncoding) throws {
    let table = try #require(encoding.table)
    var encoder = TextEncoder(encoding)
    for byte in UInt8(0)...0xFF {
      let scalar = byte < 0x80 ? UInt32(byte) : table.upperHalf[Int(byte) - 0x80]
      let character = String(Character(try #require(Unicode.Scalar(scalar))))
      let decoded = TextDecoder.decode([byte], as: encoding)
      #expect(decoded.utf8 == Array(character.utf8))
      #expect(decoded.replacements == (scalar == 0xFFFD ? 1 : 0))
      if scalar != 0xFFFD { #expect(encoder.encode(decoded.utf8) == [byte]) }
    }
    #expect(encoder.replacementCount == 0)
  }

  @Test("long text decodes as its bytes do one by one", arguments: singleByte)
  func longText(encoding: TextEncoding) {
    // Longer than the pieces that are decoded at once, with ASCII runs of all lengths between.
    let bytes = (0..<9000).map { UInt8(truncatingIfNeeded: $0 % 37 < 20 ? 0x41 : $0 &* 31) }
    let slow = bytes.map { TextDecoder.decode([$0], as: encoding) }
    let fast = TextDecoder.decode(bytes, as: encoding)
    #expect(fast.utf8 == slow.flatMap(\.utf8))
    #expect(fast.replacements == slow.reduce(0) { $0 + $1.replacements })
  }

  @Test("only what the tables leave open has no character")
  func unassigned() {
    let open = Dictionary(
      uniqueKeysWithValues: Self.singleByte.map { encoding in
        (
          encoding,
          (UInt8(0)...0xFF).filter { TextDecoder.decode([$0], as: encoding).replacements > 0 }
        )
      }
    ).filter { !$0.value.isEmpty }
    #expect(open == [.windows1251: [0x98], .windows1252: [0x81, 0x8D, 0x8F, 0x90, 0x9D]])
  }

  @Test(
    "an encoding is found by any of its usual names",
    arguments: [
      ("UTF8", .utf8), ("utf-16", .utf16LittleEndian), ("UTF-16LE", .utf16LittleEndian),
      ("UTF_16BE", .utf16BigEndian), ("CP1251", .windows1251), ("Windows-1251", .windows1251),
      ("KOI8-R", .koi8R), ("cp866", .cp866), ("DOS", .cp866), ("IBM866", .cp866),
      ("x-mac-cyrillic", .macCyrillic), ("MacCyrillic", .macCyrillic), ("ISO-8859-5", .iso8859_5),
      ("ISO_8859-5", .iso8859_5), ("cp855", .cp855), ("latin1", .windows1252),
      ("ISO-8859-1", .windows1252), ("cp1252", .windows1252), ("us-ascii", .utf8),
      ("", nil), (" utf-8", nil), ("utf-7", nil), ("cp437", nil), ("-", nil),
    ] as [(String, TextEncoding?)])
  func names(name: String, expected: TextEncoding?) {
    #expect(TextEncoding(name: name) == expected)
  }

  @Test("no two encodings share a name", arguments: TextEncoding.allCases)
  func ownName(encoding: TextEncoding) {
    #expect(TextEncoding(name: encoding.rawValue) == encoding)
    #expect(TextEncoding(name: encoding.rawValue.uppercased()) == encoding)
  }
}
