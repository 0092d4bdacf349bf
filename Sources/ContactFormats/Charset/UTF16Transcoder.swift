/// Turns UTF-16 into UTF-8 and back, in either byte order (the Unicode Standard, §3.9 and §3.10).
struct UTF16Transcoder {
  /// Whether a unit's higher byte comes first.
  let isBigEndian: Bool

  /// The transcoder of an encoding; `nil` where that is not UTF-16.
  init?(_ encoding: TextEncoding) {
    guard encoding.isWide else { return nil }
    isBigEndian = encoding == .utf16BigEndian
  }

  /// What became of a chunk.
  struct Outcome {
    /// How many bytes were decoded; up to three at the end may still become a character.
    var consumed: Int
    /// How many units, or single bytes, became U+FFFD.
    var replacements = 0
  }

  /// Decodes bytes and appends their text; a surrogate without its partner becomes U+FFFD.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - isLast: Whether nothing follows, so that an unfinished character is replaced.
  ///   - text: Where the text is appended.
  /// - Returns: How far it came.
  func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, into text: inout [UInt8]
  ) -> Outcome {
    var outcome = Outcome(consumed: 0)
    text.reserveCapacity(text.count + bytes.count)
    while let first = unit(of: bytes, at: outcome.consumed) {
      switch first {
      case 0xD800...0xDBFF:
        guard let second = unit(of: bytes, at: outcome.consumed + 2) else {
          guard isLast else { return outcome }
          replace(2, in: &text, &outcome)
          continue
        }
        guard (0xDC00...0xDFFF).contains(second) else {
          replace(2, in: &text, &outcome)
          continue
        }
        let scalar = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF))
        Self.append(scalar, to: &text)
        outcome.consumed += 4
      case 0xDC00...0xDFFF: replace(2, in: &text, &outcome)
      default:
        Self.append(UInt32(first), to: &text)
        outcome.consumed += 2
      }
    }
    if isLast, outcome.consumed < bytes.count { replace(1, in: &text, &outcome) }
    return outcome
  }

  private func unit(of bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt16? {
    guard index + 1 < bytes.count else { return nil }
    let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
    return isBigEndian ? first << 8 | second : second << 8 | first
  }

  private func replace(_ length: Int, in text: inout [UInt8], _ outcome: inout Outcome) {
    text.append(contentsOf: TextDecoder.replacement)
    outcome.replacements += 1
    outcome.consumed += length
  }

  private static func append(_ scalar: UInt32, to text: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | scalar >> shift & 0x3F) }
    switch scalar {
    case ..<0x80:
      text.append(UInt8(scalar))
    case ..<0x800:
      text.append(UInt8(0xC0 | scalar >> 6))
      text.append(tail(0))
    case ..<0x10000:
      text.append(UInt8(0xE0 | scalar >> 12))
      text.append(tail(6))
      text.append(tail(0))
    default:
      text.append(UInt8(0xF0 | scalar >> 18))
      text.append(tail(12))
      text.append(tail(6))
      text.append(tail(0))
    }
  }

  /// Appends a character.
  func append(_ scalar: UInt32, toUTF16 bytes: inout [UInt8]) {
    if scalar < 0x10000 {
      append(unit: UInt16(scalar), to: &bytes)
    } else {
      append(unit: 0xD800 | UInt16((scalar - 0x10000) >> 10), to: &bytes)
      append(unit: 0xDC00 | UInt16(scalar & 0x3FF), to: &bytes)
    }
  }

  private func append(unit: UInt16, to bytes: inout [UInt8]) {
    let (high, low) = (UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit))
    bytes.append(isBigEndian ? high : low)
    bytes.append(isBigEndian ? low : high)
  }
}
