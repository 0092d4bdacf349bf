/// What the CRM does to a text on its way into a contact.
enum ContactText {
  /// A parameter of a form or a query string that is not an array, before anything reads it.
  ///
  /// Rows of `add.list` and JSON bodies do not go through here.
  static func received(_ text: [UInt8]) -> [UInt8] {
    PHPText.replacing(
      ["\"": "”", "\\n\\r": "", "'": "&acute;"], in: PHPText.trimmed(text))
  }

  /// The text of a field: without tags, and with other signs in the place of brackets and quotes.
  static func cleaned(_ text: [UInt8]) -> [UInt8] {
    PHPText.replacing(
      [
        "<": "[", ">": "]", "\"": "”", "&laquo;": "", "&raquo;": "", "«": "”", "»": "”",
      ], in: PHPText.trimmed(TagStripper.strip(text)))
  }

  /// The text as it is looked for in a guide or a filter: without tags, quotes and backslashes.
  static func untagged(_ text: [UInt8]) -> [UInt8] {
    PHPText.replacing(
      [
        "\\r\\n": "\r\n", "\"": "", "\\": "", "'": "", "&laquo;": "", "&raquo;": "", "`": "",
        "«": "", "»": "", "<": "", ">": "",
      ], in: PHPText.trimmed(TagStripper.strip(text)))
  }

  /// The text with every `\r\n` that is spelled out turned into a line break; only updates do so.
  static func withLineBreaks(_ text: [UInt8]) -> [UInt8] {
    PHPText.replacing(["\\r\\n": "\r\n"], in: text)
  }

  /// The text of a value that may be an array.
  static func joined(_ value: PHPValue) -> [UInt8] {
    if case .array(let array) = value {
      joined(array, with: ", ")
    } else {
      PHPText.trimmed(value.string)
    }
  }

  /// An array as text: the elements 0, 1, 2 … as many as there are elements, so that what stands
  /// under other keys is lost.
  ///
  /// Blank elements are left out. The separator stands before every element but element 0, and
  /// not around the elements of an inner array.
  static func joined(_ array: PHPArray, with separator: String) -> [UInt8] {
    var result: [UInt8] = []
    for place in 0..<array.count {
      switch array[.number(place)] {
      case .array(let inner)?: result += joined(inner, with: separator)
      case let value?: append(value.string, at: place, to: &result, with: separator)
      case nil: break
      }
    }
    return result
  }

  private static func append(
    _ text: [UInt8], at place: Int, to result: inout [UInt8], with separator: String
  ) {
    let text = PHPText.trimmed(text)
    guard !text.isEmpty else { return }
    if place > 0 { result += separator.utf8 }
    result += text
  }

  /// The roles of a new contact: cut at semicolons and put together again.
  static func roles(_ text: [UInt8]) -> [UInt8] {
    joined(parts(of: text, at: UInt8(ascii: ";")), with: ";")
  }

  /// The roles of a contact that is changed, where a first role that is empty leaves its semicolon.
  static func changedRoles(_ text: [UInt8]) -> [UInt8] {
    joined(PHPText.parts(of: text, at: UInt8(ascii: ";")), with: ";")
  }

  private static func joined(_ parts: [[UInt8]], with separator: String) -> [UInt8] {
    var result: [UInt8] = []
    for (place, part) in parts.enumerated() {
      append(part, at: place, to: &result, with: separator)
    }
    return result
  }

  /// The addresses in a mail field: cut at commas and semicolons, what is empty left out.
  static func addresses(_ text: [UInt8]) -> [[UInt8]] {
    parts(of: PHPText.replacing([";": ","], in: text), at: UInt8(ascii: ","))
  }

  /// The parts of a text without blanks around them; a blank part stays as an empty one.
  static func parts(of text: [UInt8], at separator: UInt8) -> [[UInt8]] {
    PHPText.parts(of: text, at: separator).filter { !$0.isEmpty }.map(PHPText.trimmed)
  }
}
