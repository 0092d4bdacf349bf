import Foundation
import Synchronization

/// A scene's files: in memory where the system has a place for that, so that durability costs nothing.
final class SceneFolder: Sendable {
  let path: String
  private let snapshot = Mutex<[String: Data]?>(nil)

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

  /// Undoes what a dead process, whose code had to run on to an end, did to its files since.
  ///
  /// Databases that are still there stay as they are: the dead cannot write to them.
  func restore() {
    guard let frozen = snapshot.withLock({ files in files.take() }) else { return }
    let now = files()
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
