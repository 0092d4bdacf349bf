/// A number as it stands in a cell's XML, such as `79222505050`, `0.30000000000000004` or `1E+15`.
///
/// It stays decimal throughout: spreadsheets store up to 17 digits to carry a binary fraction over, and
/// show 15 of them. Rounding the digits gives what a person sees, without the way through `Double`.
struct CellNumber: Equatable {
  /// How many digits of a number spreadsheets show, and keep exactly.
  static let shownDigits = 15

  /// Whether it stands below zero.
  private(set) var isNegative = false
  /// The digits that count, without zeros at either end; at most 19.
  private(set) var digits: UInt64 = 0
  /// The power of ten they are multiplied by.
  private(set) var exponent = 0

  /// Reads a number (XML Schema `double`, without its words for infinity and for no number).
  ///
  /// - Returns: `nil` if the bytes are no number.
  init?(_ text: Span<UInt8>) {
    var place = 0
    var dropped = 0
    var seenDigits = 0
    var fraction = 0
    var isBehindPoint = false
    if place < text.count, text[place] == UInt8(ascii: "-") || text[place] == UInt8(ascii: "+") {
      isNegative = text[place] == UInt8(ascii: "-")
      place += 1
    }
    while place < text.count {
      let byte = text[place]
      if byte == UInt8(ascii: "."), !isBehindPoint {
        isBehindPoint = true
      } else {
        let digit = byte &- UInt8(ascii: "0")
        guard digit < 10 else { break }
        seenDigits += 1
        if isBehindPoint { fraction += 1 }
        if digits < 1_000_000_000_000_000_000 {
          digits = digits * 10 + UInt64(digit)
        } else {
          dropped += 1
        }
      }
      place += 1
    }
    guard seenDigits > 0, let power = Self.power(in: text, from: place) else { return nil }
    exponent = dropped - fraction + power
    dropZeros()
  }

  /// Reads `E+15` at the end of a number; 0 where there is nothing, `nil` where it is something else.
  private static func power(in text: Span<UInt8>, from start: Int) -> Int? {
    guard start < text.count else { return 0 }
    guard text[start] | 0x20 == UInt8(ascii: "e") else { return nil }
    var place = start + 1
    var isNegative = false
    if place < text.count, text[place] == UInt8(ascii: "-") || text[place] == UInt8(ascii: "+") {
      isNegative = text[place] == UInt8(ascii: "-")
      place += 1
    }
    // A double ends at E+308.
    guard place < text.count, text.count - place <= 4 else { return nil }
    var power = 0
    while place < text.count {
      let digit = text[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      power = power * 10 + Int(digit)
      place += 1
    }
    return isNegative ? -power : power
  }

  private mutating func dropZeros() {
    guard digits != 0 else {
      (exponent, isNegative) = (0, false)
      return
    }
    while digits.isMultiple(of: 10) {
      digits /= 10
      exponent += 1
    }
  }

  /// How many digits count.
  private var digitCount: Int { Self.digitCount(of: digits) }

  private static func digitCount(of number: UInt64) -> Int {
    var count = 1
    var rest = number / 10
    while rest > 0 {
      count += 1
      rest /= 10
    }
    return count
  }

  /// The number with as many digits as spreadsheets show, a half rounded up.
  var rounded: CellNumber {
    var result = self
    var divisor: UInt64 = 1
    for _ in 0..<max(0, digitCount - Self.shownDigits) {
      divisor *= 10
      result.exponent += 1
    }
    result.digits = (digits + divisor / 2) / divisor
    result.dropZeros()
    return result
  }

  /// The nearest `Double`, or one beside it.
  var double: Double {
    var value = Double(digits)
    var steps = min(abs(exponent), 400)
    // Powers of ten up to 22 are exact.
    while steps > 0 {
      var power = 1.0
      for _ in 0..<min(steps, 22) { power *= 10 }
      value = exponent < 0 ? value / power : value * power
      steps -= 22
    }
    return isNegative ? -value : value
  }
}

extension CellNumber {
  /// Appends the number as the format "General" shows it in a cell wide enough.
  ///
  /// - Returns: `false`, with nothing appended, if the number has more than 15 digits before its
  ///   point: then digits may have been lost before the file was written.
  func appendGeneral(to bytes: inout [UInt8]) -> Bool {
    let shown = rounded
    let text = Array(String(shown.digits).utf8)
    let pointPlace = text.count + shown.exponent
    guard pointPlace <= Self.shownDigits else { return false }
    if shown.isNegative { bytes.append(UInt8(ascii: "-")) }
    if shown.exponent >= 0 {
      bytes += text
      bytes += repeatElement(UInt8(ascii: "0"), count: shown.exponent)
    } else if pointPlace > 0 {
      bytes += text[..<pointPlace]
      bytes.append(UInt8(ascii: "."))
      bytes += text[pointPlace...]
    } else if pointPlace > -9 {
      bytes += [UInt8(ascii: "0"), UInt8(ascii: ".")]
      bytes += repeatElement(UInt8(ascii: "0"), count: -pointPlace)
      bytes += text
    } else {
      bytes.append(text[0])
      if text.count > 1 { bytes.append(UInt8(ascii: ".")) }
      bytes += text[1...]
      bytes += Array("E-\(1 - pointPlace < 10 ? "0" : "")\(1 - pointPlace)".utf8)
    }
    return true
  }
}
