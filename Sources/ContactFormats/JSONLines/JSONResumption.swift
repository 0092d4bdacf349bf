import JSONSyntax

/// Finds where reading can go on behind a value that is broken.
enum JSONResumption {
  /// The first place at which the next value of the same kind seems to begin.
  ///
  /// A broken value has lost a bracket or quote, so brackets do not tell where it ends. What does is
  /// either a line that begins as the value's own did, with as many blanks and a brace; or an object
  /// behind a comma that begins with the same key as the file's first. Objects *inside* the broken
  /// value that look the same are passed over as long as they come before the damage.
  ///
  /// - Parameters:
  ///   - text: The broken value, and what follows it as far as it is known.
  ///   - indent: How many blanks stand before it, if it is the first on its line.
  ///   - opening: How the file's first object begins, up to its first key's quote; may be empty.
  /// - Returns: `nil` if the text is not broken as far as it goes, or no value follows.
  static func place(in text: [UInt8], indent: Int?, opening: [UInt8]) -> Int? {
    guard let damage = placeOfDamage(in: text.span) else { return nil }
    for index in max(damage, 1)..<max(text.count, 1) where text[index] == JSONByte.openBrace {
      if let indent, isLineStart(index, in: text, indent: indent) { return index }
      if !opening.isEmpty, isBehindComma(index, in: text),
        text[index...].starts(with: opening)
      {
        return index
      }
    }
    return nil
  }

  /// Where the last token begins before that at which a text turns out to be no JSON; `nil` if the
  /// text only breaks off.
  private static func placeOfDamage(in bytes: Span<UInt8>) -> Int? {
    var reader = JSONReader()
    var (last, before) = (0, 0)
    do throws(JSONError) {
      while true {
        before = last
        last = reader.position
        if try reader.next(in: bytes) == .end { return nil }
      }
    } catch {
      return error.code == .unexpectedEnd ? nil : before
    }
  }

  /// A value's text up to its first key's quote; empty if it is no object or has no key.
  static func opening(of text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var reader = JSONReader()
    guard (try? reader.next(in: text.span)) == .beginObject,
      case .key(let key) = try? reader.next(in: text.span)
    else { return [] }
    return Array(text[...key.range.upperBound])
  }

  private static func isLineStart(_ index: Int, in text: [UInt8], indent: Int) -> Bool {
    let start = index - indent
    guard start > 0, JSONByte.isLineEnd(text[start - 1]) else { return false }
    return text[start..<index].allSatisfy { $0 == Byte.space || $0 == Byte.tab }
  }

  private static func isBehindComma(_ index: Int, in text: [UInt8]) -> Bool {
    let before = text[..<index].last { !JSONByte.isBlank($0) }
    return before == JSONByte.comma
  }
}
