import Foundation
import Synchronization

/// A scene's files: in memory where the system has a place for that, so that durability costs nothing.
final class SceneFolder: Sendable {
  let path: String
  private let snapshot = Mutex<[String: Data]?>(nil)
  private let remembered = Mutex<[String: Data]>([:])

  init() throws {
    let memory = "/dev/shm"
    let parent =
      FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    path = "\(parent)/ferry-scene-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var runs: String { "\(path)/runs" }
  var state: String { "\(path)/state" }
  var source: String { "\(path)/source.csv" }

  /// Remembers how the files are in the moment of a death.
  func freeze() {
    let files = files()
    snapshot.withLock { $0 = files }
  }

  /// Remembers all that a disk will still know of the journal when the process has died.
  func remember() {
    let databases = files().filter { isDatabase($0.key) }
    remembered.withLock { $0 = databases }
  }

  /// Undoes what a dead process, whose code had to run on to an end, did to its files since.
  ///
  /// Databases that are still there stay as they are: the dead cannot write to them; but of those that
  /// were remembered the disk has lost what was written since.
  func restore() {
    guard let frozen = snapshot.withLock({ files in files.take() }) else { return }
    let now = files()
    defer { forget() }
    for name in now.keys where frozen[name] == nil && !isDatabase(name) {
      try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }
    for (name, data) in frozen {
      let url = URL(filePath: "\(path)/\(name)")
      let database = name.hasSuffix("-wal") ? String(name.dropLast(4)) : name
      if isDatabase(name) ? now[database] == nil : now[name] != data {
        try? FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? data.write(to: url)
      }
    }
  }

  private func forget() {
    for name in remembered.withLock({ $0 }).keys {
      let file = "\(path)/\(name)"
      if !name.hasSuffix("-wal") {
        for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + end) }
      }
      // A file of its own: the dead still have the other one open.
      try? FileManager.default.removeItem(atPath: file)
    }
    for (name, data) in remembered.withLock({ $0 }) {
      try? data.write(to: URL(filePath: "\(path)/\(name)"))
    }
    remembered.withLock { $0 = [:] }
  }

  private func isDatabase(_ name: String) -> Bool { name.contains(".sqlite") }

  private func files() -> [String: Data] {
    var files: [String: Data] = [:]
    for name in (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    where !name.hasSuffix("-shm") && !name.hasSuffix("lock") {
      var isFolder: ObjCBool = false
      let file = "\(path)/\(name)"
      guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      files[name] = FileManager.default.contents(atPath: file)
    }
    return files
  }
}
