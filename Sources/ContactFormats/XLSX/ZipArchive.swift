/// A ZIP archive's table of contents.
///
/// Follows PKWARE's APPNOTE 6.3.9, as far as packages use it: stored and deflated members, comments,
/// data descriptors, ZIP64. The central directory at the end of the file is what counts; sizes in
/// local headers are not looked at.
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
  ///   damaged, or if members overlap, as they do in archives made to unpack without end.
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
    try Self.checkPlaces(of: members, before: end.directoryPlace)
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

  /// Refuses members that share bytes or that reach into the directory.
  private static func checkPlaces(
    of members: [ZipMember], before directoryPlace: Int
  ) throws(FormatError) {
    var limit = directoryPlace
    for member in members.sorted(by: { $0.headerPlace > $1.headerPlace }) {
      guard member.headerPlace <= limit - ZipMember.localHeaderSize,
        member.packedSize <= limit - ZipMember.localHeaderSize - member.headerPlace
      else {
        throw FormatError(.brokenPackage, found: "\(member.path) lies outside its place")
      }
      limit = member.headerPlace
    }
  }
}
