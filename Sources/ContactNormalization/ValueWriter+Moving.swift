import ContactModel

/// A number that leaves one phone field of a contact for `mob`.
struct MovedNumber {
  var text: [UInt8]
  /// Where it was found.
  var field: PersonField
  var sourceColumn: Int
}

/// Mobile numbers on their way from `tel` and `fax` to `mob` (`phones: { mobiles: move }`).
///
/// A column that gives its mobiles away is begun with `isMovingMobiles`. While it is written, each
/// of them is taken out by ``moveElement(from:)``; ``endMoving(isRequired:)`` settles at its end
/// whether they go. The `mob` column, which stands behind those columns, takes them in at its own
/// end by ``appendMoved()``.
extension ValueWriter {
  /// Takes the element last written out of the value, to be given to `mob`.
  ///
  /// - Parameter start: Where the element was begun, its separator included.
  mutating func moveElement(from start: Int) {
    let text = start > valueStart ? start + 2 : start
    moved.append(
      MovedNumber(text: Array(bytes[text...]), field: field, sourceColumn: sourceColumn))
    bytes.removeSubrange(start...)
  }

  /// Ends a value that gives its mobiles away, and reports each that goes.
  ///
  /// A required value keeps them if it would be empty without them: moving rejects no contact.
  mutating func endMoving(isRequired: Bool) {
    let leaving = moved[firstMoved...]
    if leaving.isEmpty { return }
    let cell = sourceColumn
    defer { sourceColumn = cell }
    guard isRequired, isValueEmpty else {
      for number in leaving {
        sourceColumn = number.sourceColumn
        report(.phoneMoved)
      }
      return
    }
    moved.removeSubrange(firstMoved...)
    for number in leaving {
      sourceColumn = number.sourceColumn
      if !appendOnce(number.text) { report(.phoneRepeated) }
    }
  }

  /// Appends the contact's moved numbers to the value in work, each once.
  mutating func appendMoved() {
    for number in moved { _ = appendOnce(number.text) }
    moved.removeAll(keepingCapacity: true)
  }

  /// Appends an element unless the value has it; returns whether it had to.
  private mutating func appendOnce(_ text: [UInt8]) -> Bool {
    let start = bytes.count
    appendElement(text, 0..<text.count)
    return !removeRepetition(from: start)
  }
}

// MARK: - Which numbers are mobile

extension ValueWriter {
  /// Moves the mobile numbers among the elements written since a place.
  ///
  /// A stand-in that looks at Russian numbers only, +7 9XX: ``PhoneCell`` is to ask the number itself
  /// for its type and to call ``moveElement(from:)``, and this is to go.
  mutating func moveMobiles(writtenFrom start: Int) {
    guard bytes.count > start else { return }
    let text = Array(bytes[(start > valueStart ? start + 2 : start)...])
    bytes.removeSubrange(start...)
    var rest = text[...]
    while !rest.isEmpty {
      var end = rest.startIndex
      while end < rest.endIndex, !rest[end...].starts(with: [Byte.comma, Byte.space]) { end += 1 }
      let begin = bytes.count
      appendElement(text, rest.startIndex..<end)
      if Self.isMobile(text[rest.startIndex..<end]) { moveElement(from: begin) }
      rest = text[min(end + 2, text.count)...]
    }
  }

  private static func isMobile(_ number: ArraySlice<UInt8>) -> Bool {
    let digits = number.filter { $0 &- 48 < 10 }
    return digits.count >= 11 && "78".utf8.contains(digits[0]) && digits[1] == UInt8(ascii: "9")
  }
}
