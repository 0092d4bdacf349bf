import ContactModel

/// Some columns of a source, by their names.
///
/// A table names all its columns at once, so that a name as people type it finds the one that is
/// meant. Where records name their columns, another that fits better may come later: there a name is
/// meant to the letter, and stands for one column from beginning to end.
struct ColumnSelection {
  private let names: [String]
  private let isExact: Bool
  /// Where they stand in the header that was seen last; -1 for one that has not come yet.
  private var places: [Int] = []
  private var headerCount = -1

  /// - Parameters:
  ///   - names: The columns, in the order they are wanted.
  ///   - isExact: Whether they are meant to the letter.
  init(_ names: [String], isExact: Bool) {
    self.names = names
    self.isExact = isExact
  }

  /// Refuses a name that is not in a header.
  func check(in header: [String]) throws(ConvertError) {
    let places = places(in: header)
    guard let missing = places.firstIndex(of: -1) else { return }
    let key = Self.key(names[missing])
    throw .unknownColumn(
      names[missing],
      nearest: header.first { Self.key($0).hasPrefix(key) || key.hasPrefix(Self.key($0)) })
  }

  /// The batch with these columns only, in their order.
  ///
  /// - Complexity: O(*n*) in the bytes kept.
  mutating func apply(to batch: RecordBatch) -> RecordBatch {
    if batch.header.count != headerCount {
      headerCount = batch.header.count
      places = places(in: batch.header)
    }
    return batch.selecting(places, header: names)
  }

  /// The names' places; in a table a number such as `#3` is the third column.
  private func places(in header: [String]) -> [Int] {
    // By bytes: to Swift, й is и with a breve, and two columns may differ by just that.
    let exact = Dictionary(
      header.enumerated().map { (Array($1.utf8), $0) }, uniquingKeysWith: { first, _ in first })
    let keys = isExact ? [] : header.map(Self.key)
    return names.map { name in
      if let place = exact[Array(name.utf8)] { return place }
      guard !isExact else { return -1 }
      if let similar = keys.firstIndex(of: Self.key(name)) { return similar }
      guard name.hasPrefix("#"), let number = Int(name.dropFirst()), number > 0 else { return -1 }
      return header.isEmpty || number <= header.count ? number - 1 : -1
    }
  }

  private static func key(_ name: String) -> String {
    name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
  }
}

/// Names such as `#2` for the columns of a table without a header, for formats that need names.
struct NumberedColumns {
  private var names: [String] = []

  /// The batch under a header; one that has a header stays as it is.
  mutating func apply(to batch: RecordBatch) -> RecordBatch {
    guard batch.header.isEmpty else { return batch }
    let width = (0..<batch.count).map { batch.fieldCount(ofRecord: $0) }.max() ?? 0
    while names.count < width { names.append("#\(names.count + 1)") }
    return RecordBatch(
      bytes: batch.bytes, fieldEnds: batch.fieldEnds, recordEnds: batch.recordEnds,
      lines: batch.lines, firstRecord: batch.firstRecord, issues: batch.issues, header: names,
      hasFieldLines: batch.hasFieldLines)
  }
}

extension RecordBatch {
  /// The same records with other columns: column *i* is the one that stood at `columns[i]`, or empty
  /// where that is -1.
  fileprivate func selecting(_ columns: [Int], header: [String]) -> RecordBatch {
    var ends: [UInt32] = []
    ends.reserveCapacity(count * columns.count)
    var recordEnds: [UInt32] = []
    recordEnds.reserveCapacity(count)
    let selected = [UInt8](unsafeUninitializedCapacity: selectionSize(columns)) { target, used in
      bytes.withUnsafeBufferPointer { source in
        // Asked for here once a record: a call into another module costs more than a short field.
        for record in 0..<count {
          let indexes = fieldIndexes(ofRecord: record)
          for column in columns {
            let index = indexes.lowerBound + column
            if column >= 0, index < indexes.upperBound {
              let start = index == 0 ? 0 : Int(fieldEnds[index - 1])
              let text = UnsafeBufferPointer(rebasing: source[start..<Int(fieldEnds[index])])
              _ = UnsafeMutableBufferPointer(rebasing: target[used...]).update(fromContentsOf: text)
              used += text.count
            }
            ends.append(UInt32(truncatingIfNeeded: used))
          }
          recordEnds.append(UInt32(truncatingIfNeeded: ends.count))
        }
      }
    }
    return RecordBatch(
      bytes: selected, fieldEnds: ends, recordEnds: recordEnds, lines: lines,
      firstRecord: firstRecord, issues: [], header: header, hasFieldLines: hasFieldLines)
  }

  /// Room enough for the columns, one of which may be asked for more than once.
  private func selectionSize(_ columns: [Int]) -> Int {
    let uses = Dictionary(grouping: columns, by: { $0 }).values.map(\.count).max() ?? 0
    return bytes.count * uses
  }
}
