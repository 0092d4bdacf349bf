/// The keys of a record in the order in which the server wrote them, for it writes the next record's alike.
///
/// The keys of `socials` stand among the others, where they were read.
struct KeySequence {
  /// What the value of a key is.
  enum Role {
    /// The contact's number, which may be a column as well.
    case pid
    /// The object of social contacts.
    case socials
    /// Anything else.
    case value
  }

  /// A key, and what is to be done with its value.
  struct Member {
    /// The column that it fills, if any.
    let column: Int?
    let role: Role
    /// Whether it stood in `socials`, where other columns have its name.
    let isSocial: Bool
    /// Where it is written, with quotes and colon.
    fileprivate(set) var written = 0..<0
  }

  private(set) var members: [Member] = []
  /// The keys as they are written; see ``Member/written``.
  private(set) var bytes: [UInt8] = []
  /// How many keys of the current record have been read.
  private(set) var read = 0

  /// The key that is expected next.
  var expected: Member? { read < members.count ? members[read] : nil }

  /// Begins a record.
  mutating func begin() { read = 0 }

  /// Notes that the expected key has come.
  mutating func advance() { read += 1 }

  /// Notes another key in place of the expected one, and of all behind it.
  ///
  /// - Parameters:
  ///   - key: The key as it is written, without its quotes.
  ///   - member: What it is.
  mutating func learn(_ key: Span<UInt8>, _ member: Member) {
    if read < members.count {
      bytes.removeSubrange(members[read].written.lowerBound...)
      members.removeSubrange(read...)
    }
    var member = member
    let start = bytes.count
    bytes.append(UInt8(ascii: "\""))
    key.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    member.written = start..<bytes.count
    members.append(member)
    read += 1
  }
}
