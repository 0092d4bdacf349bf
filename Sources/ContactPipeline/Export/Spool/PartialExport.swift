import ContactModel
import Foundation
import JSONSyntax
import RunReports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What an export has read so far, in a hidden folder beside its file until that has its name.
///
/// The folder is locked while an export works with it, so that two into one file do not mix, and outlives a
/// process that is killed. Calls block.
final class PartialExport {
  /// What has to be the same for an export to go on where another one ended.
  struct Beginning: Equatable {
    /// What tells the export from others: the server, the account, what is asked for, the columns.
    var identity: String
    /// When it began, as text in ISO 8601.
    var from: String
    /// The windows of creation dates that are read side by side; one for a list as a whole.
    var windows: [DateWindow?]

    /// Whether it was begun within a day: what is older would be taken for today's.
    var isYoung: Bool {
      guard let from = try? Date(from, strategy: .iso8601) else { return false }
      return abs(from.timeIntervalSinceNow) < 24 * 3600
    }
  }

  private let folder: String
  /// Locked as long as this lives.
  private let descriptor: Int32

  /// Takes the folder that belongs to a file.
  ///
  /// - Parameter target: The file of the export.
  /// - Throws: ``ExportError/underWay(_:)`` while another export has it; `OutputError`.
  init(of target: String) throws {
    let folder = Self.folder(of: target)
    self.folder = folder
    var locked: Int32?
    // One that is being removed may be locked in vain.
    for _ in 0..<Self.attempts where locked == nil {
      guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
        throw OutputError(systemError: errno, path: target)
      }
      let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else {
        let code = errno
        // A file, or a link to something.
        let isTaken = code == ENOTDIR || code == ELOOP
        throw isTaken
          ? OutputError(.notDirectory, path: folder) : OutputError(systemError: code, path: folder)
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        close(descriptor)
        throw code == EWOULDBLOCK
          ? ExportError.underWay(target) : OutputError(systemError: code, path: folder)
      }
      var (own, named) = (stat(), stat())
      if fstat(descriptor, &own) == 0, lstat(folder, &named) == 0, own.st_ino == named.st_ino {
        // What somebody else has put there is not taken for contacts.
        guard own.st_uid == geteuid() else {
          close(descriptor)
          throw OutputError(systemError: EACCES, path: folder)
        }
        locked = descriptor
      } else {
        close(descriptor)
      }
    }
    guard let locked else { throw ExportError.underWay(target) }
    descriptor = locked
  }

  private static let attempts = 20

  private static func folder(of target: String) -> String {
    var url = URL(fileURLWithPath: target)
    // Two names of one file are one export; a link to nothing is replaced by the file.
    let real = url.resolvingSymlinksInPath()
    if FileManager.default.fileExists(atPath: real.path) { url = real }
    return url.deletingLastPathComponent()
      .appending(path: ".\(url.lastPathComponent).ferry-part").path
  }

  /// Whether an export to this file has been left that may be gone on with.
  static func isLeft(of target: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(folder(of: target))/export.json")
  }

  deinit {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Whether what is left belongs to an export of something else, or with other fields.
  func isOther(than identity: String) -> Bool {
    guard let left = FileManager.default.contents(atPath: beginningPath),
      let value = try? JSONValue(parsing: Array(left).span)
    else { return false }
    return value["identity"]?.string.map { $0 != identity } ?? false
  }

  /// When what is there was begun, as text in ISO 8601, and in which windows; `nil` without anything that the
  /// export could go on with.
  func beginning(of identity: String) -> Beginning? {
    guard let data = FileManager.default.contents(atPath: beginningPath),
      let value = try? JSONValue(parsing: Array(data).span),
      value["version"]?.integer == Self.version, value["identity"]?.string == identity,
      let from = value["from"]?.string, let windows = value["windows"]?.elements,
      !windows.isEmpty
    else { return nil }
    return Beginning(
      identity: identity, from: from,
      windows: windows.map { window in
        guard let start = window["start"]?.string, let end = window["end"]?.string else {
          return nil
        }
        return DateWindow(start: start, end: end)
      })
  }

  /// The spools of the windows, with what is whole of them.
  func spools(_ beginning: Beginning) throws(OutputError) -> [RecordSpool] {
    var spools: [RecordSpool] = []
    for index in beginning.windows.indices {
      spools.append(try RecordSpool(lastingAt: spoolPath(index)))
    }
    return spools
  }

  /// Begins anew: what is there of another one goes.
  ///
  /// - Returns: An empty spool for each window.
  func begin(_ beginning: Beginning) throws(OutputError) -> [RecordSpool] {
    removeFiles()
    let spools = try spools(beginning)
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.member("version", Self.version)
    json.member("identity", beginning.identity)
    json.member("from", beginning.from)
    json.array("windows", of: beginning.windows) { json, window in
      if let window {
        json.member("start", window.start)
        json.member("end", window.end)
      }
    }
    json.endObject()
    json.endLine()
    let file = try OutputFile(path: beginningPath)
    try file.append(json.take())
    try file.commit()
    return spools
  }

  /// Removes the folder if nothing is in it.
  func removeIfEmpty() { rmdir(folder) }

  /// Removes all of it; what is in the folder beside it stays, and the folder with it.
  func remove() {
    removeFiles()
    rmdir(folder)
  }

  private static let version = 1
  private var beginningPath: String { "\(folder)/export.json" }
  private func spoolPath(_ index: Int) -> String { "\(folder)/\(index).spool" }

  private func removeFiles() {
    // The description first: spools without it are nothing.
    unlink(beginningPath)
    for index in 0..<DateWindow.most { unlink(spoolPath(index)) }
    // What a killed process left of the description.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(".ferry-") && name.hasSuffix(".part") {
      unlink("\(folder)/\(name)")
    }
  }
}
