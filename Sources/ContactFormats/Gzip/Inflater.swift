/// Unpacks gzip (RFC 1952), one chunk at a time.
///
/// Several members, one right behind the other, are one text (§2.2), and zero bytes behind the last
/// one are padding, which tapes and block devices leave. Each member's CRC-32 and length are checked.
///
/// An error is thrown at the place where the file breaks and not before: everything that could be
/// unpacked has been handed over by then. Anything but a member or padding behind a member is an
/// error, too, since contacts may be missing there.
struct Inflater: ~Copyable {
  /// The first bytes of a gzip file (RFC 1952 §2.3.1).
  static let signature: [UInt8] = [0x1F, 0x8B]

  /// Where in the file the next byte stands.
  private enum Place {
    case inMember
    case behindMember
    case inPadding
    /// Behind a member, at bytes that do not belong there.
    case atStrayBytes
  }

  private var decoder = DeflateDecoder(wrapping: .gzip)
  private var place = Place.inMember

  /// Unpacks from a chunk until it ends or `limit` bytes have been appended.
  ///
  /// - Parameters:
  ///   - chunk: Packed bytes.
  ///   - start: Where in the chunk to go on.
  ///   - bytes: Where the unpacked bytes are appended.
  ///   - limit: How many of them at most, however well the file was packed.
  /// - Returns: How many bytes of the chunk have been taken. While some are left, call again, with
  ///   those first.
  /// - Throws: ``FormatError`` with `brokenGzip` at the place where the file is damaged.
  mutating func inflate(
    _ chunk: Span<UInt8>, from start: Int, into bytes: inout [UInt8], atMost limit: Int
  ) throws(FormatError) -> Int {
    var index = start
    var room = limit
    while index < chunk.count, room > 0 {
      switch place {
      case .inMember:
        let before = bytes.count
        do throws(DeflateDecoder.Damage) {
          let step = try decoder.step(chunk, from: index, into: &bytes, atMost: room)
          index += step.consumed
          room -= bytes.count - before
          if step.isEnd {
            place = .behindMember
          } else {
            // The chunk is used up, or the limit reached, or the next call will say what is wrong.
            return index - start
          }
        } catch {
          if index == start { throw FormatError(.brokenGzip, found: error.description) }
          return index - start
        }
      case .behindMember:
        if chunk[index] == Self.signature[0] {
          decoder.restart()
          place = .inMember
        } else {
          place = .inPadding
        }
      case .inPadding:
        if chunk[index] == 0 { index += 1 } else { place = .atStrayBytes }
      case .atStrayBytes:
        guard index == start else { return index - start }
        throw FormatError(.brokenGzip, found: Self.strayBytes)
      }
    }
    return index - start
  }

  /// Says whether the file was complete.
  ///
  /// - Throws: ``FormatError`` with `brokenGzip` if a member is cut off or damaged at its very end.
  mutating func finish() throws(FormatError) {
    do throws(DeflateDecoder.Damage) {
      try decoder.check()
    } catch {
      throw FormatError(.brokenGzip, found: error.description)
    }
    switch place {
    case .behindMember, .inPadding: break
    case .inMember: throw FormatError(.brokenGzip, found: "unexpected end of file")
    case .atStrayBytes: throw FormatError(.brokenGzip, found: Self.strayBytes)
    }
  }

  private static let strayBytes = "bytes behind the end"
}
