/// The labels that address books of Apple give to values: `item1.X-ABLabel:_$!<Mobile>!$_`.
enum CardLabel {
  /// The property that holds the label of all others in its group.
  static let propertyName = "X-ABLABEL"

  /// What stands before and behind the name of a label that the address book itself offers.
  private static let wrapping = (before: "_$!<", behind: ">!$_")

  /// Labels that are written with nothing around them as well.
  private static let plain: Set = [
    "MOBILE", "IPHONE", "HOME", "WORK", "OTHER", "HOMEFAX", "WORKFAX", "OTHERFAX", "MAIN", "PAGER",
    "HOMEPAGE", "ANNIVERSARY",
  ]

  /// The types that say the same as a label, or `nil` for a label that somebody thought of.
  static func types(of label: String) -> [String]? {
    if label.hasPrefix(wrapping.before), label.hasSuffix(wrapping.behind),
      label.utf8.count > wrapping.before.utf8.count + wrapping.behind.utf8.count
    {
      let name = label.dropFirst(wrapping.before.count).dropLast(wrapping.behind.count)
      return name.utf8.allSatisfy(isLetter) ? [name.uppercased()] : nil
    }
    let name = label.uppercased()
    return plain.contains(name) ? [name] : nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
