/// Turns the bytes of a file into UTF-8, one chunk at a time, finding the encoding by itself.
///
/// A byte order mark decides for UTF-8. Otherwise the decision waits for the first chunk that is not
/// plain ASCII (until then all encodings agree): if that chunk is UTF-8 the file is, else it is
/// windows-1251. A file that is ASCII throughout is reported as UTF-8.
///
/// ```swift
/// var decoder = TextDecoder()
/// decoder.decode(chunk.span, into: &text)   // appends
/// decoder.finish(into: &text)
/// ```
///
/// Bytes that mean nothing become U+FFFD each (the maximal subpart, Unicode §3.9) and are counted.
package struct TextDecoder: ~Copyable {
  /// The encoding, once told or found.
  package private(set) var encoding: TextEncoding?
  /// How many bytes or sequences have been replaced by U+FFFD so far.
  package private(set) var replacementCount = 0
  /// Whether the file began with a byte order mark, which is not part of the text.
  package private(set) var hasByteOrderMark = false
  /// The bytes of a sequence, or of a byte order mark, that the last chunk ended in.
  private var tail: [UInt8] = []
  private var isAtStart = true

  /// - Parameter encoding: The encoding, or `nil` to find it.
  package init(encoding: TextEncoding? = nil) { self.encoding = encoding }

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

  /// Decodes what was kept back: a sequence cut off by the end of the file is replaced.
  package mutating func finish(into text: inout [UInt8]) {
    let rest = tail
    tail = []
    rest.withUnsafeBufferPointer { decode($0, into: &text, isLast: true) }
    if encoding == nil { encoding = .utf8 }
  }

  private mutating func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, into text: inout [UInt8], isLast: Bool
  ) {
    var start = 0
    if isAtStart {
      let mark = TextEncoding.utf8ByteOrderMark
      if bytes.count < mark.count && mark.starts(with: bytes) && !isLast {
        tail = Array(bytes)
        return
      }
      isAtStart = false
      if bytes.starts(with: mark), encoding != .windows1251 {
        (hasByteOrderMark, encoding, start) = (true, .utf8, mark.count)
      }
    }
    let rest = UnsafeBufferPointer(rebasing: bytes[start...])
    if encoding == nil {
      switch UTF8Scanner.judge(rest) {
      case .plainASCII: break
      case .utf8: encoding = .utf8
      case .notUTF8: encoding = .windows1251
      case .unfinished(let place):
        // A single lead byte proves nothing: what comes next decides, or the end of the file.
        guard !isLast else {
          encoding = .windows1251
          break
        }
        text.append(contentsOf: rest[..<place])
        tail = Array(rest[place...])
        return
      }
    }
    switch encoding {
    case nil: text.append(contentsOf: rest)
    case .utf8: decodeUTF8(rest, into: &text, isLast: isLast)
    case .windows1251: decodeWindows1251(rest, into: &text)
    }
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

  private mutating func decodeWindows1251(
    _ bytes: UnsafeBufferPointer<UInt8>, into text: inout [UInt8]
  ) {
    // Three bytes at most for one, and a word's width of slack, since words are stored whole.
    let decoded = [UInt8](unsafeUninitializedCapacity: bytes.count * 3 + 8) { out, count in
      Windows1251.utf8Forms.withUnsafeBufferPointer { forms in
        let source = UnsafeRawBufferPointer(bytes)
        let target = UnsafeMutableRawBufferPointer(out)
        var index = 0
        while index < bytes.count {
          if index + 8 <= bytes.count {
            let word = source.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if word & UTF8Scanner.highBits == 0 {
              target.storeBytes(of: word, toByteOffset: count, as: UInt64.self)
              index += 8
              count += 8
              continue
            }
          }
          let form = forms[Int(bytes[index])]
          target.storeBytes(of: form.littleEndian, toByteOffset: count, as: UInt32.self)
          count += Int(form >> 24)
          index += 1
        }
      }
    }
    text.append(contentsOf: decoded)
    for byte in bytes where byte == Windows1251.unassigned { replacementCount += 1 }
  }

  /// U+FFFD in UTF-8.
  package static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
}
