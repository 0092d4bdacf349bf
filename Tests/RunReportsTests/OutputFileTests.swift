import Foundation
import Testing

@testable import RunReports

@Suite struct OutputFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("nothing has the name before the commit, everything after it")
  func atomicity() throws {
    let file = try OutputFile(path: folder.file("a.csv"))
    try file.append("abc")
    #expect(!FileManager.default.fileExists(atPath: folder.file("a.csv")))
    let written = try file.commit()
    #expect(try folder.text("a.csv") == "abc")
    #expect(try folder.names() == ["a.csv"])
    #expect(written.byteCount == 3)
    // FIPS 180-2, appendix B.1.
    #expect(
      written.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test("a stream that is open already is written to where it stands")
  func openStream() throws {
    let descriptor = open(folder.file("log"), O_RDWR | O_CREAT, 0o600)
    defer { close(descriptor) }
    #expect(write(descriptor, "head\n", 5) == 5)
    let file = try OutputFile(path: "/dev/fd/\(descriptor)")
    try file.append("rows\n")
    try file.commit()
    #expect(write(descriptor, "tail\n", 5) == 5)
    #expect(try folder.text("log") == "head\nrows\ntail\n")
  }

  @Test("nobody has to pay for a check sum that nobody reads")
  func unhashed() throws {
    let file = try OutputFile(path: folder.file("a.csv"), isHashed: false)
    try file.append("abc")
    #expect(try file.commit().sha256 == nil)
    #expect(try folder.text("a.csv") == "abc")
  }

  @Test("an empty file is a file")
  func empty() throws {
    let written = try OutputFile(path: folder.file("empty")).commit()
    #expect(try folder.bytes("empty").isEmpty)
    #expect(
      written.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test("what stood there stays until the commit and is replaced by it")
  func replaces() throws {
    try folder.write("old", to: "a.csv")
    let file = try OutputFile(path: folder.file("a.csv"))
    try file.append("new")
    #expect(try folder.text("a.csv") == "old")
    try file.commit()
    #expect(try folder.text("a.csv") == "new")
  }

  @Test("a discarded file leaves nothing, and the old one as it was")
  func discard() throws {
    try folder.write("old", to: "a.csv")
    let file = try OutputFile(path: folder.file("a.csv"))
    try file.append([UInt8](repeating: 7, count: 200_000))
    file.discard()
    file.discard()
    #expect(try folder.names() == ["a.csv"])
    #expect(try folder.text("a.csv") == "old")
  }

  @Test("a file nobody commits leaves nothing")
  func forgotten() throws {
    do {
      let file = try OutputFile(path: folder.file("a.csv"))
      try file.append("abc")
      #expect(try folder.names().count == 1)
    }
    #expect(try folder.names() == [])
  }

  @Test("many bytes in many pieces arrive whole and in order")
  func large() throws {
    let file = try OutputFile(path: folder.file("big"))
    var expected: [UInt8] = []
    for piece in 0..<300 {
      let bytes = [UInt8](repeating: UInt8(piece % 251), count: piece * 7)
      try file.append(bytes)
      expected += bytes
    }
    let written = try file.commit()
    #expect(try folder.bytes("big") == expected)
    #expect(written.byteCount == expected.count)
  }

  @Test("only the owner may read a file, whatever the umask, unless a mode says so")
  func modes() throws {
    let umaskBefore = umask(0)
    defer { umask(umaskBefore) }
    try OutputFile(path: folder.file("private")).commit()
    umask(0o077)
    try OutputFile(path: folder.file("shared"), mode: 0o644).commit()
    #expect(try folder.mode(of: "private") == 0o600)
    #expect(try folder.mode(of: "shared") == 0o644)
  }

  @Test("a file is private while it is being written, too")
  func temporaryMode() throws {
    let file = try OutputFile(path: folder.file("a.csv"))
    try file.append("abc")
    let name = try #require(try folder.names().first)
    #expect(name.hasPrefix(".ferry-"))
    #expect(try folder.mode(of: name) == 0o600)
    try file.commit()
  }

  @Test("a link keeps pointing to its file, which is what gets replaced")
  func links() throws {
    try folder.write("old", to: "real.csv")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link.csv"), withDestinationPath: folder.file("real.csv"))
    let file = try OutputFile(path: folder.file("link.csv"))
    try file.append("new")
    try file.commit()
    #expect(try folder.text("real.csv") == "new")
    let target = try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link.csv"))
    #expect(target == folder.file("real.csv"))
  }

  @Test("a name of 255 bytes, the longest there is, can be written")
  func longestName() throws {
    let name = String(repeating: "n", count: 255)
    try OutputFile(path: folder.file(name)).commit()
    #expect(try folder.names() == [name])
  }

  func code(_ work: () throws -> Void) -> OutputError.Code? {
    do {
      try work()
      return nil
    } catch {
      return (error as? OutputError)?.code
    }
  }

  @Test("a place where no file can be is refused before anything is written")
  func badPlaces() throws {
    try folder.write("", to: "file")
    #expect(code { _ = try OutputFile(path: folder.path) } == .isDirectory)
    #expect(code { _ = try OutputFile(path: folder.file("new/")) } == .isDirectory)
    #expect(code { _ = try OutputFile(path: "") } == .isDirectory)
    #expect(code { _ = try OutputFile(path: folder.file("no/such/a.csv")) } == .missingFolder)
    #expect(code { _ = try OutputFile(path: folder.file("file/a.csv")) } == .missingFolder)
    let long = String(repeating: "n", count: 256)
    #expect(
      code { try OutputFile(path: folder.file(long)).commit() } == .nameTooLong)
    #expect(try folder.names() == ["file"])
  }

  @Test("a folder without rights is refused")
  func readOnlyFolder() throws {
    // Root may write to any folder of a disk, though not to the kernel's own.
    guard getuid() != 0 else {
      #expect(code { _ = try OutputFile(path: "/sys/a.csv") } == .notPermitted)
      return
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
    defer {
      try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path)
    }
    #expect(code { _ = try OutputFile(path: folder.file("a.csv")) } == .notPermitted)
  }

  @Test("a commit that fails leaves nothing behind")
  func failedCommit() throws {
    let file = try OutputFile(path: folder.file("a.csv"))
    try file.append("abc")
    try FileManager.default.createDirectory(
      atPath: folder.file("a.csv"), withIntermediateDirectories: false)
    #expect(code { try file.commit() } == .isDirectory)
    #expect(try folder.names() == ["a.csv"])
  }

  // The kernel's device that has no space left.
  @Test(
    "a full disk is reported as such",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func diskFull() throws {
    let small = try OutputFile(path: "/dev/full")
    try small.append("abc")
    #expect(code { try small.commit() } == .diskFull)
    let large = try OutputFile(path: "/dev/full")
    #expect(code { try large.append([UInt8](repeating: 0, count: 1 << 17)) } == .diskFull)
    #expect(FileManager.default.fileExists(atPath: "/dev/full"), "a device is not replaced")
  }

  @Test("a reader that has gone is reported as a broken pipe")
  func brokenPipe() throws {
    signal(SIGPIPE, SIG_IGN)
    let pipe = folder.file("pipe")
    try #require(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK)
    let file = try OutputFile(path: pipe)
    close(reader)
    try file.append("abc")
    #expect(code { try file.commit() } == .brokenPipe)
  }

  @Test("a pipe gets the bytes as they are, and is not replaced by a file")
  func pipe() throws {
    let pipe = folder.file("pipe")
    try #require(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    let file = try OutputFile(path: pipe)
    try file.append("abc")
    try file.commit()
    var bytes = [UInt8](repeating: 0, count: 10)
    #expect(read(reader, &bytes, 10) == 3)
    #expect(Array(bytes.prefix(3)) == Array("abc".utf8))
    #expect(try folder.names() == ["pipe"])
  }

  @Test("a dash is standard output, and giving it up does not close it")
  func standardOutput() throws {
    #expect(try OutputTarget(path: "-") == .standardOutput)
    try OutputFile(path: "-").discard()
    #expect(fcntl(STDOUT_FILENO, F_GETFD) >= 0)
  }
}
