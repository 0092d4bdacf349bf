import TestSupport
import Testing

@testable import ContactFormats

@Suite("ZIP archives")
struct ZipArchiveTests {
  private let text = Array("Иван Петров;+7 922 250-50-50\n".utf8)

  private func contents(
    _ archive: [UInt8], _ path: String, limit: Int = 1 << 30
  ) throws(FormatError) -> [UInt8]? {
    let zip = try ZipArchive(MemoryBytes(bytes: archive))
    guard let member = zip.member(path) else { return nil }
    var reader = try ZipMemberReader(member, of: zip.file, limit: limit)
    var all: [UInt8] = []
    var piece: [UInt8] = []
    while try reader.read(into: &piece) { all += piece }
    return all
  }

  private func code(_ archive: [UInt8], _ path: String = "a", limit: Int = 1 << 30)
    -> FormatError.Code?
  {
    do throws(FormatError) {
      _ = try contents(archive, path, limit: limit)
      return nil
    } catch { return error.code }
  }

  /// An archive of one packed member.
  private func packed(_ content: [UInt8]) -> [UInt8] {
    var writer = ZipWriter()
    writer.begin("a")
    for start in stride(from: 0, to: content.count, by: 100_000) {
      writer.write { $0 += content[start..<min(start + 100_000, content.count)] }
    }
    writer.end()
    writer.finish()
    return writer.takeBytes()
  }

  @Test("a stored member comes out as it went in")
  func stored() throws {
    let archive = StoredZip(members: [("x", [1, 2]), ("a", text), ("empty", [])]).archive().bytes
    #expect(try contents(archive, "a") == text)
    #expect(try contents(archive, "empty") == [])
    #expect(try contents(archive, "b") == nil)
  }

  @Test("a packed member of any size comes out as it went in", arguments: [0, 1, 65_536, 700_001])
  func packedMember(count: Int) throws {
    var generator = SeededGenerator(seed: 7)
    let content = (0..<count).map { _ in UInt8.random(in: 60...90, using: &generator) }
    #expect(try contents(packed(content), "a") == content)
  }

  @Test("members are found in any case, and with backslashes in their paths")
  func paths() throws {
    let archive = StoredZip(members: [("XL\\Worksheets\\Sheet1.xml", text)]).archive().bytes
    #expect(try contents(archive, "xl/worksheets/sheet1.XML") == text)
    #expect(try contents(archive, "/xl/worksheets/sheet1.xml") == text)
  }

  @Test("a comment may stand behind the table of contents, even one that looks like its end")
  func comment() throws {
    var zip = StoredZip(members: [("a", text)])
    zip.comment = Array("made up PK\u{5}\u{6}".utf8)
    #expect(try contents(zip.archive().bytes, "a") == text)
  }

  @Test("ZIP64 sizes and places are read")
  func zip64() throws {
    let plain = StoredZip(members: [("a", text)]).archive().bytes
    let directory = 31 + text.count
    var bytes = Array(plain[..<directory])
    var entry = Array(plain[directory..<(directory + 47)])
    for place in [20, 24, 42] {
      entry.replaceSubrange(place..<place + 4, with: [255, 255, 255, 255])
    }
    entry[30] = 28
    entry.appendLittleEndian(1, byteCount: 2)
    entry.appendLittleEndian(24, byteCount: 2)
    for number in [text.count, text.count, 0] { entry.appendLittleEndian(number, byteCount: 8) }
    bytes += entry
    let record = bytes.count
    bytes.appendLittleEndian(0x0606_4B50, byteCount: 4)
    bytes.appendLittleEndian(44, byteCount: 8)
    bytes.appendLittleEndian(0, byteCount: 12)
    for number in [1, 1, entry.count, directory] { bytes.appendLittleEndian(number, byteCount: 8) }
    bytes.appendLittleEndian(0x0706_4B50, byteCount: 4)
    bytes.appendLittleEndian(0, byteCount: 4)
    bytes.appendLittleEndian(record, byteCount: 8)
    bytes.appendLittleEndian(1, byteCount: 4)
    bytes.appendLittleEndian(0x0605_4B50, byteCount: 4)
    bytes += [UInt8](repeating: 255, count: 16) + [0, 0]
    #expect(try contents(bytes, "a") == text)
  }

  @Test("damage anywhere in a member is found by its checksum or its length")
  func damage() {
    let (archive, places) = StoredZip(members: [("a", text)]).archive()
    for place in places[0]..<places[0] + text.count {
      var damaged = archive
      damaged[place] ^= 0x10
      #expect(code(damaged) == .brokenPackage)
    }
  }

  @Test("an archive cut off anywhere is refused")
  func cutOff() {
    let archive = packed(text)
    for end in 0..<archive.count { #expect(code(Array(archive[..<end])) == .brokenPackage) }
  }

  @Test("members that overlap or reach into the table of contents are refused")
  func overlapping() {
    let zip = StoredZip(members: [("a", text), ("b", text)])
    let archive = zip.archive().bytes
    let directory = 2 * (31 + text.count)
    // Both entries lead to the first member.
    var twice = archive
    twice.replaceSubrange((directory + 47 + 42)..<(directory + 47 + 46), with: [0, 0, 0, 0])
    #expect(code(twice) == .brokenPackage)
    // The second member is said to be longer than what is left.
    var long = archive
    long[directory + 47 + 20] += 2
    #expect(code(long) == .brokenPackage)
    // A place far outside the file.
    var outside = archive
    outside[directory + 45] = 0x7F
    #expect(code(outside) == .brokenPackage)
  }

  @Test("a member that its own header leads into the next one is refused when it is read")
  func longHeader() throws {
    var archive = StoredZip(members: [("a", text), ("b", text)]).archive().bytes
    #expect(try contents(archive, "a") == text)
    // The first member's extra field ends where the bytes of the second begin, which are the same.
    archive[28] = UInt8(text.count + 31)
    #expect(code(archive, "a") == .brokenPackage)
    #expect(try contents(archive, "b") == text)
  }

  @Test("two members with the same path are refused")
  func repeated() {
    let archive = StoredZip(members: [("a", text), ("A", text)]).archive().bytes
    #expect(code(archive) == .brokenPackage)
  }

  @Test("a member with a password and one packed in another way are refused")
  func unreadableMembers() {
    let archive = StoredZip(members: [("a", text)]).archive().bytes
    let directory = 31 + text.count
    var encrypted = archive
    encrypted[directory + 8] = 1
    #expect(code(encrypted) == .encrypted)
    var other = archive
    other[directory + 10] = 14
    #expect(code(other) == .brokenPackage)
  }

  @Test("a member that unpacks to more than it may is refused on the way")
  func tooLarge() {
    let archive = packed([UInt8](repeating: 32, count: 300_000))
    #expect(code(archive, limit: 300_000) == nil)
    #expect(code(archive, limit: 299_999) == .tooLarge)
  }

  @Test("a member that unpacks to far more than contacts pack to is refused on the way")
  func bomb() {
    let megabyte = [UInt8](repeating: 32, count: 1 << 20)
    var writer = ZipWriter()
    writer.begin("a")
    for _ in 0..<66 { writer.write { $0 += megabyte } }
    writer.end()
    writer.finish()
    #expect(code(writer.takeBytes()) == .tooLarge)
  }

  @Test("a damaged archive ends in an error or reads as what its directory says, and never crashes")
  func mutations() {
    let original = StoredZip(members: [("a", text), ("b", [1, 2, 3])]).archive().bytes
    for seed in UInt64(0)..<300 {
      var generator = SeededGenerator(seed: seed)
      let damaged = mutated(seed.isMultiple(of: 2) ? original : packed(text), with: &generator)
      if let content = try? contents(damaged, "a") { #expect(content == text, "seed \(seed)") }
    }
  }
}
