/// Removes tags as PHP's `strip_tags` does, oddities included.
///
/// Not a parser of HTML but a small automaton that runs over bytes: a tag begins with any `<` that
/// no white space follows, and ends at its `>` or with the text. Comments, `<?…?>` and `<!…>` go as
/// well, quotes inside a tag hide a `>`, and NULs disappear everywhere.
struct TagStripper {
  private enum State { case text, tag, program, declaration, comment }

  private let input: [UInt8]
  private var output: [UInt8] = []
  private var state = State.text
  /// The last byte that mattered to a tag or a program.
  private var last: UInt8 = 0
  /// The quote that is open inside a tag.
  private var quote: UInt8?
  /// How many `<` are open inside a tag.
  private var depth = 0
  /// How many round brackets are open inside a program.
  private var brackets = 0
  private var isXML = false

  private init(_ input: [UInt8]) {
    self.input = input
    output.reserveCapacity(input.count)
  }

  /// The text without its tags.
  static func strip(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(where: { $0 == UInt8(ascii: "<") || $0 == 0 }) else { return text }
    var stripper = TagStripper(text)
    for place in text.indices { stripper.read(text[place], at: place) }
    return stripper.output
  }

  private mutating func read(_ byte: UInt8, at place: Int) {
    switch byte {
    case 0: break
    case UInt8(ascii: "<"): open(at: place)
    case UInt8(ascii: ">"): close(at: place)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): readQuote(byte, at: place)
    case UInt8(ascii: "("), UInt8(ascii: ")"):
      if state == .program, last != UInt8(ascii: "\""), last != UInt8(ascii: "'") {
        last = byte
        brackets += byte == UInt8(ascii: "(") ? 1 : -1
      }
      keep(byte)
    case UInt8(ascii: "!"):
      if state == .tag, self[place - 1] == UInt8(ascii: "<") {
        state = .declaration
        last = byte
      } else {
        keep(byte)
      }
    case UInt8(ascii: "?"):
      if state == .tag, self[place - 1] == UInt8(ascii: "<") {
        state = .program
        brackets = 0
      } else {
        keep(byte)
      }
    case UInt8(ascii: "-"):
      if state == .declaration, ends("!-", before: place) { state = .comment }
      keep(byte)
    case UInt8(ascii: "E"), UInt8(ascii: "e"):
      if state == .declaration, place > 6, ends("doctyp", before: place) { state = .tag }
      keep(byte)
    case UInt8(ascii: "L"), UInt8(ascii: "l"):
      if state == .program, place > 4, ends("<?xm", before: place) {
        state = .tag
        isXML = true
      }
      keep(byte)
    default: keep(byte)
    }
  }

  private mutating func keep(_ byte: UInt8) {
    if state == .text { output.append(byte) }
  }

  private mutating func open(at place: Int) {
    guard quote == nil else { return }
    if let next = self[place + 1], next == 0x20 || (0x09...0x0D).contains(next) {
      keep(UInt8(ascii: "<"))
    } else if state == .text {
      state = .tag
      last = UInt8(ascii: "<")
    } else if state == .tag {
      depth += 1
    }
  }

  private mutating func close(at place: Int) {
    // The end of a comment is one for whatever it stands in.
    guard depth == 0 || state == .comment else {
      depth -= 1
      return
    }
    guard quote == nil else { return }
    switch state {
    case .text: output.append(UInt8(ascii: ">"))
    case .tag:
      last = UInt8(ascii: ">")
      if !isXML || self[place - 1] != UInt8(ascii: "-") { end() }
    case .program:
      if brackets == 0, last != UInt8(ascii: "\""), self[place - 1] == UInt8(ascii: "?") { end() }
    case .declaration: end()
    case .comment: if ends("--", before: place) { end() }
    }
  }

  private mutating func end() {
    state = .text
    isXML = false
  }

  private mutating func readQuote(_ byte: UInt8, at place: Int) {
    let isEscaped = self[place - 1] == UInt8(ascii: "\\")
    switch state {
    case .text: output.append(byte)
    case .comment: return
    case .program where !isEscaped:
      if last == byte { last = 0 } else if last != UInt8(ascii: "\\") { last = byte }
    case .tag, .program, .declaration: break
    }
    if state != .text, place > 0, state == .tag || !isEscaped, quote == nil || quote == byte {
      quote = quote == nil ? byte : nil
    }
  }

  private subscript(place: Int) -> UInt8? {
    input.indices.contains(place) ? input[place] : nil
  }

  /// Whether these letters, in either case, stand before a place.
  private func ends(_ letters: StaticString, before place: Int) -> Bool {
    let count = letters.utf8CodeUnitCount
    guard place >= count else { return false }
    let wanted = UnsafeBufferPointer(start: letters.utf8Start, count: count)
    return zip(input[(place - count)..<place], wanted).allSatisfy { byte, letter in
      byte == letter || (letter.isLowercaseLetter && byte | 0x20 == letter)
    }
  }
}

extension UInt8 {
  fileprivate var isLowercaseLetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
  }
}
