/// Some decimal digits, four bits each, so that leading zeros survive and a prefix is a shift away.
///
/// The last digit stands in the lowest bits. Digits beyond ``capacity`` are counted and no more: no
/// number with its prefixes is so long.
package struct DigitRun: Sendable, Hashable {
  /// The digits, the last in the lowest four bits.
  var bits: UInt128 = 0
  /// How many digits there are.
  package private(set) var count = 0

  /// How many digits are kept.
  static let capacity = 32

  /// No digits.
  package init() {}

  init(bits: UInt128, count: Int) {
    self.bits = bits
    self.count = count
  }

  /// The digits of a text; other characters are left out.
  package init(_ text: some Sequence<UInt8>) {
    for byte in text where byte &- 48 < 10 { append(byte - 48) }
  }

  /// The decimal digits of an integer; of zero, none.
  package init(decimal number: Int) {
    self.init(String(number).utf8)
    if number == 0 { self = DigitRun() }
  }

  /// Adds a digit behind the others.
  @inline(__always)
  mutating func append(_ digit: UInt8) {
    if count < Self.capacity { bits = bits << 4 | UInt128(digit) }
    count += 1
  }

  /// The digits with others behind them.
  func appending(_ other: DigitRun) -> DigitRun {
    guard count + other.count <= Self.capacity else {
      return DigitRun(bits: bits, count: count + other.count)
    }
    return DigitRun(bits: bits << UInt128(4 * other.count) | other.bits, count: count + other.count)
  }

  /// The digit at a place, counted from 0.
  ///
  /// - Precondition: `index < count <= capacity`.
  @inline(__always)
  subscript(index: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: (bits >> UInt128(4 * (count - 1 - index))) & 15)
  }

  /// The digit at a place, counted from 0.
  ///
  /// - Precondition: `index < count`, and `count` is at most 32.
  package func digit(at index: Int) -> UInt8 { self[index] }

  /// The first `length` digits.
  ///
  /// - Precondition: `length <= count <= capacity`.
  @inline(__always)
  func prefix(_ length: Int) -> DigitRun {
    DigitRun(bits: length == 0 ? 0 : bits >> UInt128(4 * (count - length)), count: length)
  }

  /// The digits behind the first `length`.
  ///
  /// - Precondition: `length <= count <= capacity`.
  @inline(__always)
  func dropFirst(_ length: Int) -> DigitRun {
    let rest = count - length
    guard rest < Self.capacity else { return self }
    return DigitRun(bits: bits & ((1 << UInt128(4 * rest)) - 1), count: rest)
  }

  /// Whether the digits begin with others.
  @inline(__always)
  func hasPrefix(_ other: DigitRun) -> Bool {
    other.count <= count && count <= Self.capacity && prefix(other.count).bits == other.bits
  }

  /// The digits as one integer; of more than nineteen, the lowest bits of it.
  package var value: UInt64 {
    var value: UInt64 = 0
    for index in 0..<Swift.min(count, Self.capacity) { value = value &* 10 &+ UInt64(self[index]) }
    return value
  }
}
