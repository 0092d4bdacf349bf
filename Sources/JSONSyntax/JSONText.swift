/// Finds JSON inside other text, such as a reply with warnings before and after it.
package enum JSONText {
  /// Where the first complete object or array stands.
  ///
  /// Every `{` and `[` is tried in turn. One whose value runs to the end of the bytes ends the
  /// search: what it holds is cut, and a complete value *inside* it must not pass for the whole.
  ///
  /// - Parameters:
  ///   - bytes: The text; it need not be UTF-8 outside the value.
  ///   - start: Where the search begins.
  /// - Returns: The value's range, brackets included; `nil` where there is none.
  /// - Complexity: O(*n*), at most times the depth limit for hostile text.
  package static func firstValue(in bytes: Span<UInt8>, from start: Int = 0) -> Range<Int>? {
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if byte == Byte.openBrace || byte == Byte.openBracket {
        switch value(in: bytes, at: position) {
        case .complete(let range): return range
        case .cut: return nil
        case .none: break
        }
      }
      position += 1
    }
    return nil
  }

  /// Where the first complete object or array stands.
  package static func firstValue(in bytes: [UInt8], from start: Int = 0) -> Range<Int>? {
    firstValue(in: bytes.span, from: start)
  }

  /// What a value that begins at one place turned out to be.
  package enum Finding: Equatable, Sendable {
    /// It is complete.
    case complete(Range<Int>)
    /// The bytes end before it does, or it is nested too deeply to be followed to its end.
    case cut
    /// This is no JSON value.
    case none
  }

  /// Looks at the value that begins at exactly this place.
  package static func value(in bytes: Span<UInt8>, at start: Int) -> Finding {
    var reader = JSONReader(at: start)
    do throws(JSONError) {
      try reader.skipValue(in: bytes)
      return .complete(start..<reader.position)
    } catch {
      return error.code == .unexpectedEnd || error.code == .tooDeep ? .cut : .none
    }
  }
}
