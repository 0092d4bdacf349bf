import ContactModel

/// What a contact's values leave behind that recognises it even where something about it was changed:
/// short hashes of its name, its phones and its e-mail addresses.
///
/// Whoever has one trace in common *may* be the same contact. Values are folded first, so that what
/// people and servers do to them does not matter:
///
/// - a name to its letters and digits: small, `ё` as `е`, without blanks, punctuation and characters of
///   four bytes; a name of which nothing is left counts as it stands;
/// - a phone to its last ten digits, if it has seven: a cell is cut at `,`, `;` and line breaks, and an
///   extension behind letters does not count;
/// - an address to its small letters, if it has an `@`: a cell is cut at `,` and `;`.
///
/// Small letters are those of ASCII, Latin-1 and Cyrillic by a rule of its own: tables of Unicode
/// change, and these hashes outlive versions.
struct ContactTraces: Sendable {
  /// What a field leaves traces of.
  enum Kind: UInt8, Sendable {
    case none
    case name
    case phone
    case mail

    init(_ field: PersonField) {
      switch field {
      case .person: self = .name
      case .tel, .fax, .mob: self = .phone
      case .mail: self = .mail
      default: self = .none
      }
    }
  }

  private let name = StableHash.domain("trace.name")
  private let rawName = StableHash.domain("trace.raw-name")
  private let phone = StableHash.domain("trace.phone")
  private let mail = StableHash.domain("trace.mail")

  /// Adds the traces of a stored value to the row that is being made.
  ///
  /// - Precondition: The range lies inside the text.
  /// - Complexity: O(*n*) in the bytes; allocates nothing.
  @inline(__always)
  func add(_ kind: Kind, _ text: Span<UInt8>, _ range: Range<Int>, to marks: inout RowMarks) {
    switch kind {
    case .none: break
    case .name: addName(text, range, &marks)
    case .phone: addPhones(text, range, &marks)
    case .mail: addMails(text, range, &marks)
    }
  }

  private func addName(_ text: Span<UInt8>, _ range: Range<Int>, _ marks: inout RowMarks) {
    var hash = TraceHash(domain: name)
    var index = range.lowerBound
    let end = range.upperBound
    while index < end {
      let byte = text[unchecked: index]
      if byte < 0x80 {
        index += 1
        let letter = Self.foldedASCII(byte)
        if letter != 0 { hash.add(letter: UInt64(letter)) }
      } else if byte & 0xFE == 0xD0, index + 1 < end {
        hash.add(letter: Self.foldedCyrillic(byte, text[unchecked: index + 1]))
        index += 2
      } else {
        let (letter, length) = Self.foldedOther(text, index..<end)
        index += length
        if letter != 0 { hash.add(letter: letter) }
      }
    }
    if hash.count > 0 {
      marks.addTrace(hash.trace)
    } else if !range.isEmpty {
      hash = TraceHash(domain: rawName)
      for index in range { hash.add(byte: text[index]) }
      marks.addTrace(hash.trace)
    }
  }

  private func addPhones(_ text: Span<UInt8>, _ range: Range<Int>, _ marks: inout RowMarks) {
    var digits = 0
    var number: UInt64 = 0
    let (comma, semicolon, lineFeed) = (ASCII.comma, ASCII.semicolon, ASCII.lineFeed)
    for index in range {
      let byte = text[unchecked: index]
      let digit = byte &- UInt8(ascii: "0")
      if digit <= 9 {
        // Of more digits than fit, whatever is left is the same on both sides.
        number = number &* 10 &+ UInt64(digit)
        digits &+= 1
      } else if byte == comma || byte == semicolon || byte == lineFeed {
        if digits >= 7 { addPhone(number, &marks) }
        (digits, number) = (0, 0)
      } else if byte >= UInt8(ascii: "A"), digits >= 7 {
        addPhone(number, &marks)
        // An extension, however long: never seven digits before the next number.
        digits = -1_000_000
      }
    }
    if digits >= 7 { addPhone(number, &marks) }
  }

  /// Never inline: the compiler would work the hash out anew at every digit.
  @inline(never)
  private func addPhone(_ number: UInt64, _ marks: inout RowMarks) {
    let last = number % 10_000_000_000
    marks.addTrace(
      UInt32(truncatingIfNeeded: StableHash.fold(last ^ phone, StableHash.multiplier)))
  }

  private func addMails(_ text: Span<UInt8>, _ range: Range<Int>, _ marks: inout RowMarks) {
    var hash = TraceHash(domain: mail)
    var hasSign = false
    let (comma, semicolon, space) = (ASCII.comma, ASCII.semicolon, ASCII.space)
    var index = range.lowerBound
    let end = range.upperBound
    while index < end {
      // Eight bytes at once, as long as nothing ends an address.
      if index + 8 <= end, hash.isAtWord {
        let word = StableHash.word(text.bytes, at: index)
        if !Self.hasSeparator(word) {
          hasSign = hasSign || Self.hasZero(word ^ 0x4040_4040_4040_4040)
          hash.add(word: Self.lowercased(word))
          index += 8
          continue
        }
      }
      let byte = text[unchecked: index]
      index += 1
      guard byte > space else { continue }
      if byte == comma || byte == semicolon {
        if hasSign { marks.addTrace(hash.trace) }
        hash = TraceHash(domain: mail)
        hasSign = false
        continue
      }
      if byte == UInt8(ascii: "@") { hasSign = true }
      let isCapital = byte &- UInt8(ascii: "A") < 26
      hash.add(byte: isCapital ? byte | 0x20 : byte)
    }
    if hasSign { marks.addTrace(hash.trace) }
  }

  /// Whether one of eight bytes may be blank, `,` or `;`: says so too often, never too seldom.
  @inline(__always)
  private static func hasSeparator(_ word: UInt64) -> Bool {
    // A byte below 0x21 borrows from the next one, which at worst looks like a separator as well.
    let blanks = (word &- 0x2121_2121_2121_2121) & ~word & 0x8080_8080_8080_8080
    return blanks != 0 || hasZero(word ^ 0x2C2C_2C2C_2C2C_2C2C)
      || hasZero(word ^ 0x3B3B_3B3B_3B3B_3B3B)
  }

  /// Whether one of eight bytes is 0.
  @inline(__always)
  private static func hasZero(_ word: UInt64) -> Bool {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
  }

  /// Eight bytes with small letters of ASCII.
  @inline(__always)
  private static func lowercased(_ word: UInt64) -> UInt64 {
    let low = word & 0x7F7F_7F7F_7F7F_7F7F
    // The high bit of a byte says: at least `A`; and: more than `Z`.
    let fromA = low &+ 0x3F3F_3F3F_3F3F_3F3F
    let afterZ = low &+ 0x2525_2525_2525_2525
    return word | (fromA & ~afterZ & ~word & 0x8080_8080_8080_8080) >> 2
  }

  /// A small letter or digit; 0 for everything else.
  @inline(__always)
  private static func foldedASCII(_ byte: UInt8) -> UInt8 {
    let small = byte | 0x20
    if small >= UInt8(ascii: "a"), small <= UInt8(ascii: "z") { return small }
    return byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? byte : 0
  }

  /// The code of a small Cyrillic letter, from U+0400 to U+047F.
  @inline(__always)
  private static func foldedCyrillic(_ lead: UInt8, _ next: UInt8) -> UInt64 {
    let code = UInt64(lead & 0x1F) << 6 | UInt64(next & 0x3F)
    switch code {
    case 0x401, 0x451: return 0x435
    case 0x400...0x40F: return code + 0x50
    case 0x410...0x42F: return code + 0x20
    default: return code
    }
  }

  /// A character of another script, and how many bytes it has; 0 for punctuation and blanks.
  private static func foldedOther(
    _ text: Span<UInt8>, _ rest: Range<Int>
  ) -> (letter: UInt64, length: Int) {
    func byte(_ offset: Int) -> UInt8 {
      rest.lowerBound + offset < rest.upperBound ? text[rest.lowerBound + offset] : 0
    }
    let (lead, next) = (byte(0), byte(1))
    switch lead {
    // U+0080 to U+00BF: the no-break space, guillemets and other signs.
    case 0xC2: return (0, min(2, rest.count))
    case 0xC3:
      let code = 0xC0 | UInt64(next & 0x3F)
      if code == 0xD7 || code == 0xF7 { return (0, min(2, rest.count)) }
      return ((0xC0...0xDE).contains(code) ? code + 0x20 : code, min(2, rest.count))
    case 0xC4..<0xE0:
      return (UInt64(lead & 0x1F) << 6 | UInt64(next & 0x3F), min(2, rest.count))
    case 0xE0..<0xF0:
      let code = UInt64(lead & 0x0F) << 12 | UInt64(next & 0x3F) << 6 | UInt64(byte(2) & 0x3F)
      let isSign =
        (0x2000...0x206F).contains(code) || (0x3000...0x3003).contains(code) || code == 0xFEFF
      return (isSign ? 0 : code, min(3, rest.count))
    // Characters of four bytes do not survive in every database.
    case 0xF0...: return (0, min(4, rest.count))
    default: return (0, 1)
    }
  }
}

/// A short hash of a text that is folded bit by bit: four letters or eight bytes a word.
struct TraceHash {
  private var state: UInt64
  private var word: UInt64 = 0
  /// How many letters or bytes it holds.
  private(set) var count = 0

  init(domain: UInt64) { state = domain }

  /// Takes in a letter, by its code.
  @inline(__always)
  mutating func add(letter: UInt64) {
    word = word << 16 | letter
    count &+= 1
    if count & 3 == 0 { endWord() }
  }

  /// Takes in a byte.
  @inline(__always)
  mutating func add(byte: UInt8) {
    word |= UInt64(byte) &<< UInt64(truncatingIfNeeded: 8 &* (count & 7))
    count &+= 1
    if count & 7 == 0 { endWord() }
  }

  /// Whether the bytes so far fill whole words.
  @inline(__always)
  var isAtWord: Bool { count & 7 == 0 }

  /// Takes in eight bytes, the first one lowest.
  @inline(__always)
  mutating func add(word: UInt64) {
    state = StableHash.fold(state ^ word, StableHash.multiplier)
    count += 8
  }

  @inline(__always)
  private mutating func endWord() {
    state = StableHash.fold(state ^ word, StableHash.multiplier)
    word = 0
  }

  /// The hash so far.
  var trace: UInt32 {
    let length = UInt64(truncatingIfNeeded: count) ^ StableHash.lengthening
    let all = StableHash.fold(state ^ word, StableHash.multiplier)
    return UInt32(truncatingIfNeeded: StableHash.fold(all ^ StableHash.ending, length))
  }
}
