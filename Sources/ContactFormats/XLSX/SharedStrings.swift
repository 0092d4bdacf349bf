/// The texts that a workbook's cells refer to by number.
///
/// They stay in memory up to ``memoryLimit``. Beyond that they move to a temporary file, in groups of
/// neighbors, and are read back a group at a time: cells mostly name texts in the order in which
/// these were first used. Memory then stays constant, whatever the workbook.
///
/// ```swift
/// strings.append(text)                       // a text may come in several parts
/// strings.endString()
/// try strings.moveOut { try makeStore() }    // now and then
/// try strings.finish()
/// try strings.append(7, to: &bytes)
/// ```
struct SharedStrings {
  /// How many bytes the texts may take in memory.
  static let memoryLimit = 32 << 20
  /// Beyond this a text is cut off; a record that uses it is too long anyway.
  static let longestString = EscapedText.longestText + 1

  /// How many texts are complete.
  private(set) var count = 0
  /// How many bytes the complete texts have.
  private(set) var byteCount = 0
  /// How many bytes have been handed out, a text anew each time a cell refers to it.
  private(set) var handedOut = 0
  /// What is in memory: everything, or what came behind the last complete group.
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []
  private var groups: [Group] = []
  private var store: (any SpillStore)?
  private var cache: [CachedGroup] = []
  private var cachedSize = 0
  private let memoryLimit: Int

  /// Neighboring texts in the temporary file: where each ends, 4 bytes a text, then the texts.
  private struct Group {
    static let mostStrings = 1024
    static let largestText = 64 * 1024
    static let endSize = 4

    var firstString: Int
    var count: Int
    var range: Range<Int>
  }

  private struct CachedGroup {
    static let slots = 256
    static let budget = 16 << 20

    var number = -1
    var bytes: [UInt8] = []
  }

  /// - Parameter memoryLimit: How many bytes the texts may take before they move out.
  init(memoryLimit: Int = Self.memoryLimit) { self.memoryLimit = memoryLimit }

  private var openStart: Int { Int(ends.last ?? 0) }

  /// Adds to the text that is open.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    let room = Self.longestString - (bytes.count - openStart)
    bytes.append(contentsOf: text.prefix(max(0, room)))
  }

  /// Completes the open text.
  mutating func endString() {
    // A text that was cut off has to stay too long.
    if bytes.count - openStart < Self.longestString { EscapedText.decode(&bytes, from: openStart) }
    byteCount += bytes.count - openStart
    ends.append(UInt32(bytes.count))
    count += 1
  }

  /// Moves complete texts to the temporary file if they take too much memory.
  ///
  /// - Parameter makeStore: Makes the file, once.
  /// - Throws: ``FormatError`` if the file cannot be made or written.
  mutating func moveOut(
    _ makeStore: () throws(FormatError) -> any SpillStore
  ) throws(FormatError) {
    if store == nil, bytes.count + ends.count * Group.endSize > memoryLimit {
      store = try makeStore()
    }
    if let store { try moveGroups(to: store, all: false) }
  }

  /// Ends the table.
  mutating func finish() throws(FormatError) {
    if let store { try moveGroups(to: store, all: true) }
  }

  private mutating func moveGroups(
    to store: any SpillStore, all: Bool
  ) throws(FormatError) {
    var first = 0
    var firstByte = 0
    while first < ends.count {
      var end = first
      while end < ends.count, end - first < Group.mostStrings,
        Int(ends[end]) - firstByte <= Group.largestText || end == first
      {
        end += 1
      }
      guard all || end < ends.count else { break }
      let endByte = Int(ends[end - 1])
      var group: [UInt8] = []
      group.reserveCapacity((end - first) * Group.endSize + endByte - firstByte)
      for index in first..<end {
        group.appendLittleEndian(Int(ends[index]) - firstByte, byteCount: Group.endSize)
      }
      group += bytes[firstByte..<endByte]
      let place = store.count
      try store.append(group.span)
      groups.append(
        Group(
          firstString: count - ends.count + first, count: end - first,
          range: place..<place + group.count))
      (first, firstByte) = (end, endByte)
    }
    ends = ends[first...].map { $0 - UInt32(firstByte) }
    bytes.removeSubrange(..<firstByte)
  }

  /// Appends a text to `target`.
  ///
  /// - Parameters:
  ///   - number: Which one, from 0.
  ///   - target: Where it goes.
  /// - Returns: `false` if there is no such text.
  /// - Throws: ``FormatError`` if the temporary file cannot be read.
  /// - Complexity: O(*n*) in the text, and now and then the reading of a group.
  mutating func append(
    _ number: Int, to target: inout [UInt8]
  ) throws(FormatError) -> Bool {
    guard number >= 0, number < count else { return false }
    let sizeBefore = target.count
    defer { handedOut += target.count - sizeBefore }
    let firstInMemory = count - ends.count
    if number >= firstInMemory {
      let index = number - firstInMemory
      target += bytes[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])]
      return true
    }
    let groupNumber = self.groupNumber(of: number)
    let group = groups[groupNumber]
    let slot = groupNumber % CachedGroup.slots
    try load(groupNumber, into: slot)
    let index = number - group.firstString
    let texts = group.count * Group.endSize
    let start = index == 0 ? 0 : end(of: index - 1, in: slot)
    target += cache[slot].bytes[texts + start..<texts + end(of: index, in: slot)]
    return true
  }

  private func end(of index: Int, in slot: Int) -> Int {
    cache[slot].bytes.littleEndian(at: index * Group.endSize, byteCount: Group.endSize) ?? 0
  }

  /// The group that holds a text, by halving.
  private func groupNumber(of string: Int) -> Int {
    var low = 0
    var high = groups.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if groups[middle].firstString <= string { low = middle } else { high = middle }
    }
    return low
  }

  private mutating func load(_ number: Int, into slot: Int) throws(FormatError) {
    if cache.isEmpty {
      cache = Array(repeating: CachedGroup(), count: CachedGroup.slots)
    }
    guard cache[slot].number != number, let store else { return }
    cachedSize -= cache[slot].bytes.count
    if cachedSize > CachedGroup.budget {
      cache = Array(repeating: CachedGroup(), count: CachedGroup.slots)
      cachedSize = 0
    }
    cache[slot].number = -1
    try store.read(groups[number].range, into: &cache[slot].bytes)
    guard cache[slot].bytes.count == groups[number].range.count else {
      throw FormatError(.unreadable)
    }
    cache[slot].number = number
    cachedSize += cache[slot].bytes.count
  }
}
