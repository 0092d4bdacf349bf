/// Counts what a domain label beyond ASCII takes on the wire (RFC 3492).
enum Punycode {
  /// How many octets a label has as an A-label, `xn--` included.
  static func labelLength(of label: [Unicode.Scalar]) -> Int {
    let basic = label.reduce(0) { $0 + ($1.isASCII ? 1 : 0) }
    guard basic < label.count else { return label.count }
    // Names beyond any limit need no exact figure, and the arithmetic below no overflow.
    guard label.count <= 63 else { return label.count + 4 }
    return 4 + basic + (basic > 0 ? 1 : 0) + digitCount(of: label, basic: basic)
  }

  /// How many digits the encoder writes behind the delimiter (RFC 3492 §6.3).
  private static func digitCount(of label: [Unicode.Scalar], basic: Int) -> Int {
    var digits = 0
    var next = 0x80
    var delta = 0
    var bias = 72
    var handled = basic
    while handled < label.count {
      let code = label.lazy.map { Int($0.value) }.filter { $0 >= next }.min() ?? next
      delta += (code - next) * (handled + 1)
      next = code
      for scalar in label {
        if Int(scalar.value) < next { delta += 1 }
        guard Int(scalar.value) == next else { continue }
        digits += variableLength(of: delta, bias: bias)
        bias = adapt(delta, count: handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
    return digits
  }

  private static func variableLength(of delta: Int, bias: Int) -> Int {
    var rest = delta
    var count = 1
    var place = 36
    while true {
      let threshold = min(max(place - bias, 1), 26)
      if rest < threshold { return count }
      rest = (rest - threshold) / (36 - threshold)
      count += 1
      place += 36
    }
  }

  private static func adapt(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var place = 0
    while delta > 455 {
      delta /= 35
      place += 36
    }
    return place + 36 * delta / (delta + 38)
  }
}
