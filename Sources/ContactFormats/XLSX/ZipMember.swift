/// A file in a ZIP archive, as the archive's directory describes it.
struct ZipMember: Sendable, Equatable {
  /// How its bytes are packed (APPNOTE 4.4.5).
  enum Method: Sendable, Equatable {
    /// Not at all.
    case stored
    /// With Deflate, RFC 1951.
    case deflated
    /// In a way that workbooks never use.
    case other(Int)
  }

  /// Its path, with `/` between folders whatever the archive has.
  var path: String
  /// How its bytes are packed.
  var method: Method
  /// Whether it needs a password.
  var isEncrypted: Bool
  /// How many bytes it takes in the archive.
  var packedSize: Int
  /// How many bytes it is said to unpack to; never trusted.
  var size: Int
  /// The CRC-32 it is said to have.
  var checksum: UInt32
  /// Where its local header begins in the archive.
  var headerPlace: Int
  /// Where the next member or the directory begins, so that it has to end before.
  var boundary = 0

  /// What members are found by: paths in packages are the same in any case (ECMA-376-2 §6.2.2.3).
  static func key(of path: String) -> String {
    String(path.drop { $0 == "/" }).lowercased()
  }
}
