import Crypto

/// Sixteen bytes that stand for a row's content: the first half of its SHA-256.
///
/// The journal keeps these instead of values, so that it can say *which* rows were sent without
/// holding what people's data were.
package struct Fingerprint: Sendable, Hashable {
  /// The first eight bytes, the first one highest.
  package let high: UInt64
  /// The last eight bytes.
  package let low: UInt64

  /// A fingerprint from its halves.
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The fingerprint of some bytes.
  package init(of bytes: Span<UInt8>) {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    (high, low) = hash.finalize().withUnsafeBytes { digest in
      (
        UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      )
    }
  }
}

extension Fingerprint: CustomStringConvertible {
  /// The sixteen bytes in hexadecimal.
  package var description: String { Self.hexadecimal(high) + Self.hexadecimal(low) }

  private static func hexadecimal(_ half: UInt64) -> String {
    let digits = String(half, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
