import Foundation
import RunJournal
import RunReports

/// Makes a run's folder, and keeps in it what comes from standard input or a pipe, so that it can be resumed.
actor SourceSpool {
  /// The folder, once it was made here.
  private var folder: String?
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

  /// Makes the run's folder for the owner's eyes only, and those above it; does nothing the second time.
  ///
  /// - Throws: `JournalError/Code/exists` if it is there, and so another run's; `OutputError` if it cannot
  ///   be made.
  func makeFolder(_ path: String) throws {
    guard folder != path else { return }
    do {
      try FileManager.default.createDirectory(
        at: URL(fileURLWithPath: path).deletingLastPathComponent(),
        withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw OutputError(systemError: errno, path: path)
    }
    guard mkdir(path, 0o700) == 0 else {
      guard errno == EEXIST else { throw OutputError(systemError: errno, path: path) }
      throw JournalError(.exists, path: path)
    }
    folder = path
  }

  /// Removes the folder and what is in it, if it was made here.
  func removeFolder() {
    if let folder { try? FileManager.default.removeItem(atPath: folder) }
  }
}
