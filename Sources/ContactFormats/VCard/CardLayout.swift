import ContactModel

/// Which columns make up which lines of a card.
struct CardLayout: Sendable {
  /// A line: a property's value with its parts.
  struct Value: Sendable {
    let property: CardProperty
    let occurrence: Int
    /// The number that all values of the property share; see ``CardRun``.
    fileprivate(set) var run = 0
    /// The scheme that a reader would take off.
    let address: CardAddress?
    /// The column of each part; `nil` for a part nobody names.
    var parts: [Int?]
    /// The column that holds what people call the value.
    var label: Int?
  }

  /// A column that is no property of vCard.
  struct Other: Sendable {
    let column: Int
    /// Whether a reader gives it the same name again.
    let isHeld: Bool
  }

  /// The columns' names.
  private(set) var names: [String] = []
  private var known: Set<String> = []
  /// The lines, in the order they are written.
  private(set) var values: [Value] = []
  /// Columns that are no property of vCard.
  private(set) var others: [Other] = []

  /// How many columns there are.
  var count: Int { names.count }

  init(_ header: [String] = []) {
    for name in header { add(name) }
    sortValues()
  }

  /// Adds the columns that a longer header has; those without a name are numbered from 1.
  mutating func extend(to count: Int, header: ArraySlice<String>) {
    for name in header.dropFirst(names.count) { add(name) }
    while names.count < count { add("") }
    sortValues()
  }

  private mutating func add(_ name: String) {
    let column = names.count
    let name = name.isEmpty ? "#\(column + 1)" : name
    let isNew = known.insert(name).inserted
    names.append(name)
    guard isNew, let parsed = CardColumnName(name) else {
      // A CR cannot stand in a parameter.
      others.append(
        Other(column: column, isHeld: isNew && !name.utf8.contains(Byte.carriageReturn)))
      return
    }
    let open = values.firstIndex {
      $0.property == parsed.property && $0.occurrence == parsed.occurrence
    }
    let index = open ?? values.count
    if open == nil {
      values.append(
        Value(
          property: parsed.property, occurrence: parsed.occurrence,
          address: CardAddress(property: parsed.property.name), parts: [], label: nil))
    }
    if parsed.component == CardColumns.label {
      values[index].label = column
    } else {
      while values[index].parts.count <= parsed.component { values[index].parts.append(nil) }
      values[index].parts[parsed.component] = column
    }
  }

  /// FN and N first, as people expect; the others as the columns come, several values of one
  /// property behind each other.
  private mutating func sortValues() {
    var order: [CardProperty: Int] = [:]
    for value in values where order[value.property] == nil { order[value.property] = order.count }
    for index in values.indices {
      values[index].fillAddress()
      values[index].run = order[values[index].property] ?? 0
    }
    values.sort { left, right in
      (left.rank, left.run, left.occurrence) < (right.rank, right.run, right.occurrence)
    }
  }

  // MARK: - Names

  /// Whether a card has its formatted name.
  func hasFormattedName(_ card: CardFields) -> Bool { first("FN", card) != nil }

  /// Whether a card has a name in parts.
  func hasName(_ card: CardFields) -> Bool { first("N", card) != nil }

  /// A name to show for a card that has none: from its parts, or the organization, an address, a
  /// number; failing all these whatever comes first.
  func derivedName(_ card: CardFields) -> [UInt8] {
    if let name = first("N", card) {
      // Prefix, given, additional, family, suffix.
      let parts = [3, 1, 2, 0, 4].filter { $0 < name.parts.count }
        .compactMap { name.parts[$0] }.map { card[$0] }.filter { !$0.isEmpty }
      if !parts.isEmpty { return Array(parts.joined(separator: [Byte.space])) }
    }
    for property in ["ORG", "EMAIL", "TEL"] {
      let part = first(property, card)?.parts.compactMap { $0 }.first { !card[$0].isEmpty }
      if let part { return Array(card[part]) }
    }
    return Array((0..<count).lazy.map { card[$0] }.first { !$0.isEmpty } ?? [])
  }

  /// The first value of a property that a card has anything of.
  private func first(_ name: String, _ card: CardFields) -> Value? {
    values.first { value in
      value.property.name == name
        && value.parts.contains { $0.map { !card[$0].isEmpty } ?? false }
    }
  }
}

extension CardLayout.Value {
  fileprivate var rank: Int {
    switch property.name {
    case "FN": 0
    case "N": 1
    default: 2
    }
  }

  /// Gives names and addresses all the parts that the standard has, as programs expect.
  fileprivate mutating func fillAddress() {
    guard property.structure == .name || property.structure == .address else { return }
    while parts.count < property.structure.componentNames.count { parts.append(nil) }
  }
}

/// The values of one record, by column.
struct CardFields {
  let batch: RecordBatch
  let record: Int
  let firstField: Int
  let count: Int

  /// A column's value; empty if the record has none.
  subscript(column: Int) -> ArraySlice<UInt8> {
    guard column < count else { return [] }
    return batch.bytes[batch.fieldRange(record: record, field: firstField + column)]
  }
}
