/// Identifiers of contacts, one bit each where they lie close together.
///
/// Ten million contacts that one import created take a megabyte and a half; identifiers that lie far
/// apart take up to half a kilobyte each.
package struct PIDSet: Sendable {
  /// The bits of all chunks, one chunk after the other.
  private var words: [UInt64] = []
  /// Where each chunk begins in ``words``.
  private var places: [Int: Int] = [:]
  /// How many identifiers there are.
  package private(set) var count = 0

  private static let wordsPerChunk = 64
  private static let chunkShift = 12

  /// No identifiers yet.
  package init() {}

  /// Whether there are none.
  package var isEmpty: Bool { count == 0 }

  /// Whether an identifier is in the set.
  package func contains(_ pid: Int) -> Bool {
    guard let place = places[pid >> Self.chunkShift] else { return false }
    return words[place + Self.word(of: pid)] & Self.bit(of: pid) != 0
  }

  /// Adds an identifier; `false` if it was there already.
  @discardableResult
  package mutating func insert(_ pid: Int) -> Bool {
    let chunk = pid >> Self.chunkShift
    let place: Int
    if let known = places[chunk] {
      place = known
    } else {
      place = words.count
      places[chunk] = place
      words.append(contentsOf: repeatElement(0, count: Self.wordsPerChunk))
    }
    let index = place + Self.word(of: pid)
    guard words[index] & Self.bit(of: pid) == 0 else { return false }
    words[index] |= Self.bit(of: pid)
    count += 1
    return true
  }

  /// Takes an identifier out; `false` if it was not there.
  @discardableResult
  package mutating func remove(_ pid: Int) -> Bool {
    guard let place = places[pid >> Self.chunkShift] else { return false }
    let index = place + Self.word(of: pid)
    guard words[index] & Self.bit(of: pid) != 0 else { return false }
    words[index] &= ~Self.bit(of: pid)
    count -= 1
    return true
  }

  /// Adds all identifiers of another set.
  package mutating func formUnion(_ other: PIDSet) {
    for (chunk, otherPlace) in other.places {
      let place = places[chunk] ?? words.count
      if places[chunk] == nil {
        places[chunk] = place
        words.append(contentsOf: repeatElement(0, count: Self.wordsPerChunk))
      }
      for word in 0..<Self.wordsPerChunk {
        let added = other.words[otherPlace + word] & ~words[place + word]
        words[place + word] |= added
        count += added.nonzeroBitCount
      }
    }
  }

  /// The greatest identifier; `nil` in an empty set.
  ///
  /// - Complexity: O(*n*) in the chunks of 4096 identifiers.
  package var max: Int? {
    var best: Int?
    for (chunk, place) in places where best.map({ chunk >= $0 >> Self.chunkShift }) ?? true {
      guard let word = (0..<Self.wordsPerChunk).last(where: { words[place + $0] != 0 }) else {
        continue
      }
      best = chunk << Self.chunkShift + word << 6 + (63 - words[place + word].leadingZeroBitCount)
    }
    return best
  }

  private static func word(of pid: Int) -> Int { pid >> 6 & (wordsPerChunk - 1) }

  private static func bit(of pid: Int) -> UInt64 { 1 << UInt64(pid & 63) }
}
