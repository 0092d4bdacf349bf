import ContactModel
import JSONSyntax

/// What is known between the pieces of an array, or of values one after the other.
struct JSONElementState {
  /// What may stand next, outside the elements.
  enum Expectation {
    /// The array's bracket.
    case array
    /// An element, or the end of an array that is empty.
    case firstElement
    /// An element, behind a comma.
    case element
    /// A comma, or the array's end.
    case separator
    /// Nothing; the array is complete.
    case nothing
  }

  var expectation = Expectation.array
  /// Finds the end of the element that is open.
  var scanner: JSONElementScanner?
  /// The line on which the open element began.
  var line = 1
  /// How many blanks stand before it, if it is the first on its line.
  var indent: Int?
  /// Blanks since the line began; `nil` behind anything else.
  var blanks: Int? = 0
  /// Whether the open element stands where none may.
  var isMisplaced = false
  /// At how many bytes the open element is looked at, whether it is broken and went on too far.
  var nextCheck = latestFirstCheck
  /// At how many bytes the next element is looked at for the first time.
  ///
  /// Late is best: until then a broken element may end where its brackets do. But what follows a cut
  /// is read again. So a cut halves this and what is done adds to it: of however many elements are
  /// broken, what is read again stays in proportion to what they hold.
  private(set) var firstCheck = latestFirstCheck

  /// How the file's first object begins, up to its first key's quote.
  var opening: [UInt8] = []

  static let latestFirstCheck = 64 * 1024
  static let earliestFirstCheck = 256

  /// Notes that an element of so many bytes is done.
  mutating func notePassed(_ count: Int) {
    firstCheck = min(Self.latestFirstCheck, firstCheck + 16 * count)
  }

  /// Notes that an element was cut.
  mutating func noteCut() { firstCheck = max(Self.earliestFirstCheck, firstCheck / 2) }
}

/// Elements of an array, and values one after the other.
extension JSONLinesReader {
  mutating func consumeElements(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, inArray: Bool, stopsWhenFull: Bool
  ) -> Int {
    var index = start
    while index < bytes.count, replay.isEmpty, !(stopsWhenFull && isBatchFull) {
      if elements.scanner != nil {
        index = continueElement(bytes, from: index)
        index -= takeBackReplay(atMost: index - start)
      } else if JSONByte.isBlank(bytes[index]) {
        passBlank(bytes[index])
        index += 1
      } else if passSeparator(bytes, at: index, inArray: inArray) {
        elements.blanks = nil
        skipsLineFeed = false
        index += 1
      } else {
        skipsLineFeed = false
        if let end = readPlainElement(bytes, at: index) {
          index = end
        } else {
          beginElement(bytes[index])
        }
      }
    }
    return index
  }

  /// Takes the end of what has to be read again out of ``replay``: it is read where it stands.
  ///
  /// - Parameter count: How many bytes of these are at hand.
  /// - Returns: How many bytes to go back.
  private mutating func takeBackReplay(atMost count: Int) -> Int {
    let count = min(replay.count, count)
    if count > 0 { replay.removeLast(count) }
    return count
  }

  private mutating func passBlank(_ byte: UInt8) {
    if JSONByte.isLineEnd(byte) {
      if !(skipsLineFeed && byte == Byte.lineFeed) { line += 1 }
      skipsLineFeed = byte == Byte.carriageReturn
      elements.blanks = 0
    } else {
      skipsLineFeed = false
      if let blanks = elements.blanks { elements.blanks = blanks + 1 }
    }
  }

  /// Acts on a byte between elements; `false` if an element begins with it.
  ///
  /// A comma or bracket where none may stand becomes a record of its own, with an issue.
  private mutating func passSeparator(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, inArray: Bool
  ) -> Bool {
    let byte = bytes[index]
    elements.isMisplaced = false
    guard inArray else {
      // The scanner ends a value before one of these; begun on it, it would never get past it.
      guard JSONByte.isClosing(byte) else { return false }
      addStray(bytes, at: index)
      return true
    }
    switch (elements.expectation, byte) {
    case (.array, JSONByte.openBracket):
      elements.expectation = .firstElement
      hasFoundValue = true
    case (.separator, JSONByte.comma): elements.expectation = .element
    case (.separator, JSONByte.closeBracket), (.firstElement, JSONByte.closeBracket):
      elements.expectation = .nothing
    case (.nothing, JSONByte.openBracket):
      addStray(bytes, at: index)
      elements.expectation = .firstElement
    case (_, JSONByte.comma):
      addStray(bytes, at: index)
      elements.expectation = .element
    case (_, JSONByte.closeBracket):
      addStray(bytes, at: index)
      elements.expectation = .nothing
    case (_, JSONByte.closeBrace), (_, JSONByte.colon): addStray(bytes, at: index)
    case (.separator, _), (.nothing, _):
      elements.isMisplaced = true
      return false
    default: return false
    }
    return true
  }

  private mutating func addStray(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    addRaw(
      UnsafeBufferPointer(rebasing: bytes[index...index]), line: line, .invalidRecord, detail: 1)
  }

  private mutating func beginElement(_ first: UInt8) {
    elements.scanner = JSONElementScanner(
      first: first, isMisplaced: elements.isMisplaced)
    elements.line = line
    elements.indent = elements.blanks
    elements.nextCheck = elements.firstCheck
  }

  /// Reads a plain object that is complete; returns the place behind it.
  private mutating func readPlainElement(
    _ bytes: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> Int? {
    guard bytes[start] == JSONByte.openBrace, !elements.isMisplaced else { return nil }
    var end: Int?
    let line = line
    withFlatReader(bytes, from: start, endsAtLine: false) { reader, ends, builder in
      guard reader.readObject(), reader.index - start <= Self.longestRecord else { return }
      builder.addRecord(
        ends: UnsafeBufferPointer(start: ends, count: reader.fieldCount), used: reader.out,
        line: line)
      end = reader.index
    }
    guard let end else { return nil }
    hasFoundValue = true
    self.line += bytes[start..<end].lineBreakCount
    elements.notePassed(end - start)
    elements.expectation = .separator
    elements.blanks = nil
    return end
  }

  /// Passes over the next piece of the open element; returns the place behind it.
  private mutating func continueElement(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int {
    let room = isTooLong ? bytes.count : elements.nextCheck - pending.count
    let limit = min(bytes.count, start + room)
    if let end = elements.scanner?.end(in: bytes, from: start, to: limit) {
      let piece = UnsafeBufferPointer(rebasing: bytes[start..<end])
      if pending.isEmpty, !isTooLong, bracketsMatch(bytes[start], bytes[end - 1]) {
        endElement(piece)
        return end
      }
      keepElement(piece)
      if !isTooLong, !bracketsMatch(pending[0], pending[pending.count - 1]), cutPending() {
        return end
      }
      let text = takePending()
      text.withUnsafeBufferPointer { endElement($0) }
      return end
    }
    keepElement(UnsafeBufferPointer(rebasing: bytes[start..<limit]))
    if !isTooLong, pending.count == elements.nextCheck { checkPending() }
    return limit
  }

  /// Whether a value's last byte may close what its first byte opens; an array's bracket that closes
  /// an object has ended more than the object.
  private func bracketsMatch(_ first: UInt8, _ last: UInt8) -> Bool {
    first != JSONByte.openBrace || last == JSONByte.closeBrace
  }

  /// Keeps a piece; of an element too long only its line ends still count.
  private mutating func keepElement(_ piece: UnsafeBufferPointer<UInt8>) {
    if isTooLong {
      line += piece[...].lineBreakCount
    } else {
      keep(piece)
    }
  }

  private mutating func takePending() -> [UInt8] {
    var text: [UInt8] = []
    swap(&text, &pending)
    return text
  }

  /// Completes the open element.
  private mutating func endElement(_ text: UnsafeBufferPointer<UInt8>) {
    if isTooLong {
      addRaw(text, line: elements.line, .recordTooLong, detail: text.count)
    } else if elements.isMisplaced {
      addRaw(text, line: elements.line, .invalidRecord, detail: 1)
    } else {
      addRecord(text, line: elements.line)
      // The first object with a key: later ones may go to the fast reader, depending on the chunks.
      if elements.opening.isEmpty { elements.opening = JSONResumption.opening(of: text) }
    }
    line += text[...].lineBreakCount
    elements.notePassed(text.count)
    closeElement()
  }

  private mutating func closeElement() {
    // The rest of a broken element takes its comma with it.
    let isRest = elements.scanner?.isRest == true
    elements.scanner = nil
    if elements.expectation != .nothing { elements.expectation = isRest ? .element : .separator }
    elements.blanks = nil
    isTooLong = false
  }

  /// Looks at an element that is long: if it is broken, the next one may have begun already.
  private mutating func checkPending() {
    if cutPending() { return }
    if elements.nextCheck == Self.longestRecord {
      isTooLong = true
    } else {
      elements.nextCheck = min(2 * elements.nextCheck, Self.longestRecord)
    }
  }

  /// Ends a broken element where the next one seems to begin; `false` if there is no such place.
  private mutating func cutPending() -> Bool {
    guard
      let place = JSONResumption.place(
        in: pending, indent: elements.indent, opening: elements.opening)
    else { return false }
    var text = takePending()
    replay = Array(text[place...])
    text.removeLast(text.count - place)
    text.withUnsafeBufferPointer { endElement($0) }
    elements.noteCut()
    elements.expectation = .element
    elements.blanks = elements.indent
    return true
  }

  /// Ends the text: an element that is open has broken off, and so has an array without an end.
  mutating func endLastElement(inArray: Bool) {
    if elements.scanner != nil {
      if !isTooLong, cutPending() { return }
      let text = takePending()
      text.withUnsafeBufferPointer { endElement($0) }
      // What broke off has its issue.
      if text.first == JSONByte.openBrace || text.first == JSONByte.openBracket { return }
    }
    guard inArray, elements.expectation != .nothing else { return }
    elements.expectation = .nothing
    addRaw(UnsafeBufferPointer(start: nil, count: 0), line: line, .invalidRecord)
  }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
  /// How many physical lines end in these bytes; most have none, which is seen a word at a time.
  var lineBreakCount: Int {
    let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: self))
    var index = 0
    while index &+ 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if StringWord.hasControl(word) { break }
      index &+= 8
    }
    return UnsafeRawBufferPointer(rebasing: bytes[index...]).lineBreakCount
  }
}
