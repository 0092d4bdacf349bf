import Foundation
import TestSupport
import Testing

@testable import RunJournal

@Suite struct RunLockTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("run/lock")
  }

  @Test("a run is locked once, and free again when the lock is gone")
  func exclusive() throws {
    do {
      let lock = try RunLock(at: path)
      #expect {
        _ = try RunLock(at: path)
      } throws: {
        ($0 as? JournalError)?.code == .busy
      }
      #expect(lock.path == path)
    }
    _ = try RunLock(at: path)
  }

  @Test("the lock's file and folder are private")
  func modes() throws {
    let lock = try RunLock(at: path)
    #expect(try folder.mode(of: "run") == 0o700)
    #expect(try folder.mode(of: "run/lock") == 0o600)
    withExtendedLifetime(lock) {}
  }

  @Test("different runs do not disturb each other")
  func independent() throws {
    let first = try RunLock(at: path)
    let second = try RunLock(at: folder.file("other/lock"))
    withExtendedLifetime((first, second)) {}
  }

  @Test("a place that cannot hold a lock is not reported as busy")
  func badPlace() throws {
    try Data().write(to: URL(filePath: folder.file("file")))
    #expect {
      _ = try RunLock(at: folder.file("file/lock"))
    } throws: {
      ($0 as? JournalError)?.code == .cannotCreate
    }
  }
}
