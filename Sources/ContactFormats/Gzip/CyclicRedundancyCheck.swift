import CZlib

/// The CRC-32 of gzip and ZIP (RFC 1952 §8), of bytes that may come in pieces.
///
/// ```swift
/// var check = CyclicRedundancyCheck()
/// check.append(bytes)
/// guard check.value == expected else { … }
/// ```
struct CyclicRedundancyCheck: Sendable, Equatable {
  /// The value for the bytes so far.
  private(set) var value: UInt32 = 0

  /// Takes the next bytes.
  mutating func append(_ bytes: [UInt8]) {
    // Without an address zlib begins anew.
    guard !bytes.isEmpty else { return }
    bytes.withUnsafeBufferPointer { buffer in
      value = UInt32(truncatingIfNeeded: crc32_z(UInt(value), buffer.baseAddress, buffer.count))
    }
  }

  /// The value for bytes that have come all at once.
  static func value(of bytes: [UInt8]) -> UInt32 {
    var check = Self()
    check.append(bytes)
    return check.value
  }
}
