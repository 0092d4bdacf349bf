import Foundation
import RunReports

/// Keeps what comes from standard input or a pipe in a file, so that a run of it can be resumed.
actor SourceSpool {
  private let executor = BlockingExecutor(label: "ferry.spool")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Copies a source to its end.
  ///
  /// - Parameters:
  ///   - file: The source as the user named it.
  ///   - path: Where its bytes are kept, for the owner's eyes only.
  /// - Throws: ``InputError`` for the source, `OutputError` for the copy.
  func keep(_ file: String, at path: String) throws {
    var input = try InputFile(file)
    let output = try OutputFile(path: path, mode: 0o600, isHashed: false)
    var failure: OutputError?
    while failure == nil,
      try input.readChunk({ chunk in
        do throws(OutputError) { try output.append(chunk) } catch { failure = error }
      })
    {}
    if let failure { throw failure }
    _ = try output.commit()
  }

  /// Makes a folder for the owner's eyes only, and those above it.
  func makeFolder(_ path: String) throws(OutputError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw OutputError(systemError: errno, path: path)
    }
  }

  /// Removes a folder and what is in it.
  func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
