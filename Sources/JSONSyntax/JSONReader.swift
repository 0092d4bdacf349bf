/// Reads JSON text token by token from bytes that it is handed at every call.
///
/// The reader is a pull tokenizer: it holds a position and the open brackets, owns no bytes,
/// allocates nothing and decodes nothing. Pass the same bytes at every call.
///
/// ```swift
/// var reader = JSONReader()
/// while true {
///   switch try reader.next(in: bytes.span) {
///   case .key(let key): …
///   case .end: return
///   default: …
///   }
/// }
/// ```
///
/// Follows RFC 8259 strictly: no trailing commas, no comments, exact numbers, valid UTF-8, escaped
/// control characters. Stricter than its grammar in two things that its sections 8.2 and 9 leave
/// open: an unpaired surrogate escape and nesting beyond 512 levels are errors. A byte order mark is
/// an error too. Repeated keys are left to the caller.
package struct JSONReader: Sendable {
  /// The index of the next byte to be read.
  package private(set) var position: Int
  /// How many arrays and objects are open.
  package private(set) var depth = 0

  private var state = State.value
  /// One bit a level: set where the level is an object.
  private var objectLevels = InlineArray<8, UInt64>(repeating: 0)

  /// How deep arrays and objects may be nested.
  package static let depthLimit = 512

  private enum State {
    case value
    case firstElement
    case firstKey
    case key
    case separator
    case done
  }

  /// A reader of one value, which begins at this byte or after white space.
  package init(at position: Int = 0) { self.position = position }

  /// The next token.
  ///
  /// - Returns: ``JSONToken/end`` once the value is complete, and again ever after. What follows the
  ///   value is not looked at; see ``finish(in:)``.
  /// - Throws: ``JSONError``; the reader is of no use after it.
  package mutating func next(in bytes: Span<UInt8>) throws(JSONError) -> JSONToken {
    if state == .done { return .end }
    skipSpace(in: bytes)
    guard position < bytes.count else { throw JSONError(.unexpectedEnd, at: position) }
    if state == .separator {
      if let token = try separatorOrClose(bytes) { return token }
    }
    switch state {
    case .firstKey where bytes[position] == Byte.closeBrace: return close(.endObject)
    case .firstKey, .key: return try key(bytes)
    case .firstElement where bytes[position] == Byte.closeBracket: return close(.endArray)
    default: return try value(bytes)
    }
  }

  /// Reads a member's key where it stands next exactly as it was written before.
  ///
  /// For objects that repeat their keys: comparing one takes less time than reading it.
  ///
  /// - Parameters:
  ///   - written: The key with its quotes, and its colon right behind them; one that was read before.
  ///   - bytes: The bytes.
  /// - Returns: Whether it stood there. Otherwise nothing has been read, and ``next(in:)`` tells what is there.
  package mutating func takeKey(_ written: Span<UInt8>, in bytes: Span<UInt8>) -> Bool {
    var start = position
    if case .separator = state {
      guard isInObject, start < bytes.count, bytes[start] == Byte.comma else { return false }
      start += 1
    } else {
      guard case .firstKey = state else { return false }
    }
    guard Byte.starts(bytes, at: start, with: written) else { return false }
    position = start + written.count
    state = .value
    return true
  }

  /// Reads, checks and drops the next value with everything in it.
  ///
  /// - Precondition: A value is due: after a key, or before an element of an array.
  package mutating func skipValue(in bytes: Span<UInt8>) throws(JSONError) {
    let outer = depth
    repeat {
      if case .end = try next(in: bytes) { return }
    } while depth > outer
  }

  /// Checks that only white space follows the value.
  package mutating func finish(in bytes: Span<UInt8>) throws(JSONError) {
    skipSpace(in: bytes)
    guard position == bytes.count else { throw JSONError(.trailingBytes, at: position) }
  }

  @inline(__always)
  private mutating func skipSpace(in bytes: Span<UInt8>) {
    while position < bytes.count, Byte.isSpace(bytes[position]) { position += 1 }
  }

  /// Reads the comma before a key or element, or the bracket after the last one.
  @inline(__always)
  private mutating func separatorOrClose(_ bytes: Span<UInt8>) throws(JSONError) -> JSONToken? {
    let isObject = isInObject
    switch bytes[position] {
    case Byte.comma:
      position += 1
      state = isObject ? .key : .value
      skipSpace(in: bytes)
      guard position < bytes.count else { throw JSONError(.unexpectedEnd, at: position) }
      return nil
    case Byte.closeBrace where isObject: return close(.endObject)
    case Byte.closeBracket where !isObject: return close(.endArray)
    default: throw JSONError(.unexpectedByte, at: position)
    }
  }

  @inline(__always)
  private mutating func key(_ bytes: Span<UInt8>) throws(JSONError) -> JSONToken {
    guard bytes[position] == Byte.quote else { throw JSONError(.unexpectedByte, at: position) }
    let key = try string(bytes)
    skipSpace(in: bytes)
    guard position < bytes.count else { throw JSONError(.unexpectedEnd, at: position) }
    guard bytes[position] == Byte.colon else { throw JSONError(.unexpectedByte, at: position) }
    position += 1
    state = .value
    return .key(key)
  }

  private mutating func value(_ bytes: Span<UInt8>) throws(JSONError) -> JSONToken {
    let token: JSONToken
    switch bytes[position] {
    case Byte.quote: token = .string(try string(bytes))
    case Byte.openBrace:
      try open(isObject: true)
      return .beginObject
    case Byte.openBracket:
      try open(isObject: false)
      return .beginArray
    case Byte.minus, Byte.zero...Byte.nine:
      let start = position
      position = try JSONScanner.endOfNumber(in: bytes, from: start)
      token = .number(start..<position)
    case UInt8(ascii: "t"):
      try word("true", bytes)
      token = .bool(true)
    case UInt8(ascii: "f"):
      try word("false", bytes)
      token = .bool(false)
    case UInt8(ascii: "n"):
      try word("null", bytes)
      token = .null
    default: throw JSONError(.unexpectedByte, at: position)
    }
    state = depth == 0 ? .done : .separator
    return token
  }

  @inline(__always)
  private mutating func string(_ bytes: Span<UInt8>) throws(JSONError) -> JSONString {
    let start = position + 1
    let (end, isEscaped) = try JSONScanner.endOfString(in: bytes, from: start)
    position = end + 1
    return JSONString(range: start..<end, isEscaped: isEscaped)
  }

  private mutating func word(_ word: StaticString, _ bytes: Span<UInt8>) throws(JSONError) {
    for index in 0..<word.utf8CodeUnitCount {
      guard position < bytes.count else { throw JSONError(.unexpectedEnd, at: position) }
      guard bytes[position] == word.withUTF8Buffer({ $0[index] }) else {
        throw JSONError(.unexpectedByte, at: position)
      }
      position += 1
    }
  }

  @inline(__always)
  private var isInObject: Bool {
    objectLevels[(depth - 1) >> 6] >> UInt64((depth - 1) & 63) & 1 == 1
  }

  private mutating func open(isObject: Bool) throws(JSONError) {
    guard depth < Self.depthLimit else { throw JSONError(.tooDeep, at: position) }
    let bit: UInt64 = 1 << UInt64(depth & 63)
    if isObject {
      objectLevels[depth >> 6] |= bit
    } else {
      objectLevels[depth >> 6] &= ~bit
    }
    depth += 1
    position += 1
    state = isObject ? .firstKey : .firstElement
  }

  @inline(__always)
  private mutating func close(_ token: JSONToken) -> JSONToken {
    depth -= 1
    position += 1
    state = depth == 0 ? .done : .separator
    return token
  }
}
