/// Finds the columns of a source by the names people write.
///
/// Names are compared without letter case, byte order marks, and differences in blanks: exports
/// have `Улица  2`, no-break spaces and a mark in front of the first column.
struct HeaderIndex {
  /// The columns' titles as the source has them.
  let titles: [String]
  /// The titles in the form in which names are compared.
  let keys: [String]
  private let columns: [String: [Int]]

  init(_ titles: [String]) {
    let keys = titles.map(HeaderIndex.key)
    self.titles = titles
    self.keys = keys
    self.columns = Dictionary(grouping: titles.indices) { keys[$0] }
  }

  /// What a name leads to.
  enum Match: Equatable {
    /// The column of the name, or all that have it.
    case columns([Int])
    case none
    case outOfRange
  }

  /// The column a name means: a title, else `Title (2)`, else a number `#3`.
  ///
  /// Without a header any number is taken, since rows may be of any length.
  ///
  /// - Parameters:
  ///   - name: The name as written.
  ///   - countsRepeats: Whether `Title (2)` may mean the second of several columns `Title`.
  /// - Returns: The columns, or why there is none.
  func find(_ name: String, countsRepeats: Bool = true) -> Match {
    let key = HeaderIndex.key(name)
    if let found = columns[key] { return .columns(found) }
    if countsRepeats, let (title, occurrence) = HeaderIndex.splitOccurrence(key),
      let found = columns[title], found.indices.contains(occurrence - 1)
    {
      return .columns([found[occurrence - 1]])
    }
    guard key.first == "#", let number = Int(key.dropFirst()), number > 0 else { return .none }
    guard titles.isEmpty || number <= titles.count else { return .outOfRange }
    return number <= HeaderIndex.mostColumns ? .columns([number - 1]) : .outOfRange
  }

  /// Whether a column is one that ferry's own result files add: `ferry_row` in a table, `ferry.row` in
  /// JSON lines, `X-FERRY-ROW` in cards.
  func isFerrys(_ column: Int) -> Bool {
    ["ferry_", "ferry.", "x-ferry-"].contains { keys[column].hasPrefix($0) }
  }

  /// The titles as one would write them in a mapping, those that occur twice with their number.
  var names: [String] {
    var seen: [String: Int] = [:]
    return titles.indices.compactMap { column in
      let key = keys[column]
      guard !key.isEmpty, !isFerrys(column) else { return nil }
      seen[key, default: 0] += 1
      let title = titles[column].split(whereSeparator: HeaderIndex.isBlank).joined(separator: " ")
      return (columns[key]?.count ?? 1) > 1 ? "\(title) (\(seen[key] ?? 1))" : title
    }
  }

  /// The most columns a source can have: what an issue can number.
  private static let mostColumns = Int(Int16.max)

  /// A name in the form in which names are compared.
  static func key(_ name: String) -> String {
    name.split(whereSeparator: isBlank).joined(separator: " ").lowercased()
  }

  /// Blanks of any width, line breaks, and the byte order mark.
  private static func isBlank(_ character: Character) -> Bool {
    character.isWhitespace
      || character.unicodeScalars.allSatisfy { $0 == "\u{FEFF}" || $0 == "\u{200B}" }
  }

  /// `телефон (2)` as `телефон` and 2.
  static func splitOccurrence(_ key: String) -> (title: String, occurrence: Int)? {
    guard key.hasSuffix(")"), let bracket = key.lastIndex(of: "(") else { return nil }
    let digits = key[key.index(after: bracket)...].dropLast()
    guard let occurrence = Int(digits), occurrence > 0 else { return nil }
    return (String(key[..<bracket]).trimmingBlanks, occurrence)
  }
}
