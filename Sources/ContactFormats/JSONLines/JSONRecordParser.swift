import ContactModel
import JSONSyntax

/// Makes a record of one value's text: nested values become columns such as `address.city` and
/// `phones[0].value`.
///
/// Numbers keep their text, `true` and `false` are words, `null` is an empty value; an array or
/// object without anything in it has no column. This reader takes every valid object and is the
/// oracle of ``JSONFlatReader``, which takes only plain ones, but fast.
struct JSONRecordParser {
  /// What a text turned out to be.
  enum Verdict: Equatable {
    /// An object; its record is complete.
    case record
    /// Another JSON value.
    case other(isArray: Bool)
    /// No JSON, with the index of the byte at which that was noticed. Nothing was recorded.
    case invalid(at: Int)
    /// JSON but for bytes that are not UTF-8. Nothing was recorded.
    case undecodable
  }

  /// An open array or object.
  private struct Level {
    /// How much of ``path`` names it.
    var pathCount: Int
    /// The next element's number, or -1 in an object.
    var element: Int
    /// Its number in ``tree``.
    let container: Int
  }

  /// The last use of a path for an array or object.
  private struct Use {
    var record = 0
    /// Its number in that record's ``tree``.
    var container = JSONContainerTree.root
  }

  /// What plain objects have between their values.
  private(set) var glues = JSONGlues()

  private var path: [UInt8] = []
  private var levels: [Level] = []
  /// The arrays and objects of the record, and which of them each of its values stands in.
  private var tree = JSONContainerTree()
  private var parents: [Int] = []
  /// The paths of arrays and objects, and how each was last used.
  private var containers = ColumnTable()
  private var lastUse: [Use] = []
  private var recordNumber = 0
  /// The numbers that probably come next.
  private var nextColumn = 0
  private var nextContainer = 0
  /// How many columns have been compared with the containers' paths.
  private var knownColumns = 0
  /// Whether some name is that of a value here and of an array or object there.
  private var hasAmbiguousNames = false
  private var notedRepeatedKey = false
  private var notedTooManyColumns = false

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - bytes: The text, with nothing but white space around the value.
  ///   - line: The line it begins on.
  ///   - builder: Where the record goes; none is open.
  /// - Returns: What the text turned out to be.
  mutating func parse(
    _ bytes: Span<UInt8>, line: Int, into builder: inout OpenRecordBuilder
  ) -> Verdict {
    var reader = JSONReader()
    var isOpen = false
    do throws(JSONError) {
      let first = try reader.next(in: bytes)
      guard first == .beginObject else {
        let isArray = first == .beginArray
        if isArray { while reader.depth > 0 { _ = try reader.next(in: bytes) } }
        try reader.finish(in: bytes)
        return .other(isArray: isArray)
      }
      builder.beginRecord(line: line)
      isOpen = true
      begin()
      try readMembers(&reader, bytes, &builder)
      try reader.finish(in: bytes)
      if tree.hasTakenBack { removeTakenBack(&builder) }
      builder.endRecord()
      return .record
    } catch {
      if isOpen { builder.dropRecord() }
      return error.code == .invalidUTF8 ? .undecodable : .invalid(at: error.offset)
    }
  }

  private mutating func begin() {
    recordNumber += 1
    nextColumn = 0
    nextContainer = 0
    notedRepeatedKey = false
    notedTooManyColumns = false
    path.removeAll(keepingCapacity: true)
    levels.removeAll(keepingCapacity: true)
    levels.append(Level(pathCount: 0, element: -1, container: JSONContainerTree.root))
    tree.removeAll()
    parents.removeAll(keepingCapacity: true)
  }

  /// Reads everything behind the outermost opening brace.
  private mutating func readMembers(
    _ reader: inout JSONReader, _ bytes: Span<UInt8>, _ builder: inout OpenRecordBuilder
  ) throws(JSONError) {
    while let level = levels.indices.last {
      let token = try reader.next(in: bytes)
      if case .key(let key) = token {
        enterMember(key, in: level, bytes)
        let value = try reader.next(in: bytes)
        accept(value, bytes, &builder)
        if level == 0, !key.isEscaped {
          learn(from: key.range.lowerBound - 1, before: value, reader, bytes)
        }
      } else if token == .endObject || token == .endArray {
        levels.removeLast()
      } else {
        enterElement(of: level)
        accept(token, bytes, &builder)
      }
    }
  }

  private mutating func enterMember(_ key: JSONString, in level: Int, _ bytes: Span<UInt8>) {
    path.removeLast(path.count - levels[level].pathCount)
    if level > 0 { path.append(UInt8(ascii: ".")) }
    key.append(to: &path, from: bytes)
  }

  private mutating func enterElement(of level: Int) {
    path.removeLast(path.count - levels[level].pathCount)
    path.append(JSONByte.openBracket)
    path.append(contentsOf: String(levels[level].element).utf8)
    path.append(JSONByte.closeBracket)
    levels[level].element += 1
  }

  /// Takes the value that stands at ``path``.
  private mutating func accept(
    _ token: JSONToken, _ bytes: Span<UInt8>, _ builder: inout OpenRecordBuilder
  ) {
    switch token {
    case .string(let string): put(&builder) { string.append(to: &$0, from: bytes) }
    case .number(let range):
      put(&builder) { JSONString(range: range, isEscaped: false).append(to: &$0, from: bytes) }
    case .bool(let value): put(&builder) { $0.append(contentsOf: (value ? "true" : "false").utf8) }
    case .beginObject: open(element: -1, &builder)
    case .beginArray: open(element: 0, &builder)
    // The reader hands out no other token where a value is due.
    case .null, .key, .endObject, .endArray, .end: put(&builder) { _ in }
    }
  }

  private mutating func put(
    _ builder: inout OpenRecordBuilder, _ body: (inout [UInt8]) -> Void
  ) {
    guard let column = builder.columns.number(of: path.span, guess: nextColumn) else {
      noteTooManyColumns(&builder)
      // What stands before it must not be learned for the column before.
      nextColumn = 0
      return
    }
    nextColumn = column + 1
    if column >= knownColumns {
      knownColumns = column + 1
      if containers.find(path.span) != nil { hasAmbiguousNames = true }
    }
    // The last value of a repeated key wins.
    if hasAmbiguousNames, let number = containers.find(path.span) { takeBack(number, &builder) }
    if builder.isSet(column) {
      noteRepeatedKey(&builder)
      builder.removeValue(of: column)
    }
    builder.append(to: column, body)
    parents.append(innermost)
  }

  private mutating func open(element: Int, _ builder: inout OpenRecordBuilder) {
    let container = tree.add(in: innermost)
    levels.append(Level(pathCount: path.count, element: element, container: container))
    // Bound, so that `self` stays free to change while the span is in use.
    let name = path
    guard let number = containers.number(of: name.span, guess: nextContainer) else {
      noteTooManyColumns(&builder)
      return
    }
    nextContainer = number + 1
    if number == lastUse.count {
      lastUse.append(Use())
      if builder.columns.find(name.span) != nil { hasAmbiguousNames = true }
    }
    takeBack(number, &builder)
    if hasAmbiguousNames, let column = builder.columns.find(name.span), builder.isSet(column) {
      noteRepeatedKey(&builder)
      builder.removeValue(of: column)
    }
    lastUse[number] = Use(record: recordNumber, container: container)
  }

  /// The number in ``tree`` of the array or object that is open.
  private var innermost: Int { levels.last?.container ?? JSONContainerTree.root }

  /// Takes the array or object back that a path had in this record, if it had one.
  private mutating func takeBack(_ number: Int, _ builder: inout OpenRecordBuilder) {
    guard lastUse[number].record == recordNumber else { return }
    noteRepeatedKey(&builder)
    tree.takeBack(lastUse[number].container)
  }

  /// Takes the values away that stand in arrays and objects taken back.
  private func removeTakenBack(_ builder: inout OpenRecordBuilder) {
    let isTakenBack = tree.takenBack()
    builder.removeValues { isTakenBack[parents[$0]] }
  }

  private mutating func noteRepeatedKey(_ builder: inout OpenRecordBuilder) {
    if !notedRepeatedKey { builder.note(.repeatedKey) }
    notedRepeatedKey = true
  }

  private mutating func noteTooManyColumns(_ builder: inout OpenRecordBuilder) {
    if !notedTooManyColumns { builder.note(.tooManyColumns) }
    notedTooManyColumns = true
  }

  /// Remembers what stands from a key's quote to its value, for ``JSONFlatReader``.
  private mutating func learn(
    from start: Int, before value: JSONToken, _ reader: JSONReader, _ bytes: Span<UInt8>
  ) {
    let end: Int
    switch value {
    case .string(let string): end = string.range.lowerBound - 1
    case .number(let range): end = range.lowerBound
    case .bool(let flag): end = reader.position - (flag ? 4 : 5)
    case .null: end = reader.position - 4
    default: return
    }
    guard nextColumn > 0 else { return }
    glues.learn(bytes.extracting(start..<end), before: nextColumn - 1)
  }
}
