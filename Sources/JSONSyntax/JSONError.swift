/// Why some bytes are not the JSON text they should be, and where.
package struct JSONError: Error, Equatable, Sendable {
  /// What is wrong.
  package enum Code: String, Sendable, CaseIterable {
    /// The bytes end inside a value.
    case unexpectedEnd = "the text ends inside a value"
    /// A byte stands where the grammar has no place for it.
    case unexpectedByte = "a character stands where none is expected"
    /// A number is not written as RFC 8259 asks, such as `01` or `.5`.
    case invalidNumber = "a number is not written as JSON asks"
    /// A backslash is followed by something that is no escape.
    case invalidEscape = "a backslash begins no known escape"
    /// A `\u` escape is one half of a surrogate pair without the other.
    case unpairedSurrogate = "a surrogate escape stands without its other half"
    /// A string holds bytes that are not UTF-8.
    case invalidUTF8 = "a string is not valid UTF-8"
    /// A string holds a control character that should have been escaped.
    case controlCharacter = "a control character in a string is not escaped"
    /// Arrays and objects are nested deeper than the reader's limit.
    case tooDeep = "values are nested too deeply"
    /// Something follows the value.
    case trailingBytes = "something follows the value"
  }

  /// What is wrong.
  package var code: Code
  /// The index of the byte at which it was noticed.
  package var offset: Int

  package init(_ code: Code, at offset: Int) {
    self.code = code
    self.offset = offset
  }
}

extension JSONError: CustomStringConvertible {
  /// `byte 17: a number is not written as JSON asks`, counted from 0.
  package var description: String { "byte \(offset): \(code.rawValue)" }
}
