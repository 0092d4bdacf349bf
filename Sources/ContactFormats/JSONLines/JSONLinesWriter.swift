package import ContactModel
import JSONSyntax

/// Writes records as JSON lines: one object a line, every value a string.
///
/// Empty values are left out, so that what has no value has no member. Names such as `socials.skype`
/// and `phones[0].value` become nested objects and arrays; see ``JSONColumnPlan``. What is written
/// is read back by ``JSONLinesReader`` as the same values under the same names.
package struct JSONLinesWriter: FormatWriter {
  private var names: [String]
  private var plan: JSONColumnPlan
  /// The plan for records without objects or arrays inside, where the columns allow it.
  private var flatPlan: JSONFlatPlan?
  /// Whether columns are added as batches have them.
  private var grows = false
  private var bytes: [UInt8] = []
  /// The brackets the plan has opened for the record, outermost first.
  private var levels: [Level] = []

  /// An object or array that is open in the plan.
  private struct Level {
    let place: JSONColumnPlan.Place
    let placeholders: [[UInt8]]?
    /// Whether its bracket has been written.
    var isWritten = false
    var isEmpty = true
    /// The number of the next element.
    var next = 0
  }

  /// A writer of certain columns; fields behind them are left out.
  ///
  /// - Parameter columns: The columns' names, in order.
  package init(columns: [String]) {
    names = Self.distinct(columns)
    plan = JSONColumnPlan(columns: names)
    flatPlan = JSONFlatPlan(plan)
  }

  /// How many bytes wait to be taken.
  package var count: Int { bytes.count }

  /// Names the columns known so far; from now on every field of a record is written.
  ///
  /// Columns that a batch's header adds are added. A field beyond the header is named by its number,
  /// as `#3`, and a name that occurs twice gets its number behind it: an object has each key once.
  package mutating func begin(header: [String]) {
    grows = true
    rename(header)
  }

  /// Appends one record of a batch.
  ///
  /// - Parameters:
  ///   - batch: The records.
  ///   - record: Which of them.
  ///   - firstField: Where in the record the first column stands.
  /// - Complexity: O(*n*) in the record's bytes and the columns.
  package mutating func append(_ batch: RecordBatch, record: Int, firstField: Int = 0) {
    if grows { grow(for: batch, fields: batch.fieldCount(ofRecord: record) - firstField) }
    let fields = batch.fieldIndexes(ofRecord: record).dropFirst(firstField)
    if let flatPlan { return flatPlan.append(batch, fields: fields, to: &bytes) }
    let text = batch.bytes.span
    bytes.append(JSONByte.openBrace)
    var isEmpty = true
    for step in plan.steps {
      switch step {
      case .value(let column, let place):
        guard column < fields.count else { continue }
        let range = batch.fieldRange(at: fields.startIndex + column)
        guard !range.isEmpty else { continue }
        if levels.isEmpty {
          Self.append(place, isFirst: isEmpty, to: &bytes)
          isEmpty = false
        } else {
          openLevels(isEmpty: &isEmpty)
          enter(place)
        }
        JSONWriter.append(text.extracting(range), to: &bytes)
      case .open(let place, let placeholders):
        levels.append(Level(place: place, placeholders: placeholders))
      case .close:
        let level = levels.removeLast()
        guard level.isWritten else { continue }
        bytes.append(
          level.placeholders == nil ? JSONByte.closeBrace : JSONByte.closeBracket)
      }
    }
    bytes.append(JSONByte.closeBrace)
    bytes.append(Byte.lineFeed)
  }

  /// Writes nothing: JSON lines have no end.
  package mutating func finish() {}

  /// Takes what has been written so far.
  package mutating func takeBytes() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &bytes)
    bytes.reserveCapacity(taken.count)
    return taken
  }

  /// Writes the brackets around the next value that are not written yet.
  private mutating func openLevels(isEmpty: inout Bool) {
    for index in levels.indices where !levels[index].isWritten {
      if index == 0 {
        Self.append(levels[0].place, isFirst: isEmpty, to: &bytes)
        isEmpty = false
      } else {
        enter(levels[index].place, in: index - 1)
      }
      bytes.append(
        levels[index].placeholders == nil ? JSONByte.openBrace : JSONByte.openBracket)
      levels[index].isWritten = true
    }
  }

  private mutating func enter(_ place: JSONColumnPlan.Place) { enter(place, in: levels.count - 1) }

  /// Writes what stands before a member or element of an open bracket.
  private mutating func enter(_ place: JSONColumnPlan.Place, in level: Int) {
    if case .element(let number) = place, let placeholders = levels[level].placeholders {
      for skipped in levels[level].next..<number {
        if skipped > 0 { bytes.append(JSONByte.comma) }
        bytes.append(contentsOf: placeholders[skipped])
      }
      if number > 0 { bytes.append(JSONByte.comma) }
      levels[level].next = number + 1
    } else {
      Self.append(place, isFirst: levels[level].isEmpty, to: &bytes)
    }
    levels[level].isEmpty = false
  }

  private static func append(
    _ place: JSONColumnPlan.Place, isFirst: Bool, to bytes: inout [UInt8]
  ) {
    if !isFirst { bytes.append(JSONByte.comma) }
    if case .key(let key) = place { bytes.append(contentsOf: key) }
  }

  private mutating func grow(for batch: RecordBatch, fields: Int) {
    guard batch.header.count > names.count || fields > names.count else { return }
    var columns = batch.header.count > names.count ? batch.header : names
    while columns.count < fields { columns.append("#\(columns.count + 1)") }
    rename(columns)
  }

  private mutating func rename(_ columns: [String]) {
    names = Self.distinct(columns)
    plan = JSONColumnPlan(columns: names)
    flatPlan = JSONFlatPlan(plan)
  }

  /// The names, with its number behind each that was there before.
  private static func distinct(_ columns: [String]) -> [String] {
    var known: Set<String> = []
    return columns.enumerated().map { column, name in
      var distinct = name
      while !known.insert(distinct).inserted { distinct += "#\(column + 1)" }
      return distinct
    }
  }
}
