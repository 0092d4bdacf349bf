import ContactModel

/// Where normalized values go: the batch in the making and what was noticed on the way.
///
/// Keeps the new batch's arrays itself: a call into another module for every value would cost more
/// than the value.
struct ValueWriter {
  /// The values written so far, and what has been written of the one in work.
  var bytes: [UInt8] = []
  /// Where each value ends.
  private(set) var valueEnds: [UInt32] = []
  var issues: [Issue] = []
  var isRejected: [Bool] = []
  /// What becomes of an element of the value in work that is not valid.
  private(set) var policy: InvalidPolicy
  /// The contact in work.
  var record = 0
  /// The field in work.
  var field = PersonField.person
  /// The source column of the cell in work; -1 if unknown.
  var sourceColumn = -1
  /// Where the value in work begins.
  private(set) var valueStart = 0
  /// Whether the value in work gives its mobile numbers away.
  private(set) var isMovingMobiles = false
  /// The numbers of the contact in work that are to go to `mob`.
  var moved: [MovedNumber] = []
  /// Where those of the value in work begin among ``moved``.
  private(set) var firstMoved = 0

  /// A writer with room for so many values and bytes.
  init(policy: InvalidPolicy, reservingValues count: Int = 0, bytes byteCount: Int = 0) {
    self.policy = policy
    valueEnds.reserveCapacity(count)
    bytes.reserveCapacity(byteCount)
  }

  /// Begins a value of a field.
  mutating func beginValue(of field: PersonField, invalid: InvalidPolicy) {
    self.field = field
    policy = invalid
    valueStart = bytes.count
    isMovingMobiles = false
  }

  /// Lets the value that has been begun give its mobile numbers away.
  mutating func beginMoving() {
    isMovingMobiles = true
    firstMoved = moved.count
  }

  /// Ends the value in work.
  mutating func endValue() { valueEnds.append(UInt32(truncatingIfNeeded: bytes.count)) }

  /// Whether nothing has been written of the value in work.
  var isValueEmpty: Bool { bytes.count == valueStart }

  /// Takes back a value that only says that there is none; returns whether it was one.
  ///
  /// Nobody is called so; in other fields of text such a word may be an answer.
  mutating func dropPlaceholder() -> Bool {
    let value = valueStart..<bytes.count
    guard PlaceholderCell.mayMatch(bytes, value), PlaceholderCell.matches(bytes, value) else {
      return false
    }
    bytes.removeSubrange(valueStart...)
    return true
  }

  /// Parts the next element of the value from those before it.
  @inline(__always)
  mutating func beginElement(isJoined: Bool = false) {
    guard bytes.count > valueStart else { return }
    if !isJoined { bytes.append(Byte.comma) }
    bytes.append(Byte.space)
  }

  /// Takes back everything behind a place, if it repeats an earlier element of the value.
  ///
  /// - Parameter start: Where the element was begun, its separator included.
  /// - Returns: Whether it was taken back.
  mutating func removeRepetition(from start: Int) -> Bool {
    guard start > valueStart else { return false }
    let element = (start + 2)..<bytes.count
    var begin = valueStart
    var index = valueStart
    while index <= start {
      // The element's own separator stands at `start`.
      let isEnd =
        index == start
        || (bytes[index] == Byte.comma && bytes[index + 1] == Byte.space)
      if isEnd {
        if index - begin == element.count,
          bytes[begin..<index].elementsEqual(bytes[element])
        {
          bytes.removeSubrange(start...)
          return true
        }
        begin = index + 2
        index += 1
      }
      index += 1
    }
    return false
  }

  /// Appends an element of text as it stands.
  mutating func appendElement(_ text: [UInt8], _ range: Range<Int>, isJoined: Bool = false) {
    beginElement(isJoined: isJoined)
    // By pointer: a slice of the array would be retained and released for every value.
    text.withUnsafeBufferPointer { text in
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[range]))
    }
  }

  /// Reports something about the cell in work.
  mutating func report(_ code: IssueCode, detail: Int = 0) {
    issues.append(
      Issue(
        code, record: record, sourceColumn: sourceColumn < 0 ? nil : sourceColumn, field: field,
        detail: detail))
  }

  /// Reports an element that is not valid and does with it what the mapping says.
  mutating func refuse(
    _ code: IssueCode, detail: Int = 0, _ text: [UInt8], _ range: Range<Int>
  ) {
    report(code, detail: detail)
    switch policy {
    case .reject: isRejected[record] = true
    case .drop: break
    case .keep: appendElement(text, range)
    }
  }
}
