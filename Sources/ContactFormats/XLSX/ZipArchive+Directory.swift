/// What the record at the end of a ZIP archive says (APPNOTE 4.3.16), or the ZIP64 record it points to.
struct ZipDirectoryEnd: Equatable {
  private static let signature = 0x0605_4B50
  private static let size = 22
  private static let longestComment = 0xFFFF
  private static let locatorSignature = 0x0706_4B50
  private static let locatorSize = 20
  private static let wideSignature = 0x0606_4B50
  private static let wideSize = 56

  /// Where the directory begins.
  let directoryPlace: Int
  /// How many bytes it has.
  let directorySize: Int
  /// How many members it lists.
  let memberCount: Int

  /// Finds the record: the last one whose comment fits into the file.
  init(of file: any RandomAccessBytes) throws(FormatError) {
    let tailSize = min(file.count, Self.size + Self.longestComment)
    let tailPlace = file.count - tailSize
    let tail = try file.bytes(from: tailPlace, count: tailSize)
    guard let place = Self.place(in: tail) else {
      throw FormatError(.brokenPackage, found: "its table of contents is missing")
    }
    if let wide = try Self.wideRecord(of: file, before: tailPlace + place),
      let memberCount = wide.littleEndian(at: 32, byteCount: 8),
      let directorySize = wide.littleEndian(at: 40, byteCount: 8),
      let directoryPlace = wide.littleEndian(at: 48, byteCount: 8)
    {
      self.init(place: directoryPlace, size: directorySize, count: memberCount)
    } else if let memberCount = tail.littleEndian(at: place + 10, byteCount: 2),
      let directorySize = tail.littleEndian(at: place + 12, byteCount: 4),
      let directoryPlace = tail.littleEndian(at: place + 16, byteCount: 4)
    {
      self.init(place: directoryPlace, size: directorySize, count: memberCount)
    } else {
      throw FormatError(.brokenPackage, found: "its table of contents is damaged")
    }
  }

  private init(place: Int, size: Int, count: Int) {
    (directoryPlace, directorySize, memberCount) = (place, size, count)
  }

  private static func place(in tail: [UInt8]) -> Int? {
    var place = tail.count - size
    while place >= 0 {
      if tail.littleEndian(at: place, byteCount: 4) == signature,
        let comment = tail.littleEndian(at: place + 20, byteCount: 2),
        place + size + comment <= tail.count
      {
        return place
      }
      place -= 1
    }
    return nil
  }

  /// The ZIP64 record (APPNOTE 4.3.14), if the archive has one.
  private static func wideRecord(
    of file: any RandomAccessBytes, before place: Int
  ) throws(FormatError) -> [UInt8]? {
    guard place >= locatorSize else { return nil }
    let locator = try file.bytes(from: place - locatorSize, count: locatorSize)
    guard locator.littleEndian(at: 0, byteCount: 4) == locatorSignature else { return nil }
    guard let start = locator.littleEndian(at: 8, byteCount: 8), start <= place else {
      throw FormatError(.brokenPackage, found: "its table of contents is damaged")
    }
    let record = try file.bytes(from: start, count: min(wideSize, place - start))
    guard record.count == wideSize, record.littleEndian(at: 0, byteCount: 4) == wideSignature
    else { throw FormatError(.brokenPackage, found: "its table of contents is damaged") }
    return record
  }
}

extension ZipMember {
  /// How many bytes a local header has at least (APPNOTE 4.3.7).
  static let localHeaderSize = 30
  private static let entrySignature = 0x0201_4B50
  private static let entrySize = 46
  private static let wideField = 0x0001
  private static let wideMark = 0xFFFF_FFFF

  /// Reads the entry of the directory that begins at `place` (APPNOTE 4.3.12), and moves on.
  init(inDirectory bytes: [UInt8], at place: inout Int) throws(FormatError) {
    let damaged = FormatError(.brokenPackage, found: "its table of contents is damaged")
    func number(_ offset: Int, _ byteCount: Int) throws(FormatError) -> Int {
      guard let number = bytes.littleEndian(at: place + offset, byteCount: byteCount) else {
        throw damaged
      }
      return number
    }
    guard try number(0, 4) == Self.entrySignature else { throw damaged }
    let flags = try number(8, 2)
    let nameEnd = try place + Self.entrySize + number(28, 2)
    let extraEnd = try nameEnd + number(30, 2)
    let end = try extraEnd + number(32, 2)
    guard end <= bytes.count else { throw damaged }
    let name = bytes[place + Self.entrySize..<nameEnd]
    path = String(
      decoding: name.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }, as: UTF8.self)
    method =
      switch try number(10, 2) {
      case 0: .stored
      case 8: .deflated
      case let other: .other(other)
      }
    isEncrypted = flags & 1 != 0
    checksum = UInt32(truncatingIfNeeded: try number(16, 4))
    packedSize = try number(20, 4)
    size = try number(24, 4)
    headerPlace = try number(42, 4)
    guard readWideSizes(Array(bytes[nameEnd..<extraEnd])) else { throw damaged }
    place = end
  }

  /// Takes the sizes that 32 bits cannot hold from the extra field (APPNOTE 4.5.3).
  private mutating func readWideSizes(_ extra: [UInt8]) -> Bool {
    let paths: [WritableKeyPath<ZipMember, Int>] = [\.size, \.packedSize, \.headerPlace]
    let missing = paths.filter { self[keyPath: $0] == Self.wideMark }
    guard !missing.isEmpty else { return true }
    var place = 0
    while let tag = extra.littleEndian(at: place, byteCount: 2),
      let length = extra.littleEndian(at: place + 2, byteCount: 2)
    {
      guard tag == Self.wideField else {
        place += 4 + length
        continue
      }
      guard length >= missing.count * 8 else { return false }
      for (index, path) in missing.enumerated() {
        guard let number = extra.littleEndian(at: place + 4 + 8 * index, byteCount: 8) else {
          return false
        }
        self[keyPath: path] = number
      }
      return true
    }
    return false
  }
}
