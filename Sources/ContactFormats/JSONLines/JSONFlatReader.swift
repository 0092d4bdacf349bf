/// Reads plain objects: no nesting, keys that an object before had, in the order of their columns.
///
/// ADVICE: this is the hot loop. Eight bytes are copied at a time and judged in the copied word:
/// ASCII and the letters U+0400…U+047F go by words, other characters one by one. Keys are not read
/// but compared with what stood before the column's last value (``JSONGlues``). Whatever is not
/// plain, or too near to the end of the bytes, is left to ``JSONRecordParser``, which reads the
/// object from its beginning; so nothing is explained here.
struct JSONFlatReader {
  /// How many columns may be left out between two values.
  private static let longestGap = 8

  /// The bytes to read.
  let source: UnsafeBufferPointer<UInt8>
  /// Where texts go; it has room for the rest of ``source`` and a word more.
  let target: UnsafeMutableRawPointer
  /// Where the places go at which fields end; it has room for every column.
  let ends: UnsafeMutablePointer<UInt32>
  /// The glues of all columns, and their lengths.
  let slots: UnsafeRawPointer
  let counts: UnsafeBufferPointer<UInt8>
  /// Whether a line end ends the object, so that none may stand between its tokens.
  let endsAtLine: Bool

  /// The next byte to be read.
  var index: Int
  /// Where the next text goes.
  var out: Int
  /// How many fields the object has.
  private(set) var fieldCount = 0

  init(
    source: UnsafeBufferPointer<UInt8>, target: UnsafeMutableRawPointer,
    ends: UnsafeMutablePointer<UInt32>, slots: UnsafeRawPointer,
    counts: UnsafeBufferPointer<UInt8>, endsAtLine: Bool, index: Int, out: Int
  ) {
    self.source = source
    self.target = target
    self.ends = ends
    self.slots = slots
    self.counts = counts
    self.endsAtLine = endsAtLine
    self.index = index
    self.out = out
  }

  /// Reads the object that begins at ``index``; `false` if it is not plain.
  mutating func readObject() -> Bool {
    guard index < source.count, source[index] == JSONByte.openBrace else { return false }
    index &+= 1
    fieldCount = 0
    repeat {
      skipBlanks()
      guard let column = column() else { return false }
      // Columns in between are empty.
      while fieldCount < column { endField() }
      guard readValue() else { return false }
      endField()
      skipBlanks()
      guard index < source.count else { return false }
      index &+= 1
    } while source[index &- 1] == JSONByte.comma
    return source[index &- 1] == JSONByte.closeBrace
  }

  @inline(__always)
  private mutating func endField() {
    ends[fieldCount] = UInt32(truncatingIfNeeded: out)
    fieldCount &+= 1
  }

  @inline(__always)
  private mutating func skipBlanks() {
    while index < source.count, source[index] <= Byte.space, JSONByte.isBlank(source[index]) {
      if endsAtLine, JSONByte.isLineEnd(source[index]) { return }
      index &+= 1
    }
  }

  /// Finds the column whose glue stands here, and passes over it.
  @inline(__always)
  private mutating func column() -> Int? {
    guard index &+ JSONGlues.width <= source.count, let base = source.baseAddress else {
      return nil
    }
    let text = UnsafeRawPointer(base) + index
    var column = fieldCount
    let last = min(counts.count, fieldCount &+ Self.longestGap)
    while column < last {
      let count = Int(counts[column])
      if Self.isEqual(text, slots + column &* JSONGlues.width, count) {
        index &+= count
        return column
      }
      column &+= 1
    }
    return nil
  }

  /// Whether two texts agree in so many bytes, 1 to ``JSONGlues/longest``; both can be read to
  /// ``JSONGlues/width``.
  @inline(__always)
  private static func isEqual(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
    guard count > 0 else { return false }
    var offset = 0
    while offset &+ 8 <= count {
      if a.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        != b.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      {
        return false
      }
      offset &+= 8
    }
    let difference =
      a.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      ^ b.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    let mask: UInt64 = (1 &<< UInt64(truncatingIfNeeded: (count &- offset) &* 8)) &- 1
    return UInt64(littleEndian: difference) & mask == 0
  }

  /// Copies a scalar value.
  @inline(__always)
  private mutating func readValue() -> Bool {
    guard index < source.count else { return false }
    if source[index] == JSONByte.quote {
      index &+= 1
      return readString()
    }
    return readWord()
  }

  /// Copies a string's text; ``index`` stands behind its opening quote.
  @inline(__always)
  private mutating func readString() -> Bool {
    guard let base = source.baseAddress else { return false }
    let bytes = UnsafeRawPointer(base)
    let count = source.count
    var (index, out) = (index, out)
    while index &+ 8 <= count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      target.storeBytes(of: word.littleEndian, toByteOffset: out, as: UInt64.self)
      let special = StringWord.special(in: word)
      let high = word & UTF8Scanner.highBits
      if special | high == 0 {
        index &+= 8
        out &+= 8
        continue
      }
      let run = special == 0 ? 8 : special.trailingZeroBitCount &>> 3
      if high & StringWord.mask(run) != 0 {
        let plain = StringWord.countOfPairs(in: word, run)
        if plain < run {
          // A pair may only be cut by the word's end; that is seen at the next step.
          guard let length = plain > 0 ? plain : copyCharacter(at: index, to: out) else {
            return false
          }
          index &+= length
          out &+= length
          continue
        }
      }
      index &+= run
      out &+= run
      if special == 0 { continue }
      let byte = bytes.load(fromByteOffset: index, as: UInt8.self)
      if byte == JSONByte.quote {
        self.index = index &+ 1
        self.out = out
        return true
      }
      guard byte == JSONByte.backslash else { return false }
      (self.index, self.out) = (index, out)
      guard copyEscape() else { return false }
      (index, out) = (self.index, self.out)
    }
    return false
  }

  /// Copies a character that is not ASCII; returns its length, or `nil` if it is not UTF-8.
  private func copyCharacter(at index: Int, to out: Int) -> Int? {
    guard index < source.count, source[index] >= 0x80 else { return nil }
    guard case .wellFormed(let length) = UTF8Scanner.sequence(source, at: index) else { return nil }
    for offset in 0..<length {
      target.storeBytes(of: source[index + offset], toByteOffset: out + offset, as: UInt8.self)
    }
    return length
  }

  /// Decodes the escape at ``index``.
  private mutating func copyEscape() -> Bool {
    guard index &+ 12 <= source.count else { return false }
    let byte: UInt8
    switch source[index &+ 1] {
    case JSONByte.quote: byte = JSONByte.quote
    case JSONByte.backslash: byte = JSONByte.backslash
    case UInt8(ascii: "/"): byte = UInt8(ascii: "/")
    case UInt8(ascii: "b"): byte = 0x08
    case UInt8(ascii: "f"): byte = 0x0C
    case UInt8(ascii: "n"): byte = Byte.lineFeed
    case UInt8(ascii: "r"): byte = Byte.carriageReturn
    case UInt8(ascii: "t"): byte = Byte.tab
    case UInt8(ascii: "u"): return copyUnicodeEscape()
    default: return false
    }
    target.storeBytes(of: byte, toByteOffset: out, as: UInt8.self)
    index &+= 2
    out &+= 1
    return true
  }

  /// Decodes `\u` and four digits, or two of them for a character beyond U+FFFF.
  private mutating func copyUnicodeEscape() -> Bool {
    guard var scalar = hexUnit(at: index &+ 2) else { return false }
    index &+= 6
    if scalar & 0xFC00 == 0xD800 {
      guard index &+ 6 <= source.count, source[index] == JSONByte.backslash,
        source[index &+ 1] == UInt8(ascii: "u"), let low = hexUnit(at: index &+ 2),
        low & 0xFC00 == 0xDC00
      else { return false }
      scalar = 0x10000 &+ (scalar & 0x3FF) &<< 10 &+ (low & 0x3FF)
      index &+= 6
    }
    guard let scalar = Unicode.Scalar(scalar) else { return false }
    for unit in UTF8.encode(scalar) ?? .init() {
      target.storeBytes(of: unit, toByteOffset: out, as: UInt8.self)
      out &+= 1
    }
    return true
  }

  /// The value of four hexadecimal digits; all of them can be read.
  private func hexUnit(at start: Int) -> UInt32? {
    var value: UInt32 = 0
    for byte in source[start..<start &+ 4] {
      let letter = byte | 0x20
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte &- 0x30
      case _ where letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "f"):
        digit = letter &- UInt8(ascii: "a") &+ 10
      default: return nil
      }
      value = value &<< 4 | UInt32(digit)
    }
    return value
  }

  /// Copies a number, `true` or `false`; `null` is empty.
  private mutating func readWord() -> Bool {
    let start = index
    while index < source.count, StringWord.isWordByte(source[index]) { index &+= 1 }
    guard index < source.count else { return false }
    let word = UnsafeBufferPointer(rebasing: source[start..<index])
    if word.elementsEqual("null".utf8) { return true }
    guard
      JSONNumber.isNumber(word) || word.elementsEqual("true".utf8)
        || word.elementsEqual("false".utf8)
    else { return false }
    for byte in word {
      target.storeBytes(of: byte, toByteOffset: out, as: UInt8.self)
      out &+= 1
    }
    return true
  }
}
