import ContactModel

/// A cell that is being read, and how its value becomes text.
struct SheetCell {
  /// What a cell's value is (ECMA-376-1 §18.18.11, `ST_CellType`).
  enum Kind: Equatable {
    case number
    /// The number of a shared text.
    case sharedText
    case text
    case truth
    case error
    /// A date in the form of ISO 8601.
    case date

    /// The kind of a cell by its attribute `t`; what is unknown is text.
    init(_ name: UnsafeBufferPointer<UInt8>) {
      self =
        if name.elementsEqual("s".utf8) {
          .sharedText
        } else if name.elementsEqual("n".utf8) || name.isEmpty {
          .number
        } else if name.elementsEqual("b".utf8) {
          .truth
        } else if name.elementsEqual("e".utf8) {
          .error
        } else if name.elementsEqual("d".utf8) {
          .date
        } else {
          .text
        }
    }
  }

  /// Whether the cell has a formula.
  var hasFormula = false
  /// Whether the cell has a value, which may be empty.
  var hasValue = false
  /// Whether the cell has a text of its own, which goes before a value.
  private(set) var hasInlineText = false
  private var kind = Kind.number
  private var format = NumberFormat.number
  private var text: [UInt8] = []
  /// The text of a cell as it is shown; kept for its memory.
  private var shown: [UInt8] = []

  /// Begins the next cell.
  mutating func begin(kind: Kind, format: NumberFormat) {
    self.kind = kind
    self.format = format
    text.removeAll(keepingCapacity: true)
    (hasFormula, hasValue, hasInlineText) = (false, false, false)
  }

  /// Begins a text that stands in the cell itself, whatever the cell says of its kind.
  mutating func beginInlineText() {
    hasInlineText = true
    kind = .text
    text.removeAll(keepingCapacity: true)
  }

  /// Adds to the value; what is too long for a cell is cut off, since it is dropped later.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    text.append(contentsOf: bytes.prefix(max(0, EscapedText.longestText + 1 - text.count)))
  }

  /// Whether an attribute or a value says yes.
  static func isTrue(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.elementsEqual("1".utf8) || bytes.elementsEqual("true".utf8)
  }

  /// Puts the cell, as a person sees it, into a row.
  mutating func write(
    to row: inout SheetRow, column: Int, strings: inout SharedStrings, epoch: SerialDate.Epoch
  ) throws(FormatError) {
    if text.isEmpty, hasFormula, !(kind == .text && hasValue) {
      row.note(.formulaWithoutValue, column: column)
    }
    guard !text.isEmpty else { return }
    shown.removeAll(keepingCapacity: true)
    switch kind {
    case .text:
      // A text that was cut off has to stay too long.
      if text.count <= EscapedText.longestText { EscapedText.decode(&text, from: 0) }
      row.append(text, column: column)
      return
    case .sharedText:
      let number = text.withUnsafeBufferPointer { Int(digits: $0) }
      guard let number, try strings.append(number, to: &shown) else {
        row.note(.invalidCell, column: column)
        return
      }
    case .truth: writeTruth(to: &row, column: column)
    case .error: row.note(.errorCell, column: column)
    case .date: writeISODate()
    case .number: writeNumber(to: &row, column: column, epoch: epoch)
    }
    row.append(shown, column: column)
  }

  private mutating func writeTruth(to row: inout SheetRow, column: Int) {
    if text.withUnsafeBufferPointer(Self.isTrue) {
      shown += "TRUE".utf8
    } else if text == Array("0".utf8) || text == Array("false".utf8) {
      shown += "FALSE".utf8
    } else {
      row.note(.invalidCell, column: column)
      shown += text
    }
  }

  /// Writes `2021-01-31T08:30:00.000Z` as `2021-01-31 08:30:00`, and midnight as the day alone.
  private mutating func writeISODate() {
    guard text.count > 10, text[10] == UInt8(ascii: "T") else {
      shown += text
      return
    }
    shown += text[..<10]
    let time = text[11...].prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "Z") }
    guard !time.elementsEqual("00:00:00".utf8) else { return }
    shown.append(Byte.space)
    shown += time
  }

  private mutating func writeNumber(
    to row: inout SheetRow, column: Int, epoch: SerialDate.Epoch
  ) {
    trimBlanks()
    let parsed = CellNumber(text.span)
    guard let number = parsed else {
      row.note(.invalidCell, column: column)
      shown += text
      return
    }
    switch format {
    case .number: break
    case .date:
      if let date = SerialDate(number.double, epoch: epoch) { return date.append(to: &shown) }
      row.note(.invalidCell, column: column)
    case .duration:
      if SerialDate.appendDuration(number.double, to: &shown) { return }
      row.note(.invalidCell, column: column)
    }
    if !number.appendGeneral(to: &shown) {
      row.note(.lostDigits, column: column)
      shown += text
    }
  }

  private mutating func trimBlanks() {
    while let last = text.last, Byte.isBlank(last) { text.removeLast() }
    text.removeFirst(text.prefix(while: Byte.isBlank).count)
  }
}
