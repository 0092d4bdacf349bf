/// Turns the bytes of a file into UTF-8, one chunk at a time, finding the encoding if it has to.
///
/// A byte order mark decides where one is possible, and is no part of the text. Otherwise, unless an
/// encoding is told, the decision waits for the first byte that is not ASCII (until then all
/// encodings of one byte agree) and for ``decisionLength`` bytes from there or the end: one letter
/// says little, and would be decoded by another letter's rules if a chunk happened to end behind it.
/// Then ``EncodingDetector`` decides. A file that is ASCII throughout is reported as UTF-8.
///
/// ```swift
/// var decoder = TextDecoder()
/// decoder.decode(chunk.span, into: &text)   // appends
/// decoder.finish(into: &text)
/// ```
///
/// What is decoded does not depend on where the chunks end. Bytes that mean nothing become U+FFFD
/// each (in UTF-8 the maximal subpart, Unicode §3.9) and are counted.
package struct TextDecoder: ~Copyable {
  /// The encoding, once told or found.
  package private(set) var encoding: TextEncoding?
  /// How many bytes or sequences have been replaced by U+FFFD so far.
  package private(set) var replacementCount = 0
  /// Whether the file began with a byte order mark, which is not part of the text.
  package private(set) var hasByteOrderMark = false
  /// The bytes of a character or of a byte order mark that the last chunk ended in, or all that
  /// waits for the encoding to be found.
  private var tail: [UInt8] = []
  private var isAtStart = true
  /// The ASCII before the bytes that wait for a decision: `r` of `André` says something about `é`.
  private var context: [UInt8] = []

  /// How many bytes, from the first that is not ASCII, are waited for to find the encoding.
  package static let decisionLength = 4096
  private static let contextLength = 32

  /// U+FFFD in UTF-8.
  package static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// - Parameter encoding: The encoding, or `nil` to find it. Told UTF-16, the decoder goes by a
  ///   byte order mark of the other order; told an encoding of one byte, it takes a mark for text.
  package init(encoding: TextEncoding? = nil) { self.encoding = encoding }

  /// Decodes a short text that has come whole.
  ///
  /// - Parameters:
  ///   - bytes: The text, possibly with a byte order mark.
  ///   - encoding: What it is in.
  /// - Returns: The text in UTF-8, and how many bytes or sequences became U+FFFD.
  /// - Complexity: O(*n*).
  package static func decode(
    _ bytes: [UInt8], as encoding: TextEncoding
  ) -> (utf8: [UInt8], replacements: Int) {
    var decoder = TextDecoder(encoding: encoding)
    var text: [UInt8] = []
    bytes.withUnsafeBufferPointer { decoder.decode($0, into: &text, isLast: true) }
    return (text, decoder.replacementCount)
  }

  /// Decodes the next bytes of the file and appends their text.
  ///
  /// - Complexity: O(*n*); ASCII is copied a word at a time.
  package mutating func decode(_ chunk: Span<UInt8>, into text: inout [UInt8]) {
    guard !chunk.isEmpty else { return }
    if tail.isEmpty {
      chunk.withUnsafeBufferPointer { decode($0, into: &text, isLast: false) }
    } else {
      var joined = tail
      tail = []
      chunk.withUnsafeBufferPointer { joined.append(contentsOf: $0) }
      joined.withUnsafeBufferPointer { decode($0, into: &text, isLast: false) }
    }
  }

  /// Decodes what was kept back: a character cut off by the end of the file is replaced.
  package mutating func finish(into text: inout [UInt8]) {
    let rest = tail
    tail = []
    rest.withUnsafeBufferPointer { decode($0, into: &text, isLast: true) }
    if encoding == nil { encoding = .utf8 }
  }

  private mutating func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, into text: inout [UInt8], isLast: Bool
  ) {
    var rest = bytes
    if isAtStart {
      guard let length = markLength(at: bytes, isLast: isLast) else {
        tail = Array(bytes)
        return
      }
      isAtStart = false
      rest = UnsafeBufferPointer(rebasing: bytes[length...])
    }
    if encoding == nil {
      let place = UTF8Scanner.endOfASCII(rest, from: 0)
      text.append(contentsOf: rest[..<place])
      context = (context + rest[..<place].suffix(Self.contextLength)).suffix(Self.contextLength)
      rest = UnsafeBufferPointer(rebasing: rest[place...])
      guard !rest.isEmpty else { return }
      guard isLast || rest.count >= Self.decisionLength else {
        tail = Array(rest)
        return
      }
      encoding = EncodingDetector.encoding(
        of: context + rest.prefix(Self.decisionLength),
        isWhole: isLast && rest.count <= Self.decisionLength)
    }
    let found = encoding ?? .utf8
    if let table = found.table {
      replacementCount += table.decode(rest, into: &text)
    } else if let transcoder = UTF16Transcoder(found) {
      let outcome = transcoder.decode(rest, isLast: isLast, into: &text)
      replacementCount += outcome.replacements
      tail = Array(rest[outcome.consumed...])
    } else {
      decodeUTF8(rest, into: &text, isLast: isLast)
    }
  }

  /// Takes note of a byte order mark.
  ///
  /// - Returns: Its length, 0 without a mark; `nil` if it takes more bytes to say.
  private mutating func markLength(at bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) -> Int? {
    let possible: [TextEncoding] =
      switch encoding {
      case nil: [.utf8, .utf16LittleEndian, .utf16BigEndian]
      case .utf8: [.utf8]
      case .utf16LittleEndian, .utf16BigEndian: [.utf16LittleEndian, .utf16BigEndian]
      default: []
      }
    for candidate in possible where bytes.starts(with: candidate.byteOrderMark) {
      hasByteOrderMark = true
      encoding = candidate
      return candidate.byteOrderMark.count
    }
    let mayCome = possible.contains {
      bytes.count < $0.byteOrderMark.count && $0.byteOrderMark.starts(with: bytes)
    }
    return mayCome && !isLast ? nil : 0
  }

  private mutating func decodeUTF8(
    _ bytes: UnsafeBufferPointer<UInt8>, into text: inout [UInt8], isLast: Bool
  ) {
    var copied = 0
    var index = UTF8Scanner.endOfPlainText(bytes, from: 0)
    while index < bytes.count {
      let replaced: Int
      switch UTF8Scanner.sequence(bytes, at: index) {
      case .wellFormed(let length):
        index = UTF8Scanner.endOfPlainText(bytes, from: index + length)
        continue
      case .illFormed(let length): replaced = length
      case .incomplete:
        if !isLast {
          text.append(contentsOf: bytes[copied..<index])
          tail = Array(bytes[index...])
          return
        }
        replaced = bytes.count - index
      }
      text.append(contentsOf: bytes[copied..<index])
      text.append(contentsOf: Self.replacement)
      replacementCount += 1
      index += replaced
      copied = index
      index = UTF8Scanner.endOfPlainText(bytes, from: index)
    }
    text.append(contentsOf: bytes[copied...])
  }
}
