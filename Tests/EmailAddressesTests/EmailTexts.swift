import TestSupport

/// Makes up texts that are addresses, all but addresses, or were some before something befell them.
struct EmailTexts {
  private var generator: SeededGenerator

  /// Texts that are the same for the same seed.
  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  private static let locals = [
    "ivan", "ivan.petrov", "m_ivanova+news", "a", "o'neil", "IVAN", "иван", "маша.п", "сора",
    "ivaн",
    "Ёж", "jürgen", "δοκιμή", "用户", "\"ivan\"", "\"a b\"", "a..b", ".a", "a.", "", "a b", "-",
    "{a}",
    String(repeating: "x", count: 64), String(repeating: "ж", count: 32), "cafe\u{301}", "ŀ", "א",
  ]
  private static let labels = [
    "mail", "gmail", "gmial", "yandex", "MAIL", "perm-service", "a", "x1", "1", "почта", "ПОЧТА",
    "компания-пермь", "правительство", "ёж", "сор", "mаil", "bücher", "MÜNCHEN", "straße", "ж1",
    "1ж",
    "ελλάδα", "ΟΔΟΣ", "xn--80a1acny", "xn--a", "ab--c", "a--b", "ж--ж", "-a", "a-", "", "例子",
    "مثال",
    "щ\u{438}\u{306}", "ǆ", "ſ", "l·l", "mail_ru", String(repeating: "b", count: 63),
    String(repeating: "ж", count: 40), String(repeating: "абвгд", count: 8), "яаяаяаяаяаяаяа",
  ]
  private static let endings = [
    "ru", "com", "org", "рф", "РФ", "рус", "орг", "Ru", "co.uk", "test", "local", "alt", "io", "r",
    "xn--p1ai", "c0m", "con", "ry", "укр", "бел", "қаз", "гг", "жя", "gr", "ελ", "", "公司",
  ]
  private static let insertions = [
    " ", "\t", "\r\n", ".", "..", ",", ";", ":", "@", "@@", " @ ", ".@", "@.", ". ", " .", "<", ">",
    "\"",
    "'", "`", "(", ")", "[", "]", "{", "}", "«", "»", "“", "”", "mailto:", "MailTo://", "e-mail: ",
    "Email:", "smtp:", "mail:", "почта:", "(at)", " [dot] ", "(собака)", "%40", "%", "?subject=a",
    "?",
    "-", "--", "_", "\u{AD}", "\u{200B}", "\u{FEFF}", "\u{A0}", "\u{3000}", "＠", "．", "ａ",
    "\u{301}",
    "\u{306}", "й", "Й", "ß", "ẞ", "ı", "İ", "µ", "º", "·", "\u{345}", "\u{37E}", "\u{FFFD}",
    "\u{85}",
    "\u{7F}", "\0", "Н", "н", "а", "е", "о", "р", "с", "у", "х", "і", "ѕ", "ԛ", "Ԝ", "ӏ", "ν", "Α",
    "ա", "և", "א",
    "٣", "中", "😀", "1", "z", "Z",
  ]
  /// Signs that are put around an address.
  private static let wrappings = [
    ("<", ">"), (" ", " "), ("\"", "\""), ("'", "'"), ("(", ")"), ("«", "»"), ("mailto:", ""),
    ("mailto:", "?subject=a@b"), ("Mail: ", "."), ("", "."), ("", ","), ("<", ""), ("", ">;"),
    ("[", "]"),
  ]

  /// One of two, either as often.
  mutating func flip() -> Bool { Bool.random(using: &generator) }

  /// The next text, not always UTF-8.
  mutating func next() -> [UInt8] {
    // Each list begins with what is ordinary, lest hardly a text be an address.
    var text = pick(Self.locals, ordinary: 10) + "@"
    for _ in 0..<pick([0, 1, 1, 1, 1, 2, 3]) { text += pick(Self.labels, ordinary: 15) + "." }
    text += pick(Self.endings, ordinary: 9)
    for _ in 0..<pick([0, 0, 1, 1, 1, 2, 3]) { text = damaged(text) }
    var bytes = Array(text.utf8)
    if Int.random(in: 0..<50, using: &generator) == 0, !bytes.isEmpty {
      bytes[bytes.indices.randomElement(using: &generator) ?? 0] = UInt8.random(
        in: 0...0xFF, using: &generator)
    }
    return bytes
  }

  /// Characters from U+0080 to U+07FF, near each other or far apart.
  mutating func letters(_ count: Int) -> [Unicode.Scalar] {
    let reach = UInt32.random(in: 0...0x77F, using: &generator)
    return (0..<count).compactMap { _ in
      Unicode.Scalar(0x7FF - UInt32.random(in: 0...reach, using: &generator))
    }
  }

  private mutating func damaged(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    let place = Int.random(in: 0...scalars.count, using: &generator)
    switch Int.random(in: 0..<10, using: &generator) {
    case 0...3: scalars.insert(contentsOf: pick(Self.insertions).unicodeScalars, at: place)
    case 4: if place < scalars.count { scalars.remove(at: place) }
    case 5: if place < scalars.count { scalars.insert(scalars[place], at: place) }
    case 6: return text.uppercased()
    case 7: return pick(Self.insertions) + text
    case 8: return text + pick(Self.insertions)
    default:
      let (before, after) = pick(Self.wrappings)
      return before + text + after
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private mutating func pick(_ texts: [String], ordinary: Int) -> String {
    flip() ? pick(Array(texts.prefix(ordinary))) : pick(texts)
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &generator)]
  }
}
