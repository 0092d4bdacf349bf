import ContactModel

/// Builds records from the properties of cards; vCard and xCard share it, so that equal cards make
/// equal records.
///
/// ```swift
/// builder.beginCard(line: 7)
/// if let phone = builder.number(of: CardProperty(name: "TEL", types: ["cell"])) {
///   builder.beginProperty(phone)
///   builder.append(text.span)              // one call for each part of a structured value
/// }
/// builder.endCard()
/// if builder.isBatchFull { use(builder.takeBatch()) }
/// ```
///
/// A column's values stand in the order of the card, except that preferred ones come first. Values
/// without text make no column. The label of a group becomes a type where it says what a type would
/// (`TEL[CELL]`), otherwise a column beside the value (`TEL[OTHER].label`).
///
/// A card that has ended waits until the next one begins, so that it can still be noted what stands
/// behind it; the last one until a batch is taken that is not full, which is at the end of the text.
struct CardRecordBuilder: ~Copyable {
  /// A batch with so many bytes is full, however few cards it has.
  static let largestBatch = 1 << 20

  /// A property in the open card.
  struct Entry {
    var number: Int32
    /// Its row in ``columns``, or -1 until it is known.
    var row: Int32
    var rank: Int32
    /// An index into ``groups``, or -1.
    var group: Int32
  }

  /// A part of an entry's value: a range of ``text``, and its column, or -1 until it is known.
  struct Value {
    var entry: Int32
    var component: Int32
    var start: Int32
    var end: Int32
    var column: Int32
  }

  private let recordsPerBatch: Int
  var table = ColumnTable()
  var columns = CardColumns()
  /// For each property whether its values may be URIs.
  private var addresses: [CardAddress?] = []

  // The batch of complete cards.
  private var batchText = CardArena()
  private var fieldEnds: [UInt32] = []
  private var recordEnds: [UInt32] = []
  private var lines: [Int] = []
  private var issues: [Issue] = []
  private var firstRecord = 1

  /// How many bytes ``copyLine(_:from:isStructured:)`` copied, and the lengths of the parts.
  private var copiedCount = 0
  private var hasParts = false
  private var parts: [Int32] = []
  private static let longestPlainLine = 1 << 14

  // The open card: its text in the order it came.
  var text = CardArena()
  var entries: [Entry] = []
  var values: [Value] = []
  /// The groups that entries are in, one for each such entry.
  var groups: [[UInt8]] = []
  var labels: [[UInt8]: [UInt8]] = [:]
  private var noted: [IssueCode] = []
  private var line = 0
  /// Whether the card has ended and waits to become a record.
  private var isWaiting = false
  /// Whether groups or preferences make the columns known only when the card is complete.
  private var needsArranging = false
  /// For each column the index of the value in it, or -1.
  private var valuesByColumn: [Int32] = []

  init(recordsPerBatch: Int = 512) { self.recordsPerBatch = recordsPerBatch }

  /// The columns found so far.
  var header: [String] { table.names }

  /// Whether enough cards are complete.
  var isBatchFull: Bool {
    recordEnds.count >= recordsPerBatch || batchText.count >= Self.largestBatch
  }

  /// A property's number, which stays; `nil` if there are more properties than there can be columns.
  mutating func number(of property: CardProperty) -> Int? {
    guard let number = columns.number(of: property) else { return nil }
    while addresses.count <= number {
      addresses.append(CardAddress(property: columns.property(addresses.count).name))
    }
    return number
  }

  /// Begins a card.
  ///
  /// - Parameter line: The physical line it begins on, from 1.
  mutating func beginCard(line: Int) {
    if isWaiting { addRecord() }
    self.line = line
    columns.beginCard()
    entries.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    if !groups.isEmpty { groups = [] }
    if !labels.isEmpty { labels = [:] }
    if !noted.isEmpty { noted = [] }
    text.truncate(to: 0)
    needsArranging = false
  }

  /// Begins a property of the open card; its text follows.
  ///
  /// - Parameters:
  ///   - number: From ``number(of:)``.
  ///   - rank: Its preference; see ``CardProperty/rank(ofPreference:)``.
  ///   - group: The name of the group it is in, in lower case.
  mutating func beginProperty(
    _ number: Int, rank: Int = CardProperty.noPreference, group: [UInt8]? = nil
  ) {
    var groupIndex = -1
    if let group {
      groupIndex = groups.count
      groups.append(group)
    }
    if groupIndex >= 0 || rank != CardProperty.noPreference { needsArranging = true }
    entries.append(
      Entry(number: Int32(number), row: -1, rank: Int32(rank), group: Int32(groupIndex)))
  }

  /// Appends a part of the value of the property that was begun last; text in UTF-8.
  ///
  /// - Parameters:
  ///   - value: The text, unescaped; a part without text is no value.
  ///   - component: The part's place in a structured value, from 0.
  mutating func append(_ value: Span<UInt8>, component: Int = 0) {
    value.withUnsafeBytes { text.append($0) }
    place(component, count: value.count)
  }

  /// Makes the last bytes of the text a part of the value.
  private mutating func place(_ component: Int, count: Int) {
    guard count > 0 else { return }
    let start = text.count - count
    let entry = entries.count - 1
    if let address = addresses[Int(entries[entry].number)] { replaceURI(address, from: start) }
    let column = needsArranging ? -1 : column(ofEntry: entry, component: component)
    values.append(
      Value(
        entry: Int32(entry), component: Int32(component), start: Int32(start),
        end: Int32(text.count), column: column))
  }

  private mutating func replaceURI(_ address: CardAddress, from start: Int) {
    // A look at the first letter spares most values the comparison.
    guard text[start] | 0x20 == address.firstLetter else { return }
    let value = text.text(from: start)
    guard let plain = address.text(of: value.span) else { return }
    text.truncate(to: start)
    text.append(plain[...])
  }

  // MARK: - Lines that need no decoding

  /// Copies a line's value behind the text if it can stay as it is: no escapes, valid UTF-8.
  ///
  /// Nothing is appended yet; ``appendCopiedLine(_:rank:group:)`` does that, or another value is
  /// appended over it.
  ///
  /// - Parameters:
  ///   - source: Bytes that the line stands in.
  ///   - start: Where its value begins.
  ///   - isStructured: Whether semicolons separate parts.
  /// - Returns: Where the line ends; `nil` if there is anything about it that asks for more.
  mutating func copyLine(
    _ source: UnsafeRawBufferPointer, from start: Int, isStructured: Bool
  ) -> Int? {
    guard isStructured else {
      guard let run = text.copyPlain(source, from: start, behind: 0, stopsAtSemicolon: false),
        run.isUTF8, CardBytes.isLineEnd(source[run.place])
      else { return nil }
      (copiedCount, hasParts) = (run.count, false)
      return run.place
    }
    hasParts = true
    parts.removeAll(keepingCapacity: true)
    var index = start
    copiedCount = 0
    while let run = text.copyPlain(
      source, from: index, behind: copiedCount, stopsAtSemicolon: true), run.isUTF8
    {
      parts.append(Int32(run.count))
      copiedCount += run.count
      let byte = source[run.place]
      if CardBytes.isLineEnd(byte) { return run.place }
      guard byte == CardBytes.semicolon, copiedCount < Self.longestPlainLine else { return nil }
      index = run.place + 1
    }
    return nil
  }

  /// Appends what ``copyLine(_:from:isStructured:)`` copied, as the value of a property.
  mutating func appendCopiedLine(_ number: Int, rank: Int, group: [UInt8]?) {
    beginProperty(number, rank: rank, group: group)
    guard hasParts else {
      text.extend(by: copiedCount)
      place(0, count: copiedCount)
      return
    }
    for component in parts.indices {
      let count = Int(parts[component])
      text.extend(by: count)
      place(component, count: count)
    }
  }

  /// Gives a group of the open card its label, before or after the properties in it.
  mutating func setLabel(_ label: [UInt8], ofGroup group: [UInt8]) {
    labels[group] = label
    needsArranging = true
  }

  /// Notes something about the open card, or else the one that ended last; each code once a card.
  mutating func note(_ code: IssueCode) {
    if !noted.contains(code) { noted.append(code) }
  }

  /// Completes the card.
  mutating func endCard() { isWaiting = true }

  /// Makes a record of the card that waits.
  private mutating func addRecord() {
    isWaiting = false
    if needsArranging { arrange() }
    let width = fillColumns()
    for code in noted { issues.append(Issue(code, record: recordEnds.count)) }
    addFields(width)
    recordEnds.append(UInt32(fieldEnds.count))
    lines.append(line)
  }

  /// Appends the card's values to the batch, in the order of their columns.
  ///
  /// All in one go: to ask on every append whether an array is shared takes longer than to append.
  private mutating func addFields(_ width: Int) {
    let firstEnd = fieldEnds.count
    fieldEnds.append(contentsOf: repeatElement(0, count: width))
    batchText.append(from: text) { copier in
      fieldEnds.withUnsafeMutableBufferPointer { ends in
        valuesByColumn.withUnsafeMutableBufferPointer { indexes in
          for column in 0..<width {
            let index = Int(indexes[column])
            if index >= 0 {
              copier.copy(Int(values[index].start)..<Int(values[index].end))
              indexes[column] = -1
            }
            ends[firstEnd + column] = UInt32(copier.count)
          }
        }
      }
    }
  }

  /// Puts every value into its column; returns how many columns the card has.
  private mutating func fillColumns() -> Int {
    var width = 0
    var occurrence = 2
    for index in values.indices {
      var column = Int(values[index].column)
      while valuesByColumn.count <= column { valuesByColumn.append(-1) }
      if column >= 0, valuesByColumn[column] >= 0 {
        column = freeColumn(like: column, from: &occurrence)
      }
      guard column >= 0 else { continue }
      valuesByColumn[column] = Int32(index)
      width = max(width, column + 1)
    }
    return width
  }

  /// A column for a value whose own is taken: the next number that nobody uses in this card.
  ///
  /// Two names may come to the same column, one of a property and one that a file spells out.
  private mutating func freeColumn(like column: Int, from occurrence: inout Int) -> Int {
    let name = table.names[column]
    while let found = table.number(of: "\(name) (\(occurrence))") {
      occurrence += 1
      while valuesByColumn.count <= found { valuesByColumn.append(-1) }
      if valuesByColumn[found] < 0 { return found }
    }
    note(.tooManyColumns)
    return -1
  }

  /// Takes the complete cards as records, or `nil` where there are none.
  ///
  /// An open card stays open. Batches are taken when they are full, and at the end of the text until
  /// there are no more.
  mutating func takeBatch() -> RecordBatch? {
    if isWaiting, !isBatchFull { addRecord() }
    guard !recordEnds.isEmpty else { return nil }
    let batch = RecordBatch(
      bytes: batchText.take(), fieldEnds: fieldEnds, recordEnds: recordEnds, lines: lines,
      firstRecord: firstRecord, issues: issues, header: table.names, hasFieldLines: false)
    firstRecord += recordEnds.count
    fieldEnds.removeAll(keepingCapacity: true)
    recordEnds.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    issues = []
    return batch
  }
}
