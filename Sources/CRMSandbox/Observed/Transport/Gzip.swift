/// Gzip without compression: what is sent is what would be sent plain, in the format's envelope.
enum Gzip {
  private static let longestBlock = 65_535

  /// Wraps bytes so that any gzip reader gets them back.
  static func wrapped(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    result.reserveCapacity(bytes.count + bytes.count / longestBlock * 5 + 32)
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(longestBlock)
      rest = rest.dropFirst(longestBlock)
      let length = UInt16(block.count)
      result.append(rest.isEmpty ? 1 : 0)
      append(UInt32(length) | UInt32(~length) << 16, to: &result)
      result += block
    } while !rest.isEmpty
    append(checksum(bytes), to: &result)
    append(UInt32(truncatingIfNeeded: bytes.count), to: &result)
    return result
  }

  private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  /// CRC-32 as gzip wants it.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (sum >> 8) ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)]
    }
  }

  private static let table = (0..<UInt32(256)).map { byte in
    (0..<8).reduce(byte) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
  }
}
