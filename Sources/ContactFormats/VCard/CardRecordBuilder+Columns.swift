import ContactModel

extension CardRecordBuilder {
  // MARK: - Columns

  /// The column of a part of an entry's value, or -1 if there are too many.
  mutating func column(ofEntry entry: Int, component: Int) -> Int32 {
    if let row = row(of: entry),
      let column = columns.column(row: row, component: component, in: &table)
    {
      return Int32(column)
    }
    note(.tooManyColumns)
    return -1
  }

  private mutating func row(of entry: Int) -> Int? {
    if entries[entry].row >= 0 { return Int(entries[entry].row) }
    guard let row = columns.nextRow(of: Int(entries[entry].number)) else { return nil }
    entries[entry].row = Int32(row)
    return row
  }

  /// Finds the columns of all values when labels and preferences are known: preferred values come
  /// first among those of their columns, equals in the card's order.
  mutating func arrange() {
    applyLabels()
    columns.beginCard()
    for index in entries.indices { entries[index].row = -1 }
    let used = Set(values.map(\.entry)).sorted {
      (entries[Int($0)].rank, $0) < (entries[Int($1)].rank, $1)
    }
    for entry in used { _ = row(of: Int(entry)) }
    for index in values.indices {
      let value = values[index]
      values[index].column = column(
        ofEntry: Int(value.entry), component: Int(value.component))
    }
  }

  /// Puts the values, and their text, into the order of their columns.
  mutating func sortValues() {
    orderValues()
    separateEqualColumns()
    let text = Array(bytes[cardStart...])
    bytes.removeSubrange(cardStart...)
    for index in values.indices where values[index].column >= 0 {
      let value = values[index]
      let range = (Int(value.start) - cardStart)..<(Int(value.end) - cardStart)
      text.withUnsafeBufferPointer {
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
      }
      values[index].end = Int32(bytes.count)
    }
  }

  /// Sorts by insertion where that is quickest: few values, nearly all in order already.
  private mutating func orderValues() {
    guard values.count <= 64 else {
      values.sort(by: Self.isBefore)
      return
    }
    for index in values.indices.dropFirst() {
      let value = values[index]
      var place = index
      while place > 0, Self.isBefore(value, values[place - 1]) {
        values[place] = values[place - 1]
        place -= 1
      }
      values[place] = value
    }
  }

  private static func isBefore(_ left: Value, _ right: Value) -> Bool {
    left.column == right.column ? left.start < right.start : left.column < right.column
  }

  /// Gives a column of its own to a value whose column is taken: two names may come to the same
  /// column, one of a property and one that a file spells out.
  private mutating func separateEqualColumns() {
    let pairs = values.indices.dropFirst().filter {
      values[$0].column >= 0 && values[$0].column == values[$0 - 1].column
    }
    guard !pairs.isEmpty else { return }
    let used = Set(values.map(\.column))
    var occurrence = 2
    for index in pairs {
      values[index].column = freeColumn(
        besides: used, like: values[index].column, from: &occurrence)
      if values[index].column < 0 { note(.tooManyColumns) }
    }
    orderValues()
  }

  /// A column for a further value of one that is taken: the next number nobody uses in this card.
  private mutating func freeColumn(
    besides used: Set<Int32>, like column: Int32, from occurrence: inout Int
  ) -> Int32 {
    let name = table.names[Int(column)]
    while let found = table.number(of: "\(name) (\(occurrence))") {
      occurrence += 1
      if !used.contains(Int32(found)) { return Int32(found) }
    }
    return -1
  }

  // MARK: - Labels

  /// Turns the labels of groups into types or values of the properties in them.
  private mutating func applyLabels() {
    guard !labels.isEmpty else { return }
    var unused = labels
    let labelled = Set(values.map { Int($0.entry) }).sorted().filter { entries[$0].group >= 0 }
    for entry in labelled {
      let group = groups[Int(entries[entry].group)]
      let property = columns.property(Int(entries[entry].number))
      // X-ABADR and the like say something about the group, too.
      guard let label = labels[group], !property.name.hasPrefix("X-ABADR") else { continue }
      unused[group] = nil
      apply(label, to: entry, property)
    }
    for label in unused.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }).map(\.value) {
      guard let number = number(of: CardProperty(name: CardLabel.propertyName)) else { continue }
      beginProperty(number)
      append(label.span)
    }
  }

  private mutating func apply(_ label: [UInt8], to entry: Int, _ property: CardProperty) {
    var types = CardLabel.types(of: String(decoding: label, as: UTF8.self))
    let isOwnText = types == nil
    if isOwnText { types = property.types.isEmpty ? ["OTHER"] : [] }
    if let number = number(of: property.adding(types ?? [])) {
      entries[entry].number = Int32(number)
    }
    guard isOwnText, !label.isEmpty else { return }
    let start = bytes.count
    bytes.append(contentsOf: label)
    values.append(
      Value(
        entry: Int32(entry), component: Int32(CardColumns.label), start: Int32(start),
        end: Int32(bytes.count), column: -1))
  }
}
