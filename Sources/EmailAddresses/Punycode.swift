/// The encoding of labels beyond ASCII (RFC 3492), without the prefix `xn--`.
enum Punycode {
  private static let base = 36
  /// No label is longer, and text of this length cannot make the arithmetic overflow.
  private static let longest = 255

  /// The label as basic characters, or `nil` if it is longer than any domain name.
  ///
  /// - Complexity: O(*n*²) in the label's at most 255 characters.
  static func encode(_ label: [Unicode.Scalar]) -> [UInt8]? {
    guard label.count <= longest else { return nil }
    var output: [UInt8] = []
    let codes = label.map(\.value)
    append(codes.span, to: &output)
    return output
  }

  /// Appends a label of at most 255 code points as basic characters.
  ///
  /// - Complexity: O(*n*²) in the label; allocates only when the output grows.
  static func append(_ label: Span<UInt32>, to output: inout [UInt8]) {
    var basic = 0
    for index in label.indices where label[index] < 0x80 {
      output.append(UInt8(truncatingIfNeeded: label[index]))
      basic += 1
    }
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    var next: UInt32 = 0x80
    var delta = 0
    var bias = 72
    var handled = basic
    while handled < label.count {
      var code = UInt32.max
      for index in label.indices where label[index] >= next { code = min(code, label[index]) }
      delta += Int(code - next) * (handled + 1)
      next = code
      for index in label.indices {
        if label[index] < next { delta += 1 }
        guard label[index] == next else { continue }
        appendInteger(delta, bias: bias, to: &output)
        bias = adapt(delta, count: handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
  }

  /// The label that basic characters stand for, or `nil` if they stand for none.
  ///
  /// - Complexity: O(*n*²) in the at most 255 characters.
  static func decode(_ text: [UInt8]) -> [Unicode.Scalar]? {
    guard text.count <= longest else { return nil }
    var output: [Unicode.Scalar] = []
    var index = 0
    if let delimiter = text.lastIndex(of: UInt8(ascii: "-")) {
      for byte in text[..<delimiter] {
        guard byte < 0x80 else { return nil }
        output.append(Unicode.Scalar(byte))
      }
      index = delimiter + 1
    }
    var code = 0x80
    var place = 0
    var bias = 72
    while index < text.count {
      let before = place
      var weight = 1
      var limit = base
      while true {
        guard index < text.count, let digit = digit(text[index]) else { return nil }
        index += 1
        place += digit * weight
        let threshold = min(max(limit - bias, 1), 26)
        if digit < threshold { break }
        weight *= base - threshold
        limit += base
        // Far beyond the last code point for every length, far below an overflow.
        guard weight < 1 << 40, place < 1 << 40 else { return nil }
      }
      let count = output.count + 1
      bias = adapt(place - before, count: count, isFirst: before == 0)
      code += place / count
      place %= count
      guard code <= 0x10FFFF, let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
      output.insert(scalar, at: place)
      place += 1
    }
    return output
  }

  private static func appendInteger(_ number: Int, bias: Int, to output: inout [UInt8]) {
    var rest = number
    var limit = base
    while true {
      let threshold = min(max(limit - bias, 1), 26)
      if rest < threshold { break }
      output.append(letter(threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
      limit += base
    }
    output.append(letter(rest))
  }

  /// `a` to `z` are 0 to 25, `0` to `9` are 26 to 35.
  private static func letter(_ digit: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: digit < 26 ? 0x61 + digit : 0x30 + digit - 26)
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte) - 0x61
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte) - 0x41
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 0x30 + 26
    default: nil
    }
  }

  private static func adapt(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var place = 0
    while delta > 455 {
      delta /= 35
      place += base
    }
    return place + base * delta / (delta + 38)
  }
}
