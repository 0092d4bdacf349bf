/// Writes a ZIP archive from front to back, into a buffer the owner empties.
///
/// Sizes and checksums stand behind the members (data descriptors, APPNOTE 4.3.9), so nothing has to be
/// gone back to, and memory stays at a piece. The same members give the same bytes: all are dated
/// 1980-01-01, the first day there is. There is no ZIP64: a member ends before ``largestMember``.
struct ZipWriter: Sendable {
  /// How many bytes a member may have; 4 GB less some room.
  static let largestMember = 4_000_000_000
  private static let pieceSize = 256 * 1024
  private static let version = 20
  /// Sizes follow (bit 3), and names are UTF-8 (bit 11).
  private static let flags = 1 << 3 | 1 << 11
  private static let deflated = 8
  private static let firstDay = 1 << 5 | 1

  /// What has been written and not taken.
  private(set) var bytes: [UInt8] = []
  /// How many bytes the open member has so far.
  private(set) var memberSize = 0
  private var takenCount = 0
  private var members: [Member] = []
  private var piece: [UInt8] = []
  private var window: [UInt8] = []
  private var check = CyclicRedundancyCheck()
  private var dataPlace = 0

  private struct Member {
    var path: [UInt8]
    var headerPlace: Int
    var packedSize = 0
    var size = 0
    var checksum: UInt32 = 0
  }

  private var place: Int { takenCount + bytes.count }

  /// Begins a member.
  mutating func begin(_ path: String) {
    members.append(Member(path: Array(path.utf8), headerPlace: place))
    bytes += FileFormat.packageSignature
    append([Self.version, Self.flags, Self.deflated, 0, Self.firstDay], byteCount: 2)
    append([0, 0, 0], byteCount: 4)
    append([path.utf8.count, 0], byteCount: 2)
    bytes += path.utf8
    dataPlace = place
    (memberSize, check, window) = (0, CyclicRedundancyCheck(), [])
  }

  /// Adds to the open member what `body` appends to the bytes it is handed.
  mutating func write(_ body: (inout [UInt8]) -> Void) {
    let before = piece.count
    body(&piece)
    memberSize += piece.count - before
    if piece.count >= Self.pieceSize { packPiece(isLast: false) }
  }

  /// Adds to the open member.
  mutating func write(_ text: String) { write { $0 += text.utf8 } }

  /// Ends the open member.
  mutating func end() {
    packPiece(isLast: true)
    guard var member = members.popLast() else { return }
    member.packedSize = place - dataPlace
    member.size = memberSize
    member.checksum = check.value
    append([0x0807_4B50, Int(member.checksum), member.packedSize, member.size], byteCount: 4)
    members.append(member)
  }

  /// Writes the table of contents.
  mutating func finish() {
    let start = place
    for member in members {
      append([0x0201_4B50], byteCount: 4)
      append(
        [Self.version, Self.version, Self.flags, Self.deflated, 0, Self.firstDay], byteCount: 2)
      append([Int(member.checksum), member.packedSize, member.size], byteCount: 4)
      append([member.path.count, 0, 0, 0, 0], byteCount: 2)
      append([0, member.headerPlace], byteCount: 4)
      bytes += member.path
    }
    let size = place - start
    append([0x0605_4B50], byteCount: 4)
    append([0, 0, members.count, members.count], byteCount: 2)
    append([size, start], byteCount: 4)
    append([0], byteCount: 2)
  }

  /// Takes what has been written so far.
  mutating func takeBytes() -> [UInt8] {
    takenCount += bytes.count
    defer { bytes = [] }
    return bytes
  }

  private mutating func packPiece(isLast: Bool) {
    check.append(piece)
    RawDeflater.append(piece, after: window, isLast: isLast, to: &bytes)
    window = Array((window + piece).suffix(RawDeflater.windowSize))
    piece.removeAll(keepingCapacity: true)
  }

  private mutating func append(_ numbers: [Int], byteCount: Int) {
    for number in numbers { bytes.appendLittleEndian(number, byteCount: byteCount) }
  }
}
