import ContactModel
import EmailAddresses

/// Reads the e-mail addresses of a cell.
struct EmailCell: Sendable {
  private let parser: EmailParser

  /// A reader that writes domains and treats misspelt ones as the mapping says.
  init(_ settings: EmailSettings) {
    parser = EmailParser(
      writesASCIIDomains: settings.domain == .ascii, correctsTypos: settings.typos == .repair)
  }

  /// Writes the addresses of a trimmed cell, parted by `, `, each once.
  ///
  /// Semicolons, bars, line breaks and tabs part addresses, and so do commas and blanks where the
  /// whole is not one address with a slip (`ivan@mail,ru`). `Name <address>` gives the address.
  func write(_ bytes: [UInt8], _ range: Range<Int>, to writer: inout ValueWriter) {
    guard let problem = writeAddress(bytes, range, to: &writer) else { return }
    if PlaceholderCell.matches(bytes, range) { return writer.report(.placeholder) }
    let cell = bytes[range]
    if problem == .noAt { return writer.refuse(.emailNoAt, bytes, range) }
    if let open = cell.firstIndex(of: UInt8(ascii: "<")),
      cell[open...].contains(UInt8(ascii: ">"))
    {
      return writeNamed(bytes, range, to: &writer)
    }
    let parts = Self.parts(of: bytes, range) { Self.strongSeparatorLength($0, $1, $2) }
    if parts.count == 1, parts[0] == range {
      return writeWords(bytes, range, problem, to: &writer)
    }
    for part in parts {
      guard let problem = writeAddress(bytes, part, to: &writer) else { continue }
      if PlaceholderCell.matches(bytes, part) {
        writer.report(.placeholder)
      } else {
        writeWords(bytes, part, problem, to: &writer)
      }
    }
  }

  /// Writes the addresses between commas and blanks of a text that is none by itself.
  private func writeWords(
    _ bytes: [UInt8], _ range: Range<Int>, _ problem: EmailProblem, to writer: inout ValueWriter
  ) {
    let words = Self.parts(of: bytes, range) { Self.separatorLength($0, $1, $2) }
    // Within quotes blanks and commas part nothing.
    if problem == .quotedLocalPart || (words.count == 1 && words[0] == range) {
      return writer.refuse(Self.code(of: problem), bytes, range)
    }
    for word in words { writePart(bytes, word, to: &writer) }
  }

  /// Writes the addresses of a cell such as `Ivan Petrov <ivan@example.com>, …`.
  ///
  /// Words outside the brackets are names, unless they have an `@`.
  private func writeNamed(
    _ bytes: [UInt8], _ range: Range<Int>, to writer: inout ValueWriter
  ) {
    var index = range.lowerBound
    var hasName = false
    while index < range.upperBound {
      let rest = bytes[index..<range.upperBound]
      let open = rest.firstIndex(of: UInt8(ascii: "<")) ?? range.upperBound
      for part in Self.parts(of: bytes, index..<open, by: Self.separatorLength) {
        if bytes[part].contains(UInt8(ascii: "@")) {
          writePart(bytes, part, to: &writer)
        } else {
          hasName = true
        }
      }
      guard open < range.upperBound else { break }
      let close = bytes[open..<range.upperBound].firstIndex(of: UInt8(ascii: ">"))
      let inner = TextCell.trimmed(bytes, (open + 1)..<(close ?? range.upperBound))
      if !inner.isEmpty, let problem = writeAddress(bytes, inner, to: &writer) {
        writeWords(bytes, inner, problem, to: &writer)
      }
      index = close.map { $0 + 1 } ?? range.upperBound
    }
    if hasName { writer.report(.emailRepaired) }
  }

  private func writePart(
    _ bytes: [UInt8], _ range: Range<Int>, to writer: inout ValueWriter
  ) {
    guard let problem = writeAddress(bytes, range, to: &writer) else { return }
    if PlaceholderCell.matches(bytes, range) { return writer.report(.placeholder) }
    // A label before the address, as in `e-mail: ivan@example.com`.
    if bytes[range].last == UInt8(ascii: ":") { return writer.report(.emailRepaired) }
    writer.refuse(Self.code(of: problem), bytes, range)
  }

  /// Writes a text as one address and reports what was done to it, or writes nothing and says why.
  @inline(__always)
  private func writeAddress(
    _ bytes: [UInt8], _ range: Range<Int>, to writer: inout ValueWriter
  ) -> EmailProblem? {
    let start = writer.bytes.count
    writer.beginElement()
    let text = bytes.span.extracting(range)
    switch parser.normalize(text, into: &writer.bytes) {
    case .problem(let problem):
      writer.bytes.removeSubrange(start...)
      return problem
    case .address(let remarks):
      let isRepeated = writer.removeRepetition(from: start)
      if !remarks.isEmpty { report(remarks, to: &writer) }
      if isRepeated { writer.report(.emailRepeated) }
      return nil
    }
  }

  private func report(_ remarks: EmailRemarks, to writer: inout ValueWriter) {
    if !remarks.isDisjoint(with: [.tidied, .rewritten]) { writer.report(.emailRepaired) }
    if remarks.contains(.lookAlikesReplaced) { writer.report(.emailLookAlikesRepaired) }
    if remarks.contains(.likelyTypo) { writer.report(.emailLikelyTypo) }
    if remarks.contains(.typoCorrected) { writer.report(.emailTypoRepaired) }
    if remarks.contains(.specialUse) { writer.report(.emailSpecialUseDomain) }
  }

  /// The runs of bytes between separators, trimmed.
  private static func parts(
    of bytes: [UInt8], _ range: Range<Int>, by separatorLength: ([UInt8], Int, Int) -> Int
  ) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    var index = range.lowerBound
    while index <= range.upperBound {
      let length = index == range.upperBound ? 1 : separatorLength(bytes, index, range.upperBound)
      if length > 0 {
        let part = TextCell.trimmed(bytes, start..<index)
        if !part.isEmpty { parts.append(part) }
        start = index + length
        index = start
      } else {
        index += 1
      }
    }
    return parts
  }

  private static func strongSeparatorLength(_ bytes: [UInt8], _ index: Int, _ end: Int) -> Int {
    switch bytes[index] {
    case Byte.semicolon, Byte.tab, Byte.lineFeed, Byte.carriageReturn, UInt8(ascii: "|"): 1
    default: 0
    }
  }

  private static func separatorLength(_ bytes: [UInt8], _ index: Int, _ end: Int) -> Int {
    switch bytes[index] {
    case Byte.comma, Byte.space: 1
    case 0xC2 where index + 1 < end && bytes[index + 1] == 0xA0: 2
    default: strongSeparatorLength(bytes, index, end)
    }
  }

  private static func code(of problem: EmailProblem) -> IssueCode {
    switch problem {
    case .noAt: .emailNoAt
    case .localPart, .quotedLocalPart: .emailLocalPart
    case .domain, .dotlessDomain, .addressLiteral, .internationalLabel: .emailDomain
    case .tooLong: .emailTooLong
    case .lookAlikeLetters: .emailNonASCIILetters
    }
  }
}
