/// Which page of `list` is asked for, as PHP and the database make it out.
struct ObservedOffset: Sendable {
  /// What stands in the SQL behind `LIMIT`.
  let text: String
  /// How many contacts come before the page.
  let rows: Int
  /// Whether the number of rows is whole; the database takes no other.
  let isWhole: Bool

  /// Reads `offset`, which counts pages: `1.5` is row 300, and less than nothing is nothing.
  ///
  /// - Throws: ``PHPFatal`` under PHP 8 where it is no number at all.
  init(_ value: PHPValue, api: Entrance.API, version: PHPVersion) throws {
    let number: Double
    switch value {
    case .number(let integer): number = Double(integer)
    case .decimal(let decimal): number = decimal
    case .bool(let bool): number = bool ? 1 : 0
    case .null: number = 0
    case .bytes, .array:
      let text = String(decoding: value.string, as: UTF8.self)
      let digits = Self.numericPrefix(text)
      if digits == nil, !value.isEmpty, version == .php82 {
        let script = ObservedScript.person(api)
        let place = script.place(v2: 397)
        throw PHPFatal(
          "TypeError",
          "Unsupported operand types: \(value.array == nil ? "string" : "array") * int",
          file: place.0, line: place.1, trace: script.callers(version, isInnermost: true))
      }
      number = digits ?? 0
    }
    let product = number > 0 ? number * Double(ObservedQuery.pageSize) : 0
    if let whole = Int(exactly: product) {
      text = String(whole)
      rows = whole
      isWhole = true
    } else {
      text = String(decoding: PHPValue.decimal(product).string, as: UTF8.self)
      rows = 0
      isWhole = false
    }
  }

  /// The number that a text begins with; `nil` where there is none.
  private static func numericPrefix(_ text: String) -> Double? {
    let trimmed = text.drop { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    var end = trimmed.startIndex
    var hasDigit = false
    var hasPoint = false
    while end < trimmed.endIndex {
      let character = trimmed[end]
      if character.isASCII, character.isNumber {
        hasDigit = true
      } else if character == ".", !hasPoint {
        hasPoint = true
      } else if !(end == trimmed.startIndex && (character == "-" || character == "+")) {
        break
      }
      end = trimmed.index(after: end)
    }
    return hasDigit ? Double(trimmed[..<end]) : nil
  }
}
