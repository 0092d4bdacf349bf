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

  /// Judges an object: values go on over lines if the first line breaks off, and what the next one
  /// begins with can go on from there.
  private static func linesOrValues(_ text: ArraySlice<UInt8>, isLast: Bool) -> JSONLayout? {
    guard let lineEnd = text.firstIndex(where: JSONByte.isLineEnd) else {
      return isLast ? .lines : nil
    }
    guard isCut(text[..<lineEnd]) else { return .lines }
    guard let next = text[lineEnd...].firstIndex(where: { !JSONByte.isBlank($0) }) else {
      return isLast ? .lines : nil
    }
    return isCut(text[...next]) ? .values : .lines
  }

  private static func isCut(_ text: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(text)
    return JSONText.value(in: bytes.span, at: 0) == .cut
  }
}
