import JSONSyntax

/// How the objects of a file stand one after the other.
enum JSONLayout: Equatable {
  /// Every line is a value.
  case lines
  /// All are elements of one array, which may have any number of lines.
  case array
  /// One after the other over any lines, as `jq .` writes them.
  case values

  /// How much of a file is looked at.
  static let sampleSize = 64 * 1024

  /// Finds out how a file is laid out; a longer beginning never changes an answer.
  ///
  /// - Parameters:
  ///   - text: The beginning; no more than ``sampleSize`` bytes of it count.
  ///   - isWhole: Whether nothing follows.
  /// - Returns: `nil` if more has to be seen.
  static func detect(in text: [UInt8], isWhole: Bool) -> JSONLayout? {
    let sample = text.prefix(sampleSize)
    let isLast = isWhole || text.count >= sampleSize
    guard let first = sample.firstIndex(where: { !JSONByte.isBlank($0) }) else {
      return isLast ? .lines : nil
    }
    switch sample[first] {
    case JSONByte.openBracket: return arrayOrLines(sample[(first + 1)...], isLast: isLast)
    case JSONByte.openBrace: return linesOrValues(sample[first...], isLast: isLast)
    default: return .lines
    }
  }

  /// Judges what follows an opening bracket: a log's `[INFO] …` begins no array.
  private static func arrayOrLines(_ text: ArraySlice<UInt8>, isLast: Bool) -> JSONLayout? {
    guard let next = text.firstIndex(where: { !JSONByte.isBlank($0) }) else {
      return isLast || text.contains(where: JSONByte.isLineEnd) ? .array : nil
    }
    let isSplit = text[..<next].contains(where: JSONByte.isLineEnd)
    let isElement = JSONByte.beginsValue(text[next]) || text[next] == JSONByte.closeBracket
    return isSplit || isElement ? .array : .lines
  }

  /// Judges an object: values stand on any lines if the first line holds one and the next begins on
  /// it; or if it breaks off, and what the next line begins with can go on from there.
  private static func linesOrValues(_ text: ArraySlice<UInt8>, isLast: Bool) -> JSONLayout? {
    let lineEnd = text.firstIndex(where: JSONByte.isLineEnd) ?? text.endIndex
    guard lineEnd < text.endIndex || isLast else { return nil }
    let line = text[..<lineEnd]
    switch value(atStartOf: line) {
    case .none: return .lines
    case .complete(let range):
      let next = line.dropFirst(range.count).first { !JSONByte.isBlank($0) }
      return next == JSONByte.openBrace ? .values : .lines
    case .cut:
      guard let next = text[lineEnd...].firstIndex(where: { !JSONByte.isBlank($0) }) else {
        return isLast ? .lines : nil
      }
      return value(atStartOf: text[...next]) == .cut ? .values : .lines
    }
  }

  private static func value(atStartOf text: ArraySlice<UInt8>) -> JSONText.Finding {
    let bytes = Array(text)
    return JSONText.value(in: bytes.span, at: 0)
  }
}
