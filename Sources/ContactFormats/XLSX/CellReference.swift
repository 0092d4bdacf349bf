/// A cell's place as workbooks write it, such as `BC17`.
struct CellReference: Equatable {
  /// How many columns a sheet can have (ECMA-376-1 as limited by Excel: `XFD`).
  static let columnLimit = 16_384
  /// How many rows a sheet can have.
  static let rowLimit = 1_048_576

  /// The column, from 0.
  let column: Int

  /// Reads a reference; `$` before its parts is skipped.
  ///
  /// - Returns: `nil` if this is no place in a sheet.
  init?(_ text: Span<UInt8>) {
    var column = 0
    var place = 0
    if place < text.count, text[place] == UInt8(ascii: "$") { place += 1 }
    while place < text.count {
      let letter = (text[place] & 0xDF) &- UInt8(ascii: "A")
      guard letter < 26 else { break }
      column = column * 26 + Int(letter) + 1
      guard column <= Self.columnLimit else { return nil }
      place += 1
    }
    if place < text.count, text[place] == UInt8(ascii: "$") { place += 1 }
    // The row is the one the cell stands in, whatever is said here.
    guard column > 0, place < text.count else { return nil }
    while place < text.count {
      guard text[place] &- UInt8(ascii: "0") < 10 else { return nil }
      place += 1
    }
    self.column = column - 1
  }

  /// Appends a column's letters.
  static func appendColumn(_ column: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    var rest = column + 1
    while rest > 0 {
      rest -= 1
      bytes.insert(UInt8(ascii: "A") + UInt8(rest % 26), at: start)
      rest /= 26
    }
  }
}
