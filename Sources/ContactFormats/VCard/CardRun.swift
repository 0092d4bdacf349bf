/// Counts the values of a property in a card that is written.
///
/// A reader numbers them without gaps, so a value comes back under the number of its column only if
/// all before it have text: without a `TEL`, `TEL (2)` and `TEL (3)` come back as `TEL` and `TEL (2)`.
struct CardRun {
  private var number = -1
  private var count = 0

  /// Counts a value that has text; those of one property come behind each other.
  ///
  /// - Parameters:
  ///   - occurrence: How many values of the property stand before it by its column's name.
  ///   - run: A number that the values of one property share, and no others.
  /// - Returns: Whether it comes back under that name.
  mutating func isKept(_ occurrence: Int, of run: Int) -> Bool {
    if run != number { (number, count) = (run, 0) }
    defer { count += 1 }
    return occurrence == count
  }
}
