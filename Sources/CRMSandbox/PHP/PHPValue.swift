import Foundation

/// A value of PHP as far as requests bring them.
///
/// Forms and query strings bring bytes and arrays only; the other cases come from JSON.
enum PHPValue: Sendable, Equatable {
  case bytes([UInt8])
  case array(PHPArray)
  case null
  case bool(Bool)
  case number(Int)
  case decimal(Double)

  /// The value as PHP turns it into a string: nothing for `null` and `false`, `Array` for an array.
  var string: [UInt8] {
    switch self {
    case .bytes(let bytes): bytes
    case .array: Array("Array".utf8)
    case .null, .bool(false): []
    case .bool(true): Array("1".utf8)
    case .number(let number): Array(String(number).utf8)
    case .decimal(let number): Array(Self.text(number).utf8)
    }
  }

  /// The members of an array; `nil` for anything else.
  var array: PHPArray? {
    if case .array(let array) = self { array } else { nil }
  }

  /// Whether PHP's `empty` would say yes.
  var isEmpty: Bool {
    switch self {
    case .bytes(let bytes): bytes.isEmpty || bytes == [UInt8(ascii: "0")]
    case .array(let array): array.isEmpty
    case .null, .bool(false): true
    case .bool(true): false
    case .number(let number): number == 0
    case .decimal(let number): number == 0
    }
  }

  /// What PHP calls the value's type.
  var typeName: String {
    switch self {
    case .bytes: "string"
    case .array: "array"
    case .null: "null"
    case .bool: "bool"
    case .number: "int"
    case .decimal: "float"
    }
  }

  /// The whole number that PHP's `intval` makes of it.
  var integer: Int {
    switch self {
    case .bytes(let bytes): PHPNumber.integer(bytes)
    case .array(let array): array.isEmpty ? 0 : 1
    case .null, .bool(false): 0
    case .bool(true): 1
    case .number(let number): number
    case .decimal(let number): Int(exactly: number.rounded(.towardZero)) ?? 0
    }
  }

  /// A floating point number with PHP's `precision` of 14 digits: `1.5`, `100000`, `1.0E+25`.
  private static func text(_ number: Double) -> String {
    guard number.isFinite else { return number.isNaN ? "NAN" : number < 0 ? "-INF" : "INF" }
    guard number != 0 else { return number.sign == .minus ? "-0" : "0" }
    let scientific = String(format: "%.13e", number)
    let parts = scientific.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return scientific }
    if exponent < -4 || exponent > 13 {
      var mantissa = String(parts[0])
      while mantissa.hasSuffix("0") { mantissa.removeLast() }
      if mantissa.hasSuffix(".") { mantissa += "0" }
      return "\(mantissa)E\(exponent < 0 ? "-" : "+")\(abs(exponent))"
    }
    var text = String(format: "%.\(max(0, 13 - exponent))f", number)
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text
  }
}
