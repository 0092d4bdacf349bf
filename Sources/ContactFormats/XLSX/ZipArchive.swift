/// A ZIP archive's table of contents.
///
/// Follows PKWARE's APPNOTE 6.3.9, as far as packages use it: stored and deflated members, comments,
/// data descriptors, ZIP64. The central directory at the end of the file is what counts; sizes in
/// local headers are not looked at, except for those of the headers themselves, which only
/// ``ZipMemberReader`` reads.
///
/// Deviations, since workbooks come that way: `\` separates folders as `/` does, and members are found
/// in any case.
struct ZipArchive: Sendable {
  /// Beyond this a directory is taken for an attack; it would have a hundred thousand members.
  static let largestDirectory = 16 << 20

  /// The archive's bytes.
  let file: any RandomAccessBytes
  /// What the directory lists, in its order.
  let members: [ZipMember]
  private let numbers: [String: Int]

  /// Reads the directory of an archive.
  ///
  /// - Throws: ``FormatError`` with ``FormatError/Code/brokenPackage`` if there is none, if it is
  ///   damaged, or if members overlap, as they do in archives made to unpack without end. A member
  ///   that overlaps the next one only by the length of its own header is refused when it is read.
  init(_ file: any RandomAccessBytes) throws(FormatError) {
    let end = try ZipDirectoryEnd(of: file)
    guard end.directorySize <= Self.largestDirectory else {
      throw FormatError(.tooLarge, found: "its table of contents")
    }
    let bytes = try file.bytes(from: end.directoryPlace, count: end.directorySize)
    var members: [ZipMember] = []
    var place = 0
    while place < bytes.count, members.count < end.memberCount {
      members.append(try ZipMember(inDirectory: bytes, at: &place))
    }
    guard members.count == end.memberCount else {
      throw FormatError(.brokenPackage, found: "its table of contents is incomplete")
    }
    try Self.setBoundaries(of: &members, before: end.directoryPlace)
    var numbers: [String: Int] = [:]
    for (number, member) in members.enumerated() {
      guard numbers.updateValue(number, forKey: ZipMember.key(of: member.path)) == nil else {
        throw FormatError(.brokenPackage, found: "it holds \(member.path) twice")
      }
    }
    self.file = file
    self.members = members
    self.numbers = numbers
  }

  /// The member with a path, in any case; `nil` if there is none.
  func member(_ path: String) -> ZipMember? {
    numbers[ZipMember.key(of: path)].map { members[$0] }
  }

  /// Tells members where they have to end, and refuses those that cannot.
  private static func setBoundaries(
    of members: inout [ZipMember], before directoryPlace: Int
  ) throws(FormatError) {
    var boundary = directoryPlace
    for number in members.indices.sorted(by: { members[$0].headerPlace > members[$1].headerPlace })
    {
      let member = members[number]
      guard member.headerPlace <= boundary - ZipMember.localHeaderSize,
        member.packedSize <= boundary - ZipMember.localHeaderSize - member.headerPlace
      else {
        throw FormatError(.brokenPackage, found: "\(member.path) lies outside its place")
      }
      members[number].boundary = boundary
      boundary = member.headerPlace
    }
  }
}
