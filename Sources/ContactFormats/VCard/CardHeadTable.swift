/// The heads of lines that have been understood, found by their bytes.
///
/// Open addressing over a hash of eight-byte words. A hostile file may have a new head on every
/// line (some programs do, with a UUID in each), so the table is emptied when it is full.
struct CardHeadTable: Sendable {
  /// How many heads are remembered at most.
  static let limit = 4096

  private struct Entry: Sendable {
    var hash: UInt64
    var start: Int
    var count: Int
    /// Its first bytes, eight at most, and which of a word's they are.
    var beginning: UInt64
    var mask: UInt64
    /// Whether where it ends depends on what follows.
    var hasQuotes: Bool
    /// The number of the head that followed it last.
    var follower: Int
  }

  /// The heads, by number.
  private(set) var heads: [CardHead] = []
  /// The names of the groups that heads are in, in lower case.
  ///
  /// The first is that of the head that was understood last without being remembered.
  private(set) var groups: [[UInt8]] = [[]]
  private var entries: [Entry] = []
  /// The head that was found last.
  private var last = 0
  /// All remembered heads' bytes, one after the other.
  private var keys: [UInt8] = []
  /// Numbers of heads, or -1; twice as many as heads.
  private var slots = [Int](repeating: -1, count: 2 * limit)

  /// Whether the table has to be emptied before more heads come.
  var isFull: Bool { heads.count >= Self.limit }

  /// The number of the head that a line begins with, and the place of its colon; `nil` if it is not
  /// known yet.
  ///
  /// Cards of one file are much alike: the head that followed the last one before is compared first.
  mutating func head(
    of bytes: UnsafeRawBufferPointer, from start: Int
  ) -> (number: Int, colon: Int)? {
    if last < entries.count {
      let guess = entries[last].follower
      let entry = entries[guess]
      let colon = start + entry.count
      if colon + 8 < bytes.count, bytes[colon] == CardBytes.colon, !entry.hasQuotes,
        bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self) & entry.mask
          == entry.beginning,
        entry.count <= 8 || isKey(entry.start, bytes, start..<colon)
      {
        last = guess
        return (guess, colon)
      }
    }
    guard let colon = CardBytes.colon(bytes, from: start),
      let number = number(bytes, start..<colon)
    else { return nil }
    if last < entries.count { entries[last].follower = number }
    last = number
    return (number, colon)
  }

  /// The number of the head in a range of bytes, or `nil` if it is not known yet.
  func number(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    let hash = Self.hash(bytes, range)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = slots[slot]
      let entry = entries[number]
      if entry.hash == hash, entry.count == range.count, isKey(entry.start, bytes, range) {
        return number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Remembers a head that is not known yet; forgets all others first if there is no more room.
  ///
  /// - Parameters:
  ///   - head: The head; it gets its group's index.
  ///   - group: The name of its group.
  ///   - bytes: The bytes that it stands in.
  ///   - range: Where it stands.
  mutating func add(
    _ head: inout CardHead, group: [UInt8]?, _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) {
    if isFull { removeAll() }
    if let group {
      head.group = groups.count
      groups.append(group)
    }
    let hash = Self.hash(bytes, range)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = heads.count
    let mask = range.count < 8 ? UInt64(1) << UInt64(range.count * 8) - 1 : ~0
    var beginning: UInt64 = 0
    for byte in bytes[range].prefix(8).reversed() { beginning = beginning << 8 | UInt64(byte) }
    entries.append(
      Entry(
        hash: hash, start: keys.count, count: range.count, beginning: beginning.littleEndian,
        mask: mask.littleEndian,
        hasQuotes: bytes[range].contains(CardBytes.quote), follower: 0))
    keys.append(contentsOf: bytes[range])
    heads.append(head)
  }

  /// Gives a head its group that is not remembered; it is known until the next such head.
  mutating func setGroup(_ group: [UInt8], ofPassing head: inout CardHead) {
    groups[0] = group
    head.group = 0
  }

  private mutating func removeAll() {
    heads.removeAll(keepingCapacity: true)
    groups = [[]]
    entries.removeAll(keepingCapacity: true)
    keys = []
    slots = [Int](repeating: -1, count: slots.count)
  }

  private func isKey(
    _ start: Int, _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> Bool {
    keys.withUnsafeBytes { keys in
      var offset = 0
      while offset + 8 <= range.count {
        let left = keys.loadUnaligned(fromByteOffset: start + offset, as: UInt64.self)
        let right = bytes.loadUnaligned(
          fromByteOffset: range.lowerBound + offset, as: UInt64.self)
        guard left == right else { return false }
        offset += 8
      }
      while offset < range.count {
        guard keys[start + offset] == bytes[range.lowerBound + offset] else { return false }
        offset += 1
      }
      return true
    }
  }

  /// A multiplicative hash, good enough for heads; equal hashes are compared byte by byte.
  private static func hash(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      var word: UInt64 = 0
      if index + 8 <= bytes.count {
        word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let left = range.upperBound - index
        if left < 8 { word &= (1 << UInt64(left * 8)) - 1 }
      } else {
        for place in (index..<range.upperBound).reversed() {
          word = word << 8 | UInt64(bytes[place])
        }
      }
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 32
      index += 8
    }
    return hash
  }
}
