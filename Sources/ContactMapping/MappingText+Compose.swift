import Yams

extension MappingText {
  /// The tree of the text's one document, with the places of its nodes.
  ///
  /// Scalars stay the text they are written as (`342`, `yes`, `null`): each key knows what it wants.
  func compose() throws(MappingError) -> Node {
    let bytes = Array(yaml.utf8)
    guard bytes.count <= Mapping.largestSize else {
      throw MappingError(.tooLarge(bytes: bytes.count), in: self, at: nil)
    }
    if let offset = AnchorScan.firstAnchor(in: bytes) {
      let before = String(decoding: bytes[..<offset], as: UTF8.self)
      throw MappingError(.alias, in: self, at: place(ofCharacter: before.count))
    }
    do {
      guard let root = try Yams.compose(yaml: yaml, .basic), !root.isNull else {
        throw MappingError(.empty, in: self, at: nil)
      }
      return root
    } catch {
      throw error as? MappingError ?? convert(error)
    }
  }

  /// A parser's complaint as a mapping error at the same place.
  private func convert(_ error: any Error) -> MappingError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return MappingError(
        .syntax(YAMLProblem(complaint: problem)), in: self, at: mark.place.map(visiblePlace))
    case .reader(let problem, let offset, _, _):
      return MappingError(
        .syntax(YAMLProblem(complaint: problem)), in: self,
        at: offset.map { place(ofCharacter: $0) })
    case .duplicatedKeysInMapping(let duplicates, let context):
      let name = duplicates.first ?? ""
      return MappingError(.duplicateKey(name), in: self, at: context.mark.place)
    default:
      return MappingError(.syntax(YAMLProblem(complaint: "\(error)")), in: self, at: nil)
    }
  }
}

extension Mapping {
  /// The most bytes of a mapping that are read: a thousand times what one needs.
  static let largestSize = 1 << 20
}

extension Mark {
  /// The same place in the mapping's own words; `nil` where the parser knew none.
  var place: MappingPlace? { line > 0 ? MappingPlace(line: line, column: column) : nil }
}

extension Node {
  /// Whether nothing is written: an empty plain scalar, `~`, or `null`.
  var isNull: Bool {
    guard case .scalar(let scalar) = self, scalar.style == .plain || scalar.style == .any else {
      return false
    }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// Where the node stands in the mapping.
  var place: MappingPlace? { mark?.place }
}
