/// What stands before a column's values in plain objects, from the key's quote to the value:
/// `"name":`.
///
/// The texts stand in slots of one width, so that they are compared a word at a time.
struct JSONGlues {
  /// The bytes of a slot.
  static let width = 72
  /// The longest text that is remembered; a last word may be read beyond it.
  static let longest = 64

  private(set) var slots: [UInt8] = []
  /// The length of each column's text; 0 where it is not known.
  private(set) var counts: [UInt8] = []

  /// Remembers the text before a column's value.
  mutating func learn(_ text: Span<UInt8>, before column: Int) {
    guard text.count <= Self.longest else { return }
    while counts.count <= column {
      counts.append(0)
      slots.append(contentsOf: repeatElement(0, count: Self.width))
    }
    counts[column] = UInt8(text.count)
    for index in 0..<text.count { slots[column * Self.width + index] = text[index] }
  }
}
