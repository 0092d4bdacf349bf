import ContactModel

extension CardRecordBuilder {
  // MARK: - Columns

  /// The column of a part of an entry's value, or -1 if there are too many.
  mutating func column(ofEntry entry: Int, component: Int) -> Int32 {
    if component == 0, entries[entry].row < 0,
      let (row, column) = columns.firstUse(of: Int(entries[entry].number))
    {
      entries[entry].row = Int32(row)
      return Int32(column)
    }
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
    let start = text.count
    text.append(label[...])
    values.append(
      Value(
        entry: Int32(entry), component: Int32(CardColumns.label), start: Int32(start),
        end: Int32(text.count), column: -1))
  }
}
