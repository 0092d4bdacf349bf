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

  /// A part of an entry's value: a range of ``bytes``, and its column, or -1 until it is known.
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

  // The batch: complete cards, then the text of the open one in the order it came.
  var bytes: [UInt8] = []
  private var fieldEnds: [UInt32] = []
  private var recordEnds: [UInt32] = []
  private var lines: [Int] = []
  private var issues: [Issue] = []
  private var firstRecord = 1
  /// Where the open card's text begins.
  var cardStart = 0

  // The open card.
  var entries: [Entry] = []
  var values: [Value] = []
  /// The groups that entries are in, one for each such entry.
  var groups: [[UInt8]] = []
  var labels: [[UInt8]: [UInt8]] = [:]
  private var noted: [IssueCode] = []
  private var line = 0
  /// Whether groups or preferences make the columns known only when the card is complete.
  private var needsArranging = false
  /// Whether the values came in the order of their columns so far.
  private var isSorted = true
  private var lastColumn: Int32 = -1

  init(recordsPerBatch: Int = 512) { self.recordsPerBatch = recordsPerBatch }

  /// The columns found so far.
  var header: [String] { table.names }

  /// Whether enough cards are complete.
  var isBatchFull: Bool {
    recordEnds.count >= recordsPerBatch || cardStart >= Self.largestBatch
  }

  /// How many bytes of text the open card has.
  var openByteCount: Int { bytes.count - cardStart }

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
    self.line = line
    columns.beginCard()
    entries.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    if !groups.isEmpty { groups = [] }
    if !labels.isEmpty { labels = [:] }
    if !noted.isEmpty { noted = [] }
    (needsArranging, isSorted, lastColumn) = (false, true, -1)
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
    let start = bytes.count
    value.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    place(component, from: start)
  }

  /// Appends a part of the value that `body` appends to the bytes it is handed.
  mutating func append(component: Int = 0, _ body: (inout [UInt8]) -> Void) {
    let start = bytes.count
    body(&bytes)
    place(component, from: start)
  }

  private mutating func place(_ component: Int, from start: Int) {
    guard bytes.count > start else { return }
    let entry = entries.count - 1
    if let address = addresses[Int(entries[entry].number)] { replaceURI(address, from: start) }
    let column = needsArranging ? -1 : column(ofEntry: entry, component: component)
    if column <= lastColumn { isSorted = false }
    lastColumn = column
    values.append(
      Value(
        entry: Int32(entry), component: Int32(component), start: Int32(start),
        end: Int32(bytes.count), column: column))
  }

  private mutating func replaceURI(_ address: CardAddress, from start: Int) {
    // A look at the first letter spares numbers the comparison.
    guard bytes[start] >= UInt8(ascii: "M"),
      let plain = address.text(of: bytes.span.extracting(start...))
    else { return }
    bytes.removeSubrange(start...)
    bytes.append(contentsOf: plain)
  }

  /// Gives a group of the open card its label, before or after the properties in it.
  mutating func setLabel(_ label: [UInt8], ofGroup group: [UInt8]) {
    labels[group] = label
    needsArranging = true
  }

  /// Notes something about the open card; each code is noted once a card.
  mutating func note(_ code: IssueCode) {
    if !noted.contains(code) { noted.append(code) }
  }

  /// Completes the card.
  mutating func endCard() {
    if needsArranging {
      arrange()
      sortValues()
    } else if !isSorted {
      sortValues()
    }
    for code in noted { issues.append(Issue(code, record: recordEnds.count)) }
    var column: Int32 = 0
    var end = UInt32(cardStart)
    for value in values where value.column >= 0 {
      while column < value.column {
        fieldEnds.append(end)
        column += 1
      }
      end = UInt32(value.end)
      fieldEnds.append(end)
      column += 1
    }
    recordEnds.append(UInt32(fieldEnds.count))
    lines.append(line)
    cardStart = bytes.count
  }

  /// Takes the complete cards as records, or `nil` where there are none.
  ///
  /// The text of an open card stays.
  mutating func takeBatch() -> RecordBatch? {
    guard !recordEnds.isEmpty else { return nil }
    let open = Array(bytes[cardStart...])
    bytes.removeSubrange(cardStart...)
    let batch = RecordBatch(
      bytes: bytes, fieldEnds: fieldEnds, recordEnds: recordEnds, lines: lines,
      firstRecord: firstRecord, issues: issues, header: table.names, hasFieldLines: false)
    firstRecord += recordEnds.count
    bytes = []
    bytes.reserveCapacity(batch.bytes.count)
    bytes += open
    for index in values.indices {
      values[index].start -= Int32(cardStart)
      values[index].end -= Int32(cardStart)
    }
    fieldEnds.removeAll(keepingCapacity: true)
    recordEnds.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    issues = []
    cardStart = 0
    return batch
  }
}
