/// The columns that the properties of cards have, numbered as they come.
///
/// A property that stands in a card several times has a row of columns for each time: `TEL[CELL]`,
/// `TEL[CELL] (2)`; an address keeps its parts together. Rows are found once and then cost an index:
///
/// ```swift
/// let number = columns.number(of: CardProperty(name: "TEL", types: ["cell"]))
/// let row = columns.nextRow(of: number)                    // the next time in this card
/// let column = columns.column(row: row, component: 0, in: &table)
/// ```
struct CardColumns: Sendable {
  /// The part of a row that holds what people call the value, as in `TEL[OTHER].label`.
  static let label = -1
  /// Rows hold a column each at least, except the first of a property.
  private static let mostRows = 2 * ColumnTable.limit

  /// How a property was used last.
  private struct Use {
    let firstRow: Int
    /// The column of the first part in the first row, or -1 while it has not been needed.
    var firstColumn: Int
    /// The row last used, and in which card.
    var row: Int
    var card: Int

    /// Uses it for the first time in a card.
    mutating func first(in card: Int) -> (row: Int, column: Int)? {
      guard self.card != card, firstColumn >= 0 else { return nil }
      self.card = card
      row = firstRow
      return (firstRow, firstColumn)
    }
  }

  private struct Row {
    let property: Int
    /// How often the property stood in the card before.
    let occurrence: Int
    /// The row of the next time, or -1 while there was none.
    var next: Int
    /// Where its column numbers begin in ``slots``: the label's first, then the parts'.
    let slot: Int
    let width: Int
  }

  private var properties: [CardProperty] = []
  private var uses: [Use] = []
  private var numbers: [CardProperty: Int] = [:]
  private var rows: [Row] = []
  /// Column numbers, or -1 where a column has not been needed yet.
  private var slots: [Int] = []
  private var card = 0

  /// Begins a card: every property stands there for the first time again.
  mutating func beginCard() { card += 1 }

  /// A property's number; `nil` if there are more properties than there can be columns.
  mutating func number(of property: CardProperty) -> Int? {
    if let known = numbers[property] { return known }
    guard properties.count < ColumnTable.limit else { return nil }
    let number = properties.count
    numbers[property] = number
    let row = addRow(of: number, width: property.structure.componentNames.count, occurrence: 0)
    properties.append(property)
    uses.append(Use(firstRow: row, firstColumn: -1, row: row, card: 0))
    return number
  }

  /// The property that has a number.
  func property(_ number: Int) -> CardProperty { properties[number] }

  /// The row for the next time that a property stands in this card; `nil` if it stands there more
  /// often than there can be columns.
  mutating func nextRow(of number: Int) -> Int? {
    guard uses[number].card == card else {
      uses[number].card = card
      uses[number].row = uses[number].firstRow
      return uses[number].firstRow
    }
    let last = uses[number].row
    var next = rows[last].next
    if next < 0 {
      guard rows.count < Self.mostRows else { return nil }
      next = addRow(of: number, width: rows[last].width, occurrence: rows[last].occurrence + 1)
      rows[last].next = next
    }
    uses[number].row = next
    return next
  }

  /// The row and the first part's column for a property that stands in this card for the first time,
  /// which is what nearly all do; `nil` where it takes more to find them.
  mutating func firstUse(of number: Int) -> (row: Int, column: Int)? {
    uses[number].first(in: card)
  }

  /// The column of one part of a value; `nil` if there are too many columns.
  mutating func column(row: Int, component: Int, in table: inout ColumnTable) -> Int? {
    let (slot, width) = (rows[row].slot, rows[row].width)
    guard component < width else {
      return table.number(of: name(row: row, component: component))
    }
    let known = slots[slot + component + 1]
    if known >= 0 { return known }
    let found = table.number(of: name(row: row, component: component))
    if let found {
      slots[slot + component + 1] = found
      if component == 0, rows[row].occurrence == 0 { uses[rows[row].property].firstColumn = found }
    }
    return found
  }

  /// The name of a column, such as `ADR[HOME].city (2)`.
  func name(row: Int, component: Int) -> String {
    let property = properties[rows[row].property]
    let suffix =
      component == Self.label ? ".label" : property.structure.suffix(ofComponent: component)
    let occurrence = rows[row].occurrence
    return property.columnName + suffix + (occurrence == 0 ? "" : " (\(occurrence + 1))")
  }

  private mutating func addRow(of property: Int, width: Int, occurrence: Int) -> Int {
    rows.append(
      Row(property: property, occurrence: occurrence, next: -1, slot: slots.count, width: width))
    slots.append(contentsOf: repeatElement(-1, count: width + 1))
    return rows.count - 1
  }
}
