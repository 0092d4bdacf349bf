/// A column's name taken apart, as sources name what may occur several times: `TEL[FAX,WORK] (2)` in
/// cards, `phones[0].value` in JSON.
///
/// ``init(key:)`` understands any name; one without brackets is all stem.
struct ColumnName: Sendable, Equatable {
  /// The name without its brackets and its number: `tel`, `phones.value`.
  let stem: String
  /// What stands in brackets, in order.
  let groups: [Group]
  /// The number of a further value of the same kind in one record, 2 in `tel[cell] (2)`.
  let occurrence: Int?

  /// One pair of brackets.
  struct Group: Sendable, Equatable {
    /// Where in the stem it stands, in bytes.
    let offset: Int
    /// What it holds, between commas: types of a card's property, or a place in a list.
    let words: [String]

    /// Whether anything may stand here, also nothing at all.
    var isWildcard: Bool { words == ["*"] }

    /// Whether these are exactly those types, in any order.
    func equals(_ other: Group) -> Bool {
      offset == other.offset && words.sorted() == other.words.sorted()
    }

    /// Whether the group names only the first of a column's types.
    func isFirst(of other: Group) -> Bool {
      offset == other.offset && words.count == 1 && words.first == other.words.first
    }
  }

  /// Takes a name apart, given in the form in which names are compared (``HeaderIndex/key(_:)``).
  init(key: String) {
    let numbered = HeaderIndex.splitOccurrence(key)
    occurrence = numbered?.occurrence
    var rest = (numbered?.title ?? key)[...]
    var stem = ""
    var groups: [Group] = []
    while let open = rest.firstIndex(of: "["),
      let close = rest[open...].firstIndex(of: "]")
    {
      stem += rest[..<open]
      let words = rest[rest.index(after: open)..<close]
        .split(separator: ",", omittingEmptySubsequences: false)
        .map { String($0).trimmingBlanks }
      groups.append(Group(offset: stem.utf8.count, words: words))
      rest = rest[rest.index(after: close)...]
    }
    self.stem = stem + rest
    self.groups = groups
  }

  /// Whether the name, as a reference, stands for every kind: `tel[*]`.
  var hasWildcard: Bool { groups.contains(where: \.isWildcard) }

  /// How exactly the name, as a reference, means a column; `nil` if it does not.
  func exactness(for column: ColumnName) -> Exactness? {
    guard stem == column.stem else { return nil }
    if hasWildcard { return coversKinds(of: column) ? .anyKind : nil }
    guard groups.count == column.groups.count else { return nil }
    let pairs = zip(groups, column.groups)
    if pairs.allSatisfy({ $0.equals($1) }) {
      if occurrence ?? 1 == column.occurrence ?? 1 { return .itself }
      return occurrence == nil ? .furtherValue : nil
    }
    guard occurrence == nil, pairs.allSatisfy({ $0.equals($1) || $0.isFirst(of: $1) }) else {
      return nil
    }
    return .furtherType
  }

  /// Whether each of a column's brackets has one here that allows what it holds.
  private func coversKinds(of column: ColumnName) -> Bool {
    guard occurrence == nil || occurrence == column.occurrence else { return false }
    let fixed = groups.filter { !$0.isWildcard }
    return fixed.allSatisfy { group in column.groups.contains { group.equals($0) } }
      && column.groups.allSatisfy { group in
        groups.contains { $0.offset == group.offset && ($0.isWildcard || $0.equals(group)) }
      }
  }

  /// How exactly a reference means a column; the less, the more exactly.
  enum Exactness: Int, Sendable, Comparable {
    /// It is the column's own name.
    case itself
    /// The column holds a further value of the same kind: `tel[cell] (2)` for `tel[cell]`.
    case furtherValue
    /// The column's first type is the one named: `tel[cell,work]` for `tel[cell]`.
    case furtherType
    /// Every kind is meant: `tel[*]`.
    case anyKind

    static func < (left: Exactness, right: Exactness) -> Bool { left.rawValue < right.rawValue }
  }
}
