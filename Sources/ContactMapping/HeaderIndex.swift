/// Finds the columns of a source by the names people write.
///
/// Names are compared without letter case, byte order marks, and differences in blanks: exports
/// have `Улица  2`, no-break spaces and a mark in front of the first column.
struct HeaderIndex {
  /// The columns' titles as the source has them.
  let titles: [String]
  private let columns: [String: [Int]]

  init(_ titles: [String]) {
    self.titles = titles
    self.columns = Dictionary(grouping: titles.indices) { HeaderIndex.key(titles[$0]) }
  }

  /// What a name leads to.
  enum Match: Equatable {
    case column(Int)
    case none
    case several(Int)
    case outOfRange
  }

  /// The column a name means: a title, else `Title (2)`, else a number `#3`.
  ///
  /// Without a header any number is taken, since rows may be of any length.
  func find(_ name: String) -> Match {
    let key = HeaderIndex.key(name)
    if let found = columns[key] {
      return found.count == 1 ? .column(found[0]) : .several(found.count)
    }
    if let (title, occurrence) = HeaderIndex.splitOccurrence(key), let found = columns[title],
      found.indices.contains(occurrence - 1)
    {
      return .column(found[occurrence - 1])
    }
    guard key.first == "#", let number = Int(key.dropFirst()), number > 0 else { return .none }
    guard titles.isEmpty || number <= titles.count else { return .outOfRange }
    return number <= HeaderIndex.mostColumns ? .column(number - 1) : .outOfRange
  }

  /// Whether a column is one that ferry's own result files add.
  func isFerrys(_ column: Int) -> Bool { HeaderIndex.key(titles[column]).hasPrefix("ferry_") }

  /// The titles as one would write them in a mapping, those that occur twice with their number.
  var names: [String] {
    var seen: [String: Int] = [:]
    return titles.indices.compactMap { column in
      let key = HeaderIndex.key(titles[column])
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
  private static func splitOccurrence(_ key: String) -> (title: String, occurrence: Int)? {
    guard key.hasSuffix(")"), let bracket = key.lastIndex(of: "(") else { return nil }
    let digits = key[key.index(after: bracket)...].dropLast()
    guard let occurrence = Int(digits), occurrence > 0 else { return nil }
    return (String(key[..<bracket]).trimmingBlanks, occurrence)
  }
}
