/// Which columns make which properties of an xCard, found once for a header.
struct XCardPlan: Sendable {
  /// A property of the card to write, with the columns of its parts.
  struct Property: Sendable {
    /// Its element's name.
    let element: String
    /// What stands in the card before it in any case: its parameters, or nothing.
    let parameters: String
    /// The property's upper-case name.
    let name: String
    /// The columns of the parts, by component; -1 where there is none.
    fileprivate(set) var columns: [Int]
    /// The column of its label, or -1.
    fileprivate(set) var labelColumn = -1
    /// How often the property stands in the card before.
    let occurrence: Int
    /// The number that all times of the property share; see ``CardRun``.
    let run: Int
    /// The scheme that a reader would take off.
    let address: CardAddress?
    /// Whether the name of the column can be written.
    let isHeld: Bool
  }

  /// The properties that FN is derived from, the best first.
  static let derivingNames = ["N", "ORG", "EMAIL", "TEL"]

  /// The properties, in the order of their first columns; all times of a property side by side.
  private(set) var properties: [Property] = []
  /// How many columns the plan is for.
  let columnCount: Int

  /// - Parameter names: The columns' names.
  init(names: [String]) {
    columnCount = names.count
    var runs: [[Property]] = []
    var places: [CardProperty: Int] = [:]
    var known: Set<String> = []
    for (number, name) in names.enumerated() {
      let isNew = known.insert(name).inserted
      guard isNew, let column = CardColumnName(name), Self.hasPlace(for: column) else {
        runs.append([Self.extraColumn(name, number, isNew: isNew, run: runs.count)])
        continue
      }
      let run = places[column.property] ?? runs.count
      if run == runs.count {
        runs.append([])
        places[column.property] = run
      }
      Self.place(column, number, in: &runs[run], run)
    }
    properties = runs.flatMap { $0.sorted { $0.occurrence < $1.occurrence } }
  }

  /// Whether xCard has an element for a column of a vCard: none for parts that the standard does not
  /// name, nor for XML, which is there for what only a vCard cannot hold.
  private static func hasPlace(for column: CardColumnName) -> Bool {
    let structure = column.property.structure
    return column.property.name != "XML"
      && (structure == .organization || column.component < structure.componentNames.count)
  }

  /// Adds a column to the properties of one name and type.
  private static func place(
    _ column: CardColumnName, _ number: Int, in run: inout [Property], _ runNumber: Int
  ) {
    let known = run.firstIndex { $0.occurrence == column.occurrence }
    let index = known ?? run.count
    if known == nil {
      let escapedTypes = column.property.types.map { escaped($0.lowercased()) }
      let types = escapedTypes.map { "<text>\($0.text)</text>" }.joined()
      run.append(
        Property(
          element: column.property.name.lowercased(),
          parameters: types.isEmpty ? "" : "<parameters><type>\(types)</type></parameters>",
          name: column.property.name, columns: [], occurrence: column.occurrence, run: runNumber,
          address: CardAddress(property: column.property.name),
          isHeld: escapedTypes.allSatisfy(\.isWhole)))
    }
    guard column.component != CardColumns.label else {
      run[index].labelColumn = number
      return
    }
    while run[index].columns.count <= column.component { run[index].columns.append(-1) }
    run[index].columns[column.component] = number
  }

  /// A column that is no property of vCard, or whose name another one has already.
  private static func extraColumn(
    _ name: String, _ number: Int, isNew: Bool, run: Int
  ) -> Property {
    let (text, isWhole) = escaped(name)
    return Property(
      element: "x-column",
      parameters: "<parameters><name><text>\(text)</text></name></parameters>", name: "X-COLUMN",
      columns: [number], occurrence: 0, run: run, address: nil,
      isHeld: isNew && isWhole && name.utf8.count <= CardProperty.longestName && !name.isEmpty)
  }

  /// A text as XML writes it, and whether XML can hold all of it.
  private static func escaped(_ text: String) -> (text: String, isWhole: Bool) {
    var bytes: [UInt8] = []
    let omitted = XMLText.append(Array(text.utf8).span, to: &bytes)
    return (String(decoding: bytes, as: UTF8.self), omitted == 0)
  }
}
