import ContactModel
import EmailAddresses

/// Reads the e-mail addresses of a cell.
enum EmailCell {
  /// Writes the addresses of a trimmed cell, parted by `, `, each once.
  ///
  /// Commas, semicolons, bars and blanks part addresses. `Name <address>` gives the address.
  static func write(_ bytes: [UInt8], _ range: Range<Int>, to writer: inout ValueWriter) {
    let start = writer.bytes.count
    writer.beginElement()
    let text = bytes.span.extracting(range)
    let result = EmailParser.normalize(text, into: &writer.bytes)
    guard case .problem(let problem) = result else {
      return finish(result, from: start, to: &writer)
    }
    writer.bytes.removeSubrange(start...)
    if PlaceholderCell.matches(bytes, range) { return writer.report(.placeholder) }
    let cell = bytes[range]
    if !cell.contains(UInt8(ascii: "@")) {
      return writer.refuse(.emailNoAt, bytes, range)
    }
    if let open = cell.firstIndex(of: UInt8(ascii: "<")),
      cell[open...].contains(UInt8(ascii: ">"))
    {
      return writeNamed(bytes, range, to: &writer)
    }
    let parts = parts(of: bytes, range)
    if parts.count == 1, parts[0] == range {
      return writer.refuse(code(of: problem), bytes, range)
    }
    for part in parts { writePart(bytes, part, to: &writer) }
  }

  /// Writes the addresses of a cell such as `Ivan Petrov <ivan@example.com>, …`.
  ///
  /// Words outside the brackets are names, unless they have an `@`.
  private static func writeNamed(
    _ bytes: [UInt8], _ range: Range<Int>, to writer: inout ValueWriter
  ) {
    var index = range.lowerBound
    var hasName = false
    while index < range.upperBound {
      let rest = bytes[index..<range.upperBound]
      let open = rest.firstIndex(of: UInt8(ascii: "<")) ?? range.upperBound
      for part in parts(of: bytes, index..<open) {
        if bytes[part].contains(UInt8(ascii: "@")) {
          writePart(bytes, part, to: &writer)
        } else {
          hasName = true
        }
      }
      guard open < range.upperBound else { break }
      let close = bytes[open..<range.upperBound].firstIndex(of: UInt8(ascii: ">"))
      for part in parts(of: bytes, (open + 1)..<(close ?? range.upperBound)) {
        writePart(bytes, part, to: &writer)
      }
      index = close.map { $0 + 1 } ?? range.upperBound
    }
    if hasName { writer.report(.emailRepaired) }
  }

  private static func writePart(
    _ bytes: [UInt8], _ range: Range<Int>, to writer: inout ValueWriter
  ) {
    let start = writer.bytes.count
    writer.beginElement()
    let text = bytes.span.extracting(range)
    let result = EmailParser.normalize(text, into: &writer.bytes)
    guard case .problem(let problem) = result else {
      return finish(result, from: start, to: &writer)
    }
    writer.bytes.removeSubrange(start...)
    if PlaceholderCell.matches(bytes, range) { return writer.report(.placeholder) }
    // A label before the address, as in `e-mail: ivan@example.com`.
    if bytes[range].last == UInt8(ascii: ":") { return writer.report(.emailRepaired) }
    writer.refuse(code(of: problem), bytes, range)
  }

  private static func finish(
    _ result: EmailResult, from start: Int, to writer: inout ValueWriter
  ) {
    if result == .repaired { writer.report(.emailRepaired) }
    if writer.removeRepetition(from: start) { writer.report(.emailRepeated) }
  }

  /// The runs of bytes between separators.
  private static func parts(of bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    var index = range.lowerBound
    while index <= range.upperBound {
      let length = index == range.upperBound ? 1 : separatorLength(bytes, index, range.upperBound)
      if length > 0 {
        if index > start { parts.append(start..<index) }
        start = index + length
        index = start
      } else {
        index += 1
      }
    }
    return parts
  }

  private static func separatorLength(_ bytes: [UInt8], _ index: Int, _ end: Int) -> Int {
    switch bytes[index] {
    case Byte.comma, Byte.semicolon, Byte.space, Byte.tab, Byte.lineFeed,
      Byte.carriageReturn, UInt8(ascii: "|"):
      1
    case 0xC2 where index + 1 < end && bytes[index + 1] == 0xA0: 2
    default: 0
    }
  }

  private static func code(of problem: EmailProblem) -> IssueCode {
    switch problem {
    case .noAt: .emailNoAt
    case .localPart: .emailLocalPart
    case .domain: .emailDomain
    case .tooLong: .emailTooLong
    case .lookAlikeLetters: .emailNonASCIILetters
    }
  }
}
