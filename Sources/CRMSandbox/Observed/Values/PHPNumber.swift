/// The number at the beginning of a text, as PHP finds it.
///
/// White space and a sign may stand before it; `12`, `1.5`, `.5`, `1e3` are numbers, hexadecimal
/// ones are not.
struct PHPNumber {
  private let text: [UInt8]
  /// Where the number, with its sign, begins and ends.
  private let bounds: Range<Int>
  /// Whether it consists of digits alone.
  private let isWhole: Bool

  /// Finds the number; `nil` where the text begins with none.
  init?(_ text: [UInt8]) {
    let start = text.firstIndex { !Self.isSpace($0) } ?? text.count
    var place = start
    if place < text.count, text[place] == UInt8(ascii: "-") || text[place] == UInt8(ascii: "+") {
      place += 1
    }
    let whole = Self.digits(in: text, from: place)
    place += whole
    var fraction = 0
    var isWhole = true
    if place < text.count, text[place] == UInt8(ascii: ".") {
      fraction = Self.digits(in: text, from: place + 1)
      if whole + fraction > 0 {
        place += 1 + fraction
        isWhole = false
      }
    }
    guard whole + fraction > 0 else { return nil }
    if place < text.count, text[place] | 0x20 == UInt8(ascii: "e") {
      var exponent = place + 1
      if exponent < text.count,
        text[exponent] == UInt8(ascii: "-") || text[exponent] == UInt8(ascii: "+")
      {
        exponent += 1
      }
      let count = Self.digits(in: text, from: exponent)
      if count > 0 {
        place = exponent + count
        isWhole = false
      }
    }
    self.text = text
    self.bounds = start..<place
    self.isWhole = isWhole
  }

  /// The number with its fraction.
  var double: Double { Double(String(decoding: text[bounds], as: UTF8.self)) ?? 0 }

  /// The number without its fraction; beyond the range of whole numbers it is the nearest of them.
  var integer: Int {
    if isWhole, let number = Int(String(decoding: text[bounds], as: UTF8.self)) { return number }
    return Self.integer(double)
  }

  /// What follows the number.
  var rest: ArraySlice<UInt8> { text[bounds.upperBound...] }

  /// A text as `(int)` casts it: the number it begins with, or 0.
  static func integer(_ text: [UInt8]) -> Int { PHPNumber(text)?.integer ?? 0 }

  /// Whether `is_numeric` says yes.
  static func isNumeric(_ text: [UInt8]) -> Bool { PHPNumber(text)?.rest.isEmpty == true }

  private static func integer(_ number: Double) -> Int {
    let whole = number.rounded(.towardZero)
    return Int(exactly: whole) ?? (whole.isNaN ? 0 : whole < 0 ? .min : .max)
  }

  private static func digits(in text: [UInt8], from place: Int) -> Int {
    guard place < text.count else { return 0 }
    return text[place...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
