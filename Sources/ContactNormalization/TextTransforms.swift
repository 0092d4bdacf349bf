import ContactModel

/// A column's ``ValueTransforms`` in the form in which cells are put through them: as bytes.
///
/// Searching bytes is safe, since no character's UTF-8 stands inside another's. Only a letter case
/// beyond ASCII makes a `String`.
struct TextTransforms: Sendable {
  private let separator: [UInt8]
  private let part: Int
  /// The scalars taken off the ends.
  private let trimmed: [[UInt8]]
  private let replacements: [(old: [UInt8], new: [UInt8])]
  private let letterCase: LetterCase?

  init(_ transforms: ValueTransforms) {
    separator = Array((transforms.split?.separator ?? "").utf8)
    part = transforms.split?.part ?? 0
    trimmed = transforms.trimmed.unicodeScalars.map { Array(String($0).utf8) }
    replacements = transforms.replacements.map { (Array($0.old.utf8), Array($0.new.utf8)) }
    letterCase = transforms.letterCase
  }

  /// What becomes of a cell; blanks at its ends are taken off before and after each step.
  ///
  /// - Complexity: O(*n*) in the cell's bytes for each text that is looked for.
  func applied(to bytes: [UInt8], _ cell: Range<Int>) -> [UInt8] {
    var range = TextCell.trimmed(bytes, cell)
    if !separator.isEmpty { range = TextCell.trimmed(bytes, wantedPart(of: bytes, range)) }
    if !trimmed.isEmpty { range = inner(bytes, range) }
    var text = Array(bytes[range])
    for (old, new) in replacements { Self.replace(old, by: new, in: &text) }
    if !replacements.isEmpty { text = Array(text[TextCell.trimmed(text, 0..<text.count)]) }
    if let letterCase { Self.write(&text, in: letterCase) }
    return text
  }

  /// The part between separators that is asked for; the empty range where there are fewer.
  private func wantedPart(of bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    while let found = Self.firstPlace(of: separator, in: bytes, start..<range.upperBound) {
      parts.append(start..<found)
      start = found + separator.count
    }
    parts.append(start..<range.upperBound)
    let index = part > 0 ? part - 1 : parts.count + part
    return parts.indices.contains(index) ? parts[index] : 0..<0
  }

  /// A range without blanks and unwanted scalars at its ends.
  private func inner(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var rest = range
    while true {
      let before = rest
      for scalar in trimmed {
        while bytes[rest].starts(with: scalar) {
          rest = (rest.lowerBound + scalar.count)..<rest.upperBound
        }
        while bytes[rest].suffix(scalar.count).elementsEqual(scalar) {
          rest = rest.lowerBound..<(rest.upperBound - scalar.count)
        }
      }
      rest = TextCell.trimmed(bytes, rest)
      if rest == before { return rest }
    }
  }

  /// Puts a text in the place of another, from left to right.
  private static func replace(_ old: [UInt8], by new: [UInt8], in text: inout [UInt8]) {
    guard var found = firstPlace(of: old, in: text, 0..<text.count) else { return }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var start = 0
    while true {
      result += text[start..<found]
      result += new
      start = found + old.count
      guard let next = firstPlace(of: old, in: text, start..<text.count) else { break }
      found = next
    }
    result += text[start...]
    text = result
  }

  private static func write(_ text: inout [UInt8], in letterCase: LetterCase) {
    guard letterCase == .title || text.contains(where: { $0 >= 0x80 }) else {
      let first = UInt8(ascii: letterCase == .upper ? "a" : "A")
      for index in text.indices where text[index] &- first < 26 { text[index] ^= 0x20 }
      return
    }
    text = Array(letterCase.applied(to: String(decoding: text, as: UTF8.self)).utf8)
  }

  /// Where a text first stands among some bytes.
  private static func firstPlace(
    of text: [UInt8], in bytes: [UInt8], _ range: Range<Int>
  ) -> Int? {
    guard let first = text.first, range.count >= text.count else { return nil }
    for index in range.lowerBound...(range.upperBound - text.count)
    where bytes[index] == first && bytes[index...].starts(with: text) {
      return index
    }
    return nil
  }
}
