import JSONSyntax

extension AddListElement {
  /// What stands in `data`.
  private enum Identifier {
    case absent
    /// One of the ways in which PHP says that there is none: 0, null, false, an empty text.
    case nothing
    case pid(Int)
    case other
  }

  /// What stands in `error`.
  private enum Complaint {
    case none
    case text
    case error(APIError)
  }

  /// Reads one element, whose first token has been read.
  ///
  /// Stored means a positive whole number in `data`, written as a number or a string, and no error
  /// object beside it. Refused means `data` without an identifier together with an error, or with an
  /// empty result. Anything else is unclear: this never guesses.
  init(_ token: JSONToken, _ reader: inout JSONReader, _ text: Span<UInt8>) throws(JSONError) {
    self = .unclear
    guard token == .beginObject else {
      if token == .beginArray { try reader.skipRest(in: text) }
      return
    }
    var identifier = Identifier.absent
    var complaint = Complaint.none
    var hasEmptyResult = false
    while case .key(let key) = try reader.next(in: text) {
      let start = reader.position
      let value = try reader.next(in: text)
      let isNested = value == .beginObject || value == .beginArray
      if isNested { try reader.skipRest(in: text) }
      if key.equals("data", in: text) {
        identifier = Self.identifier(value, text)
      } else if key.equals("result", in: text) {
        hasEmptyResult = Self.isEmpty(value)
      } else if key.equals("error", in: text) {
        if isNested {
          let tree = try JSONValue(parsing: text.extracting(start..<reader.position))
          complaint = APIError(tree).map(Complaint.error) ?? .none
        } else if case .string = value {
          complaint = Self.isEmpty(value) ? .none : .text
        }
      }
    }
    switch (identifier, complaint) {
    case (.other, _), (.pid, .error): break
    case (.pid(let pid), _): self = .stored(pid: pid)
    case (_, .error(let error)): self = .refused(.code(error.code))
    case (_, .text): self = .refused(.text)
    case (.nothing, .none): if hasEmptyResult { self = .refused(.unnamed) }
    case (.absent, .none): break
    }
  }

  private static func identifier(_ token: JSONToken, _ text: Span<UInt8>) -> Identifier {
    let digits: Range<Int>
    switch token {
    case .number(let range): digits = range
    case .string(let string): digits = string.range
    case .null, .bool(false): return .nothing
    default: return .other
    }
    if isEmpty(token) { return .nothing }
    guard let number = WireNumber.integer(digits: text.extracting(digits)) else { return .other }
    if number > 0 { return .pid(number) }
    return digits.count == 1 ? .nothing : .other
  }

  private static func isEmpty(_ token: JSONToken) -> Bool {
    if case .string(let string) = token { string.range.isEmpty } else { false }
  }
}

extension JSONReader {
  /// Reads on to the end of the array or object that has just been opened.
  mutating func skipRest(in text: Span<UInt8>) throws(JSONError) {
    let outer = depth - 1
    while depth > outer { _ = try next(in: text) }
  }
}
