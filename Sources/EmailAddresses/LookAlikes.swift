/// Finds letters of another alphabet that look like Latin ones.
///
/// `ivan@mаil.ru` with a Cyrillic `а` looks right and reaches nobody. A part that mixes Latin with
/// Cyrillic or Greek letters is taken for such a slip, and so is a local part of look-alikes alone
/// (`сора`) before an ASCII domain. A domain label that is Cyrillic throughout is a name.
enum LookAlikes {
  private enum Alphabet { case latin, cyrillic, greek, other }

  /// Small and capital Cyrillic letters with the shape of a Latin one.
  private static let cyrillicTwins: Set<Unicode.Scalar> = Set(
    "асеорхуіјѕԁԛԝһАВСЕНІЈКМОРЅТХУ".unicodeScalars)

  /// The slip in an address, if there is one.
  static func problem(
    local: ArraySlice<Unicode.Scalar>, labels: [ArraySlice<Unicode.Scalar>]
  ) -> EmailProblem? {
    if isMixed(local) || labels.contains(where: isMixed) { return .lookAlikeLetters }
    if labels.contains(where: { !$0.allSatisfy(\.isASCII) }) { return nil }
    var hasTwin = false
    for scalar in local where isLetter(scalar) {
      guard cyrillicTwins.contains(scalar) else { return nil }
      hasTwin = true
    }
    return hasTwin ? .lookAlikeLetters : nil
  }

  /// Whether a scalar is a letter of any alphabet.
  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x7F: (scalar.value | 0x20) &- 0x61 < 26
    case 0x410...0x44F: true
    default: scalar.properties.isAlphabetic
    }
  }

  private static func isMixed(_ part: ArraySlice<Unicode.Scalar>) -> Bool {
    var hasLatin = false
    var hasOther = false
    for scalar in part where isLetter(scalar) {
      switch alphabet(of: scalar) {
      case .latin: hasLatin = true
      case .cyrillic, .greek: hasOther = true
      case .other: break
      }
    }
    return hasLatin && hasOther
  }

  private static func alphabet(of scalar: Unicode.Scalar) -> Alphabet {
    switch scalar.value {
    case 0x41...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: .latin
    case 0x400...0x52F: .cyrillic
    case 0x370...0x3FF, 0x1F00...0x1FFF: .greek
    default: .other
    }
  }
}
