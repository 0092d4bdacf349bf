import Foundation
import TestSupport

/// A disk of a few kilobytes, mounted in a test's folder for as long as this lives.
final class SmallDisk {
  private let path: String

  /// Whether there can be one here: mounting takes the superuser, and a system that has `tmpfs`.
  static let isPossible: Bool = {
    guard geteuid() == 0, let folder = try? TemporaryFolder() else { return false }
    return (try? SmallDisk(at: "disk", in: folder, kilobytes: 64)) != nil
  }()

  init(at name: String, in folder: TemporaryFolder, kilobytes: Int) throws {
    path = folder.file(name)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Self.run("mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path])
  }

  deinit { try? Self.run("umount", ["-l", path]) }

  /// Makes it larger or smaller; what is on it stays.
  func resize(kilobytes: Int) throws {
    try Self.run("mount", ["-o", "remount,size=\(kilobytes)k", path])
  }

  /// Lets nobody write to it any more.
  func makeReadOnly() throws { try Self.run("mount", ["-o", "remount,ro", path]) }

  private struct MountFailure: Error {}

  private static func run(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw MountFailure() }
  }
}
