/// What a cell's number means, going by its number format.
enum NumberFormat: UInt8, Sendable {
  /// A number.
  case number
  /// A date, a time of day, or both.
  case date
  /// A duration, such as `[h]:mm`.
  case duration

  /// The format with a built-in number (ECMA-376-1 §18.8.30).
  ///
  /// 27–36 and 50–58 are dates in the East Asian editions, which write them without their code; a
  /// workbook that gives such a number a code of its own goes by the code.
  init(builtIn number: Int) {
    self =
      switch number {
      case 46: .duration
      case 14...22, 27...36, 45, 47, 50...58: .date
      default: .number
      }
  }

  /// The format with a code (ECMA-376-1 §18.8.31), such as `dd.mm.yyyy` or `0" days"`.
  ///
  /// Only the first section counts, the one for positive numbers. It is a date if one of the letters
  /// for days, months, years, hours and seconds stands outside quotes, brackets and escapes.
  init(code: [UInt8]) {
    var letters = false
    var elapsed = false
    var index = 0
    scan: while index < code.count {
      switch code[index] {
      case UInt8(ascii: ";"): break scan
      case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): index += 1
      case UInt8(ascii: "\""):
        index = code[(index + 1)...].firstIndex(of: UInt8(ascii: "\"")) ?? code.count
      case UInt8(ascii: "["):
        let end = code[index...].firstIndex(of: UInt8(ascii: "]")) ?? code.count
        elapsed = elapsed || Self.isElapsed(code[(index + 1)..<end])
        index = end
      case let byte:
        letters = letters || Self.dateLetters.contains(byte | 0x20)
      }
      index += 1
    }
    self = elapsed ? .duration : letters ? .date : .number
  }

  private static let dateLetters = Array("dmyhs".utf8)

  /// Whether brackets hold `h`, `mm`, `ss` and the like, rather than a color, a language or a condition.
  private static func isElapsed(_ content: ArraySlice<UInt8>) -> Bool {
    guard let first = content.first.map({ $0 | 0x20 }), content.count <= 2 else { return false }
    return Array("hms".utf8).contains(first) && content.allSatisfy { $0 | 0x20 == first }
  }
}
