import ContactModel

/// Finds the first anchor or alias of a YAML text without parsing it.
///
/// A text of a kilobyte can stand for a tree of gigabytes by aliases of aliases, and the parser
/// builds and compares that tree before anyone can look at it. A mapping needs no aliases, so they
/// are refused up front. The scan knows just enough YAML to skip quotes and comments; where it is
/// wrong, in a block of text whose line begins with `*`, quotes help.
struct AnchorScan {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Where the first `&name` or `*name` stands, as a byte offset.
  static func firstAnchor(in bytes: [UInt8]) -> Int? {
    var scan = AnchorScan(bytes)
    return scan.find()
  }

  private mutating func find() -> Int? {
    var isTokenStart = true
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case ASCII.lineFeed, ASCII.carriageReturn: isTokenStart = true
      case ASCII.space, ASCII.tab: break
      case UInt8(ascii: "#") where isBlank(before: position): skipLine()
      case ASCII.quote where isTokenStart: skipDoubleQuoted()
      case ASCII.apostrophe where isTokenStart: skipSingleQuoted()
      case UInt8(ascii: "&") where isTokenStart, UInt8(ascii: "*") where isTokenStart:
        if !isBlank(after: position) { return position }
        isTokenStart = false
      case UInt8(ascii: "!") where isTokenStart: skipWord()
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if isTokenStart || depth > 0 { depth += 1 }
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case ASCII.comma: if depth > 0 { isTokenStart = true }
      case UInt8(ascii: ":"):
        if isBlank(after: position) || depth > 0 { isTokenStart = true }
      case UInt8(ascii: "-") where isTokenStart && isBlank(after: position),
        UInt8(ascii: "?") where isTokenStart && isBlank(after: position):
        break
      default: isTokenStart = false
      }
      position += 1
    }
    return nil
  }

  private func isBlank(before index: Int) -> Bool { index == 0 || bytes[index - 1] <= ASCII.space }

  private func isBlank(after index: Int) -> Bool {
    index + 1 >= bytes.count || bytes[index + 1] <= ASCII.space
  }

  private mutating func skipLine() {
    while position + 1 < bytes.count, bytes[position + 1] != ASCII.lineFeed,
      bytes[position + 1] != ASCII.carriageReturn
    {
      position += 1
    }
  }

  private mutating func skipWord() {
    while !isBlank(after: position) { position += 1 }
  }

  private mutating func skipDoubleQuoted() {
    position += 1
    while position < bytes.count, bytes[position] != ASCII.quote {
      position += bytes[position] == ASCII.backslash ? 2 : 1
    }
  }

  private mutating func skipSingleQuoted() {
    position += 1
    while position < bytes.count {
      if bytes[position] == ASCII.apostrophe {
        guard position + 1 < bytes.count, bytes[position + 1] == ASCII.apostrophe else { return }
        position += 1
      }
      position += 1
    }
  }
}
