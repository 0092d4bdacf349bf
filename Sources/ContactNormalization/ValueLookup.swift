import ContactModel

/// Finds a text among the entries of a ``ValueTable`` without making a key of it.
///
/// An open hash table over the entries' bytes (FNV-1a), at most half full.
struct ValueLookup: Sendable {
  private var keys: [[UInt8]] = []
  private var values: [[UInt8]] = []
  /// Indexes into ``keys``; -1 where a slot is free.
  private var slots: [Int32]

  init(_ table: ValueTable) {
    var size = 4
    while size < table.entries.count * 2 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    for (key, value) in table.entries {
      var slot = Self.hash(key, 0..<key.count) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(keys.count)
      keys.append(key)
      values.append(value)
    }
  }

  /// The index of a text's entry, to be handed to ``appendValue(of:to:)``.
  func entry(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var slot = Self.hash(bytes, range) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if isKey(index, bytes, range) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Whether an entry stands for the empty value.
  func isEmpty(_ entry: Int) -> Bool { values[entry].isEmpty }

  /// Appends what an entry stands for.
  func appendValue(of entry: Int, to output: inout [UInt8]) {
    output.append(contentsOf: values[entry])
  }

  private func isKey(_ index: Int, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard keys[index].count == range.count else { return false }
    for offset in 0..<range.count
    where keys[index][offset] != bytes[range.lowerBound + offset] { return false }
    return true
  }

  private static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in range { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ (hash >> 32))
  }
}
