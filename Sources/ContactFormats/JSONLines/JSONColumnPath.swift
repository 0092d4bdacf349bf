/// A column's name taken apart: `phones[0].value` is the member `value` of element 0 of `phones`.
struct JSONColumnPath: Equatable {
  /// One step down.
  enum Step: Equatable, Hashable {
    case member(String)
    case element(Int)
  }

  /// The deepest path that is taken apart; a deeper one is a single key.
  static let longest = 32

  /// The steps; the first is a member.
  let steps: [Step]

  /// Takes a name apart where that is sure to be read back as the same name.
  ///
  /// A dot or bracket with nothing before or behind it, as in `Tel.` or `[x]`, is a letter: such a
  /// name is one key.
  init(_ name: String) {
    steps = Self.parse(name) ?? [.member(name)]
  }

  /// A path of one key, whatever is in it.
  init(key: String) { steps = [.member(key)] }

  private static func parse(_ name: String) -> [Step]? {
    var steps: [Step] = []
    for part in name.split(separator: ".", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      guard let key = pieces.first, !key.isEmpty, !key.contains("]") else { return nil }
      steps.append(.member(String(key)))
      for piece in pieces.dropFirst() {
        guard piece.hasSuffix("]"), let index = Int(piece.dropLast()), index >= 0,
          piece == "\(index)]"
        else { return nil }
        steps.append(.element(index))
      }
    }
    return steps.count <= longest ? steps : nil
  }
}
