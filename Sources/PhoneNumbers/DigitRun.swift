/// Some decimal digits as one integer and a count, so that leading zeros survive.
struct DigitRun {
  /// The digits read as an integer; the first ``capacity`` of them if there are more.
  var value: UInt64 = 0
  /// How many digits there are.
  var count = 0

  /// How many digits always fit into the integer.
  static let capacity = 19

  /// Adds a digit behind the others.
  @inline(__always)
  mutating func append(_ digit: UInt8) {
    if count < Self.capacity { value = value &* 10 &+ UInt64(digit) }
    count += 1
  }

  /// The first `length` digits.
  ///
  /// - Precondition: `length <= count <= capacity`.
  @inline(__always)
  func prefix(_ length: Int) -> Int { Int(value / Self.power(count - length)) }

  /// The digits behind the first `length`.
  ///
  /// - Precondition: `length <= count <= capacity`.
  @inline(__always)
  func dropFirst(_ length: Int) -> DigitRun {
    DigitRun(value: value % Self.power(count - length), count: count - length)
  }

  /// Ten to the power of `exponent`, which is at most 19.
  @inline(__always)
  static func power(_ exponent: Int) -> UInt64 {
    switch exponent {
    case 7: return 10_000_000
    case 8: return 100_000_000
    case 9: return 1_000_000_000
    case 10: return 10_000_000_000
    default:
      var power: UInt64 = 1
      for _ in 0..<exponent { power &*= 10 }
      return power
    }
  }

  /// How many decimal digits an integer above zero has.
  static func count(of value: UInt64) -> Int {
    var count = 1
    var rest = value / 10
    while rest > 0 {
      count += 1
      rest /= 10
    }
    return count
  }

  /// Whether all digits are the same, as in `1111111111`.
  var isOneDigitRepeated: Bool {
    var repeated: UInt64 = 0
    for _ in 0..<min(count, Self.capacity) { repeated = repeated * 10 + 1 }
    return value % 10 * repeated == value
  }
}
