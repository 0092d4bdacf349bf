/// Unpacks a member of a ZIP archive piece by piece.
///
/// ```swift
/// var reader = try ZipMemberReader(member, of: archive.file, limit: 1 << 20)
/// while try reader.read(into: &piece) { use(piece) }
/// ```
///
/// What the archive says about sizes is checked, never relied on: memory stays at two pieces, and a
/// member that unpacks to more than it may, in all or for its packed size, is refused on the way.
struct ZipMemberReader: ~Copyable {
  /// How many bytes are read at a time, and about as many are unpacked.
  static let pieceSize = 64 * 1024
  /// What may be unpacked before the ratio is looked at.
  static let freeSize = 64 << 20
  /// Beyond this ratio a member is an attack.
  ///
  /// The tables of people stay below a hundred; Deflate itself ends at 1032.
  static let largestRatio = 500

  private let member: ZipMember
  private let file: any RandomAccessBytes
  private let limit: Int
  private var place: Int
  private let end: Int
  private var packed: [UInt8] = []
  private var packedPlace = 0
  private var inflater: RawInflater
  private var unpackedSize = 0
  private var checksum = CyclicRedundancyCheck()
  private var isEnded = false

  /// - Parameters:
  ///   - member: What to unpack.
  ///   - file: The archive's bytes.
  ///   - limit: How many bytes it may unpack to.
  /// - Throws: ``FormatError`` if the member cannot be read: it has a password, a way of packing
  ///   that workbooks never use, no header where one should be, or bytes of the next member.
  init(
    _ member: ZipMember, of file: any RandomAccessBytes, limit: Int
  ) throws(FormatError) {
    guard !member.isEncrypted else { throw FormatError(.encrypted) }
    if case .other(let method) = member.method {
      throw FormatError(.brokenPackage, found: "\(member.path) is packed with method \(method)")
    }
    let header = try file.bytes(from: member.headerPlace, count: ZipMember.localHeaderSize)
    guard header.starts(with: FileFormat.packageSignature),
      let nameLength = header.littleEndian(at: 26, byteCount: 2),
      let extraLength = header.littleEndian(at: 28, byteCount: 2)
    else { throw FormatError(.brokenPackage, found: "\(member.path) is not where it should be") }
    let start = member.headerPlace + ZipMember.localHeaderSize + nameLength + extraLength
    guard start <= member.boundary, member.packedSize <= member.boundary - start else {
      throw FormatError(.brokenPackage, found: "\(member.path) lies outside its place")
    }
    self.init(member, of: file, limit: limit, start: start)
  }

  private init(_ member: ZipMember, of file: any RandomAccessBytes, limit: Int, start: Int) {
    self.member = member
    self.file = file
    self.limit = limit
    place = start
    end = start + member.packedSize
    inflater = RawInflater()
  }

  /// Replaces `piece` by the next bytes of the member.
  ///
  /// - Returns: `false` at the end, where length and checksum have been found to be right.
  mutating func read(into piece: inout [UInt8]) throws(FormatError) -> Bool {
    piece.removeAll(keepingCapacity: true)
    guard !isEnded else { return false }
    switch member.method {
    case .deflated: try inflate(into: &piece)
    case .stored, .other: try copy(into: &piece)
    }
    guard !piece.isEmpty else {
      try finish()
      return false
    }
    unpackedSize += piece.count
    checksum.append(piece)
    try checkSize()
    return true
  }

  private mutating func copy(into piece: inout [UInt8]) throws(FormatError) {
    let next = min(end, place + Self.pieceSize)
    guard next > place else { return }
    piece = try file.bytes(from: place, count: next - place)
    place = next
  }

  private mutating func inflate(into piece: inout [UInt8]) throws(FormatError) {
    while piece.isEmpty {
      if packedPlace == packed.count {
        guard place < end else { return }
        var next: [UInt8] = []
        try copy(into: &next)
        packed = next
        packedPlace = 0
      }
      let waiting = packed
      let taken: Int
      do throws(FormatError) {
        taken = try inflater.inflate(
          waiting.span, from: packedPlace, into: &piece, atMost: Self.pieceSize)
      } catch { throw damaged }
      packedPlace += taken
      if taken == 0, piece.isEmpty { throw damaged }
    }
  }

  /// Refuses what unpacks to more than contacts could need.
  private func checkSize() throws(FormatError) {
    let packedSize = max(1, place - (end - member.packedSize) - (packed.count - packedPlace))
    let isBomb = unpackedSize > Self.freeSize && unpackedSize / packedSize > Self.largestRatio
    guard unpackedSize <= limit, !isBomb else { throw FormatError(.tooLarge, found: member.path) }
  }

  private mutating func finish() throws(FormatError) {
    isEnded = true
    // A member with no bytes at all is how some writers pack an empty one.
    if member.method == .deflated, member.packedSize > 0 {
      do throws(FormatError) { try inflater.finish() } catch { throw damaged }
    }
    guard unpackedSize == member.size, checksum.value == member.checksum else { throw damaged }
  }

  private var damaged: FormatError {
    FormatError(.brokenPackage, found: "\(member.path) is damaged")
  }
}
