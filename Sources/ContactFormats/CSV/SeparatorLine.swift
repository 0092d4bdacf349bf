/// The line with which Excel is told the delimiter of a file: `sep=;` and nothing else.
struct SeparatorLine: Equatable {
  /// The byte between the fields of the lines below.
  let delimiter: UInt8

  /// Reads the first line of a text; `nil` if it is another.
  init?(in text: [UInt8]) {
    var line = text.prefix { $0 != Byte.lineFeed && $0 != Byte.carriageReturn }
    let quote = UInt8(ascii: "\"")
    if line.count > 1, line.first == quote, line.last == quote {
      line = line.dropFirst().dropLast()
    }
    guard line.count == 5, let last = line.last,
      String(decoding: line.prefix(4), as: UTF8.self).lowercased() == "sep="
    else { return nil }
    delimiter = last
  }
}

/// Physical lines of a text in memory: LF, CRLF and a CR alone end one.
enum PhysicalLines {
  /// Where a line begins.
  ///
  /// - Parameters:
  ///   - line: How many lines stand above.
  ///   - text: The text.
  /// - Returns: The place behind that many line ends; the text's end if it has fewer.
  static func start(ofLine line: Int, in text: [UInt8]) -> Int {
    var (place, passed) = (0, 0)
    while passed < line, place < text.count {
      let byte = text[place]
      place += 1
      guard byte == Byte.lineFeed || byte == Byte.carriageReturn else { continue }
      if byte == Byte.carriageReturn, place < text.count, text[place] == Byte.lineFeed {
        place += 1
      }
      passed += 1
    }
    return place
  }
}
