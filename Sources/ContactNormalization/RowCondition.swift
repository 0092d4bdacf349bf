import ContactModel

/// A column's ``ValueCondition`` in the form in which rows are held against it.
struct RowCondition: Sendable {
  private let test: ConditionTest
  /// The texts to compare with, in small letters.
  private let texts: [String]

  init(_ condition: ValueCondition) {
    test = condition.test
    if case .equals(let texts) = test {
      self.texts = texts.map { $0.lowercased() }
    } else {
      texts = []
    }
  }

  /// Whether cells, not trimmed yet, are as the condition wants them.
  func holds(for cells: some Sequence<Range<Int>>, of bytes: [UInt8]) -> Bool {
    let filled = cells.lazy
      .map { TextCell.trimmed(bytes, $0) }
      .filter { !$0.isEmpty && !PlaceholderCell.isDashes(bytes, $0) }
    switch test {
    case .isEmpty: return !filled.contains { _ in true }
    case .isFilled: return filled.contains { _ in true }
    case .equals:
      return filled.contains { cell in
        texts.contains(String(decoding: bytes[cell], as: UTF8.self).lowercased())
      }
    }
  }
}
