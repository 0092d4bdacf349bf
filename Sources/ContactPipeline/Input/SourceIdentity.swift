import Crypto
import Foundation
import RunJournal
import RunReports

/// What proves that a file is the one that was read before: its length and SHA-256.
actor SourceIdentity {
  private let executor = BlockingExecutor(label: "ferry.identity")

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Reads a file to its end.
  ///
  /// - Parameters:
  ///   - file: The file as the user named it.
  ///   - path: Where its bytes are kept, if elsewhere: standard input cannot be read twice.
  /// - Returns: Its name and what proves it.
  /// - Throws: ``InputError``.
  func identify(_ file: String, path: String?) throws(InputError) -> RunDescription.SourceFile {
    var input = try InputFile(file, path: path)
    var hash = SHA256()
    var size = 0
    while try input.readChunk({ chunk in
      size += chunk.count
      chunk.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }) {}
    return RunDescription.SourceFile(
      name: file, size: size, sha256: Hexadecimal.text(of: hash.finalize()))
  }
}
