import ContactModel
import Yams

/// Takes the nodes of a mapping's YAML apart and says where one is not what its key wants.
struct MappingReader {
  /// The text the nodes come from.
  let text: MappingText

  /// A key of a YAML mapping with its value.
  struct Entry {
    let key: String
    let place: MappingPlace?
    let value: Node
  }

  /// An error at a place of the text.
  func error(_ problem: MappingProblem, at place: MappingPlace?) -> MappingError {
    MappingError(problem, in: text, at: place)
  }

  /// The entries of a node, every key a plain text.
  func entries(of node: Node, key: String, expected: ExpectedShape)
    throws(MappingError) -> [Entry]
  {
    guard case .mapping(let mapping) = node else {
      throw error(.wrongType(key: key, expected: expected), at: node.place)
    }
    var entries: [Entry] = []
    for (name, value) in mapping {
      guard case .scalar(let scalar) = name else {
        throw error(.wrongType(key: key, expected: expected), at: name.place)
      }
      // An empty value has its place behind the blanks, often lines further down: the key's is
      // where one looks.
      let shown = value.isNull ? Node.scalar(.init("", .implicit, .plain, scalar.mark)) : value
      entries.append(Entry(key: scalar.string, place: scalar.mark?.place, value: shown))
    }
    return entries
  }

  /// A node's text, blanks around it taken off; not empty.
  func string(_ node: Node, key: String, expected: ExpectedShape = .text)
    throws(MappingError) -> String
  {
    guard case .scalar(let scalar) = node, !node.isNull else {
      throw error(.wrongType(key: key, expected: expected), at: node.place)
    }
    let string = scalar.string.trimmingBlanks
    guard !string.isEmpty else {
      throw error(.wrongType(key: key, expected: expected), at: node.place)
    }
    return string
  }

  /// One of a closed list of words.
  func choice<Choice>(_ node: Node, key: String) throws(MappingError) -> Choice
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let word = try string(node, key: key, expected: .name)
    guard let choice = Choice(rawValue: word) else {
      let allowed = Choice.allCases.map(\.rawValue)
      throw error(.badValue(key: key, value: word, allowed: allowed), at: node.place)
    }
    return choice
  }

  /// One of a closed list of words, or `nil` for `auto`.
  func choiceOrAuto<Choice>(_ node: Node, key: String) throws(MappingError) -> Choice?
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let word = try string(node, key: key, expected: .name)
    if word == "auto" { return nil }
    guard let choice = Choice(rawValue: word) else {
      let allowed = ["auto"] + Choice.allCases.map(\.rawValue)
      throw error(.badValue(key: key, value: word, allowed: allowed), at: node.place)
    }
    return choice
  }
}

extension String {
  /// The text without blanks, tabs, line breaks and no-break spaces at its ends.
  var trimmingBlanks: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
