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
    var letters = 0
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      if byte < 0x80 {
        index += 1
        let letter = Self.foldedASCII(byte)
        guard letter != 0 else { continue }
        hash.add(UInt64(letter))
      } else if byte == 0xD0 || byte == 0xD1, index + 1 < range.upperBound {
        hash.add(Self.foldedCyrillic(byte, text[index + 1]))
        index += 2
      } else {
        let (letter, length) = Self.foldedOther(text, index..<range.upperBound)
        index += length
        guard letter != 0 else { continue }
        hash.add(letter)
      }
      letters += 1
    }
    if letters > 0 {
      marks.addTrace(hash.trace)
    } else if !range.isEmpty {
      marks.addTrace(TraceHash(state: StableHash.hash(text, range, domain: rawName)).trace)
    }
  }

  private func addPhones(_ text: Span<UInt8>, _ range: Range<Int>, _ marks: inout RowMarks) {
    var digits = 0
    var number: UInt64 = 0
    var isOver = false
    for index in range {
      let byte = text[index]
      let digit = byte &- UInt8(ascii: "0")
      if digit <= 9 {
        guard !isOver else { continue }
        if number >= 1_000_000_000 { number %= 1_000_000_000 }
        number = number &* 10 &+ UInt64(digit)
        digits += 1
      } else if byte == ASCII.comma || byte == ASCII.semicolon || byte == ASCII.lineFeed {
        if digits >= 7 { marks.addTrace(TraceHash(phone, number).trace) }
        (digits, number, isOver) = (0, 0, false)
      } else if byte >= UInt8(ascii: "A"), digits >= 7 {
        isOver = true
      }
    }
    if digits >= 7 { marks.addTrace(TraceHash(phone, number).trace) }
  }

  private func addMails(_ text: Span<UInt8>, _ range: Range<Int>, _ marks: inout RowMarks) {
    var hash = TraceHash(domain: mail)
    var hasSign = false
    for index in range {
      let byte = text[index]
      switch byte {
      case ASCII.comma, ASCII.semicolon:
        if hasSign { marks.addTrace(hash.trace) }
        hash = TraceHash(domain: mail)
        hasSign = false
      case 0...ASCII.space: break
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): hash.add(UInt64(byte | 0x20))
      default:
        hasSign = hasSign || byte == UInt8(ascii: "@")
        hash.add(UInt64(byte))
      }
    }
    if hasSign { marks.addTrace(hash.trace) }
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

/// A short hash of what is folded letter by letter.
struct TraceHash {
  private var state: UInt64

  init(domain: UInt64) { state = domain }

  /// The hash of a single number.
  init(_ domain: UInt64, _ number: UInt64) {
    state = domain
    add(number)
  }

  /// The hash of what has been hashed already.
  init(state: UInt64) { self.state = state }

  /// Takes in a letter.
  @inline(__always)
  mutating func add(_ letter: UInt64) {
    state = (state ^ letter) &* StableHash.multiplier
    state ^= state >> 32
  }

  /// The hash so far.
  var trace: UInt32 {
    UInt32(truncatingIfNeeded: StableHash.fold(state ^ StableHash.ending, StableHash.multiplier))
  }
}
