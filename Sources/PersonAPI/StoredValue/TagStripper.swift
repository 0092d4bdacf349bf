import ContactModel

/// Removes tags as PHP's `strip_tags` does, byte by byte.
///
/// Not a reading of HTML but a small automaton: `<` followed by anything but white space opens a tag,
/// which ends at the `>` that no quote hides, or with the text. `<?` opens a processing instruction,
/// `<!` a declaration, `<!--` a comment; each ends in its own way. NUL bytes outside tags go too.
struct TagStripper {
  /// Where the automaton stands.
  private enum State {
    case text
    case tag
    case instruction
    case declaration
    case comment
  }

  private let bytes: [UInt8]
  private var output: [UInt8] = []
  private var state = State.text
  /// The quote that is open inside a tag; 0 for none.
  private var openQuote: UInt8 = 0
  /// How many `<` stand inside the tag.
  private var depth = 0
  /// How many parentheses an instruction has open.
  private var parentheses = 0
  /// The last sign of an instruction that counted.
  private var lastSign: UInt8 = 0
  /// Whether the tag is an `<?xml` instruction, which ends at `>` unless `-` stands before it.
  private var isXML = false

  /// A text without its tags.
  static func strip(_ bytes: [UInt8]) -> [UInt8] {
    var stripper = TagStripper(bytes)
    for index in bytes.indices { stripper.step(index) }
    return stripper.output
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    output.reserveCapacity(bytes.count)
  }

  private mutating func step(_ index: Int) {
    switch state {
    case .text: stepInText(index)
    case .tag: stepInTag(index)
    case .instruction: stepInInstruction(index)
    case .declaration: stepInDeclaration(index)
    case .comment:
      if bytes[index] == Sign.close, openQuote == 0, isPreceded(index, by: "--") { leave() }
    }
  }

  private mutating func stepInText(_ index: Int) {
    let byte = bytes[index]
    switch byte {
    case ASCII.nul: break
    case Sign.open where !isSpace(index + 1):
      lastSign = byte
      state = .tag
    case Sign.close where depth > 0: depth -= 1
    default: output.append(byte)
    }
  }

  private mutating func stepInTag(_ index: Int) {
    let byte = bytes[index]
    switch byte {
    case Sign.open where openQuote == 0 && !isSpace(index + 1): depth += 1
    case Sign.close:
      guard closesDepth(), openQuote == 0 else { return }
      lastSign = byte
      if isXML, isPreceded(index, by: "-") { return }
      leave()
    case ASCII.quote, ASCII.apostrophe: toggleQuote(byte)
    case Sign.exclamation where isPreceded(index, by: "<"):
      lastSign = byte
      state = .declaration
    case Sign.question where isPreceded(index, by: "<"):
      parentheses = 0
      state = .instruction
    default: break
    }
  }

  private mutating func stepInInstruction(_ index: Int) {
    let byte = bytes[index]
    let isQuoted = lastSign == ASCII.quote || lastSign == ASCII.apostrophe
    switch byte {
    case Sign.openParenthesis where !isQuoted:
      lastSign = byte
      parentheses += 1
    case Sign.closeParenthesis where !isQuoted:
      lastSign = byte
      parentheses -= 1
    case Sign.close:
      guard closesDepth(), openQuote == 0 else { return }
      if parentheses == 0, lastSign != ASCII.quote, isPreceded(index, by: "?") { leave() }
    case ASCII.quote, ASCII.apostrophe:
      guard !isPreceded(index, by: "\\") else { return }
      if lastSign == byte {
        lastSign = 0
      } else if lastSign != ASCII.backslash {
        lastSign = byte
      }
      toggleQuote(byte)
    case UInt8(ascii: "l"), UInt8(ascii: "L"):
      // Not at the very beginning of the text: PHP looks back one byte too far.
      if index > 4, isPreceded(index, by: "<?xm") {
        isXML = true
        state = .tag
      }
    default: break
    }
  }

  private mutating func stepInDeclaration(_ index: Int) {
    let byte = bytes[index]
    switch byte {
    case Sign.close:
      guard closesDepth(), openQuote == 0 else { return }
      leave()
    case ASCII.quote, ASCII.apostrophe:
      if !isPreceded(index, by: "\\") { toggleQuote(byte) }
    case UInt8(ascii: "-") where isPreceded(index, by: "!-"): state = .comment
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      if isPreceded(index, by: "doctyp") { state = .tag }
    default: break
    }
  }

  /// Takes a `>` that belongs to a `<` inside the tag.
  ///
  /// - Returns: Whether it may end the tag itself.
  private mutating func closesDepth() -> Bool {
    guard depth > 0 else { return true }
    depth -= 1
    return false
  }

  private mutating func leave() {
    openQuote = 0
    isXML = false
    state = .text
  }

  private mutating func toggleQuote(_ byte: UInt8) {
    if openQuote == 0 {
      openQuote = byte
    } else if openQuote == byte {
      openQuote = 0
    }
  }

  /// Whether the bytes before an index are these, whatever the letter case.
  private func isPreceded(_ index: Int, by text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard index >= count else { return false }
    return text.withUTF8Buffer { text in
      text.indices.allSatisfy { lowercase(bytes[index - count + $0]) == text[$0] }
    }
  }

  private func lowercase(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  /// Whether white space stands at an index; the end of the text is none.
  private func isSpace(_ index: Int) -> Bool {
    guard index < bytes.count else { return false }
    return bytes[index] == ASCII.space || (0x09...0x0D).contains(bytes[index])
  }

  /// The signs that mean something.
  private enum Sign {
    static let open = UInt8(ascii: "<")
    static let close = UInt8(ascii: ">")
    static let exclamation = UInt8(ascii: "!")
    static let question = UInt8(ascii: "?")
    static let openParenthesis = UInt8(ascii: "(")
    static let closeParenthesis = UInt8(ascii: ")")
  }
}
