/// Brings the blanks of a name in order and takes out what cannot be seen.
enum NameTidying {
  /// A text with single blanks inside and none around it.
  ///
  /// - Tabs, line breaks and Unicode's blanks become one blank.
  /// - Control characters, soft hyphens, zero-width and directional signs are removed; the joiners
  ///   only between Latin and Cyrillic letters, since other scripts need them.
  /// - `и`, `е`, `у`, `і` with a combining breve or diaeresis become `й`, `ё`, `ў`, `ї`: by Unicode
  ///   the two spellings are one text (canonical equivalence), so this is no change of the value.
  ///
  /// - Returns: The text, and how many invisible characters were removed.
  static func tidied(_ text: String) -> (text: String, removed: Int) {
    let hasOtherScripts = text.unicodeScalars.contains { (0x590...0x1DFF).contains($0.value) }
    var output = String.UnicodeScalarView()
    var removed = 0
    var isBlankPending = false
    for scalar in text.unicodeScalars {
      if isBlank(scalar) {
        isBlankPending = !output.isEmpty
      } else if isInvisible(scalar, keepsJoiners: hasOtherScripts) {
        removed += 1
      } else if !isBlankPending, let last = output.last, let letter = composed(last, scalar) {
        output.removeLast()
        output.append(letter)
      } else {
        if isBlankPending { output.append(" ") }
        isBlankPending = false
        output.append(scalar)
      }
    }
    return (String(output), removed)
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
      true
    default: false
    }
  }

  private static func isInvisible(_ scalar: Unicode.Scalar, keepsJoiners: Bool) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2064,
      0x2066...0x2069, 0xFEFF:
      true
    case 0x200C, 0x200D: !keepsJoiners
    default: false
    }
  }

  private static func composed(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar)
    -> Unicode.Scalar?
  {
    switch (letter, mark.value) {
    case ("и", 0x306): "й"
    case ("И", 0x306): "Й"
    case ("у", 0x306): "ў"
    case ("У", 0x306): "Ў"
    case ("е", 0x308): "ё"
    case ("Е", 0x308): "Ё"
    case ("і", 0x308): "ї"
    case ("І", 0x308): "Ї"
    default: nil
    }
  }
}
