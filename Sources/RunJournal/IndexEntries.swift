/// Entries of the ``DuplicateIndex``, one after the other as bytes.
///
/// An entry is a fingerprint, the number of a run and the identifier of a contact (0 if the row is
/// uncertain), the highest byte first: in the order of the bytes, entries of one fingerprint follow
/// each other.
struct IndexEntries: Sendable {
  /// Bytes an entry takes.
  static let width = 16 + 4 + 8

  private(set) var bytes: [UInt8] = []

  var count: Int { bytes.count / Self.width }

  mutating func append(_ fingerprint: Fingerprint, run: UInt32, pid: Int) {
    append(word: fingerprint.high)
    append(word: fingerprint.low)
    append(word: run)
    append(word: UInt64(bitPattern: Int64(pid)))
  }

  /// Appends an entry whose fingerprint is there as bytes.
  mutating func append(fingerprintBytes: ArraySlice<UInt8>, run: UInt32, pid: Int) {
    bytes.append(contentsOf: fingerprintBytes)
    append(word: run)
    append(word: UInt64(bitPattern: Int64(pid)))
  }

  /// What an entry says of the run and the contact.
  static func entry(_ bytes: [UInt8]) throws -> (run: UInt32, pid: Int?) {
    guard bytes.count == width else { throw JournalBlobError() }
    return bytes.withUnsafeBytes { bytes in
      let run = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
      let pid = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 20, as: UInt64.self))
      return (run, pid == 0 ? nil : Int(truncatingIfNeeded: pid))
    }
  }

  private mutating func append(word: some FixedWidthInteger) {
    withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
  }
}
