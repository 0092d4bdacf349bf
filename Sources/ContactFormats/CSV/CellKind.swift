/// What a table's cell looks like, as far as that tells a column's name from its values.
///
/// Names are words. No column is called `anna@example.com`, `+7 912 345-67-89` or `12.03.2024`.
enum CellKind: Equatable {
  case empty, word, number, phone, date, email, webAddress

  /// - Parameter cell: The cell's text; blanks around it do not matter.
  /// - Complexity: O(*n*) in its bytes.
  init(_ cell: String) {
    // One pass tells nearly all; the closer looks below are for the few cells that pass it.
    var (digits, marks, phoneMarks, numberMarks, dateMarks, ats) = (0, 0, 0, 0, 0, 0)
    for byte in cell.utf8 where !Byte.isBlank(byte) {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "-"), UInt8(ascii: "."):
        (marks, phoneMarks, numberMarks, dateMarks) =
          (marks + 1, phoneMarks + 1, numberMarks + 1, dateMarks + 1)
      case UInt8(ascii: "+"):
        (marks, phoneMarks, numberMarks) = (marks + 1, phoneMarks + 1, numberMarks + 1)
      case UInt8(ascii: "("), UInt8(ascii: ")"): (marks, phoneMarks) = (marks + 1, phoneMarks + 1)
      case UInt8(ascii: "/"):
        (marks, phoneMarks, dateMarks) = (marks + 1, phoneMarks + 1, dateMarks + 1)
      case UInt8(ascii: ","): (marks, numberMarks) = (marks + 1, numberMarks + 1)
      case UInt8(ascii: ":"), UInt8(ascii: "T"), UInt8(ascii: "Z"):
        (marks, dateMarks) = (marks + 1, dateMarks + 1)
      case UInt8(ascii: "@"): (marks, ats) = (marks + 1, ats + 1)
      default: marks += 1
      }
    }
    if digits + marks == 0 {
      self = .empty
    } else if ats == 1, Self.isEmail(cell) {
      self = .email
    } else if digits >= 4, dateMarks == marks, Self.isDate(cell) {
      self = .date
    } else if phoneMarks == marks, (10...15).contains(digits) || (marks > 0 && 7...9 ~= digits) {
      self = .phone
    } else if digits > 0, numberMarks == marks {
      self = .number
    } else {
      self = Self.isWebAddress(cell) ? .webAddress : .word
    }
  }

  /// Whether values of this kind are unlikely to be a column's name.
  var isTelling: Bool { self == .email || self == .phone || self == .date || self == .webAddress }

  /// Whether a column may hold both kinds: some phones look like plain numbers.
  func fits(_ other: CellKind) -> Bool {
    self == other || (self == .phone && other == .number) || (self == .number && other == .phone)
  }

  /// Whether a text with one `@` has something before it, and a domain with a dot behind.
  private static func isEmail(_ cell: String) -> Bool {
    let parts = cell.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty
      && parts[1].dropFirst().dropLast().contains(".")
      && !cell.contains { $0 == " " || $0 == "," || $0 == ";" }
  }

  private static func isWebAddress(_ cell: String) -> Bool {
    ["http://", "https://", "www."].contains { cell.hasPrefix($0) }
  }

  /// Whether a text is three groups of digits as dates have them, such as `2024-03-12` or `12.03.24`,
  /// alone or before a time of day.
  private static func isDate(_ cell: String) -> Bool {
    let words = cell.split { $0 == " " || $0 == "T" }
    guard let day = words.first, words.count <= 2 else { return false }
    let groups = day.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "-" || $0 == "/" }
    let lengths = groups.map(\.utf8.count)
    guard groups.count == 3, groups.allSatisfy({ $0.allSatisfy(\.isNumber) }) else { return false }
    let isYearFirst = lengths[0] == 4 && 1...2 ~= lengths[1] && 1...2 ~= lengths[2]
    let isYearLast =
      1...2 ~= lengths[0] && 1...2 ~= lengths[1] && (lengths[2] == 4 || lengths[2] == 2)
    return isYearFirst || isYearLast
  }
}
