import Crypto

/// The bytes a batch is kept as, and the way back.
///
/// A blob is a format byte, a body, and the first eight bytes of the SHA-256 of both: SQLite does
/// not notice a flipped bit, and a fingerprint with one is a row that is sent twice.
struct JournalBlobWriter {
  private(set) var bytes: [UInt8]

  /// Begins a blob of a format, with room for so many bytes.
  init(format: UInt8, reserving count: Int) {
    bytes = []
    bytes.reserveCapacity(count + 9)
    bytes.append(format)
  }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// Appends a number in groups of seven bits, the lowest first.
  mutating func append(varint number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends a signed number so that small ones are short.
  ///
  /// 0, -1, 1, -2 are written as 0, 1, 2, 3 (zigzag).
  mutating func append(signed number: Int) {
    let wide = Int64(number)
    append(varint: UInt64(bitPattern: (wide << 1) ^ (wide >> 63)))
  }

  mutating func append(_ fingerprint: Fingerprint) {
    append(word: fingerprint.high)
    append(word: fingerprint.low)
  }

  /// The blob with its checksum.
  consuming func finish() -> [UInt8] {
    append(word: JournalBlobReader.checksum(of: bytes[...]))
    return bytes
  }

  /// Appends a number of fixed width, the highest byte first.
  mutating func append(word: some FixedWidthInteger) {
    withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
  }
}

/// Why a blob cannot be read: it was changed after it was written.
struct JournalBlobError: Error, Equatable {}

/// Reads what ``JournalBlobWriter`` wrote.
struct JournalBlobReader {
  private let bytes: [UInt8]
  private let end: Int
  private var position = 1

  /// - Throws: ``JournalBlobError`` if the checksum or the format is another.
  init(_ bytes: [UInt8], format: UInt8) throws(JournalBlobError) {
    guard bytes.count >= 9, bytes[0] == format else { throw JournalBlobError() }
    self.bytes = bytes
    end = bytes.count - 8
    var stored: UInt64 = 0
    for byte in bytes[end...] { stored = stored << 8 | UInt64(byte) }
    guard stored == Self.checksum(of: bytes[..<end]) else { throw JournalBlobError() }
  }

  var remainingCount: Int { end - position }

  mutating func readByte() throws(JournalBlobError) -> UInt8 {
    guard position < end else { throw JournalBlobError() }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func readVarint() throws(JournalBlobError) -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try readByte()
      guard shift < 63 || byte <= 1 else { throw JournalBlobError() }
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
  }

  mutating func readSigned() throws(JournalBlobError) -> Int {
    let number = try readVarint()
    return Int(Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1))
  }

  /// Reads how many rows follow, which never exceeds the bytes that are there.
  mutating func readCount(bytesPerRow: Int) throws(JournalBlobError) -> Int {
    let count = try readVarint()
    guard count <= UInt64(remainingCount / bytesPerRow) else { throw JournalBlobError() }
    return Int(count)
  }

  mutating func readFingerprint() throws(JournalBlobError) -> Fingerprint {
    let high: UInt64 = try readWord()
    return Fingerprint(high: high, low: try readWord())
  }

  /// Reads a number of fixed width.
  mutating func readWord<Word: FixedWidthInteger>() throws(JournalBlobError) -> Word {
    let width = Word.bitWidth / 8
    guard remainingCount >= width else { throw JournalBlobError() }
    let place = position
    position += width
    return bytes.withUnsafeBytes {
      Word(bigEndian: $0.loadUnaligned(fromByteOffset: place, as: Word.self))
    }
  }

  /// Reads bytes as they are.
  mutating func readBytes(_ count: Int) throws(JournalBlobError) -> ArraySlice<UInt8> {
    guard remainingCount >= count else { throw JournalBlobError() }
    defer { position += count }
    return bytes[position..<position + count]
  }

  static func checksum(of bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBytes { body in
      var hash = SHA256()
      hash.update(bufferPointer: body)
      return hash.finalize().withUnsafeBytes {
        UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
      }
    }
  }
}
