import JSONSyntax

/// How a record's columns become an object: brackets and values in the order they are written.
///
/// The plan is made once a header; writing a record follows it from beginning to end. Names that
/// contradict each other, such as `a` and `a.b`, and far-off elements such as `a[1000]` become keys
/// as they are, which are read back as the same columns.
struct JSONColumnPlan: Sendable {
  /// One step of writing.
  enum Step: Sendable {
    /// A column's value.
    case value(column: Int, place: Place)
    /// The bracket of an object, or of an array with what is written for each element that has no
    /// value but has one behind it. It is written when the first value in it is.
    case open(place: Place, placeholders: [[UInt8]]?)
    /// The bracket that closes the innermost one.
    case close
  }

  /// Where something stands in the object or array around it.
  enum Place: Sendable {
    /// Behind a key, written with its quotes and colon.
    case key([UInt8])
    /// The element with a number.
    case element(Int)
  }

  private(set) var steps: [Step] = []

  /// - Parameter columns: The columns' names, in order, without repetitions.
  init(columns: [String]) {
    let paths = columns.map { JSONColumnPath($0).steps }
    let contradicting = Self.contradicting(paths)
    var root = JSONColumnNode()
    for (column, name) in columns.enumerated() {
      let path = paths[column]
      if contradicting.contains(path) || !root.insert(path[...], column: column) {
        // As a key a name is unlike any other key: those of paths hold no dot and no bracket.
        let isNew = root.insert(JSONColumnPath(key: name).steps[...], column: column)
        precondition(isNew, "every column has a name of its own")
      }
    }
    addSteps(of: root)
  }

  /// The paths that lead to a value as well as to something inside it, and those that lead inside.
  private static func contradicting(
    _ paths: [[JSONColumnPath.Step]]
  ) -> Set<[JSONColumnPath.Step]> {
    let known = Set(paths)
    var found: Set<[JSONColumnPath.Step]> = []
    for path in paths where path.count > 1 {
      for count in 1..<path.count where known.contains(Array(path[..<count])) {
        found.insert(path)
        found.insert(Array(path[..<count]))
      }
    }
    return found
  }

  private mutating func addSteps(of node: JSONColumnNode) {
    for (step, child) in node.orderedMembers {
      let place =
        switch step {
        case .member(let key): Place.key(Self.written(key))
        case .element(let number): Place.element(number)
        }
      if let column = child.column {
        steps.append(.value(column: column, place: place))
      } else {
        steps.append(.open(place: place, placeholders: child.placeholders))
        addSteps(of: child)
        steps.append(.close)
      }
    }
  }

  private static func written(_ key: String) -> [UInt8] {
    var bytes: [UInt8] = []
    let text = Array(key.utf8)
    JSONWriter.append(text.span, to: &bytes)
    bytes.append(JSONByte.colon)
    return bytes
  }
}

/// A part of the tree that columns' names describe.
struct JSONColumnNode {
  /// How many elements an array may have that no column names.
  private static let widestGap = 16

  /// The column whose value stands here; `nil` for an object or array.
  private(set) var column: Int?
  private var members: [(step: JSONColumnPath.Step, node: JSONColumnNode)] = []
  private var places: [JSONColumnPath.Step: Int] = [:]

  init(column: Int? = nil) { self.column = column }

  /// Puts a column where its path leads; `false`, and nothing changed, where something else stands.
  mutating func insert(_ path: ArraySlice<JSONColumnPath.Step>, column: Int) -> Bool {
    guard let step = path.first, self.column == nil else { return false }
    let rest = path.dropFirst()
    if let place = places[step] {
      return !rest.isEmpty && members[place].node.insert(rest, column: column)
    }
    guard fits(step) else { return false }
    var node = JSONColumnNode(column: rest.isEmpty ? column : nil)
    guard rest.isEmpty || node.insert(rest, column: column) else { return false }
    places[step] = members.count
    members.append((step, node))
    return true
  }

  /// Whether a step is of the kind of those before it, and no element far behind them.
  private func fits(_ step: JSONColumnPath.Step) -> Bool {
    guard case .element(let number) = step else { return !isArray }
    return (members.isEmpty || isArray) && number <= members.count + Self.widestGap
  }

  private var isArray: Bool {
    if case .element = members.first?.step { return true }
    return false
  }

  /// Members in the columns' order, elements by their numbers.
  var orderedMembers: [(step: JSONColumnPath.Step, node: JSONColumnNode)] {
    guard isArray else { return members }
    return numbered.sorted { $0.number < $1.number }.map { (.element($0.number), $0.node) }
  }

  private var numbered: [(number: Int, node: JSONColumnNode)] {
    members.compactMap { member in
      guard case .element(let number) = member.step else { return nil }
      return (number, member.node)
    }
  }

  /// What is written for each element that has no value; `nil` for an object.
  ///
  /// An object or array without anything in it is no column when it is read; `null` is one, so it
  /// stands only where there is such a column.
  var placeholders: [[UInt8]]? {
    guard isArray else { return nil }
    let numbered = numbered
    let count = (numbered.map(\.number).max() ?? -1) + 1
    var placeholders = [[UInt8]](repeating: Array("{}".utf8), count: count)
    for (number, node) in numbered where node.column != nil {
      placeholders[number] = Array("null".utf8)
    }
    return placeholders
  }
}
