import Crypto

/// Where a page stands in a spool, and how far the walk had come with it.
///
/// On the disk a head of ``headWords`` words of 64 bits (little-endian) stands before the values' ends and
/// the values: a mark, which says the side, the two counts, the walk's position, and 128 bits of the SHA-256 of
/// all else. A page of which the machine lost a part is told by them.
struct SpoolPart {
  /// How many words the head has.
  static let headWords = 9
  private static let headBytes = headWords * 8
  private static let mark: UInt64 = 0x6665_7272_7931_0000
  /// What stands for a page number or a walk's position that there is not.
  private static let absent = UInt64.max
  /// No page is longer: the CRM's own have 200 contacts.
  private static let most = 1 << 30

  /// Where the head begins.
  let offset: Int
  let valueCount: Int
  let byteCount: Int
  /// Whether the page stands behind those before it.
  let isBehind: Bool
  let position: PageWalk.Position?

  var endsOffset: Int { offset + Self.headBytes }
  var bytesOffset: Int { endsOffset + valueCount * MemoryLayout<UInt32>.stride }
  var end: Int { bytesOffset + byteCount }

  init(
    offset: Int, valueCount: Int, byteCount: Int, isBehind: Bool, position: PageWalk.Position?
  ) {
    self.offset = offset
    self.valueCount = valueCount
    self.byteCount = byteCount
    self.isBehind = isBehind
    self.position = position
  }

  /// Reads a head; `nil` if it is none.
  init?(head: [UInt64], offset: Int) {
    let words = head.map { UInt64(littleEndian: $0) }
    guard words.count == Self.headWords, words[0] & ~1 == Self.mark,
      let valueCount = Int(exactly: words[1]), let byteCount = Int(exactly: words[2]),
      valueCount < Self.most, byteCount < Self.most
    else { return nil }
    self.offset = offset
    (self.valueCount, self.byteCount) = (valueCount, byteCount)
    isBehind = words[0] & 1 == 1
    guard words[6] != Self.absent else {
      position = nil
      return
    }
    let backward = words[3] == Self.absent ? 0 : words[3]
    let numbers = ([backward] + words[4...6]).compactMap { Int(exactly: $0) }
    guard numbers.count == 4 else { return nil }
    position = PageWalk.Position(
      backward: words[3] == Self.absent ? nil : numbers[0] - 1, lowest: numbers[1],
      highest: numbers[2], total: numbers[3])
  }

  /// The head of the page, as it stands on the disk.
  func head(of page: RecordSpool.Page) -> [UInt64] {
    var words: [UInt64] = [
      Self.mark | (isBehind ? 1 : 0), UInt64(valueCount), UInt64(byteCount),
    ]
    if let position {
      words += [
        position.backward.map { UInt64($0 + 1) } ?? Self.absent, UInt64(position.lowest),
        UInt64(position.highest), UInt64(position.total),
      ]
    } else {
      words += Array(repeating: Self.absent, count: 4)
    }
    return (words + Self.sum(words, page)).map(\.littleEndian)
  }

  /// Whether a page is the one that the head was written for.
  func checks(_ page: RecordSpool.Page, head: [UInt64]) -> Bool { self.head(of: page) == head }

  private static func sum(_ words: [UInt64], _ page: RecordSpool.Page) -> [UInt64] {
    var hash = SHA256()
    words.map(\.littleEndian).withUnsafeBytes { hash.update(bufferPointer: $0) }
    page.valueEnds.withUnsafeBytes { hash.update(bufferPointer: $0) }
    page.bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return hash.finalize().withUnsafeBytes { digest in
      [
        digest.loadUnaligned(as: UInt64.self),
        digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
      ]
    }
  }
}
