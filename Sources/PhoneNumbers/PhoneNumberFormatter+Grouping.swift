// How digits are parted into groups.

extension PhoneNumberFormatter {
  /// The groups of a national number in the international form.
  func grouping(_ callingCode: Int, _ national: DigitRun) -> PhoneMetadata.Grouping {
    if callingCode == 7 {
      switch plan7.form(of: national) {
      case .threeThree, nil: return PhoneMetadata.Grouping(sizes: 0x2233, hyphens: 0b110)
      case .fourTwo: return PhoneMetadata.Grouping(sizes: 0x2224)
      case .fiveOne: return PhoneMetadata.Grouping(sizes: 0x2215)
      case .kazakh: return PhoneMetadata.Grouping(sizes: 0x433)
      case .freephone: return PhoneMetadata.Grouping(sizes: 0x3344)
      }
    }
    if let index = metadata.country(ofCallingCode: callingCode), national.count < 20 {
      let known = metadata.groupings[index * 20 + national.count]
      if known.sizes != 0 { return known }
    }
    return Self.threes(national.count)
  }

  /// Threes from the end; the first group has two to four digits.
  private static func threes(_ count: Int) -> PhoneMetadata.Grouping {
    var rest = count
    var sizes: UInt64 = 0
    while rest > 4 {
      sizes = sizes << 4 | 3
      rest -= 3
    }
    return PhoneMetadata.Grouping(sizes: sizes << 4 | UInt64(rest))
  }

  /// Appends digits in groups, the first perhaps in brackets.
  static func append(
    _ digits: DigitRun, in grouping: PhoneMetadata.Grouping, bracketsFirst: Bool = false,
    to text: inout [UInt8]
  ) {
    var rest = digits
    var sizes = grouping.sizes
    var hyphens = grouping.hyphens
    var brackets = bracketsFirst
    while sizes != 0 {
      let size = min(Int(sizes & 15), rest.count)
      if brackets { text.append(UInt8(ascii: "(")) }
      append(DigitRun(value: UInt64(rest.prefix(size)), count: size), to: &text)
      if brackets { text.append(UInt8(ascii: ")")) }
      brackets = false
      rest = rest.dropFirst(size)
      sizes >>= 4
      if sizes != 0 {
        text.append(hyphens & 1 == 1 ? UInt8(ascii: "-") : UInt8(ascii: " "))
      }
      hyphens >>= 1
    }
    if rest.count > 0 { append(rest, to: &text) }
  }

  /// Appends an integer's digits.
  static func append(_ number: UInt64, to text: inout [UInt8]) {
    append(DigitRun(value: number, count: number == 0 ? 1 : DigitRun.count(of: number)), to: &text)
  }

  /// Appends digits, leading zeros included.
  static func append(_ digits: DigitRun, to text: inout [UInt8]) {
    var rest = digits.value
    let end = text.count + digits.count
    for _ in 0..<digits.count { text.append(48) }
    var index = end - 1
    for _ in 0..<digits.count {
      text[index] = 48 + UInt8(rest % 10)
      rest /= 10
      index -= 1
    }
  }
}
