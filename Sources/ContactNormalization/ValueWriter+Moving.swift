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
